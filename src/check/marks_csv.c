/* Marks as a table of sheets. */
#include "sheet.h"

#include "base/text.h"

#include <string.h>

static void write_escaped(FILE *out, const char *text) {
    char shown[TEXT_SHOWN];
    for (size_t left = strlen(text); left > 0;) {
        const size_t length = text_show(text, left, shown);
        fprintf(out, *text == '"' ? "\"%s" : "%s", shown);
        text += length;
        left -= length;
    }
}

/* A name, and its place if it has one, as text has them. */
static void write_field(FILE *out, const char *name, const char *place) {
    const bool quoted = strpbrk(name, "\",") || (place && strpbrk(place, "\","));
    fputs(quoted ? "\"" : "", out);
    write_escaped(out, name);
    fputs(place ? " (" : "", out);
    write_escaped(out, place ? place : "");
    fputs(place ? ")" : "", out);
    fputs(quoted ? "\"" : "", out);
}

static const mlp_mark *first_mistake(const mlp_marks *marks) {
    for (size_t i = 0; i < marks->count; i++)
        if (marks->mark[i]->verdict == MLP_WRONG || marks->mark[i]->verdict == MLP_DIFFERENT)
            return marks->mark[i];
    return NULL;
}

static size_t count_faults(const mlp_sheet *sheet) {
    const mlp_answers *a = sheet->answers;
    return (a ? a->fault_count + a->more_faults : 0) + (sheet->refusal != NULL);
}

void mlp_sheet_write_csv_header(FILE *out) {
    fputs("sheet,status,right,wrong,carried,cheap,blank,undecided,differs,faults,mistake,slip\n",
          out);
}

void mlp_sheet_write_csv(FILE *out, const mlp_sheet *sheet, const mlp_marks_options *options) {
    const mlp_sheet_status status = mlp_sheet_find_status(sheet);
    if (options->only_wrong && status == MLP_SHEET_PASSES)
        return;
    write_field(out, sheet->name, NULL);
    fprintf(out, ",%s,", sheet_status_name(sheet));
    if (status == MLP_SHEET_IS_REFUSED) {
        fprintf(out, ",,,,,,,%zu,,\n", count_faults(sheet));
        return;
    }
    const mlp_marks *marks = sheet->marks;
    const mlp_mark *mistake = first_mistake(marks);
    fprintf(out, "%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu,", marks->of[MLP_RIGHT], marks->of[MLP_WRONG],
            marks->of[MLP_CARRIED], marks->cheap, marks->of[MLP_BLANK], marks->of[MLP_UNDECIDED],
            marks->of[MLP_DIFFERENT], count_faults(sheet));
    if (mistake)
        write_field(out, mistake->name, mistake->place);
    fprintf(out, ",%s\n", mistake && mistake->explanations ? mistake->explanations->slug : "");
}
