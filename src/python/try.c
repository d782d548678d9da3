/* try, raise and assert. */
#include "arithmetic.h"
#include "attempt.h"
#include "contexts.h"
#include "evaluate.h"
#include "exception.h"
#include "format.h"
#include "resumable.h"
#include "run.h"

/* --- raise --- */

static object *cause_of(script *s, const node *n) {
    object *given = evaluate(s, n);
    call c = {.script = s, .where = node_span(n)};
    object *cause = given->kind == OBJECT_NONE ? given : exception_from(&c, given);
    if (!cause)
        call_fail(call_raises(&c, TYPE_ERROR, "exception causes must derive from BaseException"),
                  "behind 'from' stands an exception or None, not a value of type %s",
                  object_type(given));
    return cause;
}

void run_raise(script *s, const node *n) {
    call c = {.script = s, .where = node_span(n)};
    if (!n->left && !s->handled)
        call_fail(call_raises(&c, RUNTIME_ERROR, "No active exception to reraise"),
                  "there is no exception here to raise again: write 'raise' in an 'except'");
    if (!n->left)
        exception_raise(s, s->handled);
    object *given = evaluate(s, n->left);
    object *o = exception_from(&c, given);
    if (!o)
        call_fail(call_raises(&c, TYPE_ERROR, "exceptions must derive from BaseException"),
                  "'raise' takes an exception, such as ValueError('...'), not a value of type %s",
                  object_type(given));
    exception *e = exception_of(o);
    if (n->right)
        e->cause = cause_of(s, n->right);
    e->diagnostic = NULL;
    e->where = c.where;
    exception_note_context(s, o);
    exception_raise(s, o);
}

void run_assert(script *s, const node *n) {
    if (python_truth(s, evaluate(s, n->test), node_span(n->test)))
        return;
    object *given = object_sequence(s, OBJECT_TUPLE, n->right ? 1 : 0);
    if (n->right)
        given->as.sequence.items[0] = evaluate(s, n->right);
    object *o = exception_new(s, ASSERTION_ERROR, given);
    exception_of(o)->where = node_span(n);
    exception_note_context(s, o);
    exception_raise(s, o);
}

/* --- try --- */

typedef flow part(script *s, const node *n, object **result);

/* Runs a part of a try. False where it raised an exception, which is s->raised. */
static bool attempt_part(script *s, const node *n, part *run, flow *end, object **result) {
    attempt a;
    position *const p = position_of(s, n);
    attempt_begin(s, &a, true);
    if (setjmp(s->reader.failed) == 0) {
        *end = run(s, n, result);
        attempt_end(s, &a);
        return true;
    }
    attempt_end(s, &a);
    if (!s->raised)
        attempt_fail_on(s);
    attempt_restore(s, &a);
    if (p)
        position_restore(s, p);
    return false;
}

static object *take_raised(script *s) {
    object *o = s->raised;
    s->raised = NULL;
    return o;
}

static flow run_body(script *s, const node *n, object **result) {
    return run_part(s, position_of(s, n), n->body, result);
}

static bool catches(script *s, const node *handler, const object *o) {
    if (!handler->left)
        return true;
    const object *classes = evaluate(s, handler->left);
    call c = {.script = s, .where = node_span(handler->left)};
    if (classes->kind != OBJECT_TUPLE)
        return exception_is_of(&c, o, classes);
    for (size_t i = 0; i < classes->as.sequence.count; i++)
        if (exception_is_of(&c, o, classes->as.sequence.items[i]))
            return true;
    return false;
}

typedef struct {
    unwinding unwinding;
    const node *n;
} handler_name;

/* The name of `as` is gone behind its handler. */
static void forget_name(script *s, unwinding *u) {
    const node *n = ((handler_name *)u)->n;
    if (n->name)
        bind_name(s, n->name, NULL, n->where);
}

static flow run_handler(script *s, position *p, const node *n, object *o, object **result) {
    object *before = s->handled;
    handler_name name = {{.undo = forget_name}, n};
    s->handled = o;
    if (n->name && !position_is_in(p, n->body))
        bind_name(s, n->name, o, n->where);
    if (p)
        p->raised = o;
    unwinding_push(s, &name.unwinding);
    const flow end = run_part(s, p, n->body, result);
    unwinding_pop(s);
    if (end != FLOW_YIELD)
        forget_name(s, &name.unwinding);
    s->handled = before;
    return end;
}

/* Goes on in a handler, or in what follows the body where nothing was raised. */
static flow resume_handled(script *s, position *p, const node *n, object **result) {
    const node *handler = n->items;
    if (position_is_in(p, n->otherwise))
        return run_part(s, p, n->otherwise, result);
    while (!position_is_in(p, handler->body))
        handler = handler->next;
    return run_handler(s, p, handler, p->raised, result);
}

/* All but `finally`. */
static flow run_handled(script *s, const node *n, object **result) {
    position *p = position_of(s, n);
    flow end;
    if (p && p->block && p->block != n->body)
        return resume_handled(s, p, n, result);
    if (!n->items)
        return run_body(s, n, result);
    if (attempt_part(s, n, run_body, &end, result))
        return end == FLOW_ON ? run_part(s, p, n->otherwise, result) : end;
    object *o = take_raised(s);
    for (const node *handler = n->items; handler; handler = handler->next)
        if (catches(s, handler, o))
            return run_handler(s, p, handler, o, result);
    exception_raise(s, o);
}

flow run_with_special(script *s, const node *n, object *self, object **result) {
    call c = {.script = s, .where = node_span(n->left)};
    flow end = FLOW_ON;
    position *p = position_of(s, n);
    const bool goes_on = position_is_in(p, n->body);
    object *entered = goes_on ? NULL : contexts_enter(&c, self);
    if (p)
        p->over = self;
    if (n->right && !goes_on)
        assign_target(s, n->right, entered, NAMED_IN_PASSING);
    object *o = attempt_part(s, n, run_body, &end, result) ? NULL : take_raised(s);
    if (!o && end == FLOW_YIELD)
        return end;
    const bool swallows = contexts_exit(&c, self, o);
    if (o && !swallows)
        exception_raise(s, o);
    return o ? FLOW_ON : end;
}

/* What comes before `finally`; false where it stops at a yield. Else *o is what it raised, or NULL. */
static bool run_before_final(script *s, const node *n, flow *end, object **o, object **result) {
    position *p = position_of(s, n);
    if (position_is_in(p, n->final)) {
        *o = p->raised;
        *end = p->end;
        *result = p->returned;
        return true;
    }
    *o = attempt_part(s, n, run_handled, end, result) ? NULL : take_raised(s);
    if (!*o && *end == FLOW_YIELD)
        return false;
    if (p) {
        p->raised = *o;
        p->end = *end;
        p->returned = *result;
    }
    return true;
}

/* Where `finally` returns or leaves a loop, that is what counts. */
flow run_try(script *s, const node *n, object **result) {
    flow end = FLOW_ON;
    object *o;
    if (!n->final)
        return run_handled(s, n, result);
    if (!run_before_final(s, n, &end, &o, result))
        return end;
    object *before = s->handled;
    if (o)
        s->handled = o;
    const flow own = run_part(s, position_of(s, n), n->final, result);
    s->handled = before;
    if (own != FLOW_ON)
        return own;
    if (o)
        exception_raise(s, o);
    return end;
}
