/* Sums, products of matrices, and the same in another shape. */
#include "spell.h"

#include <math.h>
#include <string.h>

enum {
    MOST_TERMS = 6, /* of a sum that is written out; of a longer one, or where they are long ... */
    FIRST_TERMS = 2 /* ... these, or only the first, and the last one */
};

/* --- sums --- */

/* A sum, or another chain of terms, as it grows. */
typedef struct {
    math_row full, collapsed;
    line only, only_collapsed; /* of one term */
    math_sign sign;
    size_t shown;
} chain;

static void add_to_chain(spelling *s, chain *c, const spelled *a) {
    const int least = c->sign == MATH_TIMES ? FACTORS : SUM;
    if (c->shown++) {
        math_add_sign(&c->full, c->sign);
        math_add_sign(&c->collapsed, c->sign);
    }
    c->only = a->full;
    c->only_collapsed = a->collapsed;
    math_add(&c->full, line_in_brackets(s, a->full, least));
    math_add(&c->collapsed, line_in_brackets(s, a->collapsed, least));
}

static void add_dots(chain *c) {
    math_add_sign(&c->full, c->sign);
    math_add_sign(&c->full, MATH_DOTS);
    math_add_sign(&c->collapsed, c->sign);
    math_add_sign(&c->collapsed, MATH_DOTS);
}

static size_t most_terms(const spelling *s) {
    return s->brief ? 2 : MOST_TERMS;
}

static bool is_written_out(const spelling *s, size_t k, size_t count) {
    return count <= most_terms(s) || k < (s->brief ? 1 : FIRST_TERMS) || k + 1 == count;
}

static void end_chain(spelling *s, chain *c, spelled *to) {
    const int tightness = c->sign == MATH_TIMES ? FACTORS : SUM;
    if (c->shown == 1) {
        to->full = c->only;
        to->collapsed = c->only_collapsed;
        return;
    }
    to->full = (line){spelling_kept(s, math_row_end(&c->full)), tightness};
    to->collapsed = (line){spelling_kept(s, math_row_end(&c->collapsed)), tightness};
}

static chain new_chain(const spelling *s, math_sign sign) {
    return (chain){.full = {.arena = spelling_arena(s)},
                   .collapsed = {.arena = spelling_arena(s)},
                   .sign = sign};
}

/* --- products of matrices --- */

/* Term k of element `index` of a product: the places in both. */
static void places_in_product(const term *t, const size_t *index, size_t k, size_t *a, size_t *b) {
    const term *left = t->part[0], *right = t->part[1];
    const size_t rows = left->ndim - 1, last = right->ndim;
    memcpy(a, index, rows * sizeof *index);
    a[rows] = k;
    for (size_t d = 0; d + 2 < last; d++)
        b[d] = index[d];
    b[last > 1 ? last - 2 : 0] = k;
    if (last > 1)
        b[last - 1] = index[t->ndim - 1];
}

void spell_product(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const size_t count = t->part[0]->shape[t->part[0]->ndim - 1];
    chain c = new_chain(s, MATH_PLUS);
    for (size_t k = 0; k < count && s->known && !s->out_of_memory; k++) {
        size_t a[MLP_MAX_DIMS] = {0}, b[MLP_MAX_DIMS] = {0};
        const bool written = show && is_written_out(s, k, count);
        spelled left = {0}, right = {0}, both = {0};
        places_in_product(t, index, k, a, b);
        spell(s, t->part[0], a, written, &left);
        spell(s, t->part[1], b, written, &right);
        to->value += left.value * right.value;
        spelling_note(s, left.value * right.value);
        if (!written || !s->known || s->out_of_memory)
            continue;
        both.full = line_joined(s, left.full, MATH_TIMES, right.full);
        both.collapsed = line_joined(s, left.collapsed, MATH_TIMES, right.collapsed);
        if (k + 1 == count && count > most_terms(s))
            add_dots(&c);
        add_to_chain(s, &c, &both);
    }
    s->known &= count > 0;
    if (show && s->known && !s->out_of_memory)
        end_chain(s, &c, to);
}

void spell_outer(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell(s, t->part[0], index, show, &a);
    spell(s, t->part[1], index + 1, show, &b);
    to->value = a.value * b.value;
    if (!show || !s->known || s->out_of_memory)
        return;
    to->full = line_joined(s, a.full, MATH_TIMES, b.full);
    to->collapsed = line_joined(s, a.collapsed, MATH_TIMES, b.collapsed);
}

void spell_transposed(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    size_t turned[MLP_MAX_DIMS] = {0};
    memcpy(turned, index, t->ndim * sizeof *index);
    turned[t->ndim - 1] = index[t->ndim - 2];
    turned[t->ndim - 2] = index[t->ndim - 1];
    spell(s, t->part[0], turned, show, to);
}

void spell_reshaped(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const term *of = t->part[0];
    size_t within[MLP_MAX_DIMS] = {0}, place = term_place(t, index);
    for (size_t d = of->ndim; d-- > 0; place /= of->shape[d])
        within[d] = place % of->shape[d];
    spell(s, of, within, show, to);
}

/* --- over dimensions --- */

static size_t count_over(const term *t) {
    size_t count = 1;
    for (size_t d = 0; d < t->part[0]->ndim; d++)
        count *= t->over[d] ? t->part[0]->shape[d] : 1;
    return count;
}

/* The k-th of the elements of part 0 that element `index` is made of. */
static void place_over(const term *t, const size_t *index, size_t k, size_t *to) {
    const term *of = t->part[0];
    for (size_t d = of->ndim, from = t->ndim; d-- > 0;) {
        if (!t->over[d] || t->keeps)
            from--;
        to[d] = t->over[d] ? k % of->shape[d] : index[from];
        k /= t->over[d] ? of->shape[d] : 1;
    }
}

static double gathered(const char *function, double so_far, double next, bool first) {
    if (first)
        return next;
    if (strcmp(function, "prod") == 0)
        return so_far * next;
    if (strcmp(function, "max") == 0)
        return next > so_far || isnan(next) ? next : so_far;
    if (strcmp(function, "min") == 0)
        return next < so_far || isnan(next) ? next : so_far;
    return so_far + next;
}

static line divided_by_count(spelling *s, line of, size_t count) {
    const math *n = spelling_kept(s, math_option(spelling_arena(s), (double)count));
    return line_fraction(s, of, (line){n, WHOLE});
}

static void end_over(spelling *s, const term *t, chain *c, size_t count, spelled *to) {
    end_chain(s, c, to);
    if (strcmp(t->text, "mean") == 0 && count > 1) {
        to->full = divided_by_count(s, to->full, count);
        to->collapsed = divided_by_count(s, to->collapsed, count);
    }
    if ((strcmp(t->text, "max") == 0 || strcmp(t->text, "min") == 0) && count > 1)
        spelled_as(to, (line){line_applied(s, t->text, to->full.m), WHOLE});
}

void spell_over(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const size_t count = count_over(t);
    const bool is_list = strcmp(t->text, "max") == 0 || strcmp(t->text, "min") == 0;
    chain c = new_chain(s, is_list                        ? MATH_COMMA
                           : strcmp(t->text, "prod") == 0 ? MATH_TIMES
                                                          : MATH_PLUS);
    s->known &= count > 0;
    for (size_t k = 0; k < count && s->known && !s->out_of_memory; k++) {
        size_t within[MLP_MAX_DIMS] = {0};
        const bool written = show && is_written_out(s, k, count);
        spelled one = {0};
        place_over(t, index, k, within);
        spell(s, t->part[0], within, written, &one);
        to->value = gathered(t->text, to->value, one.value, k == 0);
        if (!written || !s->known || s->out_of_memory)
            continue;
        if (k + 1 == count && count > most_terms(s))
            add_dots(&c);
        add_to_chain(s, &c, &one);
    }
    if (strcmp(t->text, "mean") == 0)
        to->value /= (double)count;
    if (!show || !s->known || s->out_of_memory)
        return;
    end_over(s, t, &c, count, to);
    if (s->depth > 1 && count > 1) /* a sum within something else is one number of it */
        spelled_collapse(s, to);
}
