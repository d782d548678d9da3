/* Python's own functions and types. */
#ifndef MLPSTEP_PYTHON_BUILTINS_H
#define MLPSTEP_PYTHON_BUILTINS_H

#include "native.h"

/* type(v), NULL where it has no name in a script. */
object *python_type_of(script *s, const object *v);
/* isinstance(v, type) of one type. */
bool python_is_instance(script *s, const object *v, const object *type);
/* math.pi, torch.inf and the like; NULL where the path names none. */
object *math_constant(script *s, const char *path);
/* float(v): of a number or a Tensor of one element. `name` is the function that takes it. */
double python_float(script *s, const object *v, const char *name);
/* int, float and round. */
native_call python_int, python_to_float, python_round;

#endif
