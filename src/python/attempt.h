/* How what cannot go on leaves the functions that run: to the end of the run, or to a `try`. */
#ifndef MLPSTEP_PYTHON_ATTEMPT_H
#define MLPSTEP_PYTHON_ATTEMPT_H

#include "type.h"

typedef struct frame frame;
typedef struct attempt attempt;
typedef struct unwinding unwinding;
typedef struct descent descent;

/* What must be undone where what follows does not come to its end. It lives on the stack of who
 * pushes it, and is popped there; else `undo` is called, which must not fail. */
struct unwinding {
    void (*undo)(script *s, unwinding *u);
    unwinding *outer;
};

void unwinding_push(script *s, unwinding *u);
void unwinding_pop(script *s);

/* Where a failure may be caught, and what the run was at then. Who begins one calls
 * setjmp(s->reader.failed) next, in the same function; and then, however it ended, ends it. */
struct attempt {
    attempt *outer;
    jmp_buf failed;
    frame *frame;
    size_t depth, text;
    uint64_t turns; /* of the outermost loop */
    descent *descent;
    unwinding *unwinding;
    object *handled;
    bool is_try; /* it takes exceptions */
};

/* What `with` has entered, or a decorator around a function. */
typedef struct context {
    unwinding unwinding;
    const object *self;
    bool before;
} context;

void context_enter(call *c, context *entered, const object *self);
void context_leave(call *c, context *entered);

void attempt_begin(script *s, attempt *a, bool is_try);
void attempt_end(script *s, const attempt *a);
/* Behind attempt_end, where it failed: the run goes on as it was, */
void attempt_restore(script *s, const attempt *a);
/* or fails as it did. */
_Noreturn void attempt_fail_on(script *s);

/* Raises it. At the end of the run it is told as what it says itself, at its own place. */
_Noreturn void exception_raise(script *s, object *exception);

#endif
