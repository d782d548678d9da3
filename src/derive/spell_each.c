/* Element by element. */
#include "spell.h"

#include <math.h>
#include <string.h>

size_t term_place(const term *t, const size_t *index) {
    size_t place = 0;
    for (size_t d = 0; d < t->ndim; d++)
        place = place * t->shape[d] + index[d];
    return place;
}

static const double MOST_WHOLE = 9007199254740992; /* 2^53 */

void spell_tensor(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    to->value = mlp_tensor_get(t->tensor, term_place(t, index));
    if (!mlp_dtype_is_floating(t->tensor->dtype) && fabs(to->value) >= MOST_WHOLE)
        s->known = false; /* a double has not all of its digits */
    if (show)
        spelled_as(to, line_of_number(s, to->value, !t->given));
}

void spell_number(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    (void)index;
    to->value = t->number;
    if (show)
        spelled_as(to, (line){spelling_kept(s, math_option(spelling_arena(s), t->number)), WHOLE});
}

/* --- element by element --- */

/* From an index of the whole to one of a part that is broadcast to it. */
void term_align(const term *part, size_t ndim, const size_t *index, size_t *to) {
    for (size_t d = 0; d < part->ndim; d++)
        to[d] = part->shape[d] == 1 ? 0 : index[d + ndim - part->ndim];
}

void spell_part(spelling *s, const term *t, size_t i, const size_t *index, bool show, spelled *to) {
    size_t within[MLP_MAX_DIMS] = {0};
    term_align(t->part[i], t->ndim, index, within);
    spell(s, t->part[i], within, show, to);
}

static double combined(term_kind kind, double a, double b) {
    switch (kind) {
    case TERM_ADD:
        return a + b;
    case TERM_SUBTRACT:
        return a - b;
    case TERM_MULTIPLY:
        return a * b;
    case TERM_DIVIDE:
        return a / b;
    default:
        return pow(a, b);
    }
}

static line powered(spelling *s, line a, line b) {
    const math *parts[] = {line_in_brackets(s, a, WHOLE), b.m};
    return (line){spelling_kept(s, math_of(spelling_arena(s), MATH_POWER, 2, parts)), WHOLE};
}

/* A factor that was given or drawn, as the mask of a dropout, may take the other one away. */
static void take_factor(spelling *s, const term *factor, double value) {
    if (factor->kind == TERM_TENSOR && factor->given)
        spelling_take(s, value == 0);
}

static line combined_line(spelling *s, term_kind kind, line a, line b) {
    switch (kind) {
    case TERM_ADD:
        return line_joined(s, a, MATH_PLUS, b);
    case TERM_SUBTRACT:
        return line_joined(s, a, MATH_MINUS, b);
    case TERM_MULTIPLY:
        return line_joined(s, a, MATH_TIMES, b);
    case TERM_DIVIDE:
        return line_fraction(s, a, b);
    default:
        return powered(s, a, b);
    }
}

void spell_two(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell_part(s, t, 0, index, show, &a);
    spell_part(s, t, 1, index, show, &b);
    to->value = combined(t->kind, a.value, b.value);
    if (t->kind == TERM_MULTIPLY) {
        take_factor(s, t->part[0], a.value);
        take_factor(s, t->part[1], b.value);
    }
    if (!show || !s->known || s->out_of_memory)
        return;
    to->full = combined_line(s, t->kind, a.full, b.full);
    to->collapsed = combined_line(s, t->kind, a.collapsed, b.collapsed);
}

static line negative(spelling *s, line a) {
    math_row row = {.arena = spelling_arena(s)};
    math_add_sign(&row, MATH_MINUS);
    math_add(&row, line_in_brackets(s, a, FACTORS));
    return (line){spelling_kept(s, math_row_end(&row)), SUM};
}

void spell_negative(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0};
    spell_part(s, t, 0, index, show, &a);
    to->value = -a.value;
    if (!show || !s->known || s->out_of_memory)
        return;
    to->full = negative(s, a.full);
    to->collapsed = negative(s, a.collapsed);
}

void spell_absolute(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0};
    spell_part(s, t, 0, index, show, &a);
    to->value = fabs(a.value);
    if (show && s->known && !s->out_of_memory)
        to->full = (line){spelling_kept(s, math_of(spelling_arena(s), MATH_ABSOLUTE, 1, &a.full.m)),
                          WHOLE};
    to->collapsed = to->full;
}

/* --- functions --- */

static double sigmoid(double x) {
    return 1 / (1 + exp(-x));
}

static double softplus(double x) {
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

static double sign(double x) {
    return isnan(x) ? 0 : (x > 0) - (x < 0);
}

static double (*function_named(const char *name))(double) {
    static const struct {
        const char *name;
        double (*f)(double);
    } functions[] = {
        {"exp", exp},          {"log", log},         {"sqrt", sqrt},   {"sin", sin},
        {"cos", cos},          {"tan", tan},         {"asin", asin},   {"acos", acos},
        {"atan", atan},        {"sinh", sinh},       {"cosh", cosh},   {"tanh", tanh},
        {"asinh", asinh},      {"acosh", acosh},     {"atanh", atanh}, {"erf", erf},
        {"floor", floor},      {"ceil", ceil},       {"trunc", trunc}, {"round", rint},
        {"sign", sign},        {"sigmoid", sigmoid}, {"log1p", log1p}, {"expm1", expm1},
        {"softplus", softplus}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(name, functions[i].name) == 0)
            return functions[i].f;
    return NULL;
}

static void spell_function(spelling *s, const term *t, const size_t *index, bool show,
                           spelled *to) {
    double (*const f)(double) = function_named(t->text);
    spelled a = {0};
    s->known &= f && t->count == 1;
    if (!s->known)
        return;
    spell_part(s, t, 0, index, show, &a);
    to->value = f(a.value);
    if (!show || !s->known || s->out_of_memory)
        return;
    spelled_as(to, (line){line_applied(s, t->text, a.full.m), WHOLE});
    spelled_collapse(s, to);
}

/* The larger, or the smaller, of several. */
static void spell_extreme(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const bool largest = strcmp(t->text, "max") == 0;
    math_row row = {.arena = spelling_arena(s)};
    size_t which = 0;
    for (size_t i = 0; i < t->count && s->known && !s->out_of_memory; i++) {
        spelled a = {0};
        spell_part(s, t, i, index, show, &a);
        if (i == 0 || (largest ? a.value > to->value : a.value < to->value) || isnan(a.value)) {
            to->value = a.value;
            which = i;
        }
        if (i && show)
            math_add_sign(&row, MATH_COMMA);
        if (show)
            math_add(&row, a.full.m);
    }
    if (show && s->known && !s->out_of_memory)
        spelled_as(to,
                   (line){line_applied(s, t->text, spelling_kept(s, math_row_end(&row))), WHOLE});
    spelling_take(s, which);
}

void spell_call(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    if (t->count > 1 && (strcmp(t->text, "max") == 0 || strcmp(t->text, "min") == 0))
        spell_extreme(s, t, index, show, to);
    else
        spell_function(s, t, index, show, to);
}
