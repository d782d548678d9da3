#include "resumable.h"

#include "exception.h"
#include "iterate.h"
#include "native.h"
#include "run.h"
#include "special.h"

#include <string.h>

struct resumable {
    const node *define;
    frame *frame;
    position body;  /* that of the whole, around all others */
    position *here; /* the innermost that is being run */
    object *yielded;
    object *sent;   /* what the yield gives that it goes on behind, */
    object *thrown; /* or raises, unless NULL */
    object *returned;
    size_t number;
    bool begun, runs, ended;
    object *self;      /* the iterator over its elements */
    resumable *before; /* the one that was made before */
};

/* --- positions --- */

position *position_of(const script *s, const node *statement) {
    return statement->yields ? s->frame->resumable->here : NULL;
}

bool position_is_in(const position *p, const node *block) {
    return p && block && p->block == block;
}

const node *position_in_block(const script *s, const node *block) {
    const resumable *r = s->frame ? s->frame->resumable : NULL;
    const position *inner = r ? r->here->inner : NULL;
    return inner && inner->statement ? inner->statement : block;
}

static void forget_inner(position *p) {
    if (p->inner)
        p->inner->statement = NULL;
}

void position_restore(script *s, position *p) {
    s->frame->resumable->here = p;
    forget_inner(p);
}

flow run_part(script *s, position *p, const node *block, object **result) {
    if (p)
        p->block = block;
    return run_block(s, block, result);
}

/* The place for a statement inside the one that is being run; it serves again and again. */
static position *enter(script *s, resumable *r, const node *statement) {
    position *outer = r->here, *p = outer->inner;
    if (!p) {
        p = outer->inner = script_alloc(s, 1, sizeof *p);
        p->outer = outer;
    }
    if (!p->statement) {
        *p = (position){.outer = outer, .inner = p->inner, .statement = statement};
        forget_inner(p);
    }
    return p;
}

flow run_resumable(script *s, const node *statement, run_one *run, object **result) {
    resumable *r = s->frame->resumable;
    position *p = enter(s, r, statement);
    r->here = p;
    const flow end = run(s, statement, result);
    r->here = p->outer;
    if (end != FLOW_YIELD)
        p->statement = NULL;
    return end;
}

/* --- yield --- */

static object *send_to(call *c, resumable *r, object *sent);

/* The next of what `yield from` goes through, which gets what is sent or thrown; NULL at its end. */
static object *next_inside(call *c, resumable *r, object *over) {
    resumable *inner = iterate_resumable(over);
    object *thrown = r->thrown;
    r->thrown = NULL;
    const bool exits = thrown && exception_of(thrown)->class == GENERATOR_EXIT;
    if (exits && inner)
        resumable_close(c, inner);
    if (thrown && (exits || !inner))
        exception_raise(c->script, thrown);
    if (thrown)
        return resumable_throw(c, inner, thrown);
    return inner ? send_to(c, inner, r->sent) : iterate_next(c->script, over, c->where);
}

/* Whether it has one more; else what it returned goes to the targets. */
static bool yields_from(script *s, resumable *r, position *p, object **given) {
    const node *n = p->statement;
    call c = {.script = s, .where = node_span(n->left)};
    if (!p->over)
        p->over = iterate(s, evaluate(s, n->left), c.where);
    r->yielded = next_inside(&c, r, p->over);
    if (r->yielded)
        return true;
    const resumable *inner = iterate_resumable(p->over);
    *given = inner ? inner->returned : object_none(s);
    return false;
}

/* The same of a plain yield, which is come back to once. */
static bool yields_value(script *s, resumable *r, position *p, object **given) {
    const node *n = p->statement;
    if (!p->block) {
        p->block = n;
        r->yielded = n->left ? evaluate(s, n->left) : object_none(s);
        return true;
    }
    object *thrown = r->thrown;
    r->thrown = NULL;
    if (thrown)
        exception_raise(s, thrown);
    *given = r->sent;
    return false;
}

flow run_yield(script *s, const node *n) {
    resumable *r = s->frame->resumable;
    object *given;
    if (n->kind == NODE_YIELD ? yields_value(s, r, r->here, &given)
                              : yields_from(s, r, r->here, &given))
        return FLOW_YIELD;
    for (const node *target = n->items; target; target = target->next)
        assign_target(s, target, given, NAMED_IN_FUNCTION);
    return FLOW_ON;
}

/* --- calls --- */

object *resumable_call(call *c, frame *f, const node *define) {
    script *s = c->script;
    resumable *r = script_alloc(s, 1, sizeof *r);
    r->define = define;
    r->frame = f;
    r->here = &r->body;
    r->returned = object_none(s);
    r->before = s->last_resumable;
    r->number = r->before ? r->before->number + 1 : 1;
    s->last_resumable = r;
    f->resumable = r;
    scope_keep(&f->locals);
    r->self = iterate_over_resumable(s, r);
    return r->self;
}

void resumable_refuse_next(call *c, const resumable *r) {
    const size_t count = r && r->returned->kind != OBJECT_NONE ? 1 : 0;
    object *given = object_sequence(c->script, OBJECT_TUPLE, count);
    if (count)
        given->as.sequence.items[0] = r->returned;
    call_fail((script_raises_all(c->script, STOP_ITERATION, given), c),
              "StopIteration: next() of an iterator that has ended");
}

/* Up to the next yield or to the end. False where it raised, which is s->raised. */
static bool run_on(call *c, resumable *r, flow *end) {
    script *s = c->script;
    attempt a;
    attempt_begin(s, &a, false);
    if (setjmp(s->reader.failed) == 0) {
        *end = run_in_frame(c, r->frame, r->define->body, &r->returned);
        attempt_end(s, &a);
        return true;
    }
    attempt_end(s, &a);
    r->runs = false;
    r->ended = true;
    if (!s->raised || exception_of(s->raised)->class != STOP_ITERATION)
        attempt_fail_on(s);
    attempt_restore(s, &a);
    s->raised = NULL;
    return false;
}

/* With r->sent and r->thrown. */
static object *resume(call *c, resumable *r) {
    flow end;
    if (r->runs)
        script_raise(c->script, c->where, VALUE_ERROR, "generator already executing");
    if (!r->begun && r->thrown)
        r->ended = true;
    if (r->ended && r->thrown)
        exception_raise(c->script, r->thrown);
    if (r->ended)
        return NULL;
    script_check_stack(c->script, c->where, "generators");
    r->begun = r->runs = true;
    if (!run_on(c, r, &end))
        script_raise(c->script, c->where, RUNTIME_ERROR, "generator raised StopIteration");
    r->runs = false;
    r->ended = end != FLOW_YIELD;
    return r->ended ? NULL : r->yielded;
}

static object *send_to(call *c, resumable *r, object *sent) {
    r->sent = sent;
    r->thrown = NULL;
    return resume(c, r);
}

object *resumable_next(call *c, resumable *r) {
    return send_to(c, r, object_none(c->script));
}

object *resumable_throw(call *c, resumable *r, object *thrown) {
    r->thrown = thrown;
    return resume(c, r);
}

/* --- its methods --- */

static object *ask_to_exit(call *c, object *self, const char *name, object *exit) {
    (void)name;
    return resumable_throw(c, iterate_resumable(self), exit);
}

void resumable_close(call *c, resumable *r) {
    script *s = c->script;
    r->ended |= !r->begun;
    if (r->ended)
        return;
    object *exit = exception_new(s, GENERATOR_EXIT, object_sequence(s, OBJECT_TUPLE, 0));
    if (special_unless(c, GENERATOR_EXIT, ask_to_exit, r->self, "close", exit))
        script_raise(s, c->where, RUNTIME_ERROR, "generator ignored GeneratorExit");
}

static object *generator_close(call *c) {
    resumable_close(c, iterate_resumable(c->self));
    return object_none(c->script);
}

/* The element, or StopIteration of what it returned. */
static object *element(call *c, const resumable *r, object *next) {
    if (!next)
        resumable_refuse_next(c, r);
    return next;
}

static object *generator_send(call *c) {
    resumable *r = iterate_resumable(c->self);
    script_spend(c->script, c->where);
    if (!r->begun && c->arguments[0]->kind != OBJECT_NONE)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "can't send non-None value to a just-started generator");
    return element(c, r, send_to(c, r, c->arguments[0]));
}

static object *generator_throw(call *c) {
    resumable *r = iterate_resumable(c->self);
    object *thrown = exception_from(c, c->arguments[0]);
    script_spend(c->script, c->where);
    if (!thrown)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "exceptions must be classes or instances deriving from BaseException, not %s",
                     object_class_name(c->arguments[0]));
    exception_of(thrown)->where = c->where;
    return element(c, r, resumable_throw(c, r, thrown));
}

const native native_generators[] = {
    {.path = "generator.send", .signature = "value, /", .call = generator_send},
    {.path = "generator.throw", .signature = "value, /", .call = generator_throw},
    {.path = "generator.close", .call = generator_close, .signature = ""},
    {0}};

/* --- the end of the run --- */

static bool names_exit(const node *class) {
    return class->kind != NODE_NAME || strcmp(class->name, "BaseException") == 0 ||
           strcmp(class->name, "GeneratorExit") == 0;
}

/* Whether leaving the try for good does something. */
static bool try_catches_exit(const position *p) {
    const node *n = p->statement;
    if (n->final && p->block != n->final)
        return true;
    for (const node *handler = n->items; p->block == n->body && handler; handler = handler->next)
        if (!handler->left || names_exit(handler->left))
            return true;
    return false;
}

/* The statement of the kind that it stands in; NULL where it stands in none. */
static const node *left_open(const resumable *r) {
    if (!r->begun || r->ended)
        return NULL;
    for (const position *p = r->body.inner; p && p->statement; p = p->inner)
        if (p->statement->kind == NODE_WITH ||
            (p->statement->kind == NODE_TRY && try_catches_exit(p)))
            return p->statement;
    return NULL;
}

void resumable_leave(call *c, const object *it, size_t made) {
    resumable *r = iterate_resumable(it);
    if (r && r->number > made && left_open(r))
        resumable_close(c, r);
}

size_t resumable_made(const script *s) {
    return s->last_resumable ? s->last_resumable->number : 0;
}

void resumable_check_ended(script *s) {
    const node *open = NULL;
    for (const resumable *r = s->last_resumable; r && !open; r = r->before)
        open = left_open(r);
    if (open)
        script_fail(s, open->where,
                    "a generator is left inside this statement, whose end Python comes to when it "
                    "drops the generator: go through it to its end, or give it a name and call its "
                    "close()");
}
