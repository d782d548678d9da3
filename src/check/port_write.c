#include "port_write.h"

#include "mlpstep/bound.h"

#include "mark_text.h"
#include "off_text.h"
#include "write_index.h"

#include <math.h>

enum {
    MOST_MISSING = 5 /* names */
};

static double truth_of(const mlp_mark *mark, size_t at) {
    return mlp_tensor_get(&mark->value->tensor, at);
}

static bool is_single(const mlp_mark *mark) {
    return mark->value->tensor.dtype == MLP_FLOAT32;
}

static void write_given(FILE *out, const mlp_mark *mark, size_t at) {
    write_as_given(out, &mark->answer->numbers[at], is_single(mark));
}

static void write_off_at(FILE *out, const mlp_mark *mark, size_t at) {
    write_off(out, mark->answer->numbers[at].value, truth_of(mark, at), mark->value->tensor.dtype);
}

static void write_place(FILE *out, const mlp_mark *mark) {
    if (mark->place)
        fprintf(out, "  (%s)", mark->place);
}

static void write_name(FILE *out, const mlp_mark *mark) {
    fputs(mark->name, out);
    write_place(out, mark);
}

static void write_element(FILE *out, const mlp_mark *mark, size_t at) {
    fputs(mark->name, out);
    if (mark->answer->numel > 1)
        write_index(out, &mark->value->tensor, at);
    write_place(out, mark);
}

static void write_bound(FILE *out, double bound) {
    if (bound == 0)
        fputs(", the same in every build of PyTorch", out);
    else if (isfinite(bound))
        fprintf(out, ", from which builds of PyTorch differ by %.1e at most", 2 * bound);
}

static void write_count(FILE *out, const mlp_mark *mark, bool hint) {
    fprintf(out, "  %zu of %zu numbers %s off", mark->differing, mark->given,
            mark->differing == 1 ? "is" : "are");
    if (mark->differing > 1) {
        fputs(", the farthest ", out);
        write_index(out, &mark->value->tensor, mark->worst);
    }
    const double off = fabs(mark->answer->numbers[mark->worst].value - truth_of(mark, mark->worst));
    if (mark->differing > 1 && !hint && isfinite(off))
        fprintf(out, " by %.1e", off);
    fputc('\n', out);
}

static void write_first(FILE *out, const mlp_mark *mark, bool hint) {
    const size_t at = mark_first_off(mark);
    fputs("first divergence: ", out);
    write_element(out, mark, at);
    fputs("\n  port    ", out);
    write_given(out, mark, at);
    if (!hint) {
        fputs("\n  script  ", out);
        write_shortest(out, truth_of(mark, at), is_single(mark));
        write_bound(out, mlp_value_bound(mark->value, at));
        fputs("\n  ", out);
        write_off_at(out, mark, at);
    }
    fputc('\n', out);
    if (mark->given > 1)
        write_count(out, mark, hint);
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
    const size_t at = mark_first_off(mark);
    fputs("  ", out);
    write_element(out, mark, at);
    fputs(": ", out);
    write_given(out, mark, at);
    if (!hint) {
        fputs(", and in the script ", out);
        write_shortest(out, truth_of(mark, at), is_single(mark));
        fputs(": ", out);
        write_off_at(out, mark, at);
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
            write_name(out, mark);
            fputs(mark->repeats ? "  (the same slip)\n" : "\n", out);
        } else {
            write_other(out, mark, hint);
        }
    }
}

static const char undecided[] =
    "undecided, since it hangs on how a build rounds; --step or --rtol can decide it:\n";

static void write_undecided(FILE *out, const mlp_marks *marks) {
    bool has_any = false;
    for (size_t i = 0; i < marks->count; i++) {
        const mlp_mark *mark = marks->mark[i];
        if (mark->verdict != MLP_UNDECIDED)
            continue;
        fputs(has_any ? "" : undecided, out);
        has_any = true;
        fputs("  ", out);
        write_name(out, mark);
        fputc('\n', out);
    }
}

/* What is asked for by --require-all. */
static void write_missing(FILE *out, const mlp_marks *marks) {
    size_t left = marks->of[MLP_BLANK], written = 0;
    if (!marks->require_all || left == 0)
        return;
    fputs("missing: ", out);
    for (size_t i = 0; i < marks->count && written < MOST_MISSING; i++) {
        const mlp_mark *mark = marks->mark[i];
        if (mark->verdict != MLP_BLANK)
            continue;
        fprintf(out, "%s%s", written++ ? ", " : "", mark->name);
        if (mark->place)
            fprintf(out, " (%s)", mark->place);
        left--;
    }
    if (left)
        fprintf(out, " and %zu more", left);
    fputc('\n', out);
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
    write_undecided(out, marks);
    write_missing(out, marks);
}
