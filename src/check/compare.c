/* Two programs' tensors, of one script, against each other. */
#include "mlpstep/check.h"

#include "mlpstep/bound.h"

#include "off_text.h"
#include "write_index.h"

#include <math.h>

typedef struct {
    FILE *out;
    const mlp_marked *text;   /* both */
    const mlp_mark *first[2]; /* the marks of the first difference; either may be NULL */
    size_t alike, different;
} comparison;

static const mlp_mark *find(const mlp_marked *text, const mlp_value *value) {
    for (size_t i = 0; i < text->marks->count; i++)
        if (text->marks->mark[i]->value == value)
            return text->marks->mark[i];
    return NULL;
}

static double half_unit(const mlp_written *w) {
    return w->exact ? 0 : 0.5 * pow(10, -w->decimals);
}

/* Whether the numbers are further from each other than those of two builds, as they are written. */
static bool is_apart(const mlp_mark *const mark[2], size_t i) {
    const mlp_written *x = &mark[0]->answer->numbers[i], *y = &mark[1]->answer->numbers[i];
    if (!x->given || !y->given)
        return x->given != y->given;
    if (!isfinite(x->value) || !isfinite(y->value))
        return !(x->value == y->value || (isnan(x->value) && isnan(y->value)));
    const double builds = 2 * mlp_value_bound(mark[0]->value, i);
    const double bits = 0x1p-23 * fmax(fabs(x->value), fabs(y->value));
    return fabs(x->value - y->value) > half_unit(x) + half_unit(y) + builds + bits;
}

static bool is_off(const mlp_mark *mark) {
    return mark && mark->differing > 0;
}

/* What one text has, and the other has not, is different, too. */
static bool differ(const mlp_mark *const mark[2]) {
    if (!mark[0] || !mark[1])
        return true;
    for (size_t i = 0; i < mark[0]->answer->numel && (is_off(mark[0]) || is_off(mark[1])); i++)
        if (is_apart(mark, i))
            return true;
    return false;
}

static const mlp_mark *one_of(const mlp_mark *const mark[2]) {
    return is_off(mark[0]) || !mark[1] ? mark[0] : mark[1];
}

/* --- what is written --- */

static void write_name(FILE *out, const mlp_mark *mark) {
    fputs(mark->name, out);
    if (mark->place)
        fprintf(out, "  (%s)", mark->place);
}

static void write_side(const comparison *c, int side, const mlp_mark *mark, size_t at) {
    const mlp_value *value = one_of(c->first)->value;
    const mlp_written *w = mark ? &mark->answer->numbers[at] : NULL;
    fputs("  ", c->out);
    mlp_text_write(c->out, c->text[side].name);
    fputs(": ", c->out);
    if (!w || !w->given) {
        fputs("not there, or as in the script\n", c->out);
        return;
    }
    write_as_given(c->out, w);
    fputs(", ", c->out);
    if (is_off(mark))
        write_off(c->out, w->value, mlp_tensor_get(&value->tensor, at), value->tensor.dtype);
    else
        fputs("as it may be", c->out);
    fputc('\n', c->out);
    for (const mlp_explanation *e = mark->explanations; e; e = e->next)
        fprintf(c->out, "    looks like %s: %s\n", e->slug, e->sentence);
}

static void write_first(const comparison *c) {
    const mlp_mark *mark = one_of(c->first);
    const mlp_tensor *t = &mark->value->tensor;
    fputs("first difference: ", c->out);
    fputs(mark->name, c->out);
    if (t->ndim > 0)
        write_index(c->out, t, mark->worst);
    if (mark->place)
        fprintf(c->out, "  (%s)", mark->place);
    fputc('\n', c->out);
    for (int side = 0; side < 2; side++)
        write_side(c, side, c->first[side], mark->worst);
    fputs("  the script: ", c->out);
    write_shortest(c->out, mlp_tensor_get(t, mark->worst), t->dtype == MLP_FLOAT32);
    fputc('\n', c->out);
}

static void write_next(const comparison *c, const mlp_mark *const mark[2]) {
    const bool off[2] = {is_off(mark[0]), is_off(mark[1])};
    const mlp_mark *of = one_of(mark);
    fputs(c->different == 1 ? "and then:\n  " : "  ", c->out);
    write_name(c->out, of);
    if (off[0] != off[1]) {
        fputs(", off in ", c->out);
        mlp_text_write(c->out, c->text[off[1]].name);
    } else {
        fputs(off[0] ? ", off in both" : "", c->out);
    }
    if (of->verdict == MLP_CARRIED && of->follows_count)
        fprintf(c->out, ", where it follows from %s", of->follows[0]->name);
    fputc('\n', c->out);
}

/* --- comparing --- */

/* Where one text lacks what the other has right, only that is told. */
static bool is_missing(const mlp_mark *const mark[2]) {
    return (!mark[0] || !mark[1]) && !is_off(mark[0]) && !is_off(mark[1]);
}

static void compare(comparison *c, const mlp_mark *a, const mlp_mark *b) {
    const mlp_mark *const mark[2] = {a, b};
    if (!differ(mark)) {
        c->alike++;
        return;
    }
    if (is_missing(mark))
        return;
    if (c->different == 0) {
        c->first[0] = a;
        c->first[1] = b;
        write_first(c);
    } else {
        write_next(c, mark);
    }
    c->different++;
}

static size_t write_missing(const comparison *c, int side) {
    const mlp_marks *marks = c->text[side].marks;
    size_t count = 0;
    for (size_t i = 0; i < marks->count; i++) {
        const mlp_mark *mark = marks->mark[i];
        if (is_off(mark) || find(&c->text[!side], mark->value))
            continue;
        if (count++ == 0) {
            fputs("only in ", c->out);
            mlp_text_write(c->out, c->text[side].name);
            fputs(":\n", c->out);
        }
        fputs("  ", c->out);
        write_name(c->out, mark);
        fputc('\n', c->out);
    }
    return count;
}

bool mlp_marked_compare(FILE *out, const mlp_marked text[2]) {
    comparison c = {.out = out, .text = text};
    const mlp_marks *a = text[0].marks, *b = text[1].marks;
    for (size_t i = 0; i < a->count; i++)
        compare(&c, a->mark[i], find(&text[1], a->mark[i]->value));
    for (size_t i = 0; i < b->count; i++)
        if (!find(&text[0], b->mark[i]->value))
            compare(&c, NULL, b->mark[i]);
    const size_t missing = write_missing(&c, 0) + write_missing(&c, 1);
    fprintf(out, "%zu alike, %zu different, %zu in one only; of the script are off %zu and %zu\n",
            c.alike, c.different, missing,
            a->of[MLP_WRONG] + a->of[MLP_CARRIED] + a->of[MLP_DIFFERENT],
            b->of[MLP_WRONG] + b->of[MLP_CARRIED] + b->of[MLP_DIFFERENT]);
    return c.different + missing == 0;
}
