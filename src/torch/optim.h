/* Optimizers, as what stands around them sees them. */
#ifndef MLPSTEP_TORCH_OPTIM_H
#define MLPSTEP_TORCH_OPTIM_H

#include "torch.h"

bool is_optimizer(const object *o);
/* param_groups: a list of dicts, or a failure. */
object *optimizer_groups(call *c, const object *optimizer);
/* Whether it has made a step since a scheduler asked to be told; a scheduler asks. */
bool optimizer_has_stepped(const object *optimizer);
void optimizer_watch_steps(object *optimizer);

#endif
