/* One element of a term, with the numbers put in. */
#include "spell.h"

#include <math.h>

enum {
    MOST_PARTS = 45,     /* of a line: one that has more is not written */
    MOST_VISITS = 400000 /* numbers that one element may be made of */
};

/* What has no formula, and the inverse of a matrix, is not spelled out. */
static spell_term *const kinds[] = {[TERM_NUMBER] = spell_number,
                                    [TERM_TENSOR] = spell_tensor,
                                    [TERM_WORDS] = NULL,
                                    [TERM_ADD] = spell_two,
                                    [TERM_SUBTRACT] = spell_two,
                                    [TERM_NEGATE] = spell_negative,
                                    [TERM_MULTIPLY] = spell_two,
                                    [TERM_DIVIDE] = spell_two,
                                    [TERM_PRODUCT] = spell_product,
                                    [TERM_OUTER] = spell_outer,
                                    [TERM_POWER] = spell_two,
                                    [TERM_TRANSPOSE] = spell_transposed,
                                    [TERM_INVERSE] = NULL,
                                    [TERM_RESHAPED] = spell_reshaped,
                                    [TERM_CALL] = spell_call,
                                    [TERM_OVER] = spell_over,
                                    [TERM_ABSOLUTE] = spell_absolute,
                                    [TERM_PICK] = spell_pick,
                                    [TERM_ONE_HOT] = spell_one_hot,
                                    [TERM_CASES] = spell_cases,
                                    [TERM_COMPARE] = spell_compare,
                                    [TERM_AND] = spell_and};

void spell(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    if (!t->shaped || !kinds[t->kind] || ++s->visits > MOST_VISITS)
        s->known = false;
    if (!s->known || s->out_of_memory)
        return;
    s->depth++;
    kinds[t->kind](s, t, index, show, to);
    s->depth--;
    spelling_note(s, to->value);
}

/* Whether the formula gives what the operation did: an exact number and a rounded one. */
static bool agrees(double value, double result, double scale) {
    if (isnan(value) || isnan(result))
        return isnan(value) && isnan(result);
    return value == result || fabs(value - result) <= 1e-4 * scale;
}

/* Whether a term of that shape can be broadcast to the tensor's. */
static bool goes_with(const term *t, const mlp_tensor *result) {
    for (size_t d = 1; t->shaped && d <= t->ndim; d++)
        if (d > result->ndim || (t->shape[t->ndim - d] != 1 &&
                                 t->shape[t->ndim - d] != result->shape[result->ndim - d]))
            return false;
    return t->shaped;
}

static size_t count_parts(const math *m) {
    size_t count = 1;
    for (size_t i = 0; i < m->count && count <= MOST_PARTS; i++)
        count += count_parts(m->parts[i]);
    return count;
}

static bool is_short(const math *m) {
    return m && count_parts(m) <= MOST_PARTS;
}

void term_index_of(const mlp_tensor *tensor, size_t place, size_t *index) {
    for (size_t d = tensor->ndim; d-- > 0; place /= tensor->shape[d])
        index[d] = place % tensor->shape[d];
}

static void spell_place(spelling *s, const term *t, const mlp_tensor *result, size_t place,
                        bool show, spelled *to) {
    size_t index[MLP_MAX_DIMS] = {0}, within[MLP_MAX_DIMS] = {0};
    term_index_of(result, place, index);
    term_align(t, result->ndim, index, within);
    spell(s, t, within, show, to);
}

/* All that is looked at may be made of as many numbers as one element. */
size_t term_other_place(const term *t, const mlp_tensor *result, const term_style *style) {
    spelling s = {.style = style, .known = goes_with(t, result)};
    size_t first = 0;
    for (size_t place = 0; place < result->numel && s.known; place++) {
        spelled unused = {0};
        s.way = 0;
        spell_place(&s, t, result, place, false, &unused);
        if (place == 0)
            first = s.way;
        if (first == 0) /* there is one way only */
            break;
        if (s.known && s.way != first)
            return place;
    }
    return 1;
}

/* False without memory. */
static bool spell_element(const term *t, const mlp_tensor *result, size_t place, spelling *s,
                          term_element_result *e) {
    spelled whole = {0};
    spell_place(s, t, result, place, true, &whole);
    if (s->out_of_memory)
        return false;
    if (!s->known || !agrees(whole.value, mlp_tensor_get(result, place), s->scale))
        return true;
    const bool collapses =
        s->collapses && !math_is_number(whole.collapsed.m) && is_short(whole.collapsed.m);
    e->because = s->unordered ? NULL : s->because;
    e->numbers = is_short(whole.full.m) ? whole.full.m : collapses ? whole.collapsed.m : NULL;
    e->collapsed = collapses && e->numbers == whole.full.m ? whole.collapsed.m : NULL;
    return true;
}

bool term_element(const term *t, const mlp_tensor *result, size_t place, const term_style *style,
                  term_element_result *e) {
    spelling s = {.style = style, .known = goes_with(t, result)};
    spelling brief = {.style = style, .known = s.known, .brief = true};
    *e = (term_element_result){0};
    if (!s.known)
        return true;
    return spell_element(t, result, place, &s, e) &&
           (e->numbers || !s.known || spell_element(t, result, place, &brief, e));
}
