/* What a class of the script says its objects do: the methods with two underscores around their
 * names, which Python calls by itself. */
#ifndef MLPSTEP_PYTHON_SPECIAL_H
#define MLPSTEP_PYTHON_SPECIAL_H

#include "call.h"

/* The member of the class of o, NULL where it is of none, or has none. */
object *special_member(const object *o, const char *name);
/* self.name(given...); NULL where the class has no such member. */
object *special_call(call *c, const object *self, const char *name, object *const *given,
                     size_t count);
/* a op b, in Python's order: NULL where no class of the script has an answer. */
object *special_binary(call *c, operator op, object *a, object *b);
/* self op= b, in place. */
object *special_in_place(call *c, operator op, object *self, object *b);

/* a.__add__(b), a.__radd__(b) and a.__iadd__(b) */
typedef enum operator_form {
    OPERATOR_DIRECT,
    OPERATOR_REFLECTED,
    OPERATOR_IN_PLACE
} operator_form;
/* Whether a method of the name is what an operator calls. */
bool special_operator(const char *name, operator* op, operator_form *form);

/* NULL where the class does not say; fails where it says what Python does not take. */
const char *special_text(call *c, const object *self, const char *name, const object *spec);
object *special_number(call *c, const object *self, const char *name);
/* The whole number that it stands for as an index; itself where its class does not say. */
object *special_index(call *c, object *o);
/* Whether the class says so; then *answer. */
bool special_truth(call *c, const object *self, bool *answer);
bool special_length(call *c, const object *self, size_t *length);
/* Whether it says what is equal, and not what the hash is. */
bool special_is_unhashable(const object *self);
bool special_hash(call *c, const object *self, uint64_t *hash);
/* Whether its objects can be gone through. */
bool special_has_elements(const object *o);
/* What is asked of an object; NULL where that raises the exception. */
typedef object *special_ask(call *c, object *self, const char *name, object *given);
object *special_unless(call *c, raises end, special_ask *ask, object *self, const char *name,
                       object *given);
/* The next element of what has __next__, or of what has __getitem__ alone the one at a position;
 * NULL at the end. */
object *special_next(call *c, object *self);
object *special_element(call *c, object *self, size_t at);

/* Whether Python calls a method of the name by itself, and this program does, too. */
bool special_is_known(const char *name);

#endif
