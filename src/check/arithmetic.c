#include "arithmetic.h"

#include "written.h"

#include <math.h>
#include <string.h>

enum {
    DEEPEST = 100,        /* powers of powers, brackets in brackets */
    LONGEST_TEXT = 60,    /* decimals that are written out */
    SIGNIFICANT = 10,     /* digits that stand for an exact result */
    SIGNIFICANT_LEAST = 2 /* that the result of rounded numbers counts with */
};

/* A part of it. What it was computed from was rounded, so that it is within `within`. */
typedef struct {
    double value, within;
    bool is_number; /* alone, with or without a sign: */
    mlp_written number;
} part;

typedef struct {
    reader *in;
    const token *at;
    size_t depth;
    bool is_printed; /* so that it is a number alone */
    bool in_list, by_hand;
} arithmetic;

static part read_sum(arithmetic *a);

static bool accept(arithmetic *a, const char *text) {
    const bool is = token_is(a->at, text);
    a->at += is;
    return is;
}

static _Noreturn void fail_number(arithmetic *a) {
    const token *t = a->at;
    if (token_is(t, "...") && !a->in_list && !a->is_printed)
        reader_fail(a->in, t->where, "write ? for what is left open");
    if (token_is(t, "..."))
        reader_fail(a->in, t->where,
                    "this tensor was printed with ... in place of most numbers: print it under "
                    "torch.set_printoptions(threshold=math.inf)");
    if (t->kind == TOKEN_END)
        reader_fail(a->in, t->where, "expected a number, a list of numbers, or ? for none");
    reader_fail(a->in, t->where, "expected a number, a list of numbers, or ? for none, not '%.*s'",
                (int)(t->length < 40 ? t->length : 40), t->start);
}

/* --- parts --- */

static part computed(arithmetic *a, const token *by, double value, double within) {
    if (!isfinite(value) || !isfinite(within))
        reader_fail(a->in, by->where, "this has no value that is a finite number");
    return (part){.value = value, .within = within};
}

static bool is_whole(const mlp_written *number) {
    return !memchr(number->text, '.', number->length) && number->decimals == 0;
}

static double half_unit(const mlp_written *number) {
    return is_whole(number) || number->exact || written_significant(number) < SIGNIFICANT_LEAST
               ? 0
               : 0.5 * pow(10, -number->decimals);
}

/* 52.38 % is 0.5238. */
static void take_percent(arithmetic *a, mlp_written *number) {
    char text[LONGEST_NUMBER + 8];
    if (!isfinite(number->value) || number->decimals > LONGEST_TEXT || number->decimals < -2)
        reader_fail(a->in, a->at->where, "a number with so many digits is no percentage");
    number->decimals += 2;
    number->value /= 100;
    snprintf(text, sizeof text, "%.*f", number->decimals, number->value);
    number->text = reader_copy(a->in, text, strlen(text));
    number->length = strlen(text);
    written_decimal(number->text, number->length, number);
    number->exact = false;
    a->by_hand = true;
    a->at++;
}

static part read_number(arithmetic *a) {
    const token *t = a->at;
    part p = {.is_number = true};
    if (t->kind == TOKEN_INTEGER || t->kind == TOKEN_FLOAT) {
        if (t->length > LONGEST_NUMBER)
            reader_fail(a->in, t->where, "a number of more than %d digits", LONGEST_NUMBER);
        if (!written_decimal(t->start, t->length, &p.number))
            reader_fail(a->in, t->where,
                        "expected a plain decimal number, such as 12, 0.5 or 1e-3");
    } else if (!written_word(t->start, t->length, &p.number)) {
        fail_number(a);
    }
    a->at++;
    if (token_is(a->at, "%") && !a->is_printed)
        take_percent(a, &p.number);
    p.value = p.number.value;
    p.within = half_unit(&p.number);
    return p;
}

/* --- functions --- */

typedef enum {
    NO_FUNCTION,
    LN,
    LOG2,
    LOG10,
    EXP,
    SQRT,
    PI,
    E
} function;

/* log is the natural one, as in Python and PyTorch. */
static function find_function(const char *name, size_t length) {
    static const struct {
        const char *name;
        function is;
    } table[] = {{"ln", LN},   {"log", LN},    {"log2", LOG2}, {"log10", LOG10},
                 {"exp", EXP}, {"sqrt", SQRT}, {"pi", PI},     {"e", E}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0)
            return table[i].is;
    return NO_FUNCTION;
}

bool arithmetic_knows(const char *name, size_t length) {
    return find_function(name, length) != NO_FUNCTION;
}

static part apply(arithmetic *a, const token *by, function f, part x) {
    const double v = x.value, w = x.within;
    switch (f) {
    case LN:
        return computed(a, by, log(v), w / v);
    case LOG2:
        return computed(a, by, log2(v), w / v / log(2));
    case LOG10:
        return computed(a, by, log10(v), w / v / log(10));
    case EXP:
        return computed(a, by, exp(v), exp(v) * w);
    case SQRT:
        return computed(a, by, sqrt(v), w > 0 ? w / (2 * sqrt(v)) : 0);
    default:
        return x;
    }
}

static part read_function(arithmetic *a, function f) {
    const token *by = a->at++;
    if (f == PI || f == E)
        return computed(a, by, f == PI ? acos(-1) : exp(1), 0);
    if (!accept(a, "("))
        reader_fail(a->in, a->at->where, "expected ( behind %.*s", (int)by->length, by->start);
    const part x = read_sum(a);
    if (!accept(a, ")"))
        reader_fail(a->in, a->at->where, "expected ) behind the number");
    return apply(a, by, f, x);
}

/* --- operators --- */

static part read_brackets(arithmetic *a) {
    const token *opening = a->at++;
    part p = read_sum(a);
    if (token_is(a->at, ","))
        reader_fail(a->in, opening->where, "write lists in [ ] and numbers without brackets");
    if (!accept(a, ")"))
        reader_fail(a->in, a->at->where, "expected ) behind the number");
    a->by_hand = true;
    return p;
}

static part read_atom(arithmetic *a) {
    const function f =
        a->at->kind == TOKEN_NAME ? find_function(a->at->start, a->at->length) : NO_FUNCTION;
    return token_is(a->at, "(") ? read_brackets(a) : f ? read_function(a, f) : read_number(a);
}

static part raise(arithmetic *a, const token *by, part x, part n) {
    const double v = pow(x.value, n.value);
    const double of_x = x.within > 0 ? fabs(n.value * pow(x.value, n.value - 1)) * x.within : 0;
    const double of_n = n.within > 0 ? fabs(log(x.value) * v) * n.within : 0;
    return computed(a, by, v, of_x + of_n);
}

/* Signs in front, then a number with its power: -2^2 is -4. */
static part read_factor(arithmetic *a) {
    bool negative = false;
    if (++a->depth > DEEPEST)
        reader_fail(a->in, a->at->where, "this is nested more than %d deep", DEEPEST);
    const token *first = a->at;
    for (; token_is(a->at, "-") || token_is(a->at, "+"); a->at++)
        negative ^= token_is(a->at, "-");
    a->by_hand |= a->at > first + 1;
    part p = read_atom(a);
    if (token_is(a->at, "^") || token_is(a->at, "**")) {
        const token *by = a->at++;
        p = raise(a, by, p, read_factor(a));
    }
    p.value = negative ? -p.value : p.value;
    p.number.value = negative ? -p.number.value : p.number.value;
    a->depth--;
    return p;
}

/* Of a 1 with zeros behind it, how many these are; else 0. */
static int count_zeros(const part *p) {
    const mlp_written *w = &p->number;
    if (!p->is_number || w->length < 2 || w->text[0] != '1')
        return 0;
    for (size_t i = 1; i < w->length; i++)
        if (w->text[i] != '0')
            return 0;
    return (int)w->length - 1;
}

/* 124/1000 is another spelling of 0.124. */
static part divide(arithmetic *a, const token *by, part x, part y) {
    if (x.is_number && is_whole(&x.number) && count_zeros(&y))
        x.within = 0.5;
    if (y.value == 0)
        reader_fail(a->in, by->where, "this divides by 0");
    return computed(a, by, x.value / y.value,
                    x.within / fabs(y.value) + fabs(x.value / y.value / y.value) * y.within);
}

static part read_product(arithmetic *a) {
    part p = read_factor(a);
    while (token_is(a->at, "*") || token_is(a->at, "/")) {
        const token *by = a->at++;
        const part q = read_factor(a);
        if (token_is(by, "/"))
            p = divide(a, by, p, q);
        else
            p = computed(a, by, p.value * q.value,
                         fabs(p.value) * q.within + fabs(q.value) * p.within);
    }
    return p;
}

/* Whether the sign is of the next number of a list, as in [0.25 -0.75]. */
static bool begins_next(const arithmetic *a) {
    const token *t = a->at;
    const bool blank_before = t->start[-1] == ' ' || t->start[-1] == '\t' || t->start[-1] == '\n';
    return a->in_list && a->depth == 0 && blank_before && t[1].start == t->start + 1;
}

static part read_sum(arithmetic *a) {
    part p = read_product(a);
    while ((token_is(a->at, "+") || token_is(a->at, "-")) && !begins_next(a)) {
        const token *by = a->at++;
        const part q = read_product(a);
        const double sum = token_is(by, "-") ? p.value - q.value : p.value + q.value;
        p = computed(a, by, sum, p.within + q.within);
    }
    return p;
}

/* --- the result --- */

/* As many as its parts leave it, but those of two significant digits at least: so much is asked of
 * a number that somebody rounded. */
static int decimals_of(const part *p) {
    const double left = floor(-log10(2 * p->within) + 1e-9);
    const double least =
        p->value != 0 ? SIGNIFICANT_LEAST - 1 - floor(log10(fabs(p->value))) : left;
    return (int)fmax(-LONGEST_NUMBER, fmin(fmax(left, least), LONGEST_NUMBER));
}

static void write_result(arithmetic *a, const part *p, mlp_written *number) {
    char text[LONGEST_NUMBER + 16];
    const bool exact = p->within == 0;
    const int decimals = exact ? 0 : decimals_of(p);
    if (!exact && decimals >= 0 && decimals <= LONGEST_TEXT && fabs(p->value) < 1e15)
        snprintf(text, sizeof text, "%.*f", decimals, fabs(p->value));
    else
        snprintf(text, sizeof text, "%.*g", SIGNIFICANT, fabs(p->value));
    written_decimal(reader_copy(a->in, text, strlen(text)), strlen(text), number);
    number->value = p->value;
    number->exact = exact;
    number->computed = true;
    if (!exact)
        number->decimals = decimals;
}

/* As programs print it. */
static part read_signed(arithmetic *a) {
    const bool negative = accept(a, "-");
    if (!negative)
        accept(a, "+");
    part p = read_number(a);
    p.number.value = negative ? -p.number.value : p.number.value;
    return p;
}

bool arithmetic_read(reader *in, const token **at, number_place place, mlp_written *number) {
    arithmetic a = {.in = in, .at = *at, .in_list = place.in_list, .is_printed = !place.is_sheet};
    const part p = a.is_printed ? read_signed(&a) : read_sum(&a);
    if (p.is_number)
        *number = p.number;
    else
        write_result(&a, &p, number);
    *at = a.at;
    return a.by_hand || !p.is_number;
}
