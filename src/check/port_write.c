#include "port_write.h"

#include "mark_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const mlp_written *worst_of(const mlp_mark *mark) {
    return &mark->answer->numbers[mark->worst];
}

static double truth_of(const mlp_mark *mark) {
    return mlp_tensor_get(&mark->value->tensor, mark->worst);
}

/* --- numbers --- */

/* With as many digits as read back to it. */
static void write_number(FILE *out, double number, bool is_single) {
    char text[64];
    if (isnan(number)) {
        fputs("nan", out); /* printf may give it a sign */
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        const double read = strtod(text, NULL);
        if ((is_single ? (double)(float)read : read) == number)
            break;
    }
    fputs(text, out);
}

static bool is_single(const mlp_mark *mark) {
    return mark->value->tensor.dtype == MLP_FLOAT32;
}

/* As it is written, and as a decimal number where that is hexadecimal. */
static void write_given(FILE *out, const mlp_mark *mark) {
    const mlp_written *w = worst_of(mark);
    mark_write_given(out, mark);
    if (memchr(w->text, 'x', w->length) || memchr(w->text, 'X', w->length)) {
        fputs(" = ", out);
        write_number(out, w->value, (double)(float)w->value == w->value);
    }
}

/* The number's place among all of its type, with 0 in the middle. */
static int64_t place_of_single(double number) {
    const float x = (float)number;
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const int64_t magnitude = bits & 0x7FFFFFFF;
    return bits >> 31 ? -magnitude : magnitude;
}

static int64_t place_of_double(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    const int64_t magnitude = (int64_t)(bits & INT64_MAX);
    return bits >> 63 ? -magnitude : magnitude;
}

static uint64_t count_units(double a, double b, bool single) {
    const int64_t x = single ? place_of_single(a) : place_of_double(a);
    const int64_t y = single ? place_of_single(b) : place_of_double(b);
    return x > y ? (uint64_t)x - (uint64_t)y : (uint64_t)y - (uint64_t)x;
}

/* "off by 1.0e-01, which is 8.1e-01 of it and 6815744 units in the last place". */
static void write_off(FILE *out, const mlp_mark *mark) {
    const double number = worst_of(mark)->value, truth = truth_of(mark), off = fabs(number - truth);
    if (!isfinite(off)) {
        fputs("off by no finite number", out);
        return;
    }
    fprintf(out, "off by %.1e", off);
    if (truth != 0)
        fprintf(out, ", relative %.1e", off / fabs(truth));
    if (mlp_dtype_is_floating(mark->value->tensor.dtype)) {
        const uint64_t units = count_units(number, truth, is_single(mark));
        fprintf(out, ", %" PRIu64 " unit%s in the last place", units, units == 1 ? "" : "s");
    }
}

/* --- marks --- */

static void write_name(FILE *out, const mlp_mark *mark, bool with_index) {
    fputs(mark->name, out);
    if (with_index && mark->value && mark->answer->numel > 1)
        mark_write_place(out, mark);
    if (mark->place)
        fprintf(out, "  (%s)", mark->place);
}

static void write_first(FILE *out, const mlp_mark *mark, bool hint) {
    fputs("first divergence: ", out);
    write_name(out, mark, true);
    fputs("\n  port    ", out);
    write_given(out, mark);
    if (!hint) {
        fputs("\n  script  ", out);
        write_number(out, truth_of(mark), is_single(mark));
        if (isfinite(mark_bound(mark)))
            fprintf(out, ", from which builds of PyTorch differ by %.1e at most",
                    2 * mark_bound(mark));
        fputs("\n  ", out);
        write_off(out, mark);
    }
    fputc('\n', out);
    if (mark->given > 1)
        fprintf(out, "  %zu of %zu numbers %s off%s\n", mark->differing, mark->given,
                mark->differing == 1 ? "is" : "are",
                mark->differing == 1 ? "" : "; this one is the farthest");
    for (const mlp_explanation *e = mark->explanations; e; e = e->next)
        fprintf(out, "  looks like %s: %s\n", e->slug, e->sentence);
}

static bool is_off(const mlp_mark *mark) {
    return mark->value && mark->differing > 0;
}

static bool follows(const mlp_mark *mark, const mlp_mark *first) {
    if (mark->verdict != MLP_CARRIED)
        return false;
    while (mark != first && mark->verdict == MLP_CARRIED && mark->follows_count)
        mark = mark->follows[0];
    return mark == first;
}

static void write_other(FILE *out, const mlp_mark *mark, bool hint) {
    fputs("  ", out);
    write_name(out, mark, true);
    fputs(": ", out);
    write_given(out, mark);
    if (!hint) {
        fputs(", and in the script ", out);
        write_number(out, truth_of(mark), is_single(mark));
        fputs(": ", out);
        write_off(out, mark);
    }
    if (mark->verdict == MLP_CARRIED && mark->follows_count)
        fprintf(out, "; it follows from %s", mark->follows[0]->name);
    fputc('\n', out);
}

/* Those that follow from the first one, or those that do not. */
static void write_others(FILE *out, const mlp_marks *marks, const mlp_mark *first, bool following,
                         bool hint) {
    bool has_any = false;
    for (size_t i = 0; i < marks->count; i++) {
        const mlp_mark *mark = marks->mark[i];
        if (!is_off(mark) || mark == first || follows(mark, first) != following)
            continue;
        if (!has_any)
            fputs(following ? "following from it:\n" : "off, too, and not following from it:\n",
                  out);
        has_any = true;
        if (following) {
            fputs("  ", out);
            write_name(out, mark, false);
            fputs(mark->repeats ? "  (the same slip)\n" : "\n", out);
        } else {
            write_other(out, mark, hint);
        }
    }
}

static void write_undecided(FILE *out, const mlp_marks *marks) {
    bool has_any = false;
    for (size_t i = 0; i < marks->count; i++) {
        const mlp_mark *mark = marks->mark[i];
        if (mark->verdict != MLP_UNDECIDED)
            continue;
        fputs(has_any ? "" : "undecided, since it hangs on how a build rounds:\n", out);
        has_any = true;
        fputs("  ", out);
        write_name(out, mark, false);
        fputc('\n', out);
    }
}

void port_write(FILE *out, const mlp_marks *marks, const mlp_marks_options *options) {
    const mlp_mark *first = NULL;
    for (size_t i = 0; i < marks->count && !first; i++)
        first = is_off(marks->mark[i]) ? marks->mark[i] : NULL;
    if (first) {
        write_first(out, first, options->hint);
        write_others(out, marks, first, true, options->hint);
        write_others(out, marks, first, false, options->hint);
    }
    if (!options->only_wrong)
        write_undecided(out, marks);
}
