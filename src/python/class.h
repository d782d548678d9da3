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
/* Whether a member of a class comes before what an object has by its name: a property, or an object
 * with a __set__. */
bool class_sets(const object *member);
/* self.name = v, where such a member of the class of self says what that does; else false. */
bool set_property(call *c, object *self, const char *name, object *v);

/* o.name of an object with attributes of its own, before what every object has. */
object *instance_attribute(call *c, object *o, const char *name);
/* What object.__setattr__ and object.__delattr__ do, whatever the class of o says. */
void attribute_set_plain(call *c, object *o, const char *name, object *v);
void attribute_delete_plain(call *c, object *o, const char *name);
/* object.__new__(class, given...): an object before its __init__. */
object *class_new(call *c, user_class *class, const arguments *given);

native_call python_staticmethod, python_classmethod, python_property, property_setter,
    property_getter;

#endif
