/* @dataclass: a class whose __init__, texts and comparisons are made of the names that its body
 * annotates. */
#ifndef MLPSTEP_PYTHON_DATACLASS_H
#define MLPSTEP_PYTHON_DATACLASS_H

#include "call.h"

typedef struct record_field {
    const char *name;
    object *standard; /* its default, NULL where it has none */
    object *factory;  /* what makes it, likewise */
    bool init, repr, compare, hash, keyword_only;
} record_field;

/* What a class was made of. */
typedef struct record {
    record_field *fields; /* those of the bases first */
    size_t count;
    bool frozen;
    object *unset; /* what __init__ gets for a field that a factory makes */
} record;

/* That of the class or the nearest of its bases; NULL where there is none. */
const record *record_of(const user_class *class);
/* Fails where an attribute of the object, of a frozen class, is changed: "assign to", "delete". */
void record_check_change(call *c, const object *self, const char *name, const char *change);

/* Gives a class that has a record __init__ and the others, where its body does not have them. */
typedef struct record_options {
    bool init, repr, eq, order, unsafe_hash, frozen, keyword_only;
} record_options;
void record_add_methods(call *c, user_class *class, const record_options *options);

/* dataclasses.field(...) as the body of a class holds it. */
extern const struct type record_field_type;
const record_field *record_field_of(const object *o);
object *record_field_object(call *c, const record_field *field);

#endif
