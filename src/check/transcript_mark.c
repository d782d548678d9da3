/* The marks of a transcript: of numbers that stand outside tensors, and of text. */
#include "tolerance.h"
#include "transcript.h"
#include "written.h"

#include "base/buffer.h"
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* --- numbers --- */

/* A number of theirs, and what it is held against. */
typedef struct {
    const printed_number *ours, *theirs;
    double truth;
    double half; /* half a unit of its last decimal */
    double off;  /* how far another build's may be from the truth */
} comparison;

static double sign_of(const mlp_written *w) {
    return signbit(w->value) ? -1 : 1;
}

/* How many decimals theirs has. repr and %g leave zeros at the end out: where ours has more digits,
 * it has as many; of what is exact, and has the same text in every build, the more of both. */
static int decimals_of(const mlp_written *ours, const mlp_written *theirs, bool is_exact) {
    const int digits = written_significant(ours);
    const int most = ours->decimals > theirs->decimals ? ours->decimals : theirs->decimals;
    if (theirs->value == 0 || is_exact)
        return most;
    if (ours->decimals == theirs->decimals || digits <= written_significant(theirs))
        return theirs->decimals;
    const int decimals = digits - 1 - (int)floor(log10(fabs(theirs->value)));
    return decimals > theirs->decimals ? decimals : theirs->decimals;
}

static comparison compare(const transcript *t, const printed_number *ours,
                          const printed_number *theirs) {
    comparison c = {.ours = ours, .theirs = theirs, .truth = ours->written.value};
    if (ours->note) {
        c.truth = sign_of(&ours->written) * ours->note->number;
        if (isfinite(theirs->written.value))
            c.half =
                0.5 * pow(10, -decimals_of(&ours->written, &theirs->written, ours->note->off == 0));
        c.off = ours->note->off;
    }
    if ((size_t)(ours->written.text - t->printed->text) >= t->printed->doubt)
        c.off = INFINITY;
    return c;
}

static double distance(const comparison *c) {
    const double d = fabs(c->theirs->written.value - c->truth);
    return isnan(d) ? INFINITY : d;
}

/* Only what comes from a float has a tolerance. */
static bool is_near(const comparison *c, double allowed) {
    const double number = c->theirs->written.value;
    const bool is_same = number == c->truth || (isnan(number) && isnan(c->truth));
    return is_same || isinf(allowed) || (c->ours->note && float_is_near(number, c->truth, allowed));
}

/* The rules of mlpstep/check.h. */
static mlp_verdict verdict_of(const comparison *c, const mlp_tolerance *tolerance) {
    if (tolerance->replaces)
        return verdict_by_bound(is_near(c, tolerance->atol + tolerance->rtol * fabs(c->truth)),
                                false, c->truth, 0);
    const double last_bit =
        isfinite(c->truth) ? fmin((double)FLT_EPSILON * fabs(c->truth), c->off) : 0;
    return verdict_by_bound(is_near(c, c->half + last_bit), is_near(c, c->half + c->off), c->truth,
                            c->off);
}

/* --- lines --- */

enum {
    LONGEST_NAME = 60 /* characters of a line */
};

/* line 3: epoch 2 loss 0.6931 */
static const char *line_name(const transcript *t, const printed_line *line) {
    char shown[TEXT_SHOWN];
    buffer name = {.arena = t->in->arena};
    buffer_printf(&name, line->count > 1 ? "lines %zu to %zu: " : "line %zu: ", line->number,
                  line->number + line->count - 1);
    const char *at = line->text;
    for (size_t i = 0; at < line->end && *at != '\n' && i < LONGEST_NAME; i++) {
        at += text_show(at, (size_t)(line->end - at), shown);
        buffer_text(&name, shown);
    }
    if (at < line->end && *at != '\n')
        buffer_text(&name, "...");
    if (name.failed)
        reader_out_of_memory(t->in);
    return name.bytes;
}

static bool is_of_line(const transcript *t, const printed_line *ours, size_t i) {
    const printed_number *n = &t->ours.number[ours->first + i];
    return !n->in_tensor;
}

static size_t count_numbers(const transcript *t, const printed_line *ours) {
    size_t count = 0;
    for (size_t i = 0; i < ours->numbers; i++)
        count += is_of_line(t, ours, i);
    return count;
}

/* Keeps the worst number: of those that are wrong, else of the undecided ones, the farthest off. */
static void judge(const comparison *c, const mlp_tolerance *tolerance, mlp_mark *mark,
                  double *farthest) {
    const size_t i = mark->given++;
    const mlp_verdict verdict = verdict_of(c, tolerance);
    mark->differing += verdict == MLP_WRONG;
    mark->undecided += verdict == MLP_UNDECIDED;
    if (verdict == MLP_RIGHT || (verdict == MLP_UNDECIDED && mark->differing))
        return;
    if (mark->verdict == verdict && distance(c) <= *farthest)
        return;
    mark->verdict = verdict;
    *farthest = distance(c);
    mark->worst = i;
    mark->truth = c->truth;
    mark->bound = c->off / 2;
    mark->decimals = c->ours->note ? -1 : c->ours->written.decimals;
}

static mlp_mark *line_mark(const transcript *t, const line_pair *p, size_t count,
                           const mlp_tolerance *tolerance) {
    mlp_mark *mark = reader_alloc(t->in, 1, sizeof *mark);
    mlp_answer *a = reader_alloc(t->in, 1, sizeof *a);
    double farthest = 0;
    mark->answer = a;
    mark->name = line_name(t, p->theirs);
    mark->verdict = MLP_RIGHT;
    a->where = (mlp_span){.line = p->theirs->number};
    a->ndim = 1;
    a->shape[0] = a->numel = count;
    a->numbers = reader_alloc(t->in, count, sizeof *a->numbers);
    for (size_t i = 0; i < p->ours->numbers; i++) {
        if (!is_of_line(t, p->ours, i))
            continue;
        const comparison c = compare(t, &t->ours.number[p->ours->first + i],
                                     &t->theirs.number[p->theirs->first + i]);
        a->numbers[mark->given] = c.theirs->written;
        if (mark->given == 0)
            a->where.column = (size_t)(c.theirs->written.text - p->theirs->text) + 1;
        judge(&c, tolerance, mark, &farthest);
    }
    return mark;
}

/* --- text --- */

static const char *lines_name(const transcript *t, size_t line, size_t count) {
    const char *name =
        count == 0   ? line == 1 ? "before line 1"
                                 : mlp_arena_printf(t->in->arena, "after line %zu", line - 1)
          : count == 1 ? mlp_arena_printf(t->in->arena, "line %zu", line)
                     : mlp_arena_printf(t->in->arena, "lines %zu to %zu", line, line + count - 1);
    if (!name)
        reader_out_of_memory(t->in);
    return name;
}

static mlp_other_text text_of(const line_gap *gap) {
    mlp_other_text d = {0};
    if (gap->our_count) {
        d.expected = gap->ours[0].text;
        d.expected_length = (size_t)(gap->ours[gap->our_count - 1].end - d.expected);
    }
    if (gap->their_count) {
        d.found = gap->theirs[0].text;
        d.found_length = (size_t)(gap->theirs[gap->their_count - 1].end - d.found);
    }
    return d;
}

/* The number that the gap's first line of theirs has, or would have. */
static size_t gap_line(const transcript *t, const line_gap *gap) {
    const printed_line *line = gap->theirs;
    if (line < t->theirs.line + t->theirs.count)
        return line->number;
    return t->theirs.count ? line[-1].number + line[-1].count : 1;
}

static mlp_mark *gap_mark(const transcript *t, const line_gap *gap) {
    mlp_mark *mark = reader_alloc(t->in, 1, sizeof *mark);
    mlp_answer *a = reader_alloc(t->in, 1, sizeof *a);
    mlp_other_text *d = reader_alloc(t->in, 1, sizeof *d);
    const size_t line = gap_line(t, gap);
    size_t lines = 0;
    for (size_t i = 0; i < gap->their_count; i++)
        lines += gap->theirs[i].count;
    *d = text_of(gap);
    const size_t at = gap->our_count && d->expected ? (size_t)(d->expected - t->printed->text)
                                                    : t->printed->length;
    a->where = (mlp_span){.line = line};
    mark->answer = a;
    mark->text = d;
    mark->name = lines_name(t, line, lines);
    mark->verdict = at >= t->printed->doubt ? MLP_UNDECIDED : MLP_DIFFERENT;
    return mark;
}

/* --- all --- */

static int by_place(const void *a, const void *b) {
    const mlp_mark *x = *(const mlp_mark *const *)a, *y = *(const mlp_mark *const *)b;
    const mlp_span p = x->answer->where, q = y->answer->where;
    if (p.line != q.line)
        return p.line < q.line ? -1 : 1;
    return p.column < q.column ? -1 : p.column > q.column;
}

void transcript_mark(const transcript *t, const mlp_tolerance *tolerance, mlp_marks *marks) {
    const mlp_mark **all =
        reader_alloc(t->in, marks->count + t->pairs + t->gaps, sizeof(mlp_mark *));
    size_t count = 0;
    for (; count < marks->count; count++)
        all[count] = marks->mark[count];
    for (size_t i = 0; i < t->pairs; i++) {
        const size_t numbers = count_numbers(t, t->pair[i].ours);
        if (numbers)
            all[count++] = line_mark(t, &t->pair[i], numbers, tolerance);
    }
    for (size_t i = 0; i < t->gaps; i++)
        all[count++] = gap_mark(t, &t->gap[i]);
    for (size_t i = marks->count; i < count; i++)
        marks->of[all[i]->verdict]++;
    qsort(all, count, sizeof *all, by_place);
    marks->mark = all;
    marks->count = count;
}
