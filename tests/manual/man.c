/* The manual page, in the macros of man(7). */
#include "manual.h"

#include "option_table.h"

#include <ctype.h>
#include <string.h>

/* Whether a word is a name of a program, which is not to be hyphenated. */
static bool is_name(const char *word) {
    const char *bar = strchr(word, '_');
    return bar && (size_t)(bar - word) < strcspn(word, " \n");
}

/* Characters that roff takes for others, or for commands. */
static void put(FILE *to, const char *text) {
    for (bool begins = true; *text; begins = *text == ' ' || *text == '\n', text++) {
        if (begins && is_name(text))
            fputs("\\%", to);
        if (*text == '-')
            fputs("\\-", to);
        else if (*text == '\\')
            fputs("\\e", to);
        else if (*text == '\'')
            fputs("\\(aq", to);
        else if (*text == '^')
            fputs("\\(ha", to);
        else
            fputc(*text, to);
    }
}

/* A line of text, no roff request whatever it begins with. */
static void put_line(FILE *to, const char *text) {
    fputs(*text == '.' ? "\\&" : "", to);
    put(to, text);
    fputc('\n', to);
}

/* With a capital, and a full stop. */
static void put_sentence(FILE *to, const char *text) {
    fputc(toupper((unsigned char)*text), to);
    put(to, text + 1);
    fputs(".\n", to);
}

static void write_synopsis(FILE *to) {
    fputs(".SH SYNOPSIS\n.nf\n", to);
    for (int i = 0; i < COMMANDS; i++) {
        fputs("\\fBmlpstep\\fR ", to);
        put_line(to, command_texts[i].synopsis);
    }
    fputs(".fi\n", to);
}

static void write_commands(FILE *to) {
    fputs(".SH SUBCOMMANDS\n", to);
    for (int i = 0; i < COMMANDS; i++) {
        fprintf(to, ".TP\n.B %s\n", command_texts[i].name);
        put_sentence(to, command_texts[i].summary);
        if (command_texts[i].more)
            put_line(to, command_texts[i].more);
    }
}

/* For which subcommands it is, unless it is for all. */
static void write_use(FILE *to, const option_use *use) {
    if (use->commands != OF_SCRIPTS && use->commands != OF_ALL) {
        fputs("\\fI", to);
        put_commands(to, use->commands, ", ");
        fputs("\\fR: ", to);
    }
    put_line(to, use->text);
}

static void write_option(FILE *to, const option_row *row) {
    fputs(".TP\n", to);
    if (row->letter)
        fprintf(to, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", to);
    put(to, row->name);
    fputs("\\fR", to);
    if (row->argument) {
        fputs("=\\fI", to);
        put(to, row->argument);
        fputs("\\fR", to);
    }
    fputc('\n', to);
    for (int i = 0; i < MOST_USES && row->uses[i].commands; i++) {
        fputs(i > 0 ? ".br\n" : "", to);
        write_use(to, &row->uses[i]);
    }
}

/* The same line may begin several: it is typed once. */
static void write_example(FILE *to, const command_text *command) {
    char line[256];
    fprintf(to, ".TP\n.B %s\n.EX\n", command->name);
    for (const char *at = command->example; *at;) {
        const int length = (int)strcspn(at, "\n");
        snprintf(line, sizeof line, "%.*s", length, at);
        put_line(to, line);
        at += length + 1;
    }
    fputs(".EE\n", to);
}

/* What a SHEET may be, and how it is marked. */
static const char answers[] =
    "A SHEET has lines NAME = VALUE, with the names of the report: a number, nested lists, or "
    "tensor(...), in one line or several; # begins a comment, and ? leaves a number open. Filled "
    "worksheets, saved reports, what python3 printed for SCRIPT, and the json and npz of run are "
    "read, too. The csv and c of run are for other programs.\n.PP\n"
    "Below a heading # forward, # backward or # step a name means the value of that section, and "
    "the second line of a name what the report calls NAME@2. Elsewhere a name that the report has "
    "twice, as a weight before and after the update, or its gradient in two steps, is the last one "
    "where it is given once, and both in order where it is given twice.\n.PP\n"
    "Of a training of several steps loss is that of the first, loss@2 that of the second, as in the "
    "report; loss as often as the report has it is each in order. A parameter has one name in all "
    "steps: w is what it is in the end, w@2 what it is after step 2, w@2.grad its gradient in it. "
    "Beside w@2, and without w@1, the w of a program (--port, json, npz) is what it is after step 1. "
    "With --step=2 alone all that is of step 2, with @2 or without. Below a line # --step=N, as "
    "run --step=N writes it, names are those of step N, with --step=N and without --step. What a "
    "port prints of steps that --step does not choose, as w@4, or as a name printed once a step from "
    "the first to the last, is left out.\n.PP\n"
    "A number is right if it is the true one, rounded to as many decimals as it has, or what "
    "another build of PyTorch may compute. What is written by hand needs two significant digits "
    "(--min-digits), or four decimals. Do not compute with fewer decimals than you write: a number "
    "that only the rounding of earlier answers explains is carried, but of numbers that the script "
    "gives, all digits count (worksheet --precision=9 shows them).\n.PP\n"
    "right: that number. wrong: it is not, and does not follow from earlier answers either; where a "
    "common slip gives it, that is named. carried: it follows from earlier answers. blank: left "
    "open. undecided: another build of PyTorch may have computed it. differs: what SCRIPT gives was "
    "changed, or a line of text.\n.PP\n"
    "A port is the same network as a program in another language. With --port what it prints is "
    "held against what float32 in any order could be; what is undecided fails, too. A line NAME = - in a "
    "file of --names leaves out a tensor of the port's own.";

/* Of the text, requests are requests. */
static void write_section(FILE *to, const char *heading, const char *text) {
    fprintf(to, ".SH %s\n", heading);
    put(to, text);
    fputc('\n', to);
}

void write_man(FILE *to) {
    fprintf(to,
            ".\\\" Written by the target update_golden from the tables of the command.\n"
            ".TH MLPSTEP 1 " MLPSTEP_DATE " \"mlpstep %s\" \"User Commands\"\n"
            ".ad l\n.hw mlpstep\n"
            ".SH NAME\nmlpstep \\- ",
            MLPSTEP_VERSION);
    put_line(to, program_summary);
    write_synopsis(to);
    write_section(to, "DESCRIPTION", program_about);
    fputs(".PP\n", to);
    put_line(to, prose_description);
    write_commands(to);
    fputs(".SH OPTIONS\n", to);
    for (const option_row *row = option_rows; row->name; row++)
        write_option(to, row);
    write_section(to, "REPORT", prose_report);
    write_section(to, "ANSWERS", answers);
    fputs(".PP\n", to);
    put(to, prose_on_paper);
    fputc('\n', to);
    write_section(to, "FORMATS", prose_formats);
    write_section(to, "RELEASES OF PYTORCH", prose_releases);
    write_section(to, "ENVIRONMENT", program_environment);
    write_section(to, "EXIT STATUS", program_status);
    put_line(
        to, "Of a sheet, answers that are carried, blank or undecided are no fault; what cannot be "
            "read, or has no such name or shape, is trouble, though the rest is marked.");
    fputs(".SH EXAMPLES\n", to);
    for (int i = 0; i < COMMANDS; i++)
        write_example(to, &command_texts[i]);
    write_section(to, "SUPPORTED", prose_supported);
    write_supported(to);
    write_section(to, "LIBRARY", prose_library);
    write_section(to, "BUGS", prose_bugs);
    write_section(to, "AUTHORS", prose_authors);
    write_section(to, "SEE ALSO", prose_see_also);
}
