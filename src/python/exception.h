/* Exceptions as objects; how they travel is in attempt.h. */
#ifndef MLPSTEP_PYTHON_EXCEPTION_H
#define MLPSTEP_PYTHON_EXCEPTION_H

#include "type.h"

/* What an object of exception_type holds. */
typedef struct exception {
    raises class;           /* of Python's own, the nearest above its own */
    user_class *user;       /* the script's class that it is of, or NULL */
    object *arguments;      /* a tuple */
    object *context;        /* what was handled when it was raised, or NULL */
    object *cause;          /* what `from` gave, or NULL */
    scope attributes;       /* that the script has set */
    const char *diagnostic; /* what this program says of it; NULL: what Python says */
    mlp_span where;         /* the place that it was raised at */
} exception;

extern const struct type exception_type;

exception *exception_of(const object *o);
/* One of Python's own, with the arguments: a tuple. */
object *exception_new(script *s, raises class, object *given);
/* One of a class of Python or of the script without arguments; an exception itself; NULL where o is
 * neither. */
object *exception_from(call *c, object *o);
/* It is raised here, perhaps where another is handled. */
void exception_note_context(script *s, object *o);
/* Whether the row is a class of exceptions. */
bool exception_is_class(const native *row);
/* Of two such classes. */
bool exception_class_derives(const native *row, const native *from);
/* Whether o is of the class, an object that holds one of Python's or of the script's; fails where
 * that is none of exceptions. */
bool exception_is_of(call *c, const object *o, const object *class);
/* The name of its class, as the class has it. */
const char *exception_class_name(const exception *e);
/* "ValueError: message", as Python says it where nobody catches it. */
const char *exception_text(call *c, const object *o);

/* That of Python's classes; EXCEPTION where none has the name. */
raises exception_named(const char *name);
void native_add_exceptions(script *s);
void exceptions_consider(nearest *near);

#endif
