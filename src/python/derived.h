/* Objects of classes of the script that derive from list, dict, int, float or str. Each is an object
 * of that kind, so that all there is for those serves it; beside, in the place of `self`, it has the
 * class and the attributes of an instance. */
#ifndef MLPSTEP_PYTHON_DERIVED_H
#define MLPSTEP_PYTHON_DERIVED_H

#include "type.h"

extern const struct type derived_list, derived_dict, derived_int, derived_float, derived_str;

/* Whether it is one of these; whether the object is of one. */
bool derived_is_type(const struct type *type);
bool derived_is(const object *o);
/* The number or text that one of a class of these is made with; of a list or a dict, nothing yet. */
void derived_fill(call *c, object *self, const arguments *given);

#endif
