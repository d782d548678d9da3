#include "text.h"

#include "mlpstep/diagnostic.h"

#include <string.h>

bool text_begins_character(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

const char *text_skip(const char *text, size_t characters) {
    for (; characters > 0 && *text; characters--)
        do
            text++;
        while (!text_begins_character(*text));
    return text;
}

unsigned text_code(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    if (*at < 0x80)
        return *at;
    const unsigned more = *at >= 0xF0 ? 3 : *at >= 0xE0 ? 2 : 1;
    unsigned code = *at & (0x3FU >> more);
    for (unsigned i = 1; i <= more; i++)
        code = code << 6 | (at[i] & 0x3F);
    return code;
}

size_t text_count_characters(const char *from, const char *to) {
    size_t count = 0;
    for (; from < to; from++)
        count += text_begins_character(*from);
    return count;
}

size_t text_mark_length(const char *text, size_t length) {
    static const char mark[] = "\xEF\xBB\xBF";
    const size_t bytes = strlen(mark);
    return length >= bytes && memcmp(text, mark, bytes) == 0 ? bytes : 0;
}

size_t text_depth(size_t depth, char c) {
    const bool opens = c == '(' || c == '[' || c == '{', closes = c == ')' || c == ']' || c == '}';
    return depth + opens - (depth && closes);
}

size_t text_sequence_length(const char *text, size_t bytes) {
    const unsigned char first = (unsigned char)text[0];
    if (first < 0x80)
        return 1;
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > bytes)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (text_begins_character(text[i]))
            return 0;
    const unsigned char second = (unsigned char)text[1];
    const bool too_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool no_character = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return too_long || no_character ? 0 : length;
}

/* Controls, line and paragraph separators, and what changes the direction of the text. */
static bool is_hidden(unsigned code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E ||
           code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

size_t text_show(const char *text, size_t bytes, char shown[TEXT_SHOWN]) {
    static const char names[] = {['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    const size_t length = text_sequence_length(text, bytes);
    const unsigned code = length ? text_code(text) : (unsigned char)*text;
    if (length && !is_hidden(code)) {
        memcpy(shown, text, length);
        shown[length] = '\0';
        return length;
    }
    if (code < sizeof names && names[code])
        snprintf(shown, TEXT_SHOWN, "\\%c", names[code]);
    else
        snprintf(shown, TEXT_SHOWN, code < 0x100 ? "\\x%02x" : "\\u%04x", code & 0xFFFF);
    return length ? length : 1;
}

void mlp_text_write(FILE *out, const char *text) {
    char shown[TEXT_SHOWN];
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_show(text, left, shown);
        fputs(shown, out);
    }
}
