#include "notes.h"

#include "written.h"

#include <ctype.h>
#include <string.h>

/* The notes of one text, and how many notes there are before each. */
typedef struct link link;
struct link {
    const mlp_note *note;
    size_t index;
    link *next;
};

typedef struct {
    link *here; /* the one that was given last, at first the first */
    link *last;
} bucket;

static void add_note(reader *in, map *buckets, const mlp_note *note, size_t index) {
    link *l = reader_alloc(in, 1, sizeof *l);
    bucket *b = map_find(buckets, note->text);
    *l = (link){.note = note, .index = index};
    if (b) {
        b->last = b->last->next = l;
        return;
    }
    b = reader_alloc(in, 1, sizeof *b);
    b->here = b->last = l;
    if (!map_put(buckets, in->arena, note->text, b))
        reader_out_of_memory(in);
}

/* The first one from *next on that was taken when `at` bytes had been printed; else the last before
 * it. NULL where there is none. */
static const mlp_note *find_note(const map *buckets, const char *text, size_t at, size_t *next) {
    bucket *b = map_find(buckets, text);
    if (!b)
        return NULL;
    while (b->here->index < *next && b->here->next && b->here->next->note->at <= at)
        b->here = b->here->next;
    if (b->here->note->at > at)
        return NULL;
    *next = b->here->index < *next ? *next : b->here->index + 1;
    return b->here->note;
}

/* Without the zeros in front that fill a field. */
static const mlp_note *find_number(const map *buckets, const mlp_written *w, size_t at,
                                   size_t *next) {
    char text[LONGEST_NUMBER + 1];
    size_t zeros = 0;
    while (zeros + 1 < w->length && w->text[zeros] == '0' &&
           isdigit((unsigned char)w->text[zeros + 1]))
        zeros++;
    memcpy(text, w->text + zeros, w->length - zeros);
    text[w->length - zeros] = '\0';
    return find_note(buckets, text, at, next);
}

void notes_attach(reader *in, const mlp_printed *printed, printed_lines *lines) {
    map numbers = {0}, tensors = {0};
    size_t index = 0, next_number = 0, next_tensor = 0;
    for (const mlp_note *n = printed->first; n; n = n->next, index++)
        add_note(in, n->of ? &tensors : &numbers, n, index);
    for (size_t i = 0; i < lines->numbers; i++) {
        printed_number *n = &lines->number[i];
        if (!n->in_tensor)
            n->note = find_number(&numbers, &n->written, (size_t)(n->written.text - printed->text),
                                  &next_number);
    }
    for (size_t i = 0; i < lines->tensors; i++) {
        printed_tensor *t = &lines->tensor[i];
        t->note = find_note(&tensors, reader_copy(in, t->text, t->length),
                            (size_t)(t->text - printed->text), &next_tensor);
        for (size_t j = 0; !t->note && j < t->count; j++)
            lines->number[t->first + j].in_tensor = false;
    }
}

/* --- elements --- */

/* Where a walk through the brackets of a tensor stands. */
typedef struct {
    size_t depth, index[MLP_MAX_DIMS];
} walk;

static bool step(walk *w, const char *at, const mlp_tensor *t) {
    if (*at == '[') {
        if (w->depth == t->ndim)
            return false;
        w->index[w->depth++] = 0;
    } else if (*at == ']') {
        w->depth -= w->depth > 0;
    } else if (*at == ',' && w->depth) {
        w->index[w->depth - 1]++;
    } else if (w->depth && strncmp(at, "...", 3) == 0) {
        size_t *i = &w->index[w->depth - 1];
        const size_t size = t->shape[w->depth - 1];
        *i = size > *i ? size - *i - 1 : size; /* as many behind it as before it */
    }
    return true;
}

static bool place_of(const walk *w, const mlp_tensor *t, size_t *place) {
    *place = 0;
    for (size_t d = 0; d < t->ndim; d++) {
        if (w->index[d] >= t->shape[d])
            return false;
        *place = *place * t->shape[d] + w->index[d];
    }
    return w->depth == t->ndim;
}

bool notes_places(const printed_tensor *printed, const printed_number *number, const mlp_tensor *t,
                  size_t *places) {
    walk w = {0};
    const char *at = printed->text;
    for (size_t i = 0; i < printed->count; i++) {
        for (; at < number[i].written.text; at++)
            if (!step(&w, at, t))
                return false;
        if (!place_of(&w, t, &places[i]))
            return false;
        at += number[i].written.length;
    }
    return true;
}
