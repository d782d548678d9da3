#include "other_text.h"

#include "base/text.h"

#include <string.h>

enum {
    MOST_LINES = 10,       /* on either side ... */
    MOST_CHARACTERS = 120, /* ... and of a line ... */
    BYTES_BEFORE = 40      /* ... that are the same in both, where it does not begin there */
};

/* One side, with the line that is being looked at. */
typedef struct {
    const char *at, *past, *end; /* past: behind the line; at: NULL behind the last one */
} side;

static void find_end(side *s) {
    if (!s->at)
        return;
    const char *newline = memchr(s->at, '\n', (size_t)(s->end - s->at));
    s->past = newline ? newline : s->end;
}

static side first_line(const char *text, size_t length) {
    side s = {.at = text, .end = text ? text + length : NULL};
    find_end(&s);
    return s;
}

static void next_line(side *s) {
    if (s->at)
        s->at = s->past < s->end ? s->past + 1 : NULL;
    find_end(s);
}

/* Where to begin, so that the first difference from the other line is seen. */
static const char *begin_of(const side *s, const side *other) {
    size_t same = 0;
    while (other->at && s->at + same < s->past && other->at + same < other->past &&
           s->at[same] == other->at[same])
        same++;
    if (same <= BYTES_BEFORE || text_count_characters(s->at, s->past) <= MOST_CHARACTERS)
        return s->at;
    const char *begin = s->at + same - BYTES_BEFORE;
    while (begin < s->past && !text_begins_character(*begin))
        begin++;
    return begin;
}

static void write_line(FILE *out, const side *s, const side *other) {
    char shown[TEXT_SHOWN];
    const char *at = begin_of(s, other), *past = s->past;
    past -= past > at && past[-1] == '\r';
    if (at > s->at)
        fputs("...", out);
    for (size_t i = 0; at < past && i < MOST_CHARACTERS; i++) {
        at += text_show(at, (size_t)(past - at), shown);
        fputs(shown, out);
    }
    fputs(at < past ? "...\n" : "\n", out);
}

static void write_side(FILE *out, side s, side other, const char *indent, char mark) {
    for (size_t i = 0; s.at && i < MOST_LINES; i++) {
        fprintf(out, "%s%c ", indent, mark);
        write_line(out, &s, &other);
        next_line(&s);
        next_line(&other);
    }
    size_t more = 0;
    for (; s.at; more++)
        next_line(&s);
    if (more)
        fprintf(out, "%s%c ... and %zu more line%s\n", indent, mark, more, more == 1 ? "" : "s");
}

void other_text_write(FILE *out, const mlp_other_text *text, const char *indent, bool hint) {
    const side expected = first_line(hint ? NULL : text->expected, text->expected_length);
    const side found = first_line(text->found, text->found_length);
    write_side(out, expected, found, indent, '<');
    write_side(out, found, expected, indent, '>');
}
