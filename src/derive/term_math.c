/* Terms with symbols. */
#include "terms.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- numbers --- */

const math *math_number(mlp_arena *arena, double number, int precision) {
    char *text = isnan(number) ? mlp_arena_printf(arena, "nan")
                               : mlp_arena_printf(arena, "%.*f", precision, number);
    if (!text)
        return NULL;
    char *end = text + strlen(text);
    if (isfinite(number) && strchr(text, '.')) {
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            *--end = '\0';
    }
    return math_text(arena, MATH_NUMBER, strcmp(text, "-0") == 0 ? "0" : text);
}

const math *math_element(mlp_arena *arena, const mlp_tensor *tensor, size_t place, int precision) {
    if (mlp_dtype_is_floating(tensor->dtype))
        return math_number(arena, mlp_tensor_get(tensor, place), precision);
    return math_text(arena, MATH_NUMBER,
                     mlp_arena_printf(arena, "%lld", (long long)mlp_tensor_get_int(tensor, place)));
}

/* As few digits as read back, without an exponent where that is short. */
const math *math_option(mlp_arena *arena, double number) {
    char text[48];
    const bool is_plain = fabs(number) < 1e15 && fabs(number) >= 1e-4;
    for (int digits = is_plain ? 0 : 1; digits <= DBL_DECIMAL_DIG; digits++) {
        snprintf(text, sizeof text, is_plain ? "%.*f" : "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    return math_text(arena, MATH_NUMBER, mlp_arena_copy(arena, text, strlen(text)));
}

/* --- brackets --- */

/* How tightly the parts of a term hold together where it is written in a line. */
enum {
    LOOSE, /* cases */
    SUM,
    FACTORS,
    WHOLE
};

static bool is_over_one(const term *t) {
    size_t count = 1;
    const term *of = t->part[0];
    for (size_t d = 0; d < of->ndim; d++)
        count *= t->over[d] ? of->shape[d] : 1;
    return t->shaped && of->shaped && count == 1;
}

static int tightness(const term *t) {
    switch (t->kind) {
    case TERM_CASES:
    case TERM_COMPARE:
    case TERM_AND:
    case TERM_WORDS:
        return LOOSE;
    case TERM_ADD:
    case TERM_SUBTRACT:
    case TERM_NEGATE:
        return SUM;
    case TERM_MULTIPLY:
    case TERM_DIVIDE:
    case TERM_PRODUCT:
    case TERM_OUTER:
        return FACTORS;
    case TERM_OVER:
        return is_over_one(t) ? tightness(t->part[0]) : WHOLE;
    case TERM_RESHAPED:
        return tightness(t->part[0]);
    default:
        return WHOLE;
    }
}

static const math *fenced(mlp_arena *arena, const math *m) {
    return math_of(arena, MATH_FENCED, 1, &m);
}

/* Both kinds of products in one formula have brackets: A B * c would be read either way. */
static bool mixes_products(const term *t, const term *part) {
    const bool is_of_matrices = part->kind == TERM_PRODUCT || part->kind == TERM_OUTER;
    const bool is_elementwise = part->kind == TERM_MULTIPLY || part->kind == TERM_DIVIDE;
    if (t->kind == TERM_PRODUCT || t->kind == TERM_OUTER)
        return is_elementwise;
    return t->kind == TERM_MULTIPLY && is_of_matrices;
}

static const math *part_math(const term *t, size_t i, int least, mlp_arena *arena) {
    const math *m = term_math(t->part[i], arena);
    const bool loose = tightness(t->part[i]) < least || mixes_products(t, t->part[i]);
    return loose ? fenced(arena, m) : m;
}

static const math *between(mlp_arena *arena, const math *a, math_sign sign, const math *b) {
    math_row row = {.arena = arena};
    math_add(&row, a);
    math_add_sign(&row, sign);
    math_add(&row, b);
    return math_row_end(&row);
}

/* --- kinds --- */

static bool is_digits(const term *t) {
    return t->kind == TERM_NUMBER && !t->symbol;
}

static bool is_single(const term *t) {
    return t->shaped && t->ndim == 0;
}

static math_sign times(const term *a, const term *b) {
    if (is_digits(a) || is_digits(b))
        return MATH_TIMES;
    return is_single(a) || is_single(b) ? MATH_BESIDE : MATH_EACH_TIMES;
}

static const math *powered(mlp_arena *arena, const math *base, const math *exponent) {
    return math_of(arena, MATH_POWER, 2, (const math *[]){base, exponent});
}

static const math *call_math(const term *t, mlp_arena *arena) {
    const math *parts[FORMULA_PARTS];
    for (size_t i = 0; i < t->count; i++)
        parts[i] = term_math(t->part[i], arena);
    if (strcmp(t->text, "sqrt") == 0)
        return math_of(arena, MATH_ROOT, 1, parts);
    if (t->count == 1)
        return math_function(arena, strcmp(t->text, "log") == 0 ? "ln" : t->text, parts[0]);
    math_row row = {.arena = arena};
    for (size_t i = 0; i < t->count; i++) {
        if (i)
            math_add_sign(&row, MATH_COMMA);
        math_add(&row, parts[i]);
    }
    return math_function(arena, t->text, math_row_end(&row));
}

static math_sign comparison(const char *text) {
    static const struct {
        const char *text;
        math_sign sign;
    } signs[] = {{"<", MATH_LESS},      {"<=", MATH_AT_MOST}, {">", MATH_GREATER},
                 {">=", MATH_AT_LEAST}, {"=", MATH_EQUAL},    {"!=", MATH_UNEQUAL}};
    size_t i = 0;
    while (i + 1 < sizeof signs / sizeof *signs && strcmp(signs[i].text, text) != 0)
        i++;
    return signs[i].sign;
}

static const math *index_math(const term *t, mlp_arena *arena) {
    return math_of(arena, MATH_INDEX, 2,
                   (const math *[]){part_math(t, 0, WHOLE, arena), term_math(t->part[1], arena)});
}

static const math *over_math(const term *t, mlp_arena *arena) {
    const math *of = term_math(t->part[0], arena);
    return is_over_one(t) ? of : math_function(arena, t->text, of);
}

static const math *cases_math(const term *t, mlp_arena *arena) {
    const math *parts[FORMULA_PARTS];
    for (size_t i = 0; i < t->count; i++)
        parts[i] = term_math(t->part[i], arena);
    return math_of(arena, MATH_CASES, t->count, parts);
}

static const math *negative_math(const term *t, mlp_arena *arena) {
    math_row row = {.arena = arena};
    math_add_sign(&row, MATH_MINUS);
    math_add(&row, part_math(t, 0, FACTORS, arena));
    return math_row_end(&row);
}

/* A sum behind a minus has brackets. */
static const math *sum_math(const term *t, math_sign sign, mlp_arena *arena) {
    const int least = sign == MATH_MINUS || t->part[1]->kind == TERM_NEGATE ? FACTORS : SUM;
    return between(arena, part_math(t, 0, SUM, arena), sign, part_math(t, 1, least, arena));
}

/* Of a column and a row each element with each other: as the product that it is on paper. */
static bool is_outer(const term *t) {
    const term *a = t->part[0], *b = t->part[1];
    return a->kind == TERM_TENSOR && b->kind == TERM_TENSOR && a->ndim == 2 && b->ndim >= 1 &&
           a->shape[1] == 1 && a->shape[0] > 1 && b->shape[b->ndim - 1] > 1 &&
           (b->ndim == 1 || (b->ndim == 2 && b->shape[0] == 1));
}

static const math *factors_math(const term *t, math_sign sign, mlp_arena *arena) {
    return between(arena, part_math(t, 0, FACTORS, arena), sign, part_math(t, 1, FACTORS, arena));
}

static const math *fraction_math(const term *t, mlp_arena *arena) {
    return math_of(arena, MATH_FRACTION, 2,
                   (const math *[]){term_math(t->part[0], arena), term_math(t->part[1], arena)});
}

static const math *outer_math(const term *t, mlp_arena *arena) {
    const math *row =
        powered(arena, part_math(t, 1, WHOLE, arena), math_text(arena, MATH_SYMBOL, "T"));
    return between(arena, part_math(t, 0, FACTORS, arena), MATH_BESIDE, row);
}

static const math *number_math(const term *t, mlp_arena *arena) {
    return t->symbol ? t->symbol : math_option(arena, t->number);
}

const math *term_math(const term *t, mlp_arena *arena) {
    switch (t->kind) {
    case TERM_NUMBER:
        return number_math(t, arena);
    case TERM_TENSOR:
        return t->symbol;
    case TERM_WORDS:
        return t->symbol ? t->symbol : math_text(arena, MATH_WORDS, t->text);
    case TERM_ADD:
        return sum_math(t, MATH_PLUS, arena);
    case TERM_SUBTRACT:
        return sum_math(t, MATH_MINUS, arena);
    case TERM_NEGATE:
        return negative_math(t, arena);
    case TERM_MULTIPLY:
        return is_outer(t) ? outer_math(t, arena)
                           : factors_math(t, times(t->part[0], t->part[1]), arena);
    case TERM_DIVIDE:
        return fraction_math(t, arena);
    case TERM_PRODUCT:
        return factors_math(t, MATH_BESIDE, arena);
    case TERM_OUTER:
        return outer_math(t, arena);
    case TERM_POWER:
        return powered(arena, part_math(t, 0, WHOLE, arena), term_math(t->part[1], arena));
    case TERM_TRANSPOSE:
        return powered(arena, part_math(t, 0, WHOLE, arena), math_text(arena, MATH_SYMBOL, "T"));
    case TERM_RESHAPED:
        return term_math(t->part[0], arena);
    case TERM_INVERSE:
        return powered(arena, part_math(t, 0, WHOLE, arena), math_text(arena, MATH_NUMBER, "-1"));
    case TERM_CALL:
        return call_math(t, arena);
    case TERM_OVER:
        return over_math(t, arena);
    case TERM_ABSOLUTE:
        return math_of(arena, MATH_ABSOLUTE, 1, (const math *[]){term_math(t->part[0], arena)});
    case TERM_PICK:
        return index_math(t, arena);
    case TERM_ONE_HOT:
        return math_function(arena, "onehot", term_math(t->part[0], arena));
    case TERM_CASES:
        return cases_math(t, arena);
    case TERM_COMPARE:
        return between(arena, term_math(t->part[0], arena), comparison(t->text),
                       term_math(t->part[1], arena));
    case TERM_AND:
        return between(arena, term_math(t->part[0], arena), MATH_AND, term_math(t->part[1], arena));
    }
    return NULL;
}
