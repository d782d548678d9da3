/* Classes and cases. */
#include "spell.h"

#include <math.h>
#include <string.h>

/* --- classes --- */

void spell_pick(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const term *from = t->part[0], *target = t->part[1];
    const size_t dim = from->ndim > 1 ? 1 : 0;
    const int64_t at = mlp_tensor_get_int(target->tensor, term_place(target, index));
    size_t within[MLP_MAX_DIMS] = {0};
    s->known &= at >= 0 && (uint64_t)at < from->shape[dim];
    if (!s->known)
        return;
    for (size_t d = 0; d < from->ndim; d++)
        within[d] = d == dim ? (size_t)at : index[d > dim ? d - 1 : d];
    spell(s, from, within, show, to);
}

void spell_one_hot(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const term *target = t->part[0];
    const size_t dim = t->ndim > 1 ? 1 : 0;
    size_t within[MLP_MAX_DIMS] = {0};
    for (size_t d = 0; d < t->ndim; d++)
        if (d != dim)
            within[d > dim ? d - 1 : d] = index[d];
    to->value =
        (uint64_t)mlp_tensor_get_int(target->tensor, term_place(target, within)) == index[dim];
    spelling_take(s, to->value != 0);
    if (show)
        spelled_as(to, line_of_number(s, to->value, false));
}

/* --- cases --- */

static bool compares(const char *sign_text, double a, double b) {
    if (strcmp(sign_text, "<") == 0)
        return a < b;
    if (strcmp(sign_text, "<=") == 0)
        return a <= b;
    if (strcmp(sign_text, ">") == 0)
        return a > b;
    if (strcmp(sign_text, ">=") == 0)
        return a >= b;
    return strcmp(sign_text, "=") == 0 ? a == b : a != b;
}

/* A comparison as it turned out. */
static math_sign turned_out(const char *text, bool is_true) {
    static const struct {
        const char *text;
        math_sign when[2];
    } signs[] = {{"<", {MATH_AT_LEAST, MATH_LESS}},   {"<=", {MATH_GREATER, MATH_AT_MOST}},
                 {">", {MATH_AT_MOST, MATH_GREATER}}, {">=", {MATH_LESS, MATH_AT_LEAST}},
                 {"=", {MATH_UNEQUAL, MATH_EQUAL}},   {"!=", {MATH_EQUAL, MATH_UNEQUAL}}};
    size_t i = 0;
    while (i + 1 < sizeof signs / sizeof *signs && strcmp(signs[i].text, text) != 0)
        i++;
    return signs[i].when[is_true];
}

void spell_compare(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell_part(s, t, 0, index, show, &a);
    spell_part(s, t, 1, index, show, &b);
    to->value = compares(t->text, a.value, b.value);
    s->unordered |= isnan(a.value) || isnan(b.value);
    if (show && s->known && !s->out_of_memory)
        spelled_as(to, line_joined(s, a.full, turned_out(t->text, to->value != 0), b.full));
}

void spell_and(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell_part(s, t, 0, index, show, &a);
    spell_part(s, t, 1, index, show, &b);
    to->value = a.value != 0 && b.value != 0;
    if (show && s->known && !s->out_of_memory)
        spelled_as(to, a.value == 0   ? a.full
                       : b.value == 0 ? b.full
                                      : line_joined(s, a.full, MATH_AND, b.full));
}

static void note_because(spelling *s, const math *because) {
    if (!s->because)
        s->because = because;
}

void spell_cases(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    for (size_t i = 0; i < t->count && s->known && !s->out_of_memory; i += 2) {
        spelled condition = {.value = 1};
        const bool last = i + 1 == t->count;
        if (!last)
            spell_part(s, t, i + 1, index, show && !s->style->blank, &condition);
        if (condition.value != 0 || (i + 3 == t->count && show)) /* the only one, or the last */
            note_because(s, condition.full.m);
        if (condition.value == 0)
            continue;
        spelling_take(s, i);
        spell_part(s, t, i, index, show, to);
        if (show && s->style->blank && s->known)
            spelled_as(to, line_of_number(s, to->value, true));
        return;
    }
    s->known = false;
}
