/* Statements, but for assignments, definitions and imports. */
#include "arithmetic.h"
#include "attempt.h"
#include "builtins.h"
#include "contexts.h"
#include "evaluate.h"
#include "format.h"
#include "iterate.h"
#include "library.h"
#include "resumable.h"
#include "run.h"

/* --- blocks --- */

static flow run_if(script *s, const node *n, object **result) {
    position *p = position_of(s, n);
    const node *block = p ? p->block : NULL;
    for (const node *branch = n->items; branch && !block; branch = branch->next)
        if (!branch->test || python_truth(s, evaluate(s, branch->test), node_span(branch->test)))
            block = branch->body;
    return run_part(s, p, block, result);
}

/* What a `for` goes through; *made as resumable_leave has it. Both stay where it is left at a
 * yield. */
static object *source_of(script *s, position *p, const node *n, size_t *made) {
    if (p && p->block) {
        *made = p->made;
        return p->over;
    }
    *made = resumable_made(s);
    object *it = iterate(s, evaluate(s, n->right), node_span(n->right));
    if (p) {
        p->over = it;
        p->made = *made;
    }
    return it;
}

/* What ends them, FLOW_ON if it is their end. The turn of a loop that is told of is known to who
 * watches. */
static flow run_turns(script *s, position *p, const node *n, object *it, bool is_told,
                      object **result) {
    const mlp_span where = node_span(n->right);
    bool goes_on = position_is_in(p, n->body);
    for (object *item; goes_on || (item = iterate_next(s, it, where)); goes_on = false) {
        if (!goes_on)
            assign_target(s, n->left, item, NAMED_IN_PASSING); /* it may have another name */
        if (is_told)
            iterate_range(it, &s->budget->progress.turn);
        const flow end = run_part(s, p, n->body, result);
        if (end == FLOW_BREAK || end == FLOW_RETURN || end == FLOW_YIELD)
            return end;
    }
    return FLOW_ON;
}

static flow run_for(script *s, const node *n, object **result) {
    position *p = position_of(s, n);
    call c = {.script = s, .where = node_span(n->right)};
    mlp_progress *progress = &s->budget->progress;
    size_t made;
    if (position_is_in(p, n->otherwise))
        return run_part(s, p, n->otherwise, result);
    object *it = source_of(s, p, n, &made);
    const uint64_t turns = progress->turns ? 0 : iterate_range(it, &progress->turn);
    if (turns)
        progress->turns = turns;
    const flow end = run_turns(s, p, n, it, turns > 0, result);
    if (turns)
        progress->turns = 0;
    if (end == FLOW_ON)
        return run_part(s, p, n->otherwise, result);
    if (end != FLOW_YIELD)
        resumable_leave(&c, it, made);
    return end == FLOW_BREAK ? FLOW_ON : end;
}

static flow run_while(script *s, const node *n, object **result) {
    position *p = position_of(s, n);
    bool goes_on = position_is_in(p, n->body);
    if (position_is_in(p, n->otherwise))
        return run_part(s, p, n->otherwise, result);
    for (;; goes_on = false) {
        if (!goes_on)
            script_spend(s, n->where);
        if (!goes_on && !python_truth(s, evaluate(s, n->test), node_span(n->test)))
            return run_part(s, p, n->otherwise, result);
        const flow end = run_part(s, p, n->body, result);
        if (end == FLOW_BREAK)
            return FLOW_ON;
        if (end == FLOW_RETURN || end == FLOW_YIELD)
            return end;
    }
}

static const object *check_context(script *s, const node *n, const object *o) {
    if (o->type && o->type->enter)
        return o;
    const bool may_have =
        o->kind == OBJECT_EXTENSION || o->kind == OBJECT_NAMESPACE; /* in Python */
    script_fail(may_have
                    ? s
                    : script_raises(s, TYPE_ERROR,
                                    "'%s' object does not support the context manager protocol",
                                    object_class_name(o)),
                node_span(n),
                "'with' of a value of type %s is outside the subset: write its block without it",
                object_type(o));
}

/* The body of a `with` that has entered; at a yield it stays so. */
static flow run_entered(call *c, const node *n, context *entered, object **result) {
    const flow end = run_part(c->script, position_of(c->script, n), n->body, result);
    if (end == FLOW_YIELD)
        unwinding_pop(c->script);
    else
        context_leave(c, entered);
    return end;
}

static flow run_with(script *s, const node *n, object **result) {
    call c = {.script = s, .where = node_span(n->left)};
    position *p = position_of(s, n);
    if (position_is_in(p, n->body) && !p->over) {
        unwinding_push(s, &p->entered.unwinding);
        return run_entered(&c, n, &p->entered, result);
    }
    object *given = p && p->over ? p->over : evaluate(s, n->left);
    if (contexts_has(given))
        return run_with_special(s, n, given, result);
    const object *o = check_context(s, n->left, given);
    context own, *entered = p ? &p->entered : &own;
    context_enter(&c, entered, o);
    if (n->right)
        assign_target(s, n->right, object_none(s), NAMED_IN_PASSING);
    return run_entered(&c, n, entered, result);
}

/* --- */

static flow run_compound(script *s, const node *n, object **result) {
    script_check_stack(s, n->where, "blocks");
    return n->kind == NODE_IF      ? run_if(s, n, result)
           : n->kind == NODE_FOR   ? run_for(s, n, result)
           : n->kind == NODE_WHILE ? run_while(s, n, result)
           : n->kind == NODE_TRY   ? run_try(s, n, result)
           : n->kind == NODE_MATCH ? run_match(s, n, result)
                                   : run_with(s, n, result);
}

static void run_simple(script *s, const node *n) {
    switch (n->kind) {
    case NODE_EXPRESSION: {
        object *o = evaluate(s, n->left);
        call c = {.script = s, .where = node_span(n->left)};
        if (n->left->kind == NODE_NAME || n->left->kind == NODE_ATTRIBUTE)
            python_show(&c, o); /* as a notebook does */
        break;
    }
    case NODE_SHOWN: {
        object *o = evaluate(s, n->left);
        python_display(&(call){.script = s, .where = node_span(n->left)}, o);
        break;
    }
    case NODE_ASSIGN:
        run_assign(s, n);
        break;
    case NODE_AUGMENT:
        run_augment(s, n);
        break;
    case NODE_ASSERT:
        run_assert(s, n);
        break;
    case NODE_DELETE:
        run_delete(s, n);
        break;
    case NODE_ANNOTATED:
        run_annotated(s, n);
        break;
    case NODE_DEFINE:
        run_define(s, n);
        break;
    case NODE_CLASS:
        run_class(s, n);
        break;
    case NODE_IMPORT:
        run_import(s, n);
        break;
    case NODE_FROM:
        run_import_from(s, n);
        break;
    case NODE_RAISE:
        run_raise(s, n);
        break;
    default: /* pass */
        break;
    }
}

/* Here, where nothing is half made, what the script can no longer reach may be given out again. */
static void collect(script *s) {
    call c = {.script = s};
    s->library->settle(&c);
    mlp_arena_collect(script_arena(s));
}

static flow run_statement(script *s, const node *n, object **result) {
    script_at(s, n->where);
    if (mlp_arena_is_due(script_arena(s)))
        collect(s);
    switch (n->kind) {
    case NODE_RETURN:
        *result = n->left ? evaluate(s, n->left) : object_none(s);
        return FLOW_RETURN;
    case NODE_BREAK:
        return FLOW_BREAK;
    case NODE_CONTINUE:
        return FLOW_CONTINUE;
    case NODE_IF:
    case NODE_FOR:
    case NODE_WHILE:
    case NODE_WITH:
    case NODE_TRY:
    case NODE_MATCH:
        return run_compound(s, n, result);
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        return run_yield(s, n);
    default:
        run_simple(s, n);
        return FLOW_ON;
    }
}

flow run_block(script *s, const node *statements, object **result) {
    for (const node *n = position_in_block(s, statements); n; n = n->next) {
        const flow end =
            n->yields ? run_resumable(s, n, run_statement, result) : run_statement(s, n, result);
        if (end != FLOW_ON)
            return end;
    }
    return FLOW_ON;
}

object *execute(script *s, const node *statements) {
    object *result = object_none(s);
    run_block(s, statements, &result);
    return result;
}
