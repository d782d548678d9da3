/* Python's own functions and types. */
#ifndef MLPSTEP_PYTHON_BUILTINS_H
#define MLPSTEP_PYTHON_BUILTINS_H

#include "native.h"
#include "off.h"

/* type(v), NULL where it has no name in a script. */
object *python_type_of(call *c, const object *v);
/* a | b of two types, or None; NULL of other objects. */
object *python_union(call *c, object *a, object *b);
/* Tells an object, or those in it, that they are printed. */
void python_show(call *c, const object *o);
/* Shows what an expression gave, as the cell it stands in does. */
void python_display(call *c, object *o);
/* float(v): of a number, or of what is one. `name` is the function that takes it. */
estimate python_float(call *c, const object *v, const char *name);
/* trunc(v), floor(v) or the like, which the whole run is in doubt about where v could have another. */
double python_whole(call *c, double (*whole)(double), estimate v);
/* int(number) of one that is whole. */
object *python_whole_number(call *c, double number);
/* getattr, hasattr, setattr and delattr. */
native_call python_getattr, python_hasattr, python_setattr, python_delattr;
native_call python_callable;
/* int, float and round. */
native_call python_int, python_to_float, python_round;

#endif
