#include "plain.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    RAISED = 0x0E, /* stands for a raised 0, the next ones for 1 to 9, - and + */
    RAISED_MINUS = RAISED + 10,
    RAISED_PLUS,
    DEEPEST = 16,        /* brackets in which commas are looked for */
    FULL_WIDTH = 0xFF01, /* ! */
    FULL_WIDTH_END = 0xFF5E
};

typedef struct {
    reader *in;
    char *text; /* in which the characters are changed, one for one */
    size_t length;
    mlp_span where; /* of its begin */
    bool changed;
} plain;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_raised(char c) {
    return c >= RAISED && c <= RAISED_PLUS;
}

static char at(const plain *p, size_t i) {
    return i < p->length ? p->text[i] : '\0';
}

static mlp_span span_at(const plain *p, size_t i, size_t count) {
    mlp_span where = {p->where.line, p->where.column, count};
    const char *line = p->text;
    for (const char *c = p->text; c < p->text + i; c++)
        if (*c == '\n') {
            where.line++;
            where.column = 1;
            line = c + 1;
        }
    where.column += text_count_characters(line, p->text + i);
    return where;
}

/* --- characters --- */

/* The plain character of the one of that number; 0 where it has none. */
static char plain_of(unsigned code) {
    static const struct {
        unsigned code;
        char plain;
    } table[] = {
        {0x2212, '-'},        {0x2013, '-'},        {0x2010, '-'},    {0x2011, '-'},
        {0x00D7, '*'},        {0x00B7, '*'},        {0x22C5, '*'},    {0x2219, '*'},
        {0x2217, '*'},        {0x00F7, '/'},        {0x2215, '/'},    {0x2044, '/'},
        {0x00A0, ' '},        {0x202F, ' '},        {0x2009, ' '},    {0x3000, ' '},
        {0x2022, '*'},        {0x2018, '\''},       {0x2019, '\''},   {0x201A, '\''},
        {0x201C, '"'},        {0x201D, '"'},        {0x201E, '"'},    {0x00B9, RAISED + 1},
        {0x00B2, RAISED + 2}, {0x00B3, RAISED + 3}, {0x2070, RAISED}, {0x207B, RAISED_MINUS},
        {0x207A, RAISED_PLUS}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].code == code)
            return table[i].plain;
    if (code >= FULL_WIDTH && code <= FULL_WIDTH_END)
        return (char)(code - FULL_WIDTH + '!');
    return code >= 0x2074 && code <= 0x2079 ? (char)(RAISED + (code - 0x2070)) : '\0';
}

/* Copies the character there, plain if it can be; returns its bytes. */
static size_t copy_character(const char *from, size_t bytes, char **to, bool *changed) {
    const size_t length = text_sequence_length(from, bytes);
    const char c = length > 1 ? plain_of(text_code(from)) : '\0';
    if (c) {
        *(*to)++ = c;
        *changed = true;
        return length;
    }
    const size_t kept = length ? length : 1;
    memcpy(*to, from, kept);
    *to += kept;
    return kept;
}

/* What stands in comments may be anything: blanks for it. */
static void copy_plain(plain *p, const char *text, size_t length) {
    char *to = p->text;
    bool in_comment = false;
    for (size_t i = 0; i < length;) {
        in_comment = (in_comment || text[i] == '#') && text[i] != '\n';
        if (in_comment) {
            const size_t bytes = text_sequence_length(text + i, length - i);
            *to++ = ' ';
            i += bytes ? bytes : 1;
        } else {
            i += copy_character(text + i, length - i, &to, &p->changed);
        }
    }
    p->length = (size_t)(to - p->text);
}

static _Noreturn void fail_character(const plain *p, size_t i) {
    char shown[TEXT_SHOWN];
    text_show(p->text + i, p->length - i, shown);
    if (plain_equals(p->text + i, p->text + p->length))
        reader_fail(p->in, span_at(p, i, 1),
                    "'%s' stands in a value: write one value, behind NAME =", shown);
    reader_fail(p->in, span_at(p, i, 1),
                "'%s' has no meaning in a value: write numbers such as 12, -0.5 or 1e-3", shown);
}

static void refuse_others(const plain *p) {
    for (size_t i = 0; i < p->length; i++) {
        if ((unsigned char)at(p, i) >= 0x80)
            fail_character(p, i);
        if (is_raised(at(p, i)) && at(p, i) < RAISED_MINUS)
            reader_fail(p->in, span_at(p, i, 1), "this is a raised %d: write ^%d",
                        at(p, i) - RAISED, at(p, i) - RAISED);
        if (is_raised(at(p, i)))
            reader_fail(p->in, span_at(p, i, 1), "this is a raised sign: write ^ before it");
    }
}

/* * h, - h, 1. h or 1) h */
size_t plain_marker(const char *at, const char *end) {
    const char *sign = at;
    while (sign < end && is_digit(*sign))
        sign++;
    if (end - sign < 2 || !is_blank(sign[1]))
        return 0;
    const bool is_marker = sign > at ? *sign == '.' || *sign == ')' : *sign == '*' || *sign == '-';
    return is_marker ? (size_t)(sign + 2 - at) : 0;
}

/* Without a marker in front, and quotes around it. */
static char *strip_name(char *name) {
    name += plain_marker(name, name + strlen(name));
    while (is_blank(*name))
        name++;
    const size_t length = strlen(name);
    if (length < 3 || !strchr("\"'`", name[0]) || name[length - 1] != name[0])
        return name;
    name[length - 1] = '\0';
    return name + 1;
}

const char *plain_name(mlp_arena *arena, const char *name) {
    const size_t length = strlen(name);
    char *copy = mlp_arena_alloc(arena, length + 1, 1), *to = copy;
    bool changed = false;
    for (size_t i = 0; copy && i < length;)
        i += copy_character(name + i, length - i, &to, &changed);
    for (char *c = copy; c && c < to; c++)
        if (is_raised(*c))
            *c = *c < RAISED_MINUS ? (char)(*c - RAISED + '0') : '-';
    return copy ? strip_name(copy) : NULL;
}

size_t plain_equals(const char *at, const char *end) {
    static const char *const signs[] = {"\xE2\x89\x88", "\xE2\x89\x83", "\xE2\x89\x85",
                                        "\xEF\xBC\x9D"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (end - at >= 3 && memcmp(at, signs[i], 3) == 0)
            return 3;
    return 0;
}

/* --- quotes --- */

/* The quote that closes the one at i, around something; 0 where there is none. */
static size_t closing_quote(const plain *p, size_t i) {
    size_t end = i + 1;
    while (at(p, end) && at(p, end) != '"' && at(p, end) != '\'' && at(p, end) != '\n')
        end++;
    return end > i + 1 && at(p, end) == p->text[i] ? end : 0;
}

/* A number in quotes is a number. */
static void blank_quotes(plain *p) {
    for (size_t i = 0; i < p->length; i++) {
        const bool is_quote = p->text[i] == '"' || p->text[i] == '\'';
        const size_t end = is_quote ? closing_quote(p, i) : 0;
        if (is_quote && !end)
            return;
        if (end) {
            p->text[i] = p->text[end] = ' ';
            p->changed = true;
            i = end;
        }
    }
}

/* --- powers of ten --- */

/* What stands behind a 10: raised digits, ^3, ^-3, **-3, ^{-3} or ^(-3). `end` is behind it, the
 * exponent has `count` characters; count 0: there is none. */
typedef struct {
    size_t end, count;
    char exponent[8];
} power;

static char lower(char c) {
    return is_raised(c) ? (c == RAISED_MINUS  ? '-'
                           : c == RAISED_PLUS ? '+'
                                              : (char)(c - RAISED + '0'))
                        : c;
}

static power read_power(const plain *p, size_t i) {
    power found = {0};
    const bool raised = is_raised(at(p, i));
    char closing = '\0';
    if (!raised) {
        const size_t sign = at(p, i) == '^' ? 1 : at(p, i) == '*' && at(p, i + 1) == '*' ? 2 : 0;
        if (sign == 0)
            return found;
        i += sign;
        closing = at(p, i) == '{' ? '}' : at(p, i) == '(' ? ')' : '\0';
        i += closing != '\0';
    }
    size_t count = 0, digits = 0;
    for (; count < sizeof found.exponent && raised == is_raised(at(p, i)); i++) {
        const char c = lower(at(p, i));
        if (!is_digit(c) && (count || (c != '-' && c != '+')))
            break;
        found.exponent[count++] = c;
        digits += is_digit(c);
    }
    if (digits == 0 || is_digit(at(p, i)) || is_letter(at(p, i)) || at(p, i) == '.' ||
        (closing && at(p, i) != closing))
        return found;
    found.end = i + (closing != '\0');
    found.count = count;
    return found;
}

static size_t skip_back(const plain *p, size_t i) {
    while (i && is_blank(p->text[i - 1]))
        i--;
    return i;
}

/* The end of the number that the 10 at i is the factor of; 0 where there is none. */
static size_t find_mantissa(const plain *p, size_t i) {
    size_t end = skip_back(p, i);
    const char sign = end ? p->text[end - 1] : '\0';
    if ((sign != '*' && sign != 'x' && sign != 'X') || (sign == '*' && at(p, end) == '*'))
        return 0;
    end = skip_back(p, end - 1);
    size_t start = end;
    while (start && (is_digit(p->text[start - 1]) || p->text[start - 1] == '.' ||
                     (p->text[start - 1] == ',' && start < end)))
        start--;
    if (start == end || (start && is_letter(p->text[start - 1])))
        return 0;
    const size_t before = skip_back(p, start);
    const char operator= before ? p->text[before - 1] : '\0';
    if (operator== '/')
        reader_fail(p->in, span_at(p, start, i + 2 - start),
                    "write ( ) around a number with a power of ten behind /");
    const bool is_power = operator==
        '^' ||(operator== '*' && before> 1 && p->text[before - 2] == '*');
    return is_power ? 0 : end;
}

/* Whether a signed number stands there, as a raised one does that was copied as 10-1. */
static bool loses_power(const plain *p, size_t i) {
    return (at(p, i) == '-' || at(p, i) == '+') && is_digit(at(p, i + 1));
}

static void write_power(plain *p, size_t from, const power *by) {
    p->changed = true;
    p->text[from++] = 'e';
    memcpy(p->text + from, by->exponent, by->count);
    from += by->count;
    memset(p->text + from, ' ', by->end - from);
}

/* 6.4 * 10^-1 becomes 6.4e-1, and a raised power behind 10 alone 1e-1. */
static void join_powers(plain *p) {
    for (size_t i = 0; i + 2 < p->length; i++) {
        const char before = i ? p->text[i - 1] : ' ';
        if (p->text[i] != '1' || p->text[i + 1] != '0' || is_digit(before) || before == '.' ||
            before == '_')
            continue;
        const power by = read_power(p, i + 2);
        const bool lost = loses_power(p, i + 2);
        const size_t mantissa = by.count || lost ? find_mantissa(p, i) : 0;
        if (mantissa && lost)
            reader_fail(p->in, span_at(p, i, 4),
                        "this may be a power of ten: write ^ before the exponent, or ( ) around "
                        "the product");
        if (mantissa)
            write_power(p, mantissa, &by);
        else if (by.count && is_raised(p->text[i + 2]) && !is_letter(before))
            write_power(p, i + 1, &by);
    }
    for (size_t i = 0; i < p->length; i++)
        if (p->text[i] == '{' || p->text[i] == '}')
            p->text[i] = p->text[i] == '{' ? '(' : ')'; /* ^{-1} */
}

/* --- decimal commas --- */

/* What the commas between two digits, without a blank, may be. */
typedef struct {
    size_t count, first;
    bool points;  /* there are numbers with a point */
    bool leading; /* a 0 with more digits behind it follows one, as no whole number begins */
    bool outside; /* one stands where there is one number */
    bool blanks;  /* numbers stand beside each other without a comma */
    bool rows;    /* there is a ; */
} commas;

static bool is_tight(const plain *p, size_t i) {
    return at(p, i) == ',' && i && is_digit(p->text[i - 1]) && is_digit(at(p, i + 1));
}

/* Whether a number begins behind the blanks at i, which stand behind another. */
static bool begins_number(const plain *p, size_t i) {
    if (!i || !is_digit(p->text[i - 1]) || !is_blank(at(p, i)))
        return false;
    while (is_blank(at(p, i)))
        i++;
    return is_digit(at(p, i)) || (at(p, i) == '-' && is_digit(at(p, i + 1)));
}

/* Where numbers do not stand beside each other: in no brackets, or in ( ), but for sizes. */
static void note_bracket(const plain *p, size_t i, bool single[DEEPEST], size_t *depth) {
    const size_t before = *depth;
    *depth = text_depth(*depth, p->text[i]);
    if (*depth > before && *depth < DEEPEST)
        single[*depth] = p->text[i] == '(' && i && p->text[i - 1] != '=';
}

static commas count_commas(const plain *p) {
    commas found = {0};
    bool single[DEEPEST] = {true};
    size_t depth = 0;
    for (size_t i = 0; i < p->length; i++) {
        const char c = p->text[i];
        note_bracket(p, i, single, &depth);
        found.points |= c == '.' && (is_digit(at(p, i + 1)) || (i && is_digit(p->text[i - 1])));
        found.rows |= c == ';';
        found.blanks |= begins_number(p, i);
        if (!is_tight(p, i))
            continue;
        found.first = found.count++ ? found.first : i;
        found.leading |= at(p, i + 1) == '0' && is_digit(at(p, i + 2));
        found.outside |= depth < DEEPEST && single[depth];
    }
    return found;
}

static _Noreturn void fail_comma(const plain *p, size_t i) {
    reader_fail(p->in, span_at(p, i, 1),
                "this ',' may be a decimal point or stand between numbers: write a '.', or a blank "
                "behind the ','");
}

/* Whether the digits around the comma may be those of one whole number: 1,234. */
static bool is_in_thousands(const plain *p, size_t i) {
    size_t front = 0, behind = 0;
    while (i > front && is_digit(p->text[i - front - 1]))
        front++;
    while (is_digit(at(p, i + behind + 1)))
        behind++;
    return behind == 3 && front <= 3 && p->text[i - front] != '0';
}

static void put_points(plain *p, const commas *found) {
    bool decimal = found->leading || found->blanks;
    for (size_t i = found->first; i < p->length; i++)
        decimal |= is_tight(p, i) && !is_in_thousands(p, i);
    for (size_t i = found->first; i < p->length; i++) {
        if (!is_tight(p, i))
            continue;
        size_t next = i + 1;
        while (is_digit(at(p, next)))
            next++;
        if (!decimal || is_tight(p, next))
            fail_comma(p, i);
        p->text[i] = '.';
        p->changed = true;
    }
}

static void settle_commas(plain *p) {
    const commas found = count_commas(p);
    if (found.count == 0)
        return;
    if (!found.points && (found.leading || found.outside || found.blanks))
        put_points(p, &found);
    else if ((!found.points && found.rows) || (found.leading && found.points))
        fail_comma(p, found.first);
}

/* --- the end --- */

/* Whether the point at i is behind a number that has one, or behind brackets. */
static bool is_full_stop(const plain *p, size_t i) {
    if (i && (p->text[i - 1] == ']' || p->text[i - 1] == ')'))
        return true;
    size_t digits = i;
    while (digits && is_digit(p->text[digits - 1]))
        digits--;
    return digits && digits < i && (p->text[digits - 1] == '.' || p->text[digits - 1] == ',');
}

/* A ; or a point behind the value ends a sentence. */
static void drop_stop(plain *p) {
    size_t end = p->length;
    while (end && (is_blank(p->text[end - 1]) || p->text[end - 1] == '\n'))
        end--;
    if (end < 2 ||
        !(strchr(";,", p->text[end - 1]) || (p->text[end - 1] == '.' && is_full_stop(p, end - 1))))
        return;
    p->text[end - 1] = ' ';
    p->changed = true;
}

/* --- all --- */

static bool ends_there(const char *text, size_t i, size_t length) {
    while (i < length && (is_blank(text[i]) || text[i] == '\n'))
        i++;
    return i == length || text[i] == '#';
}

/* Whether nothing in it is to be changed, as in what programs print. */
static bool is_plain(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80 || text[i] == '^' || text[i] == '{' || text[i] == '"' ||
            text[i] == '\'' || (text[i] == '*' && i + 2 < length) ||
            (strchr(".,;", text[i]) && ends_there(text, i + 1, length)) ||
            (i && i + 1 < length && text[i] == ',' && is_digit(text[i - 1]) &&
             is_digit(text[i + 1])) ||
            (i && i + 1 < length && (text[i] == 'x' || text[i] == 'X') &&
             (is_digit(text[i - 1]) || is_blank(text[i - 1]))))
            return false;
    return true;
}

const char *plain_value(reader *in, const char *text, size_t *length, mlp_span where,
                        bool *changed) {
    if (is_plain(text, *length))
        return text;
    plain p = {.in = in, .text = reader_alloc(in, *length + 1, 1), .where = where};
    copy_plain(&p, text, *length);
    blank_quotes(&p);
    drop_stop(&p);
    join_powers(&p);
    refuse_others(&p);
    settle_commas(&p);
    *length = p.length;
    *changed |= p.changed;
    return p.text;
}
