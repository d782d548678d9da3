/* torch.optim's objects. */
#ifndef MLPSTEP_SCRIPT_OPTIM_H
#define MLPSTEP_SCRIPT_OPTIM_H

#include "value.h"

/* repr(optimizer) */
const char *optimizer_repr(script *s, const optimizer *o);
/* param_groups, or a method; NULL where there is none of the name. */
value *optimizer_attribute(script *s, value *self, const char *name);

#endif
