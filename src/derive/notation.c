/* A reader of formulas by recursive descent: a function for each rule of the notation, which
 * include/mlpstep/operation.h has in words. */
#include "notation.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEEPEST = 40 /* factors within another */
};

typedef struct {
    mlp_arena *arena;
    const char *at;
    size_t depth;
    bool in_bars; /* the next | ends what began with one */
    bool starved;
} reader;

static const formula *side(reader *r);
static const formula *sum(reader *r);

/* --- texts --- */

static char next(reader *r) {
    r->at += strspn(r->at, " ");
    return *r->at;
}

static bool take(reader *r, const char *sign) {
    next(r);
    if (strncmp(r->at, sign, strlen(sign)) != 0)
        return false;
    r->at += strlen(sign);
    return true;
}

static bool is_of_name(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static size_t name_length(const char *at) {
    size_t length = 0;
    while (is_of_name(at[length]))
        length++;
    return isdigit((unsigned char)*at) ? 0 : length;
}

static bool is_next(reader *r, const char *keyword) {
    next(r);
    return name_length(r->at) == strlen(keyword) && memcmp(r->at, keyword, strlen(keyword)) == 0;
}

static bool take_word(reader *r, const char *keyword) {
    if (!is_next(r, keyword))
        return false;
    r->at += strlen(keyword);
    return true;
}

static bool is_keyword_next(reader *r) {
    return is_next(r, "where") || is_next(r, "elsewhere") || is_next(r, "and");
}

static const char *copied(reader *r, const char *from, size_t length) {
    const char *text = mlp_arena_copy(r->arena, from, length);
    r->starved |= !text;
    return text;
}

/* {words}; NULL where there are none. */
static const char *words(reader *r) {
    const char *end = next(r) == '{' ? strchr(r->at, '}') : NULL;
    const char *text = end ? copied(r, r->at + 1, (size_t)(end - r->at) - 1) : NULL;
    if (text)
        r->at = end + 1;
    return text;
}

/* --- nodes --- */

static const formula *node(reader *r, formula_kind kind, const formula *first,
                           const formula *second) {
    if (!first || !second)
        return NULL;
    formula *f = mlp_arena_alloc(r->arena, 1, sizeof *f);
    r->starved |= !f;
    if (f)
        *f = (formula){.kind = kind, .count = 2, .part = {first, second}};
    return f;
}

static const formula *node_of(reader *r, formula_kind kind, const formula *part) {
    formula *f = part ? mlp_arena_alloc(r->arena, 1, sizeof *f) : NULL;
    r->starved |= part && !f;
    if (f)
        *f = (formula){.kind = kind, .count = 1, .part = {part}};
    return f;
}

static formula *leaf(reader *r, formula_kind kind, const char *text) {
    formula *f = text ? mlp_arena_alloc(r->arena, 1, sizeof *f) : NULL;
    r->starved |= text && !f;
    if (f)
        *f = (formula){.kind = kind, .text = text};
    return f;
}

static bool append(formula *to, const formula *part) {
    if (!part || to->count == FORMULA_PARTS)
        return false;
    to->part[to->count++] = part;
    return true;
}

/* Sides with commas between them, up to the bracket that closes them. */
static const formula *list(reader *r, formula *to, const char *end) {
    bool well = to != NULL;
    const bool in_bars = r->in_bars;
    r->in_bars = false;
    for (bool more = true; well && more; more = take(r, ","))
        well = append(to, side(r));
    r->in_bars = in_bars;
    return well && take(r, end) ? to : NULL;
}

/* --- atoms --- */

static size_t digits(const char *at) {
    return strspn(at, "0123456789");
}

static const formula *number(reader *r) {
    const char *at = r->at;
    size_t length = digits(at);
    if (at[length] == '.')
        length += 1 + digits(at + length + 1);
    if (at[length] == 'e') {
        const size_t sign = at[length + 1] == '-' || at[length + 1] == '+';
        const size_t exponent = digits(at + length + 1 + sign);
        length += exponent ? 1 + sign + exponent : 0;
    }
    formula *f = leaf(r, FORMULA_NUMBER, copied(r, at, length));
    if (f)
        f->number = strtod(f->text, NULL);
    r->at += length;
    return f;
}

/* A function has its bracket right behind its name. */
static const formula *name(reader *r) {
    const size_t length = is_keyword_next(r) ? 0 : name_length(r->at);
    if (length == 0)
        return NULL;
    const bool is_function = r->at[length] == '(';
    formula *f = leaf(r, is_function ? FORMULA_CALL : FORMULA_NAME, copied(r, r->at, length));
    r->at += length + is_function;
    return is_function ? list(r, f, ")") : f;
}

static const formula *absolute(reader *r) {
    r->in_bars = true;
    const formula *f = sum(r);
    r->in_bars = false;
    return f && take(r, "|") ? node_of(r, FORMULA_ABSOLUTE, f) : NULL;
}

static const formula *in_brackets(reader *r) {
    const bool in_bars = r->in_bars;
    r->in_bars = false;
    const formula *f = side(r);
    r->in_bars = in_bars;
    return f && take(r, ")") ? f : NULL;
}

static const formula *atom(reader *r) {
    const char c = next(r);
    if (isdigit((unsigned char)c))
        return number(r);
    if (c == '{')
        return leaf(r, FORMULA_WORDS, words(r));
    if (take(r, "("))
        return in_brackets(r);
    if (!r->in_bars && take(r, "|"))
        return absolute(r);
    return name(r);
}

/* --- products and sums --- */

static bool is_matrix(const formula *f) {
    return f->kind == FORMULA_NAME && isupper((unsigned char)*f->text);
}

static const formula *power(reader *r, const formula *base) {
    if (take_word(r, "T"))
        return node_of(r, FORMULA_TRANSPOSE, base);
    if (!take(r, "-"))
        return node(r, FORMULA_POWER, base, atom(r));
    if (take_word(r, "T"))
        return node_of(r, FORMULA_TRANSPOSE, node_of(r, FORMULA_INVERSE, base));
    const formula *exponent = atom(r);
    if (exponent && is_matrix(base) && exponent->kind == FORMULA_NUMBER && exponent->number == 1)
        return node_of(r, FORMULA_INVERSE, base);
    return node(r, FORMULA_POWER, base, node_of(r, FORMULA_NEGATE, exponent));
}

static const formula *indexed(reader *r, const formula *of) {
    formula *f = mlp_arena_alloc(r->arena, 1, sizeof *f);
    r->starved |= !f;
    if (f)
        *f = (formula){.kind = FORMULA_INDEX, .count = 1, .part = {of}};
    return list(r, f, "]");
}

static const formula *factor(reader *r);

static const formula *signed_factor(reader *r) {
    if (take(r, "-"))
        return node_of(r, FORMULA_NEGATE, factor(r));
    const formula *f = atom(r);
    while (f) {
        if (take(r, "^"))
            f = power(r, f);
        else if (take(r, "["))
            f = indexed(r, f);
        else
            break;
    }
    return f;
}

/* Whatever nests has one in each of its layers. */
static const formula *factor(reader *r) {
    if (r->depth == DEEPEST)
        return NULL;
    r->depth++;
    const formula *f = signed_factor(r);
    r->depth--;
    return f;
}

static bool begins_factor(reader *r) {
    const char c = next(r);
    return is_of_name(c) ? !is_keyword_next(r) : c == '(' || (c == '|' && !r->in_bars);
}

static const formula *term(reader *r) {
    const formula *f = factor(r);
    while (f) {
        if (take(r, "/"))
            f = node(r, FORMULA_DIVIDE, f, factor(r));
        else if (take(r, "@"))
            f = node(r, FORMULA_PRODUCT, f, factor(r));
        else if (take(r, "*") || begins_factor(r))
            f = node(r, FORMULA_MULTIPLY, f, factor(r));
        else
            break;
    }
    return f;
}

static const formula *sum(reader *r) {
    const formula *f = take(r, "-") ? node_of(r, FORMULA_NEGATE, term(r)) : term(r);
    while (f) {
        if (take(r, "+"))
            f = node(r, FORMULA_ADD, f, term(r));
        else if (take(r, "-"))
            f = node(r, FORMULA_SUBTRACT, f, term(r));
        else
            break;
    }
    return f;
}

/* --- cases --- */

static const char *relation(reader *r) {
    static const char *const signs[] = {"<=", ">=", "!=", "<", ">", "="};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (take(r, signs[i]))
            return signs[i];
    return NULL;
}

static const formula *compared(reader *r, const char *sign, const formula *a, const formula *b) {
    if (!a || !b)
        return NULL;
    formula *f = leaf(r, FORMULA_COMPARE, sign);
    return f && append(f, a) && append(f, b) ? f : NULL;
}

/* a <= x <= b is a <= x and x <= b. */
static const formula *comparison(reader *r) {
    const formula *left = sum(r);
    const char *sign = left ? relation(r) : NULL;
    const formula *right = sign ? sum(r) : NULL;
    const formula *f = compared(r, sign, left, right);
    while (f && (sign = relation(r)) != NULL) {
        left = right;
        right = sum(r);
        f = node(r, FORMULA_AND, f, compared(r, sign, left, right));
    }
    return f;
}

static const formula *condition(reader *r) {
    if (next(r) == '{')
        return leaf(r, FORMULA_WORDS, words(r));
    const formula *f = comparison(r);
    while (f && take_word(r, "and"))
        f = node(r, FORMULA_AND, f, comparison(r));
    return f;
}

static const formula *side(reader *r) {
    const formula *value = sum(r);
    if (!value || !is_next(r, "where"))
        return value;
    formula *f = mlp_arena_alloc(r->arena, 1, sizeof *f);
    r->starved |= !f;
    if (!f)
        return NULL;
    f->kind = FORMULA_CASES;
    while (take_word(r, "where")) {
        if (!append(f, value) || !append(f, condition(r)))
            return NULL;
        if (!take(r, ","))
            return f;
        value = sum(r);
    }
    return take_word(r, "elsewhere") && append(f, value) ? f : NULL;
}

/* --- equations --- */

static equation *one_equation(reader *r) {
    const formula *left = sum(r);
    const formula *right = left && take(r, "=") ? side(r) : NULL;
    equation *e = right ? mlp_arena_alloc(r->arena, 1, sizeof *e) : NULL;
    r->starved |= right && !e;
    if (e)
        *e = (equation){.left = left, .right = right, .remark = words(r)};
    return e;
}

const equation *notation_parse(mlp_arena *arena, const char *text, size_t *at) {
    reader r = {.arena = arena, .at = text};
    equation *first = one_equation(&r), *last = first;
    while (last && !r.starved && take(&r, ";")) {
        equation *e = one_equation(&r);
        last->next = e;
        last = e;
    }
    const bool well = last && !r.starved && next(&r) == '\0';
    *at = r.starved ? SIZE_MAX : (size_t)(r.at - text);
    return well ? first : NULL;
}
