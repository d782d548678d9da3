/* torch.optim's objects. */
#ifndef MLPSTEP_TORCH_OPTIM_H
#define MLPSTEP_TORCH_OPTIM_H

#include "python/object.h"

/* repr(optimizer) */
const char *optimizer_repr(script *s, const optimizer *o);
/* param_groups, or a method; NULL where there is none of the name. */
object *optimizer_attribute(script *s, object *self, const char *name);

#endif
