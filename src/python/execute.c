/* Statements, but for assignments, definitions and imports. */
#include "arithmetic.h"
#include "attempt.h"
#include "builtins.h"
#include "evaluate.h"
#include "format.h"
#include "iterate.h"
#include "library.h"
#include "run.h"
#include "special.h"

/* --- blocks --- */

static flow run_if(script *s, const node *n, object **result) {
    for (const node *branch = n->items; branch; branch = branch->next)
        if (!branch->test || python_truth(s, evaluate(s, branch->test), node_span(branch->test)))
            return run_block(s, branch->body, result);
    return FLOW_ON;
}

static flow run_for(script *s, const node *n, object **result) {
    const mlp_span where = node_span(n->right);
    object *it = iterate(s, evaluate(s, n->right), where);
    for (object *item; (item = iterate_next(s, it, where));) {
        assign_target(s, n->left, item, NAMED_IN_PASSING); /* a passing name for what has another */
        const flow end = run_block(s, n->body, result);
        if (end == FLOW_BREAK)
            return FLOW_ON;
        if (end == FLOW_RETURN)
            return end;
    }
    return run_block(s, n->otherwise, result);
}

static flow run_while(script *s, const node *n, object **result) {
    for (;;) {
        script_spend(s, n->where);
        if (!python_truth(s, evaluate(s, n->test), node_span(n->test)))
            return run_block(s, n->otherwise, result);
        const flow end = run_block(s, n->body, result);
        if (end == FLOW_BREAK)
            return FLOW_ON;
        if (end == FLOW_RETURN)
            return end;
    }
}

static const object *check_context(script *s, const node *n, const object *o, const char *refusal) {
    if (!o->type || !o->type->enter)
        script_fail(s, node_span(n), "%s", refusal);
    return o;
}

static flow run_with(script *s, const node *n, object **result) {
    call c = {.script = s, .where = node_span(n->left)};
    object *given = evaluate(s, n->left);
    if (special_member(given, "__enter__"))
        return run_with_special(s, n, given, result);
    const object *o = check_context(s, n->left, given, s->library->with);
    if (n->right)
        script_fail(s, (n->right->first - 1)->where, "'as' in 'with' is outside the subset: %s",
                    s->library->words.with_as);
    context entered;
    context_enter(&c, &entered, o);
    const flow end = run_block(s, n->body, result);
    context_leave(&c, &entered);
    return end;
}

/* --- */

static flow run_compound(script *s, const node *n, object **result) {
    script_check_stack(s, n->where, "blocks");
    return n->kind == NODE_IF      ? run_if(s, n, result)
           : n->kind == NODE_FOR   ? run_for(s, n, result)
           : n->kind == NODE_WHILE ? run_while(s, n, result)
           : n->kind == NODE_TRY   ? run_try(s, n, result)
                                   : run_with(s, n, result);
}

static void run_simple(script *s, const node *n) {
    switch (n->kind) {
    case NODE_EXPRESSION: {
        const object *o = evaluate(s, n->left);
        call c = {.script = s, .where = node_span(n->left)};
        if (n->left->kind == NODE_NAME || n->left->kind == NODE_ATTRIBUTE)
            python_show(&c, o); /* as a notebook does */
        break;
    }
    case NODE_SHOWN: {
        const object *o = evaluate(s, n->left);
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

static flow run_statement(script *s, const node *n, object **result) {
    s->reader.at = n->where;
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
        return run_compound(s, n, result);
    default:
        run_simple(s, n);
        return FLOW_ON;
    }
}

flow run_block(script *s, const node *statements, object **result) {
    for (const node *n = statements; n; n = n->next) {
        const flow end = run_statement(s, n, result);
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
