/* Marks as JSON. */
#include "mark_text.h"
#include "sheet.h"

#include "base/reread.h"
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* --- strings and numbers --- */

/* As UTF-16 has it. */
static void write_code(FILE *out, unsigned code) {
    if (code < 0x10000)
        fprintf(out, "\\u%04x", code);
    else
        fprintf(out, "\\u%04x\\u%04x", 0xD800 + ((code - 0x10000) >> 10),
                0xDC00 + ((code - 0x10000) & 0x3FF));
}

/* What is not UTF-8 becomes the text \xff, which JSON has no escape for. */
static void write_escaped(FILE *out, const char *text, size_t length) {
    char shown[TEXT_SHOWN];
    while (length > 0) {
        const bool is_character = text_sequence_length(text, length) > 0;
        const size_t bytes = text_show(text, length, shown);
        if (is_character && *shown != *text)
            write_code(out, text_code(text));
        else
            fprintf(out, *shown == '"' || *shown == '\\' ? "\\%s" : "%s", shown);
        text += bytes;
        length -= bytes;
    }
}

static void write_text(FILE *out, const char *text, size_t length) {
    fputc('"', out);
    write_escaped(out, text, length);
    fputc('"', out);
}

static void write_string(FILE *out, const char *text) {
    if (text)
        write_text(out, text, strlen(text));
    else
        fputs("null", out);
}

/* The shortest text that the number, of its dtype, is read from. */
static void write_number(FILE *out, double number, mlp_dtype dtype) {
    const int most = dtype == MLP_FLOAT32 ? FLT_DECIMAL_DIG : DBL_DECIMAL_DIG;
    char text[32] = "";
    for (int digits = 1; digits <= most; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        const double read = reread_double(text);
        if ((dtype == MLP_FLOAT32 ? (double)(float)read : read) == number)
            break;
    }
    if (isnan(number))
        fputs("\"nan\"", out);
    else if (isinf(number))
        fputs(number < 0 ? "\"-inf\"" : "\"inf\"", out);
    else if (dtype == MLP_BOOL)
        fputs(number != 0 ? "true" : "false", out);
    else
        fputs(text, out);
}

static void write_bool(FILE *out, const char *name, bool is) {
    fprintf(out, ", \"%s\": %s", name, is ? "true" : "false");
}

/* --- marks --- */

static mlp_dtype dtype_of(const mlp_mark *mark) {
    return mark->value ? mark->value->tensor.dtype : MLP_FLOAT64;
}

static void write_expected(FILE *out, const mlp_mark *mark) {
    fputs(", \"expected\": ", out);
    write_number(out, mark->value ? mlp_tensor_get(&mark->value->tensor, mark->worst) : mark->truth,
                 dtype_of(mark));
}

static void write_worst(FILE *out, const mlp_mark *mark, bool hint) {
    const mlp_written *w = &mark->answer->numbers[mark->worst];
    if (mark->value) {
        fputs("{\"index\": ", out);
        mark_write_place(out, mark);
    } else {
        fprintf(out, "{\"number\": %zu", mark->worst + 1);
    }
    fputs(", \"given\": ", out);
    write_number(out, w->value, dtype_of(mark) == MLP_BOOL ? MLP_BOOL : MLP_FLOAT64);
    fprintf(out, ", \"written\": \"%s", signbit(w->value) ? "-" : "");
    write_escaped(out, w->text, w->length);
    fputc('"', out);
    if (!hint)
        write_expected(out, mark);
    if (mark->verdict == MLP_UNDECIDED) {
        fputs(", \"bound\": ", out);
        write_number(out, mark_bound(mark), MLP_FLOAT64);
    }
    fputc('}', out);
}

static void write_name(FILE *out, const mlp_mark *mark) {
    fputs("{\"name\": ", out);
    write_string(out, mark->name);
    fputs(", \"place\": ", out);
    write_string(out, mark->place);
}

static void write_follows(FILE *out, const mlp_mark *mark, bool hint) {
    fputs(", \"follows\": [", out);
    for (size_t i = 0; i < mark->follows_count; i++) {
        fputs(i ? ", " : "", out);
        write_name(out, mark->follows[i]);
        fputc('}', out);
    }
    fputc(']', out);
    write_bool(out, "follows_rounding", mark->follows_rounding);
    if (!hint) {
        fputs(", \"follows_value\": ", out);
        write_number(out, mark->carried_value, MLP_FLOAT64);
    }
}

static void write_slips(FILE *out, const mlp_explanation *first) {
    fputs(", \"slips\": [", out);
    for (const mlp_explanation *e = first; e; e = e->next) {
        fputs(e == first ? "{\"slug\": " : ", {\"slug\": ", out);
        write_string(out, e->slug);
        fputs(", \"sentence\": ", out);
        write_string(out, e->sentence);
        fputc('}', out);
    }
    fputc(']', out);
}

static void write_lines(FILE *out, const char *text, size_t length) {
    if (text)
        write_text(out, text, length);
    else
        fputs("null", out);
}

static void write_other_text(FILE *out, const mlp_other_text *text, bool hint) {
    fputc('{', out);
    if (!hint) {
        fputs("\"expected\": ", out);
        write_lines(out, text->expected, text->expected_length);
        fputs(", ", out);
    }
    fputs("\"found\": ", out);
    write_lines(out, text->found, text->found_length);
    fputc('}', out);
}

static void write_mark(FILE *out, const mlp_mark *mark, bool hint) {
    write_name(out, mark);
    fprintf(out, ", \"line\": %zu, \"verdict\": \"%s\"", mark->answer->where.line,
            verdict_names[mark->verdict]);
    fprintf(out, ", \"numbers\": %zu, \"given\": %zu, \"differing\": %zu, \"undecided\": %zu",
            mark->answer->numel, mark->given, mark->differing, mark->undecided);
    fputs(", \"worst\": ", out);
    if (mark->differing || mark->undecided)
        write_worst(out, mark, hint);
    else
        fputs("null", out);
    if (mark->verdict == MLP_CARRIED)
        write_follows(out, mark, hint);
    write_bool(out, "cheap", mark->is_cheap);
    write_slips(out, mark->explanations);
    fputs(", \"text\": ", out);
    if (mark->text)
        write_other_text(out, mark->text, hint);
    else
        fputs("null", out);
    fputc('}', out);
}

/* --- sheets --- */

static void write_marks(FILE *out, const mlp_marks *marks, const mlp_marks_options *options) {
    const char *between = "";
    for (mlp_verdict v = MLP_RIGHT; v < MLP_VERDICTS; v++)
        fprintf(out, ", \"%s\": %zu", verdict_names[v], marks->of[v]);
    fprintf(out, ", \"cheap\": %zu, \"given_values\": %zu, \"lines_left\": %zu, \"right_with\": ",
            marks->cheap, marks->given, marks->lines_left);
    write_string(out, options->right_with);
    fputs(", \"marks\": [", out);
    for (size_t i = 0; i < marks->count; i++) {
        if (options->only_wrong && marks->mark[i]->verdict == MLP_RIGHT)
            continue;
        fputs(between, out);
        write_mark(out, marks->mark[i], options->hint);
        between = ", ";
    }
    fputc(']', out);
}

static void write_fault(FILE *out, const mlp_diagnostic *d, size_t more, bool first) {
    fprintf(out, "%s{\"line\": %zu, \"column\": %zu, \"message\": ", first ? "" : ", ",
            d->where.line, d->where.column);
    write_string(out, d->message);
    if (more)
        fprintf(out, ", \"more\": %zu", more);
    fputc('}', out);
}

static void write_faults(FILE *out, const mlp_sheet *sheet) {
    const mlp_fault *first = sheet->answers ? sheet->answers->faults : NULL;
    fputs(", \"faults\": [", out);
    for (const mlp_fault *f = first; f; f = f->next)
        write_fault(out, &f->diagnostic, f->more, f == first);
    if (sheet->refusal)
        write_fault(out, sheet->refusal, 0, !first);
    fputc(']', out);
}

void mlp_sheet_write_json(FILE *out, const mlp_sheet *sheet, const mlp_marks_options *options) {
    fputs("{\"sheet\": ", out);
    write_string(out, sheet->name);
    fprintf(out, ", \"status\": \"%s\"", sheet_status_name(sheet));
    if (mlp_sheet_find_status(sheet) != MLP_SHEET_IS_REFUSED)
        write_marks(out, sheet->marks, options);
    write_faults(out, sheet);
    fputc('}', out);
}
