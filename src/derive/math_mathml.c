#include "math_mathml.h"

#include "xml.h"

#include <string.h>

static bool is_text(const math *m, const char *text) {
    return m->text && strcmp(m->text, text) == 0;
}

/* --- numbers and names --- */

/* 1.5e-07 is 1.5 times a power of ten; NULL: there is none in it. */
static const char *exponent_of(const math *m) {
    const bool is_number = m->kind == MATH_NUMBER && strspn(m->text, "-0123456789.e+");
    return is_number ? strchr(m->text, 'e') : NULL;
}

static const char *sign_removed(FILE *out, const char *digits) {
    if (*digits == '-')
        fputs("\xE2\x88\x92", out);
    return digits + (*digits == '-' || *digits == '+');
}

static void write_power_of_ten(FILE *out, const math *m, const char *e) {
    const bool is_one = e - m->text == 1 && m->text[0] == '1';
    fputs("<mrow>", out);
    if (!is_one) {
        fputs("<mn>", out);
        const char *digits = sign_removed(out, m->text);
        fprintf(out, "%.*s</mn><mo>\xC3\x97</mo>", (int)(e - digits), digits);
    }
    fputs("<msup><mn>10</mn><mn>", out);
    const char *digits = sign_removed(out, e + 1);
    digits += strspn(digits, "0");
    fprintf(out, "%s</mn></msup></mrow>", *digits ? digits : "0");
}

static void write_number(FILE *out, const math *m) {
    const char *e = exponent_of(m);
    if (e) {
        write_power_of_ten(out, m, e);
        return;
    }
    fputs("<mn>", out);
    const char *digits = sign_removed(out, m->text);
    xml_write(out, strcmp(digits, "inf") == 0 ? "\xE2\x88\x9E" : digits);
    fputs("</mn>", out);
}

static bool is_letter(const char *text) {
    return *text && *text_skip(text, 1) == '\0';
}

/* A name of several letters is as italic as one of one letter. */
static void write_symbol(FILE *out, const math *m) {
    fputs(m->hat ? "<mover accent=\"true\">" : "", out);
    fputs(is_letter(m->text) ? "<mi>" : "<mi class=\"name\">", out);
    xml_write(out, m->text);
    fputs("</mi>", out);
    fputs(m->hat ? "<mo stretchy=\"false\">^</mo></mover>" : "", out);
}

/* White space at the ends of an element is lost, but for this kind. */
static void write_words(FILE *out, const char *words) {
    const size_t length = strlen(words), before = strspn(words, " ");
    size_t end = length;
    while (end > before && words[end - 1] == ' ')
        end--;
    fputs(before ? "<mtext>\xC2\xA0" : "<mtext>", out);
    xml_write_part(out, words + before, end - before);
    fputs(end < length ? "\xC2\xA0</mtext>" : "</mtext>", out);
}

static void write_code(FILE *out, const char *name) {
    fputs("<mtext class=\"code\">", out);
    xml_write(out, name);
    fputs("</mtext>", out);
}

/* --- signs and rows --- */

void mathml_write_sign(FILE *out, math_sign sign) {
    static const char *const signs[MATH_SIGNS] = {
        [MATH_PLUS] = "<mo>+</mo>",
        [MATH_MINUS] = "<mo>\xE2\x88\x92</mo>",
        [MATH_TIMES] = "<mo>\xC2\xB7</mo>",
        [MATH_EACH_TIMES] = "<mo>\xE2\x8A\x99</mo>",
        [MATH_BESIDE] = "<mo lspace=\"0.1em\" rspace=\"0.1em\">&#x2062;</mo>",
        [MATH_DIVIDED] = "<mo>/</mo>",
        [MATH_EQUAL] = "<mo>=</mo>",
        [MATH_UNEQUAL] = "<mo>\xE2\x89\xA0</mo>",
        [MATH_LESS] = "<mo>&lt;</mo>",
        [MATH_AT_MOST] = "<mo>\xE2\x89\xA4</mo>",
        [MATH_GREATER] = "<mo>&gt;</mo>",
        [MATH_AT_LEAST] = "<mo>\xE2\x89\xA5</mo>",
        [MATH_BECOMES] = "<mo>\xE2\x86\x90</mo>",
        [MATH_DOTS] = "<mo>\xE2\x80\xA6</mo>",
        [MATH_COMMA] = "<mo separator=\"true\">,</mo>",
        [MATH_AND] = "<mtext>&#xA0;and&#xA0;</mtext>"};
    fputs(signs[sign], out);
}

/* Whether brackets around it have to grow. */
static bool is_tall(const math *m) {
    bool tall = m->kind == MATH_FRACTION || m->kind == MATH_PARTIAL || m->kind == MATH_ROOT ||
                m->kind == MATH_CASES || (m->kind == MATH_MATRIX && !m->is_vector);
    for (size_t i = 0; i < m->count && !tall; i++)
        tall = is_tall(m->parts[i]);
    return tall;
}

static void write_bracket(FILE *out, const char *bracket, bool tall) {
    fprintf(out, tall ? "<mo>%s</mo>" : "<mo stretchy=\"false\">%s</mo>", bracket);
}

static void write_fenced(FILE *out, const char *open, const math *m, const char *close) {
    const bool tall = is_tall(m);
    fputs("<mrow>", out);
    write_bracket(out, open, tall);
    mathml_write(out, m);
    write_bracket(out, close, tall);
    fputs("</mrow>", out);
}

void mathml_write_part(FILE *out, const math *row, size_t i) {
    const math *part = row->parts[i];
    const bool begins =
        i == 0 || (row->parts[i - 1]->kind == MATH_SIGN && row->parts[i - 1]->sign != MATH_DOTS);
    if (math_part_is_fenced(row, i))
        write_fenced(out, "(", part, ")");
    else if (part->kind == MATH_SIGN && part->sign == MATH_MINUS && begins)
        fputs("<mo form=\"prefix\">\xE2\x88\x92</mo>", out);
    else
        mathml_write(out, part);
}

static void write_row(FILE *out, const math *m) {
    fputs("<mrow>", out);
    for (size_t i = 0; i < m->count; i++)
        mathml_write_part(out, m, i);
    fputs("</mrow>", out);
}

static void write_parts(FILE *out, const math *const *parts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "<mo separator=\"true\">,</mo>" : "", out);
        mathml_write(out, parts[i]);
    }
}

/* --- above and below --- */

static bool is_simple(const math *m) {
    switch (m->kind) {
    case MATH_NUMBER:
        return !math_is_negative(m) && !exponent_of(m);
    case MATH_ROW:
        return m->count == 1 && is_simple(m->parts[0]);
    case MATH_WORDS:
    case MATH_SIGN:
    case MATH_FRACTION:
    case MATH_PARTIAL:
    case MATH_POWER:
    case MATH_FUNCTION:
    case MATH_CASES:
        return false;
    default:
        return true;
    }
}

/* In W^(1)T is no power of another one. */
static bool is_numbered(const math *m) {
    return m->kind == MATH_POWER && m->parts[1]->kind == MATH_FENCED;
}

static void write_base(FILE *out, const math *m) {
    if (is_simple(m))
        mathml_write(out, m);
    else
        write_fenced(out, "(", m, ")");
}

static void write_exponent(FILE *out, const math *m) {
    if (m->kind == MATH_SYMBOL && is_text(m, "T")) {
        fputs("<mi mathvariant=\"normal\">T</mi>", out);
    } else {
        mathml_write(out, m);
    }
}

static void write_power(FILE *out, const math *m) {
    const math *base = m->parts[0], *exponent = m->parts[1];
    fputs("<msup>", out);
    if (is_numbered(base)) {
        write_base(out, base->parts[0]);
        fputs("<mrow>", out);
        write_exponent(out, base->parts[1]);
        fputs("<mspace width=\"0.1em\"/>", out);
        write_exponent(out, exponent);
        fputs("</mrow>", out);
    } else {
        write_base(out, base);
        write_exponent(out, exponent);
    }
    fputs("</msup>", out);
}

static void write_index(FILE *out, const math *m) {
    const math *base = m->parts[0];
    fputs("<msub>", out);
    if (is_numbered(base))
        mathml_write(out, base);
    else
        write_base(out, base);
    fputs("<mrow>", out);
    write_parts(out, m->parts + 1, m->count - 1);
    fputs("</mrow></msub>", out);
}

static void write_fraction(FILE *out, const math *m) {
    const char *partial = m->kind == MATH_PARTIAL ? "<mo>\xE2\x88\x82</mo>" : "";
    fprintf(out, "<mfrac><mrow>%s", partial);
    mathml_write(out, m->parts[0]);
    fprintf(out, "</mrow><mrow>%s", partial);
    mathml_write(out, m->parts[1]);
    fputs("</mrow></mfrac>", out);
}

/* --- brackets --- */

/* Its parts, with commas. */
static void write_between(FILE *out, const char *open, const math *m, const char *close) {
    bool tall = false;
    for (size_t i = 0; i < m->count && !tall; i++)
        tall = is_tall(m->parts[i]);
    fputs("<mrow>", out);
    write_bracket(out, open, tall);
    write_parts(out, m->parts, m->count);
    write_bracket(out, close, tall);
    fputs("</mrow>", out);
}

static void write_function(FILE *out, const math *m) {
    fputs("<mrow>", out);
    if (is_text(m, "sum") || is_text(m, "prod")) {
        fprintf(out, "<mo>%s</mo>", is_text(m, "sum") ? "\xE2\x88\x91" : "\xE2\x88\x8F");
    } else {
        fputs(is_letter(m->text) ? "<mi mathvariant=\"normal\">" : "<mi>", out);
        xml_write(out, m->text);
        fputs("</mi><mo>&#x2061;</mo>", out);
    }
    write_between(out, "(", m, ")");
    fputs("</mrow>", out);
}

static void write_matrix(FILE *out, const math *m) {
    if (m->is_vector || m->rows == 0 || m->columns == 0) {
        write_between(out, "[", m, "]");
        return;
    }
    fputs("<mrow><mo>[</mo><mtable class=\"matrix\">", out);
    for (size_t i = 0; i < m->count; i++) {
        fputs(i % m->columns == 0 ? "<mtr><mtd>" : "<mtd>", out);
        mathml_write(out, m->parts[i]);
        fputs((i + 1) % m->columns == 0 ? "</mtd></mtr>" : "</mtd>", out);
    }
    fputs("</mtable><mo>]</mo></mrow>", out);
}

static void write_cases(FILE *out, const math *m) {
    fputs("<mrow><mo>{</mo><mtable class=\"cases\">", out);
    for (size_t i = 0; i < m->count; i += 2) {
        fputs("<mtr><mtd>", out);
        mathml_write(out, m->parts[i]);
        fputs("</mtd><mtd>", out);
        write_words(out, i + 1 < m->count ? "where " : "elsewhere");
        if (i + 1 < m->count)
            mathml_write(out, m->parts[i + 1]);
        fputs("</mtd></mtr>", out);
    }
    fputs("</mtable></mrow>", out);
}

void mathml_write(FILE *out, const math *m) {
    switch (m->kind) {
    case MATH_NUMBER:
        write_number(out, m);
        break;
    case MATH_BLANK:
        fputs("<mspace class=\"blank\" width=\"4.5em\" height=\"1em\" depth=\"0.3em\"/>", out);
        break;
    case MATH_SYMBOL:
        write_symbol(out, m);
        break;
    case MATH_CODE:
        write_code(out, m->text);
        break;
    case MATH_WORDS:
        write_words(out, m->text);
        break;
    case MATH_SIGN:
        mathml_write_sign(out, m->sign);
        break;
    case MATH_ROW:
        write_row(out, m);
        break;
    case MATH_FRACTION:
    case MATH_PARTIAL:
        write_fraction(out, m);
        break;
    case MATH_POWER:
        write_power(out, m);
        break;
    case MATH_INDEX:
        write_index(out, m);
        break;
    case MATH_ROOT:
        fputs("<msqrt>", out);
        mathml_write(out, m->parts[0]);
        fputs("</msqrt>", out);
        break;
    case MATH_FENCED:
        write_fenced(out, "(", m->parts[0], ")");
        break;
    case MATH_ABSOLUTE:
        write_fenced(out, "|", m->parts[0], "|");
        break;
    case MATH_FUNCTION:
        write_function(out, m);
        break;
    case MATH_MATRIX:
        write_matrix(out, m);
        break;
    case MATH_LIST:
        write_between(out, "[", m, "]");
        break;
    case MATH_CASES:
        write_cases(out, m);
        break;
    }
}

/* --- how wide --- */

static size_t largest_columns(const math *const *parts, size_t count) {
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t columns = mathml_columns(parts[i]);
        most = columns > most ? columns : most;
    }
    return most;
}

static size_t all_columns(const math *m) {
    size_t columns = 0;
    for (size_t i = 0; i < m->count; i++)
        columns += mathml_columns(m->parts[i]);
    return columns;
}

size_t mathml_columns(const math *m) {
    const size_t text = m->text ? text_count_characters(m->text, m->text + strlen(m->text)) : 0;
    switch (m->kind) {
    case MATH_NUMBER:
    case MATH_SYMBOL:
    case MATH_CODE:
    case MATH_WORDS:
        return text;
    case MATH_BLANK:
        return 9;
    case MATH_SIGN:
        return m->sign == MATH_BESIDE || m->sign == MATH_COMMA ? 1 : m->sign == MATH_AND ? 5 : 3;
    case MATH_ROW:
        return all_columns(m);
    case MATH_FRACTION:
        return largest_columns(m->parts, m->count);
    case MATH_PARTIAL:
        return 1 + largest_columns(m->parts, m->count);
    case MATH_CASES:
        return 10 + 2 * largest_columns(m->parts, m->count);
    case MATH_MATRIX:
        if (!m->is_vector)
            return 2 + m->columns * (2 + largest_columns(m->parts, m->count));
        return 2 + all_columns(m) + 2 * m->count;
    default: /* names of functions, brackets, commas */
        return text + all_columns(m) + m->count;
    }
}
