/* The literal of a string, as repr() writes it. */
#include "format_write.h"
#include "run.h"

#include <string.h>

/* The characters from U+0080 on that cannot be seen: controls, formats, surrogates, private ones
 * and spaces. Which numbers have no character yet differs between versions of Python; they are
 * taken for visible. */
static const struct {
    unsigned first, last;
} invisible[] = {{0x80, 0xA0},       {0xAD, 0xAD},       {0x600, 0x605},      {0x61C, 0x61C},
                 {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},      {0x8E2, 0x8E2},
                 {0x1680, 0x1680},   {0x180E, 0x180E},   {0x2000, 0x200F},    {0x2028, 0x202F},
                 {0x205F, 0x2064},   {0x2066, 0x206F},   {0x3000, 0x3000},    {0xD800, 0xF8FF},
                 {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},   {0x110BD, 0x110BD},  {0x110CD, 0x110CD},
                 {0x13430, 0x13438}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},  {0xE0001, 0xE0001},
                 {0xE0020, 0xE007F}, {0xF0000, 0xFFFFD}, {0x100000, 0x10FFFD}};

static bool is_visible(unsigned code) {
    for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++)
        if (code >= invisible[i].first && code <= invisible[i].last)
            return false;
    return true;
}

/* How many bytes the character that begins so has; 0 where none does. */
static size_t expected_length(char begins) {
    const unsigned char first = (unsigned char)begins;
    if (first < 0x80)
        return 1;
    return first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* The number of the character of so many bytes. */
static unsigned decode(const char *text, size_t length) {
    const unsigned char first = (unsigned char)*text;
    unsigned code = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3Fu);
    return code;
}

static void write_ascii(buffer *out, char c, char quote) {
    if (c == quote || c == '\\')
        buffer_printf(out, "\\%c", c);
    else if (c == '\n')
        buffer_text(out, "\\n");
    else if (c == '\r')
        buffer_text(out, "\\r");
    else if (c == '\t')
        buffer_text(out, "\\t");
    else if (c < 0x20 || c == 0x7F)
        buffer_printf(out, "\\x%02x", (unsigned)c);
    else
        buffer_add(out, &c, 1);
}

static void write_character(buffer *out, const char *text, size_t length) {
    const unsigned code = decode(text, length);
    if (is_visible(code))
        buffer_add(out, text, length);
    else
        buffer_printf(out, code < 0x100 ? "\\x%02x" : code < 0x10000 ? "\\u%04x" : "\\U%08x", code);
}

void write_quoted(call *c, const char *text) {
    const char quote = strchr(text, '\'') && !strchr(text, '"') ? '"' : '\'';
    buffer_add(&c->script->text, &quote, 1);
    for (size_t n; *text; text += n) {
        n = bytes_of_characters(text, 1);
        if (n != expected_length(*text))
            call_fail(c, "this text is not UTF-8");
        if (n == 1)
            write_ascii(&c->script->text, *text, quote);
        else
            write_character(&c->script->text, text, n);
    }
    buffer_add(&c->script->text, &quote, 1);
}
