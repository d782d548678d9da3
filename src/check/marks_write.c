/* Marks as text. */
#include "mlpstep/check.h"

#include "mark_text.h"
#include "other_text.h"
#include "port_write.h"

#include <math.h>
#include <string.h>

enum {
    MOST_NAMES = 3 /* of what an answer follows from */
};

/* A weight before and after the update have one name. */
static void write_earlier(FILE *out, const mlp_mark *mark, const mlp_mark *earlier) {
    const bool same = strcmp(mark->name, earlier->name) == 0 && !earlier->place;
    fprintf(out, "%s%s", same ? "the earlier " : "", earlier->name);
    if (earlier->place)
        fprintf(out, " (%s)", earlier->place);
}

static void write_names(FILE *out, const mlp_mark *mark) {
    const size_t count = mark->follows_count;
    const size_t named = count > MOST_NAMES ? MOST_NAMES - 1 : count;
    for (size_t i = 0; i < named; i++) {
        fputs(i == 0 ? "" : i + 1 == count ? " and " : ", ", out);
        write_earlier(out, mark, mark->follows[i]);
    }
    if (named < count)
        fprintf(out, " and %zu others", count - named);
}

/* The worst number, behind its index. */
static void write_worst(FILE *out, const mlp_mark *mark) {
    fputs("  ", out);
    if (mark->answer->numel > 1) {
        mark_write_place(out, mark);
        fputs(": ", out);
    }
    mark_write_given(out, mark);
}

static void write_undecided(FILE *out, const mlp_mark *mark, bool hint) {
    const double bound = mark_bound(mark);
    write_worst(out, mark);
    if (!hint) {
        fputs(", and here ", out);
        mark_write_expected(out, mark);
    }
    if (isinf(bound))
        fputs(", which hangs on how a build rounds\n", out);
    else
        fprintf(out, ", where builds may differ by %.1e\n", 2 * bound);
    if (mark->given > 1)
        fprintf(out, "  %zu of %zu numbers %s undecided\n", mark->undecided, mark->given,
                mark->undecided == 1 ? "is" : "are");
}

static void write_difference(FILE *out, const mlp_mark *mark, bool hint) {
    write_worst(out, mark);
    if (hint) {
        fputs(mark->verdict == MLP_DIFFERENT ? " is not what the script gives" : " is not right",
              out);
    } else {
        fputs(mark->verdict == MLP_DIFFERENT ? ", but the script gives " : ", but should be ", out);
        mark_write_expected(out, mark);
    }
    const mlp_mark *mistake = mark_origin(mark);
    if (mistake->follows_rounding) {
        fputs(": keep more decimals on the way", out);
    } else if (mark->repeats) {
        fputs(": correct it here, too", out);
    } else if (mistake != mark) {
        fputs(": correct ", out);
        write_earlier(out, mark, mistake);
        fputs(" and go on from there", out);
    }
    fputc('\n', out);
    if (mark->given > 1)
        fprintf(out, "  %zu of %zu numbers differ%s\n", mark->differing, mark->given,
                mark->differing == 1 ? "s" : "");
}

static void write_verdict(FILE *out, mlp_verdict verdict, bool colour) {
    static const char *const colours[] = {
        [MLP_RIGHT] = "\x1b[32m", [MLP_WRONG] = "\x1b[31m",     [MLP_CARRIED] = "\x1b[33m",
        [MLP_BLANK] = "\x1b[2m",  [MLP_UNDECIDED] = "\x1b[36m", [MLP_DIFFERENT] = "\x1b[31m"};
    fprintf(out, "%s%-7s%s  ", colour ? colours[verdict] : "", verdict_names[verdict],
            colour ? "\x1b[0m" : "");
}

static void write_mark(FILE *out, const mlp_mark *mark, const mlp_marks_options *options) {
    write_verdict(out, mark->verdict, options->colour);
    fputs(mark->name, out);
    if (mark->place)
        fprintf(out, "  (%s)", mark->place);
    if (mark->verdict == MLP_CARRIED) {
        fputs(mark->follows_rounding ? "  (follows from the rounding of "
              : mark->repeats        ? "  (the same slip as in "
                                     : "  (follows from ",
              out);
        write_names(out, mark);
        fputc(')', out);
    }
    fputc('\n', out);
    if (mark->differing)
        write_difference(out, mark, options->hint);
    else if (mark->undecided)
        write_undecided(out, mark, options->hint);
    for (const mlp_explanation *e = mark->explanations; e; e = e->next)
        fprintf(out, "  looks like %s: %s\n", e->slug, e->sentence);
    if (mark->text)
        other_text_write(out, mark->text, "  ", options->hint);
    if (mark->given && mark->given < mark->answer->numel && mark->answer->name)
        fprintf(out, "  blank: %zu of %zu numbers\n", mark->answer->numel - mark->given,
                mark->answer->numel);
}

/* Whether the mark is of the numbers of a line. */
static bool is_of_line(const mlp_mark *mark) {
    return !mark->value && !mark->text;
}

/* How many lines of a transcript from mark i on have one verdict, with nothing else between them. */
static size_t count_like(const mlp_marks *marks, size_t i) {
    size_t count = 0;
    for (size_t j = i; j < marks->count && is_of_line(marks->mark[j]) &&
                       marks->mark[j]->verdict == marks->mark[i]->verdict;
         j++)
        count++;
    return count;
}

static void write_like(FILE *out, const mlp_mark *const *mark, size_t count, bool colour) {
    write_verdict(out, mark[0]->verdict, colour);
    fprintf(out, "lines %zu to %zu\n", mark[0]->answer->where.line,
            mark[count - 1]->answer->where.line);
}

enum {
    MOST_LIKE = 3 /* lines in a row that are not right, of which each is shown */
};

/* There may be thousands of lines, of which the first that are not right tell most. */
static void write_all(FILE *out, const mlp_marks *marks, const mlp_marks_options *options) {
    for (size_t i = 0; i < marks->count;) {
        if (options->only_wrong && marks->mark[i]->verdict == MLP_RIGHT) {
            i++;
            continue;
        }
        const size_t like = count_like(marks, i);
        const size_t most = marks->mark[i]->verdict == MLP_RIGHT ? 0 : MOST_LIKE;
        const size_t shown = like > most + 1 ? most : like ? like : 1;
        for (size_t j = 0; j < shown; j++)
            write_mark(out, marks->mark[i + j], options);
        if (like > shown)
            write_like(out, marks->mark + i + shown, like - shown, options->colour);
        i += like > shown ? like : shown;
    }
}

void mlp_marks_write(FILE *out, const mlp_marks *marks, const mlp_marks_options *options) {
    if (!options->quiet)
        (marks->port ? port_write : write_all)(out, marks, options);
    if (!options->quiet && options->right_with)
        fprintf(out, "all is right with --torch=%s, which draws other masks\n",
                options->right_with);
    for (mlp_verdict v = MLP_RIGHT; v < MLP_VERDICTS; v++) {
        if (v <= MLP_BLANK || marks->of[v])
            fprintf(out, "%s%zu %s", v == MLP_RIGHT ? "" : ", ", marks->of[v], verdict_names[v]);
        if (v == MLP_CARRIED && marks->cheap)
            fprintf(out, " (%zu from a zero, a nan or a copy)", marks->cheap);
    }
    if (marks->given)
        fprintf(out, "; %zu given value%s as in the script", marks->given,
                marks->given == 1 ? "" : "s");
    if (marks->lines_left)
        fprintf(out, "; %zu line%s beside the tensors not marked", marks->lines_left,
                marks->lines_left == 1 ? "" : "s");
    fputc('\n', out);
}
