/* The module math. */
#ifndef MLPSTEP_PYTHON_MATHEMATICS_H
#define MLPSTEP_PYTHON_MATHEMATICS_H

#include "native.h"

/* math.pi and the like; its functions are in native_math. */
void add_math_constants(script *s);

#endif
