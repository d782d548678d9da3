#include "math_text.h"

#include "base/text.h"

#include <string.h>

static void write_in(buffer *b, const math *m, unsigned depth);

static void write_break(buffer *b, unsigned best, unsigned depth) {
    const unsigned within = BREAK_INNER + depth - 1;
    const unsigned level = depth == 0 ? best : within < BREAK_LAST ? within : BREAK_LAST;
    buffer_fill(b, (char)level, 1);
}

/* --- names --- */

static void write_name(buffer *b, const char *text) {
    char shown[TEXT_SHOWN];
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_show(text, left, shown);
        buffer_text(b, shown);
    }
}

static void write_words(buffer *b, const char *text, unsigned depth) {
    char shown[TEXT_SHOWN];
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_show(text, left, shown);
        if (*text == ' ')
            write_break(b, BREAK_WORD, depth);
        buffer_text(b, shown);
    }
}

static void write_symbol(buffer *b, const math *m) {
    if (m->hat && strcmp(m->text, "y") == 0) {
        buffer_text(b, "ŷ");
        return;
    }
    write_name(b, m->text);
    if (m->hat)
        buffer_text(b, "\xCC\x82"); /* it stands above the letter before */
}

/* --- signs --- */

/* Those that stand between two parts have a space at both sides, where a line may end before them. */
static void write_sign(buffer *b, math_sign sign, bool between, unsigned depth) {
    static const char *const signs[MATH_SIGNS] = {
        [MATH_PLUS] = "+",    [MATH_MINUS] = "−",   [MATH_TIMES] = "·",   [MATH_EACH_TIMES] = "⊙",
        [MATH_BESIDE] = "",   [MATH_DIVIDED] = "/", [MATH_EQUAL] = "=",   [MATH_UNEQUAL] = "≠",
        [MATH_LESS] = "<",    [MATH_AT_MOST] = "≤", [MATH_GREATER] = ">", [MATH_AT_LEAST] = "≥",
        [MATH_BECOMES] = "←", [MATH_DOTS] = "…",    [MATH_COMMA] = ",",   [MATH_AND] = "and"};
    if (sign == MATH_BESIDE) {
        buffer_text(b, " ");
    } else if (sign == MATH_COMMA) {
        buffer_text(b, ",");
        write_break(b, BREAK_TERM, depth);
        buffer_text(b, " ");
    } else if (sign == MATH_DOTS || !between) {
        buffer_text(b, signs[sign]);
    } else {
        if (sign == MATH_PLUS || sign == MATH_MINUS)
            write_break(b, BREAK_TERM, depth);
        else if (sign == MATH_EQUAL || sign == MATH_AND)
            write_break(b, BREAK_WORD, depth);
        buffer_printf(b, " %s ", signs[sign]);
    }
}

/* --- brackets --- */

static void write_fenced(buffer *b, const math *m, bool fenced, unsigned depth) {
    buffer_text(b, fenced ? "(" : "");
    write_in(b, m, depth + fenced);
    buffer_text(b, fenced ? ")" : "");
}

static bool is_sign(const math *row, size_t i, math_sign sign) {
    return i < row->count && row->parts[i]->kind == MATH_SIGN && row->parts[i]->sign == sign;
}

/* In one line a fraction is a product, and so is a derivative. */
static bool is_fenced_in_line(const math *row, size_t i) {
    const math *part = row->parts[i];
    if (math_part_is_fenced(row, i))
        return true;
    const bool times = is_sign(row, i + 1, MATH_TIMES) || is_sign(row, i + 1, MATH_BESIDE) ||
                       is_sign(row, i + 1, MATH_DIVIDED);
    if (part->kind == MATH_PARTIAL)
        return times ||
               (i > 0 && (is_sign(row, i - 1, MATH_TIMES) || is_sign(row, i - 1, MATH_BESIDE) ||
                          is_sign(row, i - 1, MATH_DIVIDED)));
    if (part->kind != MATH_FRACTION)
        return false;
    const bool behind_sign = i > 0 && row->parts[i - 1]->kind == MATH_SIGN;
    return times || is_sign(row, i + 1, MATH_EACH_TIMES) ||
           (i > 0 && is_sign(row, i - 1, MATH_DIVIDED)) ||
           (behind_sign && row->parts[i - 1]->sign <= MATH_DIVIDED &&
            math_is_negative(part->parts[0]));
}

static void write_row(buffer *b, const math *m, unsigned depth) {
    for (size_t i = 0; i < m->count; i++) {
        const math *part = m->parts[i];
        if (part->kind == MATH_SIGN)
            write_sign(b, part->sign,
                       i > 0 && (m->parts[i - 1]->kind != MATH_SIGN ||
                                 m->parts[i - 1]->sign == MATH_DOTS || part->sign > MATH_MINUS),
                       depth);
        else
            write_fenced(b, part, is_fenced_in_line(m, i), depth);
    }
}

static bool is_line(const math *m) {
    return m->kind == MATH_FRACTION || m->kind == MATH_PARTIAL;
}

static void write_fraction(buffer *b, const math *m, unsigned depth) {
    const math *above = m->parts[0], *below = m->parts[1];
    write_fenced(b, above, above->kind == MATH_ROW ? math_is_sum(above) : is_line(above), depth);
    buffer_text(b, " / ");
    write_fenced(b, below, math_is_sum(below) || math_is_product(below) || is_line(below), depth);
}

static void write_partial(buffer *b, const math *m, unsigned depth) {
    for (size_t i = 0; i < 2; i++) {
        const math *part = m->parts[i];
        buffer_text(b, i ? "/∂" : "∂");
        write_fenced(b, part, part->kind == MATH_ROW || is_line(part), depth);
    }
}

/* --- above and below --- */

static bool is_digits(const char *text) {
    return *text && strspn(text, "0123456789") == strlen(text);
}

/* Whether all of its characters exist as small ones above the line. */
static bool has_superscript(const math *m) {
    switch (m->kind) {
    case MATH_NUMBER:
        return is_digits(m->text + (m->text[0] == '-'));
    case MATH_SYMBOL:
        return !m->hat && strcmp(m->text, "T") == 0;
    case MATH_FENCED:
        return has_superscript(m->parts[0]);
    case MATH_ROW:
        return m->count == 2 && is_sign(m, 0, MATH_MINUS) && m->parts[1]->kind == MATH_NUMBER &&
               is_digits(m->parts[1]->text);
    default:
        return false;
    }
}

static void write_digits(buffer *b, const char *text, const char *const *digits) {
    for (; *text; text++)
        buffer_text(b, *text == '-' ? "⁻" : digits[*text - '0']);
}

static void write_superscript(buffer *b, const math *m) {
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    if (m->kind == MATH_FENCED) {
        buffer_text(b, "⁽");
        write_superscript(b, m->parts[0]);
        buffer_text(b, "⁾");
    } else if (m->kind == MATH_ROW) {
        buffer_text(b, "⁻");
        write_digits(b, m->parts[1]->text, digits);
    } else if (m->kind == MATH_SYMBOL) {
        buffer_text(b, "ᵀ");
    } else {
        write_digits(b, m->text, digits);
    }
}

/* Whether what stands above or below it can be taken for part of nothing else. */
static bool is_simple(const math *m) {
    switch (m->kind) {
    case MATH_NUMBER:
        return strspn(m->text, "0123456789.") == strlen(m->text);
    case MATH_CODE:
        return !strchr(m->text, ' ');
    case MATH_POWER:
        return m->parts[1]->kind == MATH_FENCED;
    case MATH_ROW:
    case MATH_WORDS:
    case MATH_FRACTION:
    case MATH_PARTIAL:
    case MATH_ROOT:
    case MATH_CASES:
        return false;
    default:
        return true;
    }
}

static void write_power(buffer *b, const math *m, unsigned depth) {
    const math *base = m->parts[0], *above = m->parts[1];
    write_fenced(b, base, !is_simple(base), depth);
    if (has_superscript(above)) {
        write_superscript(b, above);
        return;
    }
    buffer_text(b, "^");
    write_fenced(b, above->kind == MATH_FENCED ? above->parts[0] : above, true, depth);
}

static void write_list(buffer *b, size_t count, const math *const *parts, unsigned depth) {
    for (size_t i = 0; i < count; i++) {
        if (i)
            write_sign(b, MATH_COMMA, true, depth);
        write_in(b, parts[i], depth);
    }
}

static void write_index(buffer *b, const math *m, unsigned depth) {
    static const char *const digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
    const math *base = m->parts[0];
    write_fenced(b, base, !is_simple(base), depth);
    if (m->count == 2 && m->parts[1]->kind == MATH_NUMBER && is_digits(m->parts[1]->text) &&
        (base->kind == MATH_SYMBOL || base->kind == MATH_POWER)) {
        write_digits(b, m->parts[1]->text, digits);
        return;
    }
    buffer_text(b, "[");
    write_list(b, m->count - 1, m->parts + 1, depth + 1);
    buffer_text(b, "]");
}

/* --- all of them --- */

static void write_matrix(buffer *b, const math *m, unsigned depth) {
    buffer_text(b, "[");
    if (m->is_vector)
        write_list(b, m->count, m->parts, depth + 1);
    for (size_t row = 0; row < m->rows && !m->is_vector; row++) {
        if (row)
            write_sign(b, MATH_COMMA, true, depth + 1);
        buffer_text(b, "[");
        write_list(b, m->columns, m->parts + row * m->columns, depth + 2);
        buffer_text(b, "]");
    }
    buffer_text(b, "]");
}

static void write_cases(buffer *b, const math *m, unsigned depth) {
    for (size_t i = 0; i < m->count; i++) {
        if (i && i % 2 == 0)
            write_sign(b, MATH_COMMA, true, depth);
        write_words(b, i % 2 ? " where " : "", depth);
        write_in(b, m->parts[i], depth);
    }
    if (m->count > 1 && m->count % 2)
        write_words(b, " elsewhere", depth);
}

static void write_between(buffer *b, const char *open, const math *m, const char *close,
                          unsigned depth) {
    buffer_text(b, open);
    write_list(b, m->count, m->parts, depth + 1);
    buffer_text(b, close);
}

static void write_in(buffer *b, const math *m, unsigned depth) {
    switch (m->kind) {
    case MATH_NUMBER:
    case MATH_CODE:
        write_name(b, m->text);
        break;
    case MATH_BLANK:
        buffer_text(b, "?");
        break;
    case MATH_SYMBOL:
        write_symbol(b, m);
        break;
    case MATH_WORDS:
        write_words(b, m->text, depth);
        break;
    case MATH_SIGN:
        write_sign(b, m->sign, false, depth);
        break;
    case MATH_ROW:
        write_row(b, m, depth);
        break;
    case MATH_FRACTION:
        write_fraction(b, m, depth);
        break;
    case MATH_PARTIAL:
        write_partial(b, m, depth);
        break;
    case MATH_POWER:
        write_power(b, m, depth);
        break;
    case MATH_INDEX:
        write_index(b, m, depth);
        break;
    case MATH_ROOT:
        write_between(b, "√(", m, ")", depth);
        break;
    case MATH_FENCED:
        write_between(b, "(", m, ")", depth);
        break;
    case MATH_ABSOLUTE:
        write_between(b, "|", m, "|", depth);
        break;
    case MATH_FUNCTION:
        write_name(b, m->text);
        write_between(b, "(", m, ")", depth);
        break;
    case MATH_MATRIX:
        write_matrix(b, m, depth);
        break;
    case MATH_LIST:
        write_between(b, "[", m, "]", depth);
        break;
    case MATH_CASES:
        write_cases(b, m, depth);
        break;
    }
}

void math_write_text(buffer *b, const math *m) {
    write_in(b, m, 0);
}

/* --- columns --- */

static size_t columns_of(unsigned code) {
    if (code <= BREAK_LAST || (code >= 0x300 && code < 0x370))
        return 0;
    return (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xA4D0) ||
                   (code >= 0xAC00 && code < 0xD7A4) || (code >= 0xF900 && code < 0xFB00) ||
                   (code >= 0xFE30 && code < 0xFE70) || (code >= 0xFF00 && code < 0xFF61) ||
                   (code >= 0xFFE0 && code < 0xFFE7) || (code >= 0x1F300 && code < 0x1FB00) ||
                   code >= 0x20000
               ? 2
               : 1;
}

size_t text_columns(const char *from, const char *to) {
    size_t columns = 0;
    for (; from < to; from = text_skip(from, 1))
        columns += columns_of(text_code(from));
    return columns;
}
