/* torch.optim's objects. */
#ifndef MLPSTEP_SCRIPT_OPTIM_H
#define MLPSTEP_SCRIPT_OPTIM_H

#include "value.h"

/* repr(optimizer) */
const char *optimizer_repr(script *s, const optimizer *o);

#endif
