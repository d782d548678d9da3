#include "port_write.h"

#include "mark_text.h"
#include "off_text.h"

#include <math.h>

static const mlp_written *worst_of(const mlp_mark *mark) {
    return &mark->answer->numbers[mark->worst];
}

static double truth_of(const mlp_mark *mark) {
    return mlp_tensor_get(&mark->value->tensor, mark->worst);
}

static bool is_single(const mlp_mark *mark) {
    return mark->value->tensor.dtype == MLP_FLOAT32;
}

static void write_off_worst(FILE *out, const mlp_mark *mark) {
    write_off(out, worst_of(mark)->value, truth_of(mark), mark->value->tensor.dtype);
}

static void write_name(FILE *out, const mlp_mark *mark, bool with_index) {
    fputs(mark->name, out);
    if (with_index && mark->value && mark->answer->numel > 1)
        mark_write_place(out, mark);
    if (mark->place)
        fprintf(out, "  (%s)", mark->place);
}

static void write_bound(FILE *out, double bound) {
    if (bound == 0)
        fputs(", the same in every build of PyTorch", out);
    else if (isfinite(bound))
        fprintf(out, ", from which builds of PyTorch differ by %.1e at most", 2 * bound);
}

static void write_first(FILE *out, const mlp_mark *mark, bool hint) {
    fputs("first divergence: ", out);
    write_name(out, mark, true);
    fputs("\n  port    ", out);
    write_as_given(out, worst_of(mark));
    if (!hint) {
        fputs("\n  script  ", out);
        write_shortest(out, truth_of(mark), is_single(mark));
        write_bound(out, mark_bound(mark));
        fputs("\n  ", out);
        write_off_worst(out, mark);
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
    write_as_given(out, worst_of(mark));
    if (!hint) {
        fputs(", and in the script ", out);
        write_shortest(out, truth_of(mark), is_single(mark));
        fputs(": ", out);
        write_off_worst(out, mark);
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
    write_undecided(out, marks);
}
