/* Classes of the script. */
#ifndef MLPSTEP_PYTHON_CLASS_H
#define MLPSTEP_PYTHON_CLASS_H

#include "native.h"

/* The text that a body begins with, NULL where it has none. */
const char *docstring(const struct node *body);
/* What class.name is, looked up from `from` on; NULL where it has no such member. */
object *class_attribute(script *s, const user_class *class, const user_class *from,
                        const char *name);
/* class.name = v */
void class_set(call *c, user_class *class, const char *name, object *v);
/* Whether the class, which may be NULL, is `from` or derives from it. */
bool class_derives(const user_class *class, const user_class *from);
/* self.name = v, where name is a property of the class of self; else false. */
bool set_property(call *c, object *self, const char *name, object *v);

native_call python_staticmethod, python_classmethod, python_property, property_setter,
    property_getter;

#endif
