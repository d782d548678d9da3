/* Modules that scripts import, and of which a part or nothing is here: Python's own, and those that
 * the library names. All of them can be imported, and stand in annotations; what else is done with
 * what is not here is refused where it is done. */
#ifndef MLPSTEP_PYTHON_OUTSIDE_H
#define MLPSTEP_PYTHON_OUTSIDE_H

#include "object.h"

/* Whether the path begins with such a module. */
bool outside_has(const script *s, const char *path);
/* Whether it is one of Python's. */
bool outside_has_python(const char *path);
/* What the path of one stands for. */
object *outside_object(script *s, const char *path);
/* What typing.name stands for: something that is no use but in annotations; NULL if there is no
 * such name. */
object *outside_typing(script *s, const char *name);
/* The names of typing, one by one; *at is 0 at first. NULL at their end. */
const char *outside_next(script *s, size_t *at);
bool outside_is_typing(const object *o);
_Noreturn void outside_refuse(script *s, const char *path, mlp_span where);

#endif
