#include "comprehension.h"

#include "arithmetic.h"
#include "attempt.h"
#include "dict.h"
#include "evaluate.h"
#include "iterate.h"
#include "run.h"
#include "set.h"

struct generator {
    const node *n;
    frame around;     /* where its names live: a scope inside that of who wrote it */
    object **sources; /* an iterator for each clause that was begun */
    object *key;      /* of a dict: that of the present element */
    bool begun, ended;
    bool runs; /* it is asked for an element while it computes one */
};

/* What the first clause goes through is computed where the comprehension stands, and at once. */
static generator *new_generator(script *s, const node *n) {
    generator *g = script_alloc(s, 1, sizeof *g);
    g->n = n;
    g->sources = script_alloc(s, n->count, sizeof *g->sources);
    g->sources[0] = iterate(s, evaluate(s, n->items->right), node_span(n->items->right));
    if (s->frame)
        g->around = *s->frame;
    g->around.locals = (scope){.assigned = &n->assigned,
                               .globals = &n->globals,
                               .nonlocals = &n->nonlocals,
                               .is_comprehension = true,
                               .parent = scope_around_function(s)};
    if (n->makes == NODE_COMPREHENSION)
        scope_keep(g->around.locals.parent);
    g->around.body = NULL;
    g->around.is_comprehension = true;
    return g;
}

static bool passes(script *s, const node *clause) {
    for (const node *test = clause->items; test; test = test->next)
        if (!python_truth(s, evaluate(s, test), node_span(test)))
            return false;
    return true;
}

/* Binds the names of the clause to its next element that passes. */
static bool advance_clause(script *s, const node *clause, object *source) {
    const mlp_span where = node_span(clause->right);
    for (object *item; (item = iterate_next(s, source, where));) {
        assign_target(s, clause->left, item, NAMED_IN_PASSING);
        if (passes(s, clause))
            return true;
    }
    return false;
}

static const node *clause_at(const node *n, size_t depth) {
    const node *clause = n->items;
    while (depth-- > 0)
        clause = clause->next;
    return clause;
}

/* To the next turn of the innermost clause, as nested for loops get there. */
static bool advance(script *s, generator *g) {
    size_t depth = g->begun ? g->n->count - 1 : 0;
    g->begun = true;
    for (;;) {
        const node *clause = clause_at(g->n, depth);
        if (!advance_clause(s, clause, g->sources[depth])) {
            if (depth == 0)
                return false;
            depth--;
        } else if (clause->next) {
            const node *over = clause->next->right;
            g->sources[++depth] = iterate(s, evaluate(s, over), node_span(over));
        } else {
            return true;
        }
    }
}

/* The element of the next turn; of a dict its value, with g->key. NULL at the end. */
static object *next_element(script *s, generator *g) {
    const node *n = g->n->left;
    object *element = NULL;
    g->around.caller = s->frame;
    s->frame = &g->around;
    if (advance(s, g)) {
        if (g->n->makes == NODE_DICT)
            g->key = evaluate(s, n->left);
        element = evaluate(s, g->n->makes == NODE_DICT ? n->right : n);
    }
    s->frame = g->around.caller;
    return element;
}

typedef struct {
    unwinding unwinding;
    generator *generator;
} running;

/* One that raised has nothing more to give. */
static void end_generator(script *s, unwinding *u) {
    generator *g = ((running *)u)->generator;
    (void)s;
    g->runs = false;
    g->ended = true;
}

object *generator_next(script *s, generator *g) {
    if (g->ended)
        return NULL;
    if (g->runs)
        script_fail(script_raises(s, VALUE_ERROR, "generator already executing"), node_span(g->n),
                    "ValueError: generator already executing");
    running run = {{.undo = end_generator}, g};
    g->runs = true;
    unwinding_push(s, &run.unwinding);
    object *element = next_element(s, g);
    unwinding_pop(s);
    g->runs = false;
    g->ended = element == NULL;
    return element;
}

static object *evaluate_list(script *s, generator *g) {
    object *list = object_sequence(s, OBJECT_LIST, 0);
    for (object *element; (element = next_element(s, g));)
        list_append(s, list, element);
    return list;
}

static object *evaluate_dict(script *s, generator *g) {
    const mlp_span where = node_span(g->n->left);
    object *dict = object_dict(s);
    for (object *element; (element = next_element(s, g));)
        dict_put(s, dict, g->key, element, where);
    return dict;
}

static object *evaluate_set(script *s, generator *g) {
    object *set = set_new(s, OBJECT_SET);
    for (object *element; (element = next_element(s, g));)
        set_add(s, set, element, node_span(g->n->left));
    return set;
}

object *evaluate_comprehension(script *s, const node *n) {
    generator *g = new_generator(s, n);
    switch (n->makes) {
    case NODE_LIST:
        return evaluate_list(s, g);
    case NODE_DICT:
        return evaluate_dict(s, g);
    case NODE_SET:
        return evaluate_set(s, g);
    default:
        return iterate_generator(s, g);
    }
}
