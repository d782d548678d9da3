#include "json.h"

#include "base/text.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum {
    MOST_NESTED = 100
};

typedef struct {
    reader *reader;
    const char *what; /* is to be JSON */
    const char *at, *end;
    size_t depth;
} json;

static void check_value(json *j);

/* --- what is no JSON --- */

static mlp_span span_at(const reader *r, const char *at) {
    const char *line = r->source;
    mlp_span where = {1, 1, 1};
    for (const char *p = r->source; p < at; p++)
        if (*p == '\n') {
            where.line++;
            line = p + 1;
        }
    where.column += text_count_characters(line, at);
    return where;
}

_Noreturn void json_fail(reader *r, const char *value, const char *message) {
    reader_fail(r, span_at(r, value), "%s", message);
}

_Noreturn static void fail_expected(const json *j, const char *expected) {
    reader_fail(j->reader, span_at(j->reader, j->at), "%s is JSON: expected %s here", j->what,
                expected);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void check_space(json *j) {
    while (j->at < j->end && is_space(*j->at))
        j->at++;
}

static bool accept(json *j, char c) {
    if (j->at == j->end || *j->at != c)
        return false;
    j->at++;
    return true;
}

static unsigned hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

static void check_digits(json *j) {
    const char *from = j->at;
    while (j->at < j->end && *j->at >= '0' && *j->at <= '9')
        j->at++;
    if (j->at == from)
        fail_expected(j, "a digit");
}

/* 1.8p-3 of 0x1.8p-3. */
static void check_hexadecimal(json *j) {
    const char *from = j->at;
    while (j->at < j->end && (hex_digit(*j->at) < 16 || *j->at == '.'))
        j->at++;
    if (j->at == from)
        fail_expected(j, "a hexadecimal digit");
    if (!accept(j, 'p') && !accept(j, 'P'))
        return;
    if (!accept(j, '+'))
        accept(j, '-');
    check_digits(j);
}

static void check_number(json *j) {
    accept(j, '-');
    const bool zero = accept(j, '0');
    if (zero && (accept(j, 'x') || accept(j, 'X'))) {
        check_hexadecimal(j);
        return;
    }
    if (!zero)
        check_digits(j);
    if (accept(j, '.'))
        check_digits(j);
    if (accept(j, 'e') || accept(j, 'E')) {
        if (!accept(j, '+'))
            accept(j, '-');
        check_digits(j);
    }
}

/* In lower case, or in any. */
static bool begins_with_word(const char *at, const char *end, const char *word, bool in_any_case) {
    for (; *word; at++, word++)
        if (at == end || (in_any_case ? tolower((unsigned char)*at) : *at) != *word)
            return false;
    return true;
}

/* Python writes NaN and Infinity, C nan and INF, as it does hexadecimal numbers. */
static bool accept_word(json *j) {
    static const char *const words[] = {"true", "false", "null"}, *const numbers[] = {"infinity",
                                                                                      "inf", "nan"};
    const size_t count = sizeof words / sizeof *words;
    for (size_t i = 0; i < count + sizeof numbers / sizeof *numbers; i++) {
        const bool is_number = i >= count;
        const char *word = is_number ? numbers[i - count] : words[i];
        const char *from = j->at + (is_number && j->at < j->end && *j->at == '-');
        if (begins_with_word(from, j->end, word, is_number)) {
            j->at = from + strlen(word);
            return true;
        }
    }
    return false;
}

/* --- strings --- */

static uint32_t hex(const char *at) {
    uint32_t unit = 0;
    for (size_t i = 0; i < 4; i++)
        unit = unit << 4 | hex_digit(at[i]);
    return unit;
}

static bool is_high(uint32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(uint32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

/* \uXXXX, without the backslash and the u. */
static uint32_t check_unit(json *j) {
    for (size_t i = 0; i < 4; i++, j->at++)
        if (j->at == j->end || hex_digit(*j->at) > 15)
            fail_expected(j, "four hexadecimal digits");
    return hex(j->at - 4);
}

static void check_escape(json *j) {
    if (accept(j, 'u')) {
        const uint32_t unit = check_unit(j);
        if (is_low(unit) ||
            (is_high(unit) && !(accept(j, '\\') && accept(j, 'u') && is_low(check_unit(j)))))
            fail_expected(j, "both halves of a surrogate pair");
        return;
    }
    if (j->at == j->end || !*j->at || !strchr("\"\\/bfnrt", *j->at))
        fail_expected(j, "one of \" \\ / b f n r t u");
    j->at++;
}

static void check_string(json *j) {
    if (!accept(j, '"'))
        fail_expected(j, "a string in double quotes");
    while (!accept(j, '"')) {
        if (j->at == j->end || (unsigned char)*j->at < 0x20)
            fail_expected(j, "the end of the string");
        if (accept(j, '\\'))
            check_escape(j);
        else
            j->at++;
    }
}

/* --- objects and arrays --- */

static void check_members(json *j, bool is_object) {
    const char close = is_object ? '}' : ']';
    j->at++;
    check_space(j);
    if (accept(j, close))
        return;
    do {
        if (is_object) {
            check_space(j);
            check_string(j);
            check_space(j);
            if (!accept(j, ':'))
                fail_expected(j, "':'");
        }
        check_value(j);
    } while (accept(j, ','));
    if (!accept(j, close))
        fail_expected(j, is_object ? "',' or '}'" : "',' or ']'");
}

static void check_value(json *j) {
    check_space(j);
    const char c = j->at < j->end ? *j->at : '\0';
    if (j->depth == MOST_NESTED)
        reader_fail(j->reader, span_at(j->reader, j->at),
                    "%s is JSON nested more than %d deep, which is not read", j->what, MOST_NESTED);
    j->depth++;
    if (c == '{' || c == '[')
        check_members(j, c == '{');
    else if (c == '"')
        check_string(j);
    else if ((c >= '0' && c <= '9') ||
             (c == '-' && !strchr("Iin", j->end - j->at > 1 ? j->at[1] : '0')))
        check_number(j);
    else if (!accept_word(j))
        fail_expected(j, "a value");
    j->depth--;
    check_space(j);
}

const char *json_object(reader *r, const char *what) {
    json j = {.reader = r, .what = what, .at = r->source, .end = r->source + r->length};
    j.at += text_mark_length(r->source, r->length);
    check_space(&j);
    const char *object = j.at;
    if (j.at == j.end || *j.at != '{')
        fail_expected(&j, "'{'");
    check_value(&j);
    if (j.at != j.end)
        fail_expected(&j, "the end of the file");
    return object;
}

/* --- what is --- */

static const char *skip_space(const char *at) {
    while (is_space(*at))
        at++;
    return at;
}

static const char *skip_string(const char *at) {
    for (at++; *at != '"';)
        at += *at == '\\' ? 2 : 1;
    return at + 1;
}

const char *json_end(const char *at) {
    size_t depth = 0;
    if (*at != '{' && *at != '[' && *at != '"') {
        while (!is_space(*at) && *at != ',' && *at != ']' && *at != '}')
            at++;
        return at;
    }
    do {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        depth += *at == '{' || *at == '[';
        depth -= *at == '}' || *at == ']';
        at++;
    } while (depth > 0);
    return at;
}

const char *json_first(const char *array) {
    const char *at = skip_space(array + 1);
    return *array != '[' || *at == ']' ? NULL : at;
}

const char *json_next(const char *value) {
    const char *at = skip_space(json_end(value));
    return *at == ',' ? skip_space(at + 1) : NULL;
}

const char *json_first_key(const char *object) {
    const char *key = skip_space(object + 1);
    return *object == '{' && *key == '"' ? key : NULL;
}

const char *json_value_of(const char *key) {
    return skip_space(skip_space(skip_string(key)) + 1);
}

const char *json_next_key(const char *key) {
    return json_next(json_value_of(key));
}

const char *json_member(const char *value, const char *name) {
    const char *found = NULL;
    for (const char *key = json_first_key(value); key; key = json_next_key(key))
        found = json_is(key, name) ? json_value_of(key) : found;
    return found;
}

static size_t encode(uint32_t c, char *to) {
    const size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i > 1; i--, c >>= 6)
        to[i - 1] = (char)(0x80 | (c & 0x3F));
    to[0] = (char)(first[length] | c);
    return length;
}

static size_t decode_escape(const char **at, char *to) {
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char letter = *(*at)++;
    if (letter != 'u')
        return to[0] = meant[strchr(letters, letter) - letters], 1;
    uint32_t unit = hex(*at);
    *at += 4;
    if (is_high(unit)) {
        unit = 0x10000 + ((unit - 0xD800) << 10 | (hex(*at + 2) - 0xDC00));
        *at += 6;
    }
    return encode(unit, to);
}

size_t json_character(const char **at, char to[JSON_CHARACTER]) {
    if (**at == '"')
        return 0;
    if (**at == '\\')
        return ++*at, decode_escape(at, to);
    to[0] = *(*at)++;
    return 1;
}

bool json_is(const char *value, const char *text) {
    if (!value || *value != '"')
        return false;
    const char *at = value + 1;
    char character[JSON_CHARACTER];
    for (size_t n; (n = json_character(&at, character)) > 0; text += n)
        if (character[0] == '\0' || strncmp(text, character, n) != 0)
            return false;
    return *text == '\0';
}
