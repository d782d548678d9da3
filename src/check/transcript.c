#include "transcript.h"

#include "align.h"
#include "notes.h"

#include "base/text.h"

#include <string.h>

/* --- which lines belong together --- */

static bool is_same_number(const mlp_written *a, const mlp_written *b) {
    return a->value == b->value || (a->value != a->value && b->value != b->value);
}

/* Lines of either text, from here on. */
typedef struct {
    const transcript *t;
    const printed_line *ours, *theirs;
} lines_from;

static bool are_alike(const void *context, size_t i, size_t j) {
    const lines_from *from = context;
    return lines_are_alike(&from->ours[i], &from->theirs[j]);
}

/* The same, with the same whole numbers and the like, such as that of the epoch. */
static bool are_the_same(const void *context, size_t i, size_t j) {
    const lines_from *from = context;
    const printed_line *a = &from->ours[i], *b = &from->theirs[j];
    if (!lines_are_alike(a, b))
        return false;
    const printed_number *x = &from->t->ours.number[a->first];
    const printed_number *y = &from->t->theirs.number[b->first];
    for (size_t k = 0; k < a->numbers; k++)
        if (!x[k].note && !x[k].in_tensor && !is_same_number(&x[k].written, &y[k].written))
            return false;
    return true;
}

typedef void gap_function(transcript *t, aligner *a, const line_gap *gap);

static void add_gap(transcript *t, aligner *a, const line_gap *gap) {
    (void)a;
    t->gap[t->gaps++] = *gap;
}

/* Aligns the lines of a gap, and hands on the gaps that are left in it. */
static void align_gap(transcript *t, aligner *a, const line_gap *gap, align_equal *equal,
                      gap_function *rest) {
    const lines_from from = {t, gap->ours, gap->theirs};
    const size_t n = gap->our_count, m = gap->their_count;
    ptrdiff_t *of = reader_alloc(t->in, n, sizeof *of);
    align(a, n, m, equal, &from, of);
    for (size_t i = 0, j = 0; i < n || j < m;) {
        size_t to = i;
        while (to < n && of[to] == ALIGN_NONE)
            to++;
        const size_t to_j = to < n ? (size_t)of[to] : m;
        const line_gap left = {gap->ours + i, gap->theirs + j, to - i, to_j - j};
        if (left.our_count || left.their_count)
            rest(t, a, &left);
        if (to < n)
            t->pair[t->pairs++] = (line_pair){&gap->ours[to], &gap->theirs[to_j]};
        i = to + (to < n);
        j = to_j + (to < n);
    }
}

/* Where nothing is the same, numbers that have to be are wrong. */
static void align_alike(transcript *t, aligner *a, const line_gap *gap) {
    align_gap(t, a, gap, are_alike, add_gap);
}

void transcript_align(transcript *t, const char *text, size_t length) {
    const size_t skipped = text_mark_length(text, length);
    map skeletons = {0};
    aligner a = {.in = t->in};
    t->ours = lines_split(t->in, &skeletons, t->printed->text, t->printed->length);
    t->theirs = lines_split(t->in, &skeletons, text + skipped, length - skipped);
    notes_attach(t->in, t->printed, &t->ours);
    const size_t n = t->ours.count, m = t->theirs.count;
    t->pair = reader_alloc(t->in, n < m ? n : m, sizeof *t->pair);
    t->gap = reader_alloc(t->in, n + m, sizeof *t->gap);
    align_gap(t, &a, &(line_gap){t->ours.line, t->theirs.line, n, m}, are_the_same, align_alike);
}

static bool is_empty(const printed_line *line) {
    return *line->skeleton == '\0';
}

bool transcript_is_alike(const transcript *t) {
    size_t all = 0, alike = 0;
    for (size_t j = 0; j < t->theirs.count; j++)
        all += !is_empty(&t->theirs.line[j]);
    for (size_t i = 0; i < t->pairs; i++)
        alike += !is_empty(t->pair[i].theirs);
    return 2 * alike > all;
}

bool transcript_is_as_long(const transcript *t) {
    return t->ours.count == t->theirs.count && t->ours.tensors == t->theirs.tensors;
}

/* --- tensors --- */

/* The answer that a tensor of theirs is where ours has a note. */
static mlp_answer *tensor_answer(const transcript *t, const printed_line *line,
                                 const printed_tensor *ours, const printed_tensor *theirs) {
    mlp_value *value = ours->note->of;
    const mlp_tensor *tensor = &value->tensor;
    size_t *places = reader_alloc(t->in, ours->count, sizeof *places);
    if (!notes_places(ours, &t->ours.number[ours->first], tensor, places))
        return NULL;
    mlp_answer *a = reader_alloc(t->in, 1, sizeof *a);
    a->where = (mlp_span){.line = line->number, .column = (size_t)(theirs->text - line->text) + 1};
    a->printed = value;
    a->open = (size_t)(ours->text - t->printed->text) >= t->printed->doubt;
    a->ndim = tensor->ndim;
    memcpy(a->shape, tensor->shape, sizeof a->shape);
    a->numel = tensor->numel;
    a->numbers = reader_alloc(t->in, a->numel, sizeof *a->numbers);
    for (size_t i = 0; i < ours->count; i++)
        a->numbers[places[i]] = t->theirs.number[theirs->first + i].written;
    return a;
}

static void add_tensors(const transcript *t, const line_pair *p, mlp_answers *answers,
                        mlp_answer ***next) {
    for (size_t i = 0; i < p->ours->tensors; i++) {
        const printed_tensor *ours = &t->ours.tensor[p->ours->first_tensor + i];
        const printed_tensor *theirs = &t->theirs.tensor[p->theirs->first_tensor + i];
        mlp_answer *a = ours->note && ours->count == theirs->count
                            ? tensor_answer(t, p->theirs, ours, theirs)
                            : NULL;
        if (!a)
            continue;
        **next = a;
        *next = &a->next;
        answers->count++;
    }
}

void transcript_answers(const transcript *t, mlp_answers *answers) {
    mlp_answer **next = &answers->first;
    answers->is_transcript = true;
    for (size_t i = 0; i < t->pairs; i++)
        add_tensors(t, &t->pair[i], answers, &next);
}
