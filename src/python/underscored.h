/* The methods with two underscores around their names that Python's own types have, called by name:
 * list.__len__(xs), x.__add__(y), super().__repr__(). Each is one of Python's functions or operators
 * of the object as its type has it, whatever its class in the script says. */
#ifndef MLPSTEP_PYTHON_UNDERSCORED_H
#define MLPSTEP_PYTHON_UNDERSCORED_H

#include "native.h"

/* Makes what the path names, such as "int.__add__"; NULL where there is none. */
object *underscored_make(script *s, const char *path);
/* What o.name is, where no class of the script says; NULL where there is none. */
object *underscored_member(script *s, object *o, const char *name);
/* Whether o is one of Python's own types, before the first dot of the path, or derives from it. */
bool underscored_is_of(const object *o, const char *path);

#endif
