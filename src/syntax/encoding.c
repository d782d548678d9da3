#include "encoding.h"

#include "base/text.h"

#include <string.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

/* How many bytes from `at` on are of the set. */
static size_t span(const char *at, const char *end, const char *set) {
    size_t n = 0;
    while (at + n < end && at[n] && strchr(set, at[n]))
        n++;
    return n;
}

/* The first byte that does not belong in a text, else its end. */
static const char *find_stray(const char *text, const char *end) {
    while (text < end) {
        const size_t length = text_sequence_length(text, (size_t)(end - text));
        if (*text == '\0' || length == 0)
            break;
        text += length;
    }
    return text;
}

void check_bytes(reader *r, const char *text, size_t length, size_t line) {
    const char *end = text + length, *stray = find_stray(text, end);
    mlp_span where = {line, 1, 1};
    if (stray == end)
        return;
    for (const char *at = text + text_mark_length(text, length); at < stray; at++) {
        where.column += text_begins_character(*at);
        if (*at == '\n')
            where = (mlp_span){where.line + 1, 1, 1};
    }
    reader_fail(r, where, "byte 0x%02x does not belong in a script: is this a text file in UTF-8?",
                (unsigned char)*stray);
}

/* The name in a comment such as "# -*- coding: latin-1 -*-"; 0 letters where the line has none. */
static size_t find_name(const char *line, const char *end, const char **name) {
    const char *at = line + span(line, end, " \t\f");
    if (at == end || *at != '#')
        return 0;
    for (; end - at > 7; at++) {
        if (memcmp(at, "coding", 6) != 0 || (at[6] != ':' && at[6] != '='))
            continue;
        *name = at + 7 + span(at + 7, end, " \t");
        if (span(*name, end, letters))
            return span(*name, end, letters);
    }
    return 0;
}

static bool is_utf8(const char *name, size_t length) {
    static const char *const names[] = {"utf-8", "utf8", "utf_8", "UTF-8", "UTF8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && memcmp(name, names[i], length) == 0)
            return true;
    return false;
}

/* Python looks for a name in the first two lines, as long as they are comments or blank. */
static void check_name(reader *r, const char *text, const char *end, size_t line) {
    for (size_t last = line + 1; line <= last && text < end; line++) {
        const char *name = text, *stop = memchr(text, '\n', (size_t)(end - text));
        stop = stop ? stop : end;
        const size_t length = find_name(text, stop, &name);
        if (length && !is_utf8(name, length))
            reader_fail(r, (mlp_span){line, 1 + text_count_characters(text, name), length},
                        "Python takes this for the name of the script's encoding, which must be "
                        "utf-8: write the comment in other words");
        const char *first = text + span(text, stop, " \t\f\r");
        if (first < stop && *first != '#')
            return;
        text = stop + 1;
    }
}

void check_encoding(reader *r, const char *text, size_t length, size_t line) {
    check_bytes(r, text, length, line);
    check_name(r, text + text_mark_length(text, length), text + length, line);
}
