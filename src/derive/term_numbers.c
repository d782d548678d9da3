/* One element of a term, with the numbers put in. */
#include "terms.h"

#include <math.h>
#include <string.h>

enum {
    MOST_TERMS = 6,  /* of a sum that is written out; of a longer one, or where they are long ... */
    FIRST_TERMS = 2, /* ... these, or only the first, and the last one */
    MOST_PARTS = 45, /* of a line: one that has more is not written */
    MOST_VISITS = 400000 /* numbers that one element may be made of */
};

/* How tightly it holds together, as of terms. */
enum {
    LOOSE,
    SUM,
    FACTORS,
    WHOLE
};

typedef struct {
    const math *m;
    int tightness;
} line;

typedef struct {
    line full, collapsed;
    double value;
} spelled;

typedef struct {
    const term_style *style;
    const math *because;
    double scale; /* the largest number on the way */
    size_t visits, depth;
    bool known, out_of_memory;
    bool unordered; /* a comparison was of a nan: it says nothing */
    bool brief;     /* of long sums the first and the last term */
    bool collapses; /* the collapsed line is another one than the full one */
} spelling;

static void spell(spelling *s, const term *t, const size_t *index, bool show, spelled *to);

/* --- lines --- */

static mlp_arena *arena_of(const spelling *s) {
    return s->style->arena;
}

static const math *kept(spelling *s, const math *m) {
    s->out_of_memory |= !m;
    return m;
}

static const math *in_brackets(spelling *s, line l, int least) {
    if (l.tightness >= least || !l.m)
        return l.m;
    return kept(s, math_of(arena_of(s), MATH_FENCED, 1, &l.m));
}

static line joined(spelling *s, line a, math_sign sign, line b) {
    const int least = sign == MATH_PLUS || sign == MATH_MINUS ? SUM : FACTORS;
    math_row row = {.arena = arena_of(s)};
    math_add(&row, in_brackets(s, a, least));
    math_add_sign(&row, sign);
    math_add(&row, in_brackets(s, b, sign == MATH_MINUS ? FACTORS : least));
    return (line){kept(s, math_row_end(&row)), least};
}

/* Where decimals would leave a digit or none of a number that counts, as below a root, it has an
 * exponent. */
static const math *put_in(const term_style *style, double value) {
    if (value == 0 || fabs(value) >= pow(10, 1 - style->precision))
        return math_number(style->arena, value, style->precision);
    return math_text(
        style->arena, MATH_NUMBER,
        mlp_arena_printf(style->arena, "%.*g", style->precision > 1 ? style->precision : 1, value));
}

static line number_line(spelling *s, double value, bool computed) {
    const term_style *style = s->style;
    const math *m = computed && style->blank ? math_blank(style->arena) : put_in(style, value);
    return (line){kept(s, m), WHOLE};
}

static void both_lines(spelled *to, line l) {
    to->full = to->collapsed = l;
}

static void note_value(spelling *s, double value) {
    if (isfinite(value) && fabs(value) > s->scale)
        s->scale = fabs(value);
}

/* A number that is computed on the way is shown as such in the collapsed line. */
static void collapse(spelling *s, spelled *to) {
    if (s->style->blank)
        return;
    to->collapsed = number_line(s, to->value, true);
    s->collapses = true;
}

/* --- leaves --- */

static size_t place_of(const term *t, const size_t *index) {
    size_t place = 0;
    for (size_t d = 0; d < t->ndim; d++)
        place = place * t->shape[d] + index[d];
    return place;
}

static const double MOST_WHOLE = 9007199254740992; /* 2^53 */

static void spell_tensor(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    to->value = mlp_tensor_get(t->tensor, place_of(t, index));
    if (!mlp_dtype_is_floating(t->tensor->dtype) && fabs(to->value) >= MOST_WHOLE)
        s->known = false; /* a double has not all of its digits */
    if (show)
        both_lines(to, number_line(s, to->value, !t->given));
}

static void spell_number(spelling *s, const term *t, bool show, spelled *to) {
    to->value = t->number;
    if (show)
        both_lines(to, (line){kept(s, math_option(arena_of(s), t->number)), WHOLE});
}

/* --- element by element --- */

/* From an index of the whole to one of a part that is broadcast to it. */
static void align(const term *part, size_t ndim, const size_t *index, size_t *to) {
    for (size_t d = 0; d < part->ndim; d++)
        to[d] = part->shape[d] == 1 ? 0 : index[d + ndim - part->ndim];
}

static void spell_part(spelling *s, const term *t, size_t i, const size_t *index, bool show,
                       spelled *to) {
    size_t within[MLP_MAX_DIMS] = {0};
    align(t->part[i], t->ndim, index, within);
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

static line fraction(spelling *s, line a, line b) {
    return (line){kept(s, math_of(arena_of(s), MATH_FRACTION, 2, (const math *[]){a.m, b.m})),
                  FACTORS};
}

static line powered(spelling *s, line a, line b) {
    const math *parts[] = {in_brackets(s, a, WHOLE), b.m};
    return (line){kept(s, math_of(arena_of(s), MATH_POWER, 2, parts)), WHOLE};
}

static line combined_line(spelling *s, term_kind kind, line a, line b) {
    switch (kind) {
    case TERM_ADD:
        return joined(s, a, MATH_PLUS, b);
    case TERM_SUBTRACT:
        return joined(s, a, MATH_MINUS, b);
    case TERM_MULTIPLY:
        return joined(s, a, MATH_TIMES, b);
    case TERM_DIVIDE:
        return fraction(s, a, b);
    default:
        return powered(s, a, b);
    }
}

static void spell_two(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell_part(s, t, 0, index, show, &a);
    spell_part(s, t, 1, index, show, &b);
    to->value = combined(t->kind, a.value, b.value);
    if (!show || !s->known || s->out_of_memory)
        return;
    to->full = combined_line(s, t->kind, a.full, b.full);
    to->collapsed = combined_line(s, t->kind, a.collapsed, b.collapsed);
}

static line negative(spelling *s, line a) {
    math_row row = {.arena = arena_of(s)};
    math_add_sign(&row, MATH_MINUS);
    math_add(&row, in_brackets(s, a, FACTORS));
    return (line){kept(s, math_row_end(&row)), SUM};
}

static void spell_negative(spelling *s, const term *t, const size_t *index, bool show,
                           spelled *to) {
    spelled a = {0};
    spell_part(s, t, 0, index, show, &a);
    to->value = -a.value;
    if (!show || !s->known || s->out_of_memory)
        return;
    to->full = negative(s, a.full);
    to->collapsed = negative(s, a.collapsed);
}

static void spell_absolute(spelling *s, const term *t, const size_t *index, bool show,
                           spelled *to) {
    spelled a = {0};
    spell_part(s, t, 0, index, show, &a);
    to->value = fabs(a.value);
    if (show && s->known && !s->out_of_memory)
        to->full = (line){kept(s, math_of(arena_of(s), MATH_ABSOLUTE, 1, &a.full.m)), WHOLE};
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

static const math *applied(spelling *s, const char *name, const math *argument) {
    if (strcmp(name, "sqrt") == 0)
        return kept(s, math_of(arena_of(s), MATH_ROOT, 1, &argument));
    return kept(s, math_function(arena_of(s), strcmp(name, "log") == 0 ? "ln" : name, argument));
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
    both_lines(to, (line){applied(s, t->text, a.full.m), WHOLE});
    collapse(s, to);
}

/* The larger, or the smaller, of several. */
static void spell_extreme(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const bool largest = strcmp(t->text, "max") == 0;
    math_row row = {.arena = arena_of(s)};
    for (size_t i = 0; i < t->count && s->known && !s->out_of_memory; i++) {
        spelled a = {0};
        spell_part(s, t, i, index, show, &a);
        if (i == 0 || (largest ? a.value > to->value : a.value < to->value) || isnan(a.value))
            to->value = a.value;
        if (i && show)
            math_add_sign(&row, MATH_COMMA);
        if (show)
            math_add(&row, a.full.m);
    }
    if (show && s->known && !s->out_of_memory)
        both_lines(to, (line){applied(s, t->text, kept(s, math_row_end(&row))), WHOLE});
}

static void spell_call(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    if (t->count > 1 && (strcmp(t->text, "max") == 0 || strcmp(t->text, "min") == 0))
        spell_extreme(s, t, index, show, to);
    else
        spell_function(s, t, index, show, to);
}

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
    math_add(&c->full, in_brackets(s, a->full, least));
    math_add(&c->collapsed, in_brackets(s, a->collapsed, least));
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
    to->full = (line){kept(s, math_row_end(&c->full)), tightness};
    to->collapsed = (line){kept(s, math_row_end(&c->collapsed)), tightness};
}

static chain new_chain(const spelling *s, math_sign sign) {
    return (chain){
        .full = {.arena = arena_of(s)}, .collapsed = {.arena = arena_of(s)}, .sign = sign};
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

static void spell_product(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
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
        note_value(s, left.value * right.value);
        if (!written || !s->known || s->out_of_memory)
            continue;
        both.full = joined(s, left.full, MATH_TIMES, right.full);
        both.collapsed = joined(s, left.collapsed, MATH_TIMES, right.collapsed);
        if (k + 1 == count && count > most_terms(s))
            add_dots(&c);
        add_to_chain(s, &c, &both);
    }
    s->known &= count > 0;
    if (show && s->known && !s->out_of_memory)
        end_chain(s, &c, to);
}

static void spell_outer(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell(s, t->part[0], index, show, &a);
    spell(s, t->part[1], index + 1, show, &b);
    to->value = a.value * b.value;
    if (!show || !s->known || s->out_of_memory)
        return;
    to->full = joined(s, a.full, MATH_TIMES, b.full);
    to->collapsed = joined(s, a.collapsed, MATH_TIMES, b.collapsed);
}

static void spell_transposed(spelling *s, const term *t, const size_t *index, bool show,
                             spelled *to) {
    size_t turned[MLP_MAX_DIMS] = {0};
    memcpy(turned, index, t->ndim * sizeof *index);
    turned[t->ndim - 1] = index[t->ndim - 2];
    turned[t->ndim - 2] = index[t->ndim - 1];
    spell(s, t->part[0], turned, show, to);
}

static void spell_reshaped(spelling *s, const term *t, const size_t *index, bool show,
                           spelled *to) {
    const term *of = t->part[0];
    size_t within[MLP_MAX_DIMS] = {0}, place = place_of(t, index);
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
    const math *n = kept(s, math_option(arena_of(s), (double)count));
    return fraction(s, of, (line){n, WHOLE});
}

static void end_over(spelling *s, const term *t, chain *c, size_t count, spelled *to) {
    end_chain(s, c, to);
    if (strcmp(t->text, "mean") == 0 && count > 1) {
        to->full = divided_by_count(s, to->full, count);
        to->collapsed = divided_by_count(s, to->collapsed, count);
    }
    if ((strcmp(t->text, "max") == 0 || strcmp(t->text, "min") == 0) && count > 1)
        both_lines(to, (line){applied(s, t->text, to->full.m), WHOLE});
}

static void spell_over(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
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
        collapse(s, to);
}

/* --- classes --- */

static void spell_pick(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const term *from = t->part[0], *target = t->part[1];
    const size_t dim = from->ndim > 1 ? 1 : 0;
    const int64_t at = mlp_tensor_get_int(target->tensor, place_of(target, index));
    size_t within[MLP_MAX_DIMS] = {0};
    s->known &= at >= 0 && (uint64_t)at < from->shape[dim];
    if (!s->known)
        return;
    for (size_t d = 0; d < from->ndim; d++)
        within[d] = d == dim ? (size_t)at : index[d > dim ? d - 1 : d];
    spell(s, from, within, show, to);
}

static void spell_one_hot(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    const term *target = t->part[0];
    const size_t dim = t->ndim > 1 ? 1 : 0;
    size_t within[MLP_MAX_DIMS] = {0};
    for (size_t d = 0; d < t->ndim; d++)
        if (d != dim)
            within[d > dim ? d - 1 : d] = index[d];
    to->value =
        (uint64_t)mlp_tensor_get_int(target->tensor, place_of(target, within)) == index[dim];
    if (show)
        both_lines(to, number_line(s, to->value, false));
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

static void spell_compare(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell_part(s, t, 0, index, show, &a);
    spell_part(s, t, 1, index, show, &b);
    to->value = compares(t->text, a.value, b.value);
    s->unordered |= isnan(a.value) || isnan(b.value);
    if (show && s->known && !s->out_of_memory)
        both_lines(to, joined(s, a.full, turned_out(t->text, to->value != 0), b.full));
}

static void spell_and(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    spelled a = {0}, b = {0};
    spell_part(s, t, 0, index, show, &a);
    spell_part(s, t, 1, index, show, &b);
    to->value = a.value != 0 && b.value != 0;
    if (show && s->known && !s->out_of_memory)
        both_lines(to, a.value == 0   ? a.full
                       : b.value == 0 ? b.full
                                      : joined(s, a.full, MATH_AND, b.full));
}

static void note_because(spelling *s, const math *because) {
    if (!s->because)
        s->because = because;
}

static void spell_cases(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    for (size_t i = 0; i < t->count && s->known && !s->out_of_memory; i += 2) {
        spelled condition = {.value = 1};
        const bool last = i + 1 == t->count;
        if (!last)
            spell_part(s, t, i + 1, index, show && !s->style->blank, &condition);
        if (condition.value != 0 || (i + 3 == t->count && show)) /* the only one, or the last */
            note_because(s, condition.full.m);
        if (condition.value == 0)
            continue;
        spell_part(s, t, i, index, show, to);
        if (show && s->style->blank && s->known)
            both_lines(to, number_line(s, to->value, true));
        return;
    }
    s->known = false;
}

/* --- the whole --- */

static void spell_kind(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    switch (t->kind) {
    case TERM_NUMBER:
        spell_number(s, t, show, to);
        return;
    case TERM_TENSOR:
        spell_tensor(s, t, index, show, to);
        return;
    case TERM_ADD:
    case TERM_SUBTRACT:
    case TERM_MULTIPLY:
    case TERM_DIVIDE:
    case TERM_POWER:
        spell_two(s, t, index, show, to);
        return;
    case TERM_NEGATE:
        spell_negative(s, t, index, show, to);
        return;
    case TERM_ABSOLUTE:
        spell_absolute(s, t, index, show, to);
        return;
    case TERM_PRODUCT:
        spell_product(s, t, index, show, to);
        return;
    case TERM_OUTER:
        spell_outer(s, t, index, show, to);
        return;
    case TERM_TRANSPOSE:
        spell_transposed(s, t, index, show, to);
        return;
    case TERM_RESHAPED:
        spell_reshaped(s, t, index, show, to);
        return;
    case TERM_CALL:
        spell_call(s, t, index, show, to);
        return;
    case TERM_OVER:
        spell_over(s, t, index, show, to);
        return;
    case TERM_PICK:
        spell_pick(s, t, index, show, to);
        return;
    case TERM_ONE_HOT:
        spell_one_hot(s, t, index, show, to);
        return;
    case TERM_COMPARE:
        spell_compare(s, t, index, show, to);
        return;
    case TERM_AND:
        spell_and(s, t, index, show, to);
        return;
    case TERM_CASES:
        spell_cases(s, t, index, show, to);
        return;
    case TERM_WORDS:
    case TERM_INVERSE:
        s->known = false;
        return;
    }
}

static void spell(spelling *s, const term *t, const size_t *index, bool show, spelled *to) {
    if (!t->shaped || ++s->visits > MOST_VISITS)
        s->known = false;
    if (!s->known || s->out_of_memory)
        return;
    s->depth++;
    spell_kind(s, t, index, show, to);
    s->depth--;
    note_value(s, to->value);
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

/* False without memory. */
static bool spell_element(const term *t, const mlp_tensor *result, const size_t *index, spelling *s,
                          term_element_result *e) {
    spelled whole = {0};
    size_t within[MLP_MAX_DIMS] = {0}, place = 0;
    for (size_t d = 0; d < result->ndim; d++)
        place = place * result->shape[d] + index[d];
    align(t, result->ndim, index, within);
    spell(s, t, within, true, &whole);
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

bool term_element(const term *t, const mlp_tensor *result, const size_t *index,
                  const term_style *style, term_element_result *e) {
    spelling s = {.style = style, .known = goes_with(t, result)};
    spelling brief = {.style = style, .known = s.known, .brief = true};
    *e = (term_element_result){0};
    if (!s.known)
        return true;
    return spell_element(t, result, index, &s, e) &&
           (e->numbers || !s.known || spell_element(t, result, index, &brief, e));
}
