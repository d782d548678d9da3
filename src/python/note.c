#include "note.h"

#include "run.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum {
    MOST_NOTED = 1 << 27 /* bytes: a script that prints without end needs memory for other things */
};

/* Whether there is room for that much more; if not, nothing is known from here on. */
static bool has_room(script *s, size_t bytes) {
    if (s->printed && bytes > MOST_NOTED - s->noted)
        note_nothing(s);
    s->noted += s->printed ? bytes : 0;
    return s->printed != NULL;
}

void note_printed(script *s, const char *text) {
    if (!has_room(s, 2 * strlen(text))) /* the buffer has been copied to grow */
        return;
    buffer_text(&s->printed_text, text);
    if (s->printed_text.failed)
        script_out_of_memory(s);
}

bool note_is_asked(const script *s) {
    return s->printed != NULL;
}

void note_nothing(script *s) {
    *s->printed = (mlp_printed){.doubt = SIZE_MAX};
    s->printed = NULL;
}

/* NULL where nobody asked, or there is no room. */
static mlp_note *add_note(script *s, const char *text, size_t length) {
    if (!has_room(s, sizeof(mlp_note) + length))
        return NULL;
    mlp_note *note = script_alloc(s, 1, sizeof *note);
    note->text = script_copy(s, text, length);
    note->at = s->printed_text.length;
    *(s->last_note ? &s->last_note->next : &s->printed->first) = note;
    return s->last_note = note;
}

void note_float(script *s, const char *text, size_t length, estimate e) {
    s->has_open_text |= e.off > 0;
    const char *end = text + length;
    text += *text == '-';
    while (end - text > 1 && *text == '0' && isdigit((unsigned char)text[1]))
        text++;
    mlp_note *note = add_note(s, text, (size_t)(end - text));
    if (!note)
        return;
    note->number = fabs(e.number);
    note->off = e.off;
}

void note_object(script *s, const char *text, size_t length, void *of) {
    s->has_open_text = true;
    mlp_note *note = add_note(s, text, length);
    if (note)
        note->of = of;
}

void note_end(script *s) {
    if (!s->printed)
        return;
    note_printed(s, ""); /* which has a 0 behind it */
    s->printed->text = s->printed_text.bytes;
    s->printed->length = s->printed_text.length;
}
