/* abc: classes of which no object can be made before a class that derives from them has all the
 * methods that they leave open. */
#ifndef MLPSTEP_PYTHON_ABSTRACT_H
#define MLPSTEP_PYTHON_ABSTRACT_H

#include "call.h"

/* Whether a base of a class is abc.ABC, or what typing has in its place: Generic and Protocol. Such a
 * base is nothing but that. */
bool abstract_is_base(const object *base, bool *checks);
/* Fails where an object of the class is made, and a method of it is abstract. */
void abstract_check(call *c, const user_class *class);

#endif
