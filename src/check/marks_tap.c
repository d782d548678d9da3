/* Marks in the Test Anything Protocol. */
#include "mark_text.h"
#include "other_text.h"

#include "base/text.h"

#include <string.h>

/* A # would begin a directive. */
static void write_description(FILE *out, const char *name) {
    for (; *name; name++)
        fprintf(out, *name == '#' ? "\\%c" : "%c", *name);
}

static void write_sheet_name(FILE *out, const char *sheet) {
    char shown[TEXT_SHOWN];
    for (size_t left = sheet ? strlen(sheet) : 0; left > 0;) {
        const size_t length = text_show(sheet, left, shown);
        write_description(out, shown);
        sheet += length;
        left -= length;
    }
    if (sheet)
        fputs(": ", out);
}

/* A YAML string in single quotes. */
static void write_quoted(FILE *out, const char *text) {
    for (; *text; text++)
        fprintf(out, *text == '\'' ? "'%c" : "%c", *text);
}

static void write_yaml_number(FILE *out, const mlp_mark *mark, bool hint) {
    fputs("  index: ", out);
    mark_write_place(out, mark);
    fputs("\n  given: ", out);
    mark_write_given(out, mark);
    if (!hint) {
        fputs("\n  expected: ", out);
        mark_write_expected(out, mark);
    }
    if (mark->verdict == MLP_UNDECIDED)
        fprintf(out, "\n  bound: %.1e\n  undecided: %zu", mark_bound(mark), mark->undecided);
    else
        fprintf(out, "\n  differing: %zu", mark->differing);
    fprintf(out, "\n  numbers: %zu\n", mark->given);
}

static void write_yaml(FILE *out, const mlp_mark *mark, bool hint) {
    fprintf(out, "  ---\n  verdict: %s\n", verdict_names[mark->verdict]);
    if (mark->text)
        fputs("  text: |\n", out);
    if (mark->text)
        other_text_write(out, mark->text, "    ", hint);
    else
        write_yaml_number(out, mark, hint);
    if (mark->follows_count)
        fputs(mark->follows_rounding ? "  rounding_of:\n"
              : mark->repeats        ? "  same_slip_as:\n"
                                     : "  follows_from:\n",
              out);
    for (size_t i = 0; i < mark->follows_count; i++) {
        fputs("    - '", out);
        write_quoted(out, mark->follows[i]->name);
        fputs("'\n", out);
    }
    if (mark->explanations)
        fputs("  looks_like:\n", out);
    for (const mlp_explanation *e = mark->explanations; e; e = e->next) {
        fprintf(out, "    - '%s: ", e->slug);
        write_quoted(out, e->sentence);
        fputs("'\n", out);
    }
    fputs("  ...\n", out);
}

/* sheet: before the name; NULL where there is only one. */
static void write_point(FILE *out, const mlp_marks *marks, size_t i, size_t number,
                        const char *sheet, bool hint) {
    const mlp_mark *mark = marks->mark[i];
    const bool skips = (mark->verdict == MLP_BLANK && !marks->require_all) ||
                       (mark->verdict == MLP_UNDECIDED && !marks->port);
    const bool is_rounded = !marks->by_program && mark_is_rounded(mark);
    const bool passes = mark->verdict == MLP_RIGHT || is_rounded || skips;
    fprintf(out, "%s %zu - ", passes ? "ok" : "not ok", number);
    write_sheet_name(out, sheet);
    write_description(out, mark->name);
    if (mark->place)
        fprintf(out, " (%s)", mark->place);
    fprintf(out, skips ? " # SKIP %s\n" : "\n", verdict_names[mark->verdict]);
    if (mark->differing || mark->undecided || mark->text)
        write_yaml(out, mark, hint);
}

static void write_lines_left(FILE *out, const mlp_marks *marks) {
    if (marks->lines_left)
        fprintf(out, "# lines beside the tensors, which are not marked: %zu\n", marks->lines_left);
}

void mlp_marks_write_tap(FILE *out, const mlp_marks *marks, const mlp_marks_options *options) {
    fprintf(out, "TAP version 13\n1..%zu\n", marks->count);
    write_lines_left(out, marks);
    for (size_t i = 0; i < marks->count; i++)
        write_point(out, marks, i, i + 1, NULL, options->hint);
}

size_t mlp_sheet_write_tap(FILE *out, const mlp_sheet *sheet, size_t before,
                           const mlp_marks_options *options) {
    const mlp_sheet_status status = mlp_sheet_find_status(sheet);
    size_t count = 0;
    if (status >= MLP_SHEET_HAS_FAULTS) {
        fprintf(out, "not ok %zu - ", before + ++count);
        write_sheet_name(out, sheet->name);
        fputs(status == MLP_SHEET_IS_REFUSED ? "refused\n" : "faults\n", out);
    }
    if (status == MLP_SHEET_IS_REFUSED)
        return count;
    write_lines_left(out, sheet->marks);
    for (size_t i = 0; i < sheet->marks->count; i++)
        write_point(out, sheet->marks, i, before + ++count, sheet->name, options->hint);
    return count;
}
