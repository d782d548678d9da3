/* What python gives with whatever it asks of an object or of a native function. */
#ifndef MLPSTEP_PYTHON_CALL_H
#define MLPSTEP_PYTHON_CALL_H

#include "object.h"

/* Who asks, and which place of the script errors speak of. */
struct call {
    script *script;
    mlp_span where;
    const struct node *expression; /* a handle of what is evaluated, or NULL: for call_text */
    /* Of a native function: */
    const native *native;
    object *self;       /* the object of a method, NULL of a function */
    object **arguments; /* in the order of the signature, defaults filled in */
};

/* What a native function was given for the parameter of its signature; NULL where it has none of
 * that name. */
object *call_argument(const call *c, const char *name);

/* The arguments of a call, evaluated in Python's order. */
typedef struct argument {
    const char *keyword; /* NULL: positional */
    object *object;
    mlp_span where; /* of a keyword argument: its name */
    mlp_span given; /* where what is given stands */
} argument;

typedef struct arguments {
    const argument *items;
    size_t count;
} arguments;

/* As script_raises and script_fail. */
call *call_raises(call *c, raises class, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void call_fail(call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Fails with the message already in script_error(). */
_Noreturn void call_give_up(call *c);
void call_warn(call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same where a library warns in Python, in these words, by a UserWarning, which a script can
 * record or have raised. */
void call_warn_as_python(call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* There a library warns in other words: fails where a script would see them. */
void call_warn_otherwise(call *c);

/* The expression's text on one line, spaced as Python code usually is, without `self.`. */
const char *call_text(const call *c);

bool object_is_callable(const object *o);
/* Calls anything that can be called. */
object *call_object(call *c, object *callee, const arguments *given);
/* The same with positional arguments, each at the place of the call. */
object *call_positional(call *c, object *callee, object **arguments, size_t count);
/* Calls a def. */
object *call_function(call *c, const object *function, object *self, const arguments *given);
/* The same with positional arguments. */
object *call_with(call *c, const object *function, object **arguments, size_t count);

/* "'a', 'b', and 'c'" */
const char *call_listed(script *s, const char *const *names, size_t count);

#endif
