#include "sheets.h"

#include "life.h"
#include "raw.h"
#include "system.h"
#include "tell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- other releases --- */

static bool is_right_with(const finished_run *run, const source *in, const char *torch) {
    const source *script = run->script;
    mlp_arena *arena = mlp_arena_new(run->s->memory);
    mlp_script_options options = run->s->script;
    mlp_printed printed = {0};
    mlp_diagnostic error;
    mlp_answers answers;
    mlp_marks marks;
    options.printed = &printed;
    options.cells = script->cells.first;
    const mlp_text text = {in->text, in->length, &printed, in->name, &run->s->check};
    const mlp_trace *trace =
        arena && mlp_release_read(&options.release, torch)
            ? mlp_script_run(arena, script->text, script->length, &options, NULL, &error)
            : NULL;
    life_end();
    const bool right = trace && mlp_check_text(arena, trace, &text, &answers, &marks, &error) &&
                       !answers.faults && mlp_marks_pass(&marks);
    mlp_arena_free(arena);
    return right;
}

static bool draws_masks(const mlp_trace *trace) {
    for (const mlp_step *step = trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
            if (step->in[i] && step->in[i]->other_mask)
                return true;
    return false;
}

/* No slip is looked for in numbers outside tensors: so what they are with other masks is tried. */
static const char *right_with(const finished_run *run, const source *in, const mlp_marks *marks) {
    static const char *const others[2][2][2] = {
        {{"2.7", "2.11"}, {"2.6", "1.13"}},
        {{"2.7,avx512", "2.11,avx512"}, {"2.6,avx512", "1.13"}}};
    const bool is_wide = mlp_release_is_wide(&run->trace->release);
    const bool without_mkl = mlp_release_has(&run->trace->release, MLP_DRAWS_WITHOUT_MKL);
    const bool is_told =
        run->s->format == FORMAT_JSON || (run->s->format == FORMAT_TEXT && !run->s->marks.quiet);
    bool tries = false;
    for (size_t i = 0; i < marks->count && is_told; i++)
        tries = tries || (!marks->mark[i]->value && marks->mark[i]->verdict == MLP_WRONG);
    for (size_t i = 0; tries && i < 2 && draws_masks(run->trace); i++)
        if (is_right_with(run, in, others[is_wide][without_mkl][i]))
            return others[is_wide][without_mkl][i];
    return NULL;
}

/* --- formats --- */

/* All sheets, one after the other. */
typedef struct {
    const finished_run *run;
    bool is_class; /* more than one */
    size_t written, points;
    int status;
} class;

static void begin_output(const class *c) {
    switch ((marks_format)c->run->s->format) {
    case FORMAT_CSV:
        mlp_sheet_write_csv_header(stdout);
        break;
    case FORMAT_JSON:
        fputs("{\"sheets\": [", stdout);
        break;
    case FORMAT_TAP:
        fputs(c->is_class ? "TAP version 13\n" : "", stdout);
        break;
    case FORMAT_TEXT:
        break;
    }
}

static void end_output(const class *c) {
    if (c->run->s->format == FORMAT_JSON)
        fputs(c->written ? "\n]}\n" : "]}\n", stdout);
    if (c->run->s->format == FORMAT_TAP && c->is_class)
        printf("1..%zu\n", c->points);
}

static void write_heading(const class *c, const mlp_sheet *sheet) {
    const size_t faults =
        sheet->answers ? sheet->answers->fault_count + sheet->answers->more_faults : 0;
    const bool quiet = c->run->s->marks.quiet;
    fputs(c->written && !quiet ? "\n" : "", stdout);
    mlp_text_write(stdout, sheet->name);
    if (faults)
        printf(" (%zu fault%s)", faults, faults == 1 ? "" : "s");
    fputs(quiet ? ": " : ":\n", stdout);
}

static void write_as_text(const class *c, const mlp_sheet *sheet,
                          const mlp_marks_options *options) {
    const bool refused = mlp_sheet_find_status(sheet) == MLP_SHEET_IS_REFUSED;
    if (c->is_class)
        write_heading(c, sheet);
    if (!refused)
        mlp_marks_write(stdout, sheet->marks, options);
    else if (c->is_class)
        fputs("refused\n", stdout);
}

static void write_as_tap(class *c, const mlp_sheet *sheet, const mlp_marks_options *options) {
    if (c->is_class)
        c->points += mlp_sheet_write_tap(stdout, sheet, c->points, options);
    else if (mlp_sheet_find_status(sheet) != MLP_SHEET_IS_REFUSED)
        mlp_marks_write_tap(stdout, sheet->marks, options);
}

static void write_sheet(class *c, const mlp_sheet *sheet, const char *torch) {
    static const int statuses[] = {[MLP_SHEET_PASSES] = EXIT_FINE,
                                   [MLP_SHEET_FAILS] = EXIT_DIFFERS,
                                   [MLP_SHEET_HAS_FAULTS] = EXIT_TROUBLE,
                                   [MLP_SHEET_IS_REFUSED] = EXIT_TROUBLE};
    const int status = statuses[mlp_sheet_find_status(sheet)];
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    mlp_marks_options options = c->run->s->marks;
    options.right_with = torch;
    options.colour = system_shows_colours(stdout) && !(no_color && *no_color) &&
                     !(term && strcmp(term, "dumb") == 0);
    switch ((marks_format)c->run->s->format) {
    case FORMAT_TEXT:
        write_as_text(c, sheet, &options);
        break;
    case FORMAT_TAP:
        write_as_tap(c, sheet, &options);
        break;
    case FORMAT_CSV:
        mlp_sheet_write_csv(stdout, sheet, &options);
        break;
    case FORMAT_JSON:
        fputs(c->written ? ",\n" : "\n", stdout);
        mlp_sheet_write_json(stdout, sheet, &options);
        break;
    }
    c->written++;
    c->status = status > c->status ? status : c->status;
}

/* --- sheets --- */

static void mark_text(class *c, const source *in, mlp_arena *arena) {
    mlp_diagnostic error;
    mlp_answers answers;
    mlp_marks marks;
    const finished_run *run = c->run;
    const mlp_text text = {in->text, in->length, run->printed, in->name, &run->s->check};
    const bool marked = mlp_check_text(arena, run->trace, &text, &answers, &marks, &error);
    const bool ran_out = !marked && answers.fault_count < MLP_MOST_FAULTS; /* of memory */
    if (!ran_out)
        tell_faults(in, &answers);
    if (!marked)
        diagnose(in, &error, "error");
    write_sheet(c, &(mlp_sheet){in->name, &answers, marked ? &marks : NULL, marked ? NULL : &error},
                marked ? right_with(run, in, &marks) : NULL);
}

/* Of answers that are in one form only. */
static void mark_raw(class *c, const source *in, mlp_arena *arena) {
    mlp_diagnostic error;
    mlp_answers answers = {0};
    mlp_marks marks;
    const finished_run *run = c->run;
    const bool read = raw_read(arena, in, &answers, &error);
    const bool marked =
        read && mlp_check(arena, run->trace, &answers, &run->s->check, &marks, &error);
    const bool ran_out = read && !marked && answers.fault_count < MLP_MOST_FAULTS;
    if (!ran_out)
        tell_faults(in, &answers);
    if (read && !marked)
        diagnose(in, &error, "error");
    write_sheet(c, &(mlp_sheet){in->name, &answers, marked ? &marks : NULL, marked ? NULL : &error},
                NULL);
}

/* It could not be marked at all. */
static void refuse_sheet(class *c, const char *name, const char *reason) {
    mlp_diagnostic refusal = {0};
    mlp_error(&refusal, "%s", reason);
    write_sheet(c, &(mlp_sheet){.name = name, .refusal = &refusal}, NULL);
}

static void mark_file(class *c, const char *path, bool is_raw) {
    source in;
    if (source_read(&in, path)) {
        mlp_arena *arena = mlp_arena_new_beside(c->run->arena);
        if (arena)
            (is_raw ? mark_raw : mark_text)(c, &in, arena);
        else
            trouble("out of memory"), refuse_sheet(c, in.name, "out of memory");
        mlp_arena_free(arena);
    } else {
        const char *reason = strerror(errno);
        trouble("cannot read %.800s: %s", path, reason);
        refuse_sheet(c, in.name, reason);
    }
    free(in.text);
}

/* --- all --- */

static int mark_all(const finished_run *run) {
    const char *raw = run->s->raw;
    class c = {.run = run, .is_class = run->sheets[0] && (raw || run->sheets[1])};
    begin_output(&c);
    if (raw)
        mark_file(&c, raw, true);
    for (size_t i = 0; run->sheets[i] && !ferror(stdout); i++)
        mark_file(&c, run->sheets[i], false);
    end_output(&c);
    return c.status;
}

/* False, told, where they are not all right. */
static bool read_names(const finished_run *run, const source *in, mlp_answers *names) {
    mlp_diagnostic error;
    const bool read = mlp_names_read(run->arena, run->trace, in->text, in->length, names, &error);
    const bool ran_out = !read && names->fault_count < MLP_MOST_FAULTS;
    if (!ran_out)
        tell_faults(in, names);
    if (!read)
        diagnose(in, &error, "error");
    return read && !names->faults;
}

/* With the names of a file for every sheet. */
static int act_with_names(const finished_run *run, const char *path, marking_action *act) {
    source in;
    mlp_answers names = {0};
    settings s = *run->s;
    finished_run named = *run;
    int status = EXIT_TROUBLE;
    s.check.names = &names;
    named.s = &s;
    if (!source_read(&in, path))
        trouble("cannot read %.800s: %s", path, strerror(errno));
    else if (read_names(run, &in, &names))
        status = act(&named);
    free(in.text);
    return status;
}

int sheets_with_names(const finished_run *run, marking_action *act) {
    return run->s->names ? act_with_names(run, run->s->names, act) : act(run);
}

int mark_sheets(const finished_run *run) {
    return sheets_with_names(run, mark_all);
}
