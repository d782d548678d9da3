#include "note.h"

#include "run.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

void note_printed(script *s, const char *text) {
    if (!s->printed)
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

static mlp_note *add_note(script *s, const char *text, size_t length) {
    mlp_note *note = script_alloc(s, 1, sizeof *note);
    note->text = script_copy(s, text, length);
    note->at = s->printed_text.length;
    *(s->last_note ? &s->last_note->next : &s->printed->first) = note;
    return s->last_note = note;
}

void note_float(script *s, const char *text, size_t length, estimate e) {
    if (!s->printed)
        return;
    const char *end = text + length;
    text += *text == '-';
    while (end - text > 1 && *text == '0' && isdigit((unsigned char)text[1]))
        text++;
    mlp_note *note = add_note(s, text, (size_t)(end - text));
    note->number = fabs(e.number);
    note->off = e.off;
}

void note_object(script *s, const char *text, size_t length, void *of) {
    if (s->printed)
        add_note(s, text, length)->of = of;
}

void note_end(script *s) {
    if (!s->printed)
        return;
    note_printed(s, ""); /* which has a 0 behind it */
    s->printed->text = s->printed_text.bytes;
    s->printed->length = s->printed_text.length;
}
