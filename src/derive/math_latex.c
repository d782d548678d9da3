#include "math_latex.h"

#include "latex_names.h"

#include <stdbool.h>
#include <string.h>

/* Points, in a font of 10. */
enum {
    DIGIT = 5,
    DOT = 3,
    DASH = 8,
    SIGN = 13, /* with its space at both sides */
    COMMA = 5,
    BRACKET = 4,
    COLUMN_SPACE = 10,
    PARENTHESES = 16, /* of a matrix */
    INFINITE = 18,    /* with a minus */
    NAN_WIDTH = 20,
    TEN = 18, /* and the dot before it */
    ROOT = 10,
    WHERE = 45,
    ELSEWHERE = 60,
    MOST_PMATRIX = 10 /* columns that amsmath allows for */
};

static void write_in(latex *l, const math *m, bool outside);

/* One space behind another, or before what ends something, is none; that of "\\ " is one. */
static void add(latex *l, const char *text, size_t points) {
    buffer *b = &l->b;
    if (*text && strchr(" },", *text) && b->length > 1 && b->bytes[b->length - 1] == ' ' &&
        b->bytes[b->length - 2] != '\\')
        b->length--;
    buffer_text(&l->b, text);
    l->points += points;
}

/* --- numbers and signs --- */

static void write_digits(latex *l, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        l->points += text[i] == '-' ? DASH : text[i] == '.' ? DOT : DIGIT;
    buffer_add(&l->b, text, length);
}

/* 1e-05 is 1 times a power of ten. */
static void write_number(latex *l, const char *text) {
    const char *e = strchr(text, 'e');
    const char *digits = text + (*text == '-');
    if (strcmp(digits, "inf") == 0) {
        add(l, *text == '-' ? "-\\infty" : "\\infty", INFINITE);
    } else if (strcmp(digits, "nan") == 0) {
        add(l, "\\mathrm{nan}", NAN_WIDTH);
    } else if (!e) {
        write_digits(l, text, strlen(text));
    } else {
        const char *power = e + 1 + (e[1] == '+');
        const bool negative = *power == '-';
        power += negative;
        power += strspn(power, "0");
        write_digits(l, text, (size_t)(e - text));
        add(l, " \\cdot 10^{", TEN);
        add(l, negative ? "-" : "", negative ? DASH : 0);
        write_digits(l, *power ? power : "0", *power ? strlen(power) : 1);
        add(l, "}", 0);
    }
}

static const char *sign_text(const latex *l, math_sign sign) {
    static const char *const signs[MATH_SIGNS] = {
        [MATH_PLUS] = "+",         [MATH_MINUS] = "-",
        [MATH_TIMES] = "\\cdot",   [MATH_EACH_TIMES] = "\\odot",
        [MATH_BESIDE] = "\\,",     [MATH_DIVIDED] = "/",
        [MATH_EQUAL] = "=",        [MATH_UNEQUAL] = "\\ne",
        [MATH_LESS] = "<",         [MATH_AT_MOST] = "\\le",
        [MATH_GREATER] = ">",      [MATH_AT_LEAST] = "\\ge",
        [MATH_BECOMES] = "\\gets", [MATH_DOTS] = "\\ldots",
        [MATH_COMMA] = ",",        [MATH_AND] = "\\text{ and }"};
    if (!l->markdown)
        return signs[sign];
    return sign == MATH_LESS      ? "\\lt"
           : sign == MATH_GREATER ? "\\gt"
           : sign == MATH_BESIDE  ? "\\thinspace"
                                  : signs[sign];
}

/* The line may be broken before + and -, and behind a comma. */
static void write_sign(latex *l, math_sign sign, bool outside, bool first) {
    const bool before = outside && !first && (sign == MATH_PLUS || sign == MATH_MINUS);
    if (before)
        latex_write_break(l);
    add(l, first || sign == MATH_COMMA || sign == MATH_DIVIDED || sign == MATH_DOTS ? "" : " ", 0);
    add(l, sign_text(l, sign), sign == MATH_COMMA || sign == MATH_BESIDE ? COMMA : SIGN);
    add(l, sign == MATH_DIVIDED || (first && sign <= MATH_MINUS) ? "" : " ", 0);
    if (outside && sign == MATH_COMMA)
        latex_write_break(l);
}

/* --- brackets --- */

static bool is_tall(const math *m) {
    if (m->kind == MATH_FRACTION || m->kind == MATH_PARTIAL || m->kind == MATH_CASES ||
        (m->kind == MATH_MATRIX && !m->is_vector && m->rows > 0))
        return true;
    for (size_t i = 0; i < m->count; i++)
        if (is_tall(m->parts[i]))
            return true;
    return false;
}

static void write_list(latex *l, size_t count, const math *const *parts) {
    for (size_t i = 0; i < count; i++) {
        if (i)
            add(l, ", ", COMMA);
        write_in(l, parts[i], false);
    }
}

static void write_between(latex *l, const char *open, const math *m, const char *close) {
    const bool tall = is_tall(m);
    add(l, tall ? "\\left" : "", tall ? BRACKET : 0);
    add(l, open, BRACKET);
    write_list(l, m->count, m->parts);
    add(l, tall ? " \\right" : "", tall ? BRACKET : 0);
    add(l, close, BRACKET);
}

static void write_fenced(latex *l, const math *m, bool fenced, bool outside) {
    if (!fenced) {
        write_in(l, m, outside);
        return;
    }
    const math row = {.kind = MATH_FENCED, .count = 1, .parts = &m};
    write_between(l, "(", &row, ")");
}

static void write_parts(latex *l, const math *row, size_t first, size_t end, bool outside) {
    for (size_t i = first; i < end; i++) {
        const math *part = row->parts[i];
        const math *before = i > first ? row->parts[i - 1] : NULL;
        const bool begins = !before || (before->kind == MATH_SIGN && before->sign != MATH_DOTS &&
                                        part->sign <= MATH_MINUS);
        if (part->kind == MATH_SIGN)
            write_sign(l, part->sign, outside, begins);
        else
            write_fenced(l, part, math_part_is_fenced(row, i), outside);
    }
}

void math_write_latex_parts(latex *l, const math *row, size_t first, size_t end) {
    write_parts(l, row, first, end, true);
}

/* --- above and below --- */

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static void write_fraction(latex *l, const math *m) {
    const bool partial = m->kind == MATH_PARTIAL;
    const size_t before = l->points;
    size_t widest = 0;
    add(l, "\\frac", 0);
    for (size_t i = 0; i < 2; i++) {
        const math *part = m->parts[i];
        l->points = before;
        add(l, partial ? "{\\partial " : "{", partial ? DIGIT : 0);
        write_fenced(l, part, partial && part->kind == MATH_ROW, false);
        add(l, "}", 0);
        widest = larger(widest, l->points);
    }
    l->points = widest + DOT;
}

static bool is_layer(const math *m) {
    return m->kind == MATH_POWER && m->parts[1]->kind == MATH_FENCED;
}

/* Whether what stands above or below it can be taken for part of nothing else. */
static bool is_simple(const math *m) {
    switch (m->kind) {
    case MATH_NUMBER:
        return strspn(m->text, "0123456789.") == strlen(m->text);
    case MATH_ROW:
    case MATH_WORDS:
    case MATH_FRACTION:
    case MATH_PARTIAL:
    case MATH_POWER:
    case MATH_ROOT:
    case MATH_FUNCTION:
    case MATH_CASES:
        return false;
    default:
        return true;
    }
}

/* What is small counts for three quarters. */
static void write_small(latex *l, const char *open, const math *m, const char *close) {
    const size_t before = l->points;
    add(l, open, 0);
    if (m->kind == MATH_SYMBOL && !m->hat && strcmp(m->text, "T") == 0)
        add(l, "\\top", DIGIT);
    else
        write_in(l, m, false);
    add(l, close, 0);
    l->points = before + (l->points - before) * 3 / 4 + 1;
}

static void write_power(latex *l, const math *m) {
    const math *base = m->parts[0];
    if (is_layer(base)) { /* the transpose of W^(2): both stand side by side */
        write_fenced(l, base->parts[0], !is_simple(base->parts[0]), false);
        write_small(l, "^{", base->parts[1], "");
        write_small(l, " ", m->parts[1], "}");
        return;
    }
    write_fenced(l, base, !is_simple(base), false);
    write_small(l, "^{", m->parts[1], "}");
}

static bool is_letter(const math *m) {
    return m->kind == MATH_SYMBOL && m->text[0] && strlen(m->text) <= 3 &&
           ((unsigned char)m->text[0] >= 0x80 || !m->text[1]);
}

/* Below a letter; else in brackets, as in Python. */
static void write_index(latex *l, const math *m) {
    const math *base = m->parts[0];
    const bool layer = is_layer(base) && is_letter(base->parts[0]);
    if (!layer && !is_letter(base)) {
        write_fenced(l, base, !is_simple(base), false);
        add(l, "[", BRACKET);
        write_list(l, m->count - 1, m->parts + 1);
        add(l, "]", BRACKET);
        return;
    }
    write_in(l, layer ? base->parts[0] : base, false);
    const size_t before = l->points;
    if (l->b.length && l->b.bytes[l->b.length - 1] == ' ')
        l->b.length--; /* behind a space it might begin something in Markdown */
    add(l, "_{", 0);
    write_list(l, m->count - 1, m->parts + 1);
    add(l, "}", 0);
    l->points = before + (l->points - before) * 3 / 4 + 1;
    if (layer)
        write_small(l, "^{", base->parts[1], "}");
}

/* --- of several rows --- */

static void end_row(latex *l) {
    buffer_text(&l->b, l->in_line && l->markdown ? " \\cr " : " \\\\ ");
}

static void write_vector(latex *l, const math *m, bool outside) {
    add(l, "[", BRACKET);
    for (size_t i = 0; i < m->count; i++) {
        add(l, i ? ",\\ " : "", i ? COLUMN_SPACE : 0);
        if (i && outside)
            latex_write_break(l);
        write_in(l, m->parts[i], false);
    }
    add(l, "]", BRACKET);
}

static void write_matrix(latex *l, const math *m, bool outside) {
    if (m->is_vector || m->count == 0) {
        write_vector(l, m, outside);
        return;
    }
    const bool array = m->columns > MOST_PMATRIX;
    const size_t before = l->points;
    size_t widest = 0;
    buffer_text(&l->b, array ? "\\left(\\begin{array}{" : "\\begin{pmatrix} ");
    buffer_fill(&l->b, 'c', array ? m->columns : 0);
    buffer_text(&l->b, array ? "} " : "");
    for (size_t i = 0; i < m->count; i++) {
        if (i % m->columns)
            buffer_text(&l->b, " & ");
        else if (i)
            end_row(l);
        l->points = before;
        write_in(l, m->parts[i], false);
        widest = larger(widest, l->points - before);
    }
    buffer_text(&l->b, array ? " \\end{array}\\right)" : " \\end{pmatrix}");
    l->points = before + m->columns * (widest + COLUMN_SPACE) + PARENTHESES;
}

static void write_cases(latex *l, const math *m) {
    const size_t before = l->points;
    size_t widest = 0;
    buffer_text(&l->b, "\\begin{cases} ");
    for (size_t i = 0; i < m->count; i++) {
        if (i % 2 == 0) {
            if (i)
                end_row(l);
            l->points = before;
        }
        add(l, i % 2 ? " & \\text{where } " : "", i % 2 ? WHERE : 0);
        write_in(l, m->parts[i], false);
        if (i > 0 && i + 1 == m->count && i % 2 == 0)
            add(l, " & \\text{elsewhere}", ELSEWHERE);
        widest = larger(widest, l->points);
    }
    buffer_text(&l->b, " \\end{cases}");
    l->points = widest + COLUMN_SPACE;
}

/* --- all of them --- */

static void write_in(latex *l, const math *m, bool outside) {
    switch (m->kind) {
    case MATH_NUMBER:
        write_number(l, m->text);
        break;
    case MATH_BLANK:
        add(l, "\\underline{\\hspace{3em}}", 30);
        break;
    case MATH_SYMBOL:
        latex_write_symbol(l, m);
        break;
    case MATH_CODE:
        latex_write_code(l, m->text);
        break;
    case MATH_WORDS:
        latex_write_words(l, m->text);
        break;
    case MATH_SIGN:
        write_sign(l, m->sign, false, true);
        break;
    case MATH_ROW:
        write_parts(l, m, 0, m->count, outside);
        break;
    case MATH_FRACTION:
    case MATH_PARTIAL:
        write_fraction(l, m);
        break;
    case MATH_POWER:
        write_power(l, m);
        break;
    case MATH_INDEX:
        write_index(l, m);
        break;
    case MATH_ROOT:
        add(l, "\\sqrt{", ROOT);
        write_list(l, m->count, m->parts);
        add(l, "}", 0);
        break;
    case MATH_FENCED:
        write_between(l, "(", m, ")");
        break;
    case MATH_ABSOLUTE:
        write_between(l, is_tall(m) ? "\\vert " : "\\lvert ", m,
                      is_tall(m) ? "\\vert " : "\\rvert ");
        break;
    case MATH_FUNCTION:
        latex_write_function(l, m->text);
        write_between(l, "(", m, ")");
        break;
    case MATH_MATRIX:
        write_matrix(l, m, outside);
        break;
    case MATH_LIST:
        write_between(l, "[", m, "]");
        break;
    case MATH_CASES:
        write_cases(l, m);
        break;
    }
}

void math_write_latex(latex *l, const math *m) {
    write_in(l, m, true);
}
