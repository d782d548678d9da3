/* Objects as Python writes them. The texts live in the script's arena. */
#ifndef MLPSTEP_PYTHON_FORMAT_H
#define MLPSTEP_PYTHON_FORMAT_H

#include "call.h"

/* str(v), as print() shows it, and repr(v), as it stands in a list. */
const char *format_str(call *c, const object *v);
const char *format_repr(call *c, const object *v);
/* repr(v) without what its class in the script says. */
const char *format_bare(call *c, const object *v);
/* format(v, spec): what {v:spec} in an f-string gives. */
const char *format_spec(call *c, object *v, const char *spec);
/* template % values: one value, or a tuple of them. */
const char *format_percent(call *c, const char *template, const object *values);

/* Appends str(v) or repr(v) to the buffer that a type's `write` is given. */
void write_str(call *c, const object *v);
void write_repr(call *c, const object *v);

/* A container that is being gone through, which may hold itself. It lives on the stack of who begins
 * it; false where it is in the midst of one of the same. */
typedef struct descent descent;
struct descent {
    const object *of;
    descent *outer;
};
bool descent_begin(script *s, descent *here, const object *of);
void descent_end(script *s);

#endif
