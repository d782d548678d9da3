/* The chain rule from the loss to a parameter, as a product of links. */
#include "derivation.h"
#include "term_parts.h"

#include <string.h>

enum {
    MOST_LINKS = 10,
    MOST_WAYS = 3,
    MOST_STEPS = 1000, /* of a trace in which ways are looked for */
    MOST_PARTS = 30    /* of a chain in one formula */
};

typedef struct {
    const derivation *d;
    const mlp_sweep *sweep;
    const mlp_value *way[MOST_LINKS + 1]; /* from the parameter on: values that have symbols */
    size_t length;
    math_row sum;
    size_t ways, links; /* of all ways together */
    bool too_many;
} walk;

static bool is_loss(const walk *w, const mlp_value *value) {
    for (const mlp_root *root = w->sweep->roots; root; root = root->next)
        if (root->value == value)
            return true;
    return false;
}

/* The backward() that gave the leaf this gradient; NULL where it is more, or less, than that. */
static const mlp_sweep *sweep_of(const derivation *d, const mlp_value *gradient) {
    for (const mlp_sweep *sweep = d->trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_leaf_gradient *g = sweep->first; g; g = g->next)
            if (g->gradient == gradient)
                return sweep;
    return NULL;
}

/* From the loss inwards: what depends on what. */
static void add_way(walk *w) {
    mlp_arena *arena = w->d->d->arena;
    math_row product = {.arena = arena};
    w->links += w->length - 1;
    if (w->ways++)
        math_add_sign(&w->sum, MATH_PLUS);
    for (size_t k = w->length; k-- > 1;) {
        const math *link = math_of(arena, MATH_PARTIAL, 2,
                                   (const math *[]){symbol_of(&w->d->names, w->way[k]),
                                                    symbol_of(&w->d->names, w->way[k - 1])});
        if (product.count)
            math_add_sign(&product, MATH_TIMES);
        math_add(&product, link);
    }
    math_add(&w->sum, math_row_end(&product));
}

static bool reads(const mlp_step *step, const mlp_value *value) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (step->in[i] == value && step->operation->gradients >> i & 1)
            return true;
    return false;
}

/* Goes on through whatever reads the value, until it comes to the loss. */
static void walk_from(walk *w, const mlp_value *value) {
    const bool has_symbol = symbol_is_shown(value);
    if (w->too_many || (has_symbol && w->length > MOST_LINKS)) {
        w->too_many = true;
        return;
    }
    if (has_symbol)
        w->way[w->length++] = value;
    if (is_loss(w, value)) {
        w->too_many |= w->ways == MOST_WAYS;
        if (!w->too_many && has_symbol)
            add_way(w);
    }
    for (const mlp_step *step = value->producer ? value->producer->next : w->d->trace->first_step;
         step && !is_loss(w, value); step = step->next)
        if (step->phase == MLP_FORWARD && step->reached && step->out[0]->requires_grad &&
            reads(step, value))
            walk_from(w, step->out[0]);
    w->length -= has_symbol;
}

static bool is_small(const mlp_trace *trace) {
    size_t steps = 0;
    for (const mlp_step *step = trace->first_step; step && steps <= MOST_STEPS; step = step->next)
        steps++;
    return steps <= MOST_STEPS;
}

const math *derive_chain(const derivation *d, const mlp_value *value) {
    const mlp_value *of = value->label.part_of;
    walk w = {.d = d, .sweep = sweep_of(d, value), .sum = {.arena = d->d->arena}};
    if (!symbol_is_gradient(value) || !of->leaf || !w.sweep || !is_small(d->trace))
        return NULL;
    walk_from(&w, of);
    if (w.too_many || w.links < 2)
        return NULL;
    const math *m = math_row_end(&w.sum);
    d->d->failed |= !m;
    return m;
}

static size_t count_parts(const term *t) {
    size_t count = 1;
    for (size_t i = 0; i < t->count; i++)
        count += count_parts(t->part[i]);
    return count;
}

static bool has_words(const term *t) {
    bool has = t->kind == TERM_WORDS;
    for (size_t i = 0; i < t->count; i++)
        has |= has_words(t->part[i]);
    return has;
}

/* Whether a letter stands for one number wherever it stands, as n of one mean only. */
static bool letters_agree(const term *in, const term *t) {
    if (in->kind == TERM_NUMBER && in->symbol && t->kind == TERM_NUMBER && t->symbol &&
        strcmp(in->symbol->text, t->symbol->text) == 0 && in->number != t->number)
        return false;
    for (size_t i = 0; i < in->count; i++)
        if (!letters_agree(in->part[i], t))
            return false;
    return true;
}

static bool is_unambiguous(const term *whole, const term *t) {
    bool is = t->kind != TERM_NUMBER || letters_agree(whole, t);
    for (size_t i = 0; i < t->count && is; i++)
        is = is_unambiguous(whole, t->part[i]);
    return is;
}

const math *derive_in_one(const derivation *d, const mlp_value *value) {
    const mlp_value *of = value->label.part_of;
    const mlp_value *back = value->producer->forward ? value->producer->in[0] : NULL;
    binding b = derivation_binding(d);
    term_formula f;
    b.in_one = true;
    if (!symbol_is_gradient(value) || !of->leaf || !sweep_of(d, value) || !back ||
        !back->producer || !back->producer->forward)
        return NULL;
    if (!term_formula_of(&b, value, &f)) {
        d->d->failed = true;
        return NULL;
    }
    return f.right && term_has_shape_of(f.right, &value->tensor) && f.right->shaped &&
                   !has_words(f.right) && count_parts(f.right) <= MOST_PARTS &&
                   is_unambiguous(f.right, f.right)
               ? term_math(f.right, d->d->arena)
               : NULL;
}
