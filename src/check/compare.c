/* Two programs' tensors, of one script, against each other. */
#include "mlpstep/check.h"

#include "mark_text.h"
#include "off_text.h"
#include "write_index.h"

#include <float.h>
#include <math.h>

/* How one tensor of both texts differs. */
typedef struct {
    const mlp_mark *mark[2]; /* either is NULL where only the other text has it */
    size_t count;            /* numbers that differ ... */
    size_t at, farthest;     /* ... and the first, and the farthest of them */
    bool off[2], lacks[2];   /* whether one of these is wrong, or not there, in either text */
    bool is_open;            /* whether one is undecided */
} difference;

typedef struct {
    FILE *out;
    const mlp_marked *text; /* both */
    size_t alike, different, undecided;
} comparison;

static bool is_off(const mlp_mark *mark) {
    return mark && mark->differing > 0;
}

/* --- numbers --- */

/* How far it may be from what the program had. */
static double left_open(const mlp_written *w, mlp_dtype dtype) {
    if (w->exact || !mlp_dtype_is_floating(dtype) || !isfinite(w->value))
        return 0;
    const double last_bit = dtype == MLP_FLOAT32 ? FLT_EPSILON / 2 * fabs(w->value) : 0;
    return 0.5 * pow(10, -w->decimals) + last_bit;
}

static bool are_alike(const mlp_mark *const mark[2], size_t i) {
    const mlp_written *x = &mark[0]->answer->numbers[i], *y = &mark[1]->answer->numbers[i];
    const mlp_dtype dtype = mark[0]->value->tensor.dtype;
    if (!x->given || !y->given)
        return x->given == y->given;
    if (x->value == y->value || (isnan(x->value) && isnan(y->value)) ||
        (mark[0]->verdicts[i] == MLP_RIGHT && mark[1]->verdicts[i] == MLP_RIGHT))
        return true;
    const double bits = 4 * DBL_EPSILON * fmax(fabs(x->value), fabs(y->value));
    const double apart = fabs(x->value - y->value);
    return isfinite(apart) && apart <= left_open(x, dtype) + left_open(y, dtype) + bits;
}

/* Of a number that is not there, it is not known. */
static double distance(const difference *d, size_t i) {
    const mlp_written *x = &d->mark[0]->answer->numbers[i], *y = &d->mark[1]->answer->numbers[i];
    if (!x->given || !y->given)
        return -1;
    const double apart = fabs(x->value - y->value);
    return isnan(apart) ? INFINITY : apart;
}

static void note(difference *d, size_t i) {
    if (d->count++ == 0)
        d->at = d->farthest = i;
    else if (distance(d, i) > distance(d, d->farthest))
        d->farthest = i;
    for (int side = 0; side < 2; side++) {
        const mlp_verdict verdict = d->mark[side]->verdicts[i];
        d->off[side] |= verdict == MLP_WRONG;
        d->lacks[side] |= verdict == MLP_BLANK;
        d->is_open |= verdict == MLP_UNDECIDED;
    }
}

static difference find_difference(const mlp_mark *a, const mlp_mark *b) {
    difference d = {.mark = {a, b}, .off = {is_off(a), is_off(b)}, .lacks = {!a, !b}};
    if (!a || !b) {
        d.at = d.farthest = mark_first_off(a ? a : b);
        return d;
    }
    d.off[0] = d.off[1] = false;
    for (size_t i = 0; i < a->answer->numel; i++)
        if (!are_alike(d.mark, i))
            note(&d, i);
    return d;
}

/* Whether nothing else tells which of the two is right. */
static bool is_undecided(const difference *d) {
    return d->is_open && !d->off[0] && !d->off[1] && !d->lacks[0] && !d->lacks[1];
}

/* --- what is written --- */

static const mlp_mark *one_of(const difference *d) {
    return d->mark[0] ? d->mark[0] : d->mark[1];
}

static void write_text_name(const comparison *c, int side) {
    mlp_text_write(c->out, c->text[side].name);
}

static void write_place(FILE *out, const mlp_mark *mark) {
    if (mark->place)
        fprintf(out, "  (%s)", mark->place);
}

static void write_side(const comparison *c, const difference *d, int side) {
    const mlp_mark *mark = d->mark[side];
    fputs("  ", c->out);
    write_text_name(c, side);
    fputs(": ", c->out);
    if (!mark || !mark->answer->numbers[d->at].given) {
        fputs("not there\n", c->out);
        return;
    }
    const mlp_written *w = &mark->answer->numbers[d->at];
    const mlp_tensor *t = &mark->value->tensor;
    write_as_given(c->out, w, t->dtype == MLP_FLOAT32);
    fputs(", ", c->out);
    if (mark->verdicts[d->at] == MLP_WRONG)
        write_off(c->out, w->value, mlp_tensor_get(t, d->at), t->dtype);
    else
        fputs(mark->verdicts[d->at] == MLP_RIGHT ? "as it may be" : "undecided", c->out);
    fputc('\n', c->out);
    for (const mlp_explanation *e = mark->explanations; e && d->off[side]; e = e->next)
        fprintf(c->out, "    looks like %s: %s\n", e->slug, e->sentence);
}

static void write_first(const comparison *c, const difference *d) {
    const mlp_mark *mark = one_of(d);
    const mlp_tensor *t = &mark->value->tensor;
    fprintf(c->out, "first difference: %s", mark->name);
    if (t->ndim > 0)
        write_index(c->out, t, d->at);
    write_place(c->out, mark);
    fputc('\n', c->out);
    for (int side = 0; side < 2; side++)
        write_side(c, d, side);
    fputs("  the script: ", c->out);
    write_shortest(c->out, mlp_tensor_get(t, d->at), t->dtype == MLP_FLOAT32);
    if (is_undecided(d))
        fputs(", and in another build any number: they differ, undecided", c->out);
    fputc('\n', c->out);
    if (d->count > 1) {
        fprintf(c->out, "  %zu of %zu numbers differ, the farthest ", d->count, t->numel);
        write_index(c->out, t, d->farthest);
        fputc('\n', c->out);
    }
}

static void write_next(const comparison *c, const difference *d) {
    const mlp_mark *mark = one_of(d);
    fprintf(c->out, "%s  %s", c->different == 1 ? "and then:\n" : "", mark->name);
    write_place(c->out, mark);
    if (d->off[0] && d->off[1])
        fputs(", off in both", c->out);
    for (int side = 0; side < 2; side++)
        if (d->off[side] && !d->off[!side]) {
            fputs(", off in ", c->out);
            write_text_name(c, side);
        }
    for (int side = 0; side < 2; side++)
        if (d->lacks[side]) {
            fprintf(c->out, ", not %sthere in ", d->mark[side] ? "all " : "");
            write_text_name(c, side);
        }
    fputs(is_undecided(d) ? ", undecided" : "", c->out);
    const mlp_mark *of = d->mark[d->off[1] && !d->off[0]];
    if (of && of->verdict == MLP_CARRIED && of->follows_count)
        fprintf(c->out, ", where it follows from %s", of->follows[0]->name);
    fputc('\n', c->out);
}

/* --- comparing --- */

/* The texts' marks, one value after the other, in the order of the report. */
typedef struct {
    const mlp_marked *text;
    size_t at[2];
} walk;

static const mlp_mark *mark_at(const walk *w, int side) {
    const mlp_marks *marks = w->text[side].marks;
    return w->at[side] < marks->values_count ? marks->of_values[w->at[side]] : NULL;
}

static bool is_before(const mlp_mark *a, const mlp_mark *b) {
    return a->order < b->order || (a->order == b->order && a->value->number < b->value->number);
}

/* Those of the next value; NULL for a text that has it not. False at the end. */
static bool next_pair(walk *w, const mlp_mark *mark[2]) {
    const mlp_mark *const a = mark_at(w, 0), *const b = mark_at(w, 1);
    mark[0] = b && a && is_before(b, a) ? NULL : a;
    mark[1] = a && b && is_before(a, b) ? NULL : b;
    w->at[0] += mark[0] != NULL;
    w->at[1] += mark[1] != NULL;
    return a || b;
}

/* What one text has right, and the other has not, is only listed. */
static bool is_missing(const mlp_mark *const mark[2]) {
    return (!mark[0] || !mark[1]) && !is_off(mark[0]) && !is_off(mark[1]);
}

static void compare(comparison *c, const mlp_mark *const mark[2]) {
    const difference d = find_difference(mark[0], mark[1]);
    if (mark[0] && mark[1] && d.count == 0) {
        c->alike++;
        return;
    }
    if (c->different == 0)
        write_first(c, &d);
    else
        write_next(c, &d);
    c->different++;
    c->undecided += is_undecided(&d);
}

static size_t write_missing(const comparison *c, int side) {
    walk w = {.text = c->text};
    const mlp_mark *mark[2];
    size_t count = 0;
    while (next_pair(&w, mark)) {
        if (mark[!side] || !is_missing(mark))
            continue;
        if (count++ == 0) {
            fputs("only in ", c->out);
            write_text_name(c, side);
            fputs(":\n", c->out);
        }
        fprintf(c->out, "  %s", mark[side]->name);
        write_place(c->out, mark[side]);
        fputc('\n', c->out);
    }
    return count;
}

static size_t count_off(const mlp_marks *marks) {
    return marks->of[MLP_WRONG] + marks->of[MLP_CARRIED] + marks->of[MLP_DIFFERENT];
}

bool mlp_marked_compare(FILE *out, const mlp_marked text[2]) {
    comparison c = {.out = out, .text = text};
    walk w = {.text = text};
    const mlp_mark *mark[2];
    while (next_pair(&w, mark))
        if (!is_missing(mark))
            compare(&c, mark);
    const size_t missing = write_missing(&c, 0) + write_missing(&c, 1);
    fprintf(out, "%zu alike, %zu different", c.alike, c.different);
    if (c.undecided)
        fprintf(out, " (%zu undecided)", c.undecided);
    fprintf(out, ", %zu in one only; off the script: %zu in A, %zu in B\n", missing,
            count_off(text[0].marks), count_off(text[1].marks));
    return c.different + missing == 0;
}
