/* The command: its subcommands. */
#include "mlpstep/gradcheck.h"
#include "mlpstep/path.h"
#include "mlpstep/variant.h"

#include "command_line.h"
#include "diff.h"
#include "examples.h"
#include "help.h"
#include "life.h"
#include "option_table.h"
#include "run.h"
#include "sheets.h"
#include "system.h"
#include "tell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FEW_STEPS = 10 /* whose gradients are all checked */
};

/* --- subcommands --- */

static int fail_example(const char *name) {
    enum {
        MOST = 100
    };
    const char *names[MOST + 1] = {NULL};
    for (size_t i = 0; examples[i].name && i < MOST; i++)
        names[i] = examples[i].name;
    const char *near = mlp_nearest_name(name, names);
    return near ? trouble("there is no example '%s'; did you mean '%s'?", name, near)
                : trouble("there is no example '%.800s': mlpstep example lists them", name);
}

static int print_example(const char *name) {
    for (const example *e = examples; e->name; e++) {
        if (!name)
            printf("%-12s%s\n", e->name, e->title);
        else if (strcmp(e->name, name) == 0)
            return fwrite(e->text, 1, e->length, stdout), finish_output(EXIT_FINE);
    }
    return name ? fail_example(name) : finish_output(EXIT_FINE);
}

static int print_help(const char *name) {
    const command_id command = name ? command_find(name) : COMMANDS;
    const char *names[COMMANDS + 1] = {NULL};
    for (int i = 0; i < COMMANDS; i++)
        names[i] = command_texts[i].name;
    const char *near = name && command == COMMANDS ? mlp_nearest_name(name, names) : NULL;
    if (near)
        return trouble("there is no subcommand '%s'; did you mean '%s'?", name, near);
    if (name && command == COMMANDS)
        return trouble("there is no subcommand '%.800s': mlpstep --help lists them", name);
    help_write(stdout, command);
    return finish_output(EXIT_FINE);
}

/* What a subcommand makes of it: the exit status, after a diagnostic if that is trouble. */
typedef int action(const finished_run *run);

static int write_worksheet(const finished_run *run) {
    mlp_diagnostic error = {0};
    mlp_report_options options = run->s->report;
    options.blank = true;
    if (mlp_report_write(stdout, run->trace, &options, &error))
        return EXIT_FINE;
    diagnose(run->script, &error, "error");
    return EXIT_TROUBLE;
}

/* All was printed while the script ran. */
static int write_transcript(const finished_run *run) {
    (void)run;
    return EXIT_FINE;
}

static int check_gradients(const finished_run *run) {
    mlp_diagnostic error = {0};
    const mlp_gradcheck_result *first =
        mlp_gradcheck(run->arena, run->trace, run->s->script.budget, &error);
    if (first)
        return mlp_gradcheck_write(stdout, run->trace, first) ? EXIT_FINE : EXIT_DIFFERS;
    diagnose(run->script, &error, "error");
    return EXIT_TROUBLE;
}

static int write_variant(const finished_run *run) {
    const source *in = run->script;
    mlp_diagnostic error = {0};
    mlp_script_options options = run->s->script;
    options.name = in->name;
    const char *text = in->cells.first ? NULL
                                       : mlp_variant_new(run->arena, in->text, in->length, &options,
                                                         run->trace, run->s->seed, &error);
    life_end();
    if (in->cells.first)
        mlp_error(&error, "a variant is made of a file of Python, not of a notebook or of what was "
                          "copied: save its code as NAME.py");
    if (text)
        return fwrite(text, 1, in->length, stdout), EXIT_FINE;
    diagnose(in, &error, "error");
    return EXIT_TROUBLE;
}

static int write_graph(const finished_run *run) {
    mlp_diagnostic error = {0};
    const mlp_graph_options options = {.format = (mlp_graph_format)run->s->format,
                                       .precision = run->s->report.precision};
    if (mlp_graph_write(stdout, run->trace, &options, &error))
        return EXIT_FINE;
    diagnose(run->script, &error, "error");
    return EXIT_TROUBLE;
}

/* The last part of its path; NULL of what came from standard input. */
static const char *file_name(const source *script) {
    return *script->name == '<' ? NULL : mlp_path_name(script->name);
}

/* What is written is held back until all of it is there: memory may end on the way, and half a
 * document is none. */
static bool hold_back(const mlp_trace *trace, const mlp_derive_options *options,
                      mlp_diagnostic *error) {
    held_output held;
    if (!system_hold(&held))
        return mlp_error(error, "out of memory");
    const bool well = mlp_derive_write(held.file, trace, options, error);
    const bool whole = system_let_go(&held, well ? stdout : NULL);
    return well && !whole ? mlp_error(error, "out of memory") : well;
}

static int write_derivation(const finished_run *run) {
    mlp_diagnostic error = {0};
    mlp_derive_options options = run->s->derive;
    options.format = (mlp_derive_format)run->s->format;
    options.precision = run->s->report.precision;
    options.only = run->s->report.only;
    options.title = file_name(run->script);
    if (hold_back(run->trace, &options, &error))
        return EXIT_FINE;
    diagnose(run->script, &error, "error");
    return EXIT_TROUBLE;
}

/* NULL: it runs no script. */
static action *const actions[COMMANDS] = {[RUN] = write_run,
                                          [TRANSCRIPT] = write_transcript,
                                          [WORKSHEET] = write_worksheet,
                                          [CHECK] = mark_sheets,
                                          [DIFF] = diff_dumps,
                                          [GRADCHECK] = check_gradients,
                                          [DERIVE] = write_derivation,
                                          [GRAPH] = write_graph,
                                          [VARIANT] = write_variant};

static int run_in(mlp_arena *arena, const source *script, char *const *sheets, const settings *s,
                  action *act) {
    mlp_diagnostic error = {0};
    mlp_warning *warnings = NULL;
    mlp_printed printed = {0};
    mlp_script_options options = s->script;
    options.printed = act == mark_sheets ? &printed : NULL;
    options.cells = script->cells.first;
    options.name = script->name;
    const mlp_trace *trace =
        mlp_script_run(arena, script->text, script->length, &options, &warnings, &error);
    life_end();
    warn(script, warnings, "warning");
    if (trace)
        return finish_output(act(&(finished_run){arena, trace, &printed, script, sheets, s}));
    if (!ferror(stdout) && fflush(stdout) == 0) /* else it is the output that failed */
        diagnose(script, &error, "error");
    return finish_output(EXIT_TROUBLE);
}

/* Before the run, what it leaves out is told. */
static int read_and_run(mlp_arena *arena, source *script, char *const *sheets, const settings *s,
                        action *act) {
    mlp_diagnostic error;
    const bool read =
        mlp_cells_read(arena, script->name, script->text, script->length, &script->cells, &error);
    warn(script, script->cells.removed, "note");
    if (read)
        return run_in(arena, script, sheets, s, act);
    diagnose(script, &error, "error");
    return finish_output(EXIT_TROUBLE);
}

static int run_script(source *script, char *const *sheets, const settings *s, action *act) {
    mlp_arena *arena = mlp_arena_new(s->memory);
    const int status =
        arena ? read_and_run(arena, script, sheets, s, act) : trouble("out of memory");
    mlp_arena_free(arena);
    return status;
}

static int run_example(const char *name, const settings *s, action *act) {
    for (const example *e = examples; e->name; e++) {
        char file[64];
        snprintf(file, sizeof file, "%s.py", name);
        if (strcmp(e->name, name) == 0)
            return run_script(&(source){.name = file, .text = (char *)e->text, .length = e->length},
                              NULL, s, act);
    }
    return trouble("there is no example '%s'", name);
}

static int run_file(const char *path, char *const *sheets, const settings *s, action *act) {
    source script = {0};
    const int status = source_read(&script, path)
                           ? run_script(&script, sheets, s, act)
                           : trouble("cannot read %.800s: %s", path, strerror(errno));
    free(script.text);
    return status;
}

/* No option leaves out what the format counts. */
static bool check_marks_format(const settings *s) {
    static const char *const counted[] = {[FORMAT_TAP] = "lines that --format=tap counts",
                                          [FORMAT_CSV] = "what --format=csv is made of",
                                          [FORMAT_JSON] = "what --format=json is made of"};
    const bool only_wrong = s->marks.only_wrong && s->format == FORMAT_TAP;
    if (s->format == FORMAT_TEXT || !(s->marks.quiet || only_wrong))
        return true;
    return trouble("--%s leaves out %s: give one of them", s->marks.quiet ? "quiet" : "only-wrong",
                   counted[s->format]),
           false;
}

/* Options that go together, or do not. */
static bool check_options(command_id command, settings *s) {
    if (!options_check(s, command))
        return false;
    const bool is_page = s->format == MLP_DERIVE_LATEX || s->format == MLP_DERIVE_HTML;
    if (s->min_digits && s->check.tolerance.replaces)
        return trouble("--min-digits is of the rule of decimals, which --atol and --rtol replace: "
                       "give one of them"),
               false;
    if (option_is_given(s, "rng") && option_is_given(s, "torch"))
        return trouble("--rng and --torch say the same: give one of them"), false;
    if (command == VARIANT && !option_is_given(s, "seed"))
        return trouble("variant takes --seed=N, a whole number for each student"), false;
    if (s->derive.fragment && !is_page)
        return trouble("--fragment is for --format=latex and --format=html"), false;
    return command == CHECK ? check_marks_format(s) : command != RUN || check_run_options(s);
}

static bool is_standard_input(const char *path) {
    return path && strcmp(path, "-") == 0;
}

/* words[count] is NULL. */
static int check_words(int count, char **words, const settings *s) {
    int inputs = is_standard_input(s->names) + is_standard_input(s->raw);
    if (count < (s->raw ? 1 : 2))
        return trouble("check takes files, SCRIPT and SHEET... or --raw=FILE; try mlpstep help "
                       "check");
    for (int i = 0; i < count; i++)
        inputs += is_standard_input(words[i]);
    if (inputs > 1)
        return trouble("only one of SCRIPT, SHEET..., --names and --raw can be standard input");
    return run_file(words[0], words + 1, s, mark_sheets);
}

/* words[count] is NULL. */
static int diff_words(int count, char **words, const settings *s) {
    int inputs = is_standard_input(s->names);
    if (count != 3)
        return trouble(
            "diff takes files, SCRIPT and two of what its ports printed; try mlpstep help "
            "diff");
    for (int i = 0; i < count; i++)
        inputs += is_standard_input(words[i]);
    if (inputs > 1)
        return trouble("only one of SCRIPT, A, B and --names can be standard input");
    return run_file(words[0], words + 1, s, diff_dumps);
}

static int too_much(const char *most, const char *word) {
    return trouble("%s at a time: '%s' is too much; try mlpstep --help", most, word);
}

/* A first word that is neither a subcommand nor a file. */
static int fail_first_word(const char *word) {
    const char *names[COMMANDS + 3] = {"--help", "--version"};
    for (int i = 0; i < COMMANDS; i++)
        names[i + 2] = command_texts[i].name;
    const char *near = mlp_nearest_name(word, names);
    if (near)
        return trouble("there is no subcommand and no file '%s'; did you mean '%s'?", word, near);
    return trouble("there is no subcommand and no file '%.800s': mlpstep --help lists the "
                   "subcommands",
                   word);
}

/* There is one, or the word looks like the name of one. */
static bool may_be_file(const char *word) {
    return is_standard_input(word) || strpbrk(word, "./\\") || access(word, F_OK) == 0;
}

/* Where no option tells the release, the environment may. */
static bool follow_environment(settings *s) {
    const char *text = getenv("MLPSTEP_TORCH");
    return option_is_given(s, "rng") || option_is_given(s, "torch") || !text || !*text ||
           mlp_release_read(&s->script.release, text) ||
           (trouble("MLPSTEP_TORCH takes %s", release_wanted), false);
}

/* What the subcommand decides where no option does. */
static void complete_settings(settings *s, command_id command) {
    const bool is_transcript = command == TRANSCRIPT;
    s->script.print = is_transcript ? stdout : NULL;
    s->script.print_errors = is_transcript ? stderr : NULL;
    s->script.quiet = is_transcript;
    s->script.watch = life_begin();
    s->script.bounds |=
        command == CHECK || command == DIFF; /* these hold them against the bounds */
    if (!s->memory)
        s->memory = s->script.bounds ? MLP_ARENA_LIMIT_WITH_BOUNDS : MLP_ARENA_LIMIT;
    if (s->script.steps)
        return;
    if (command == GRADCHECK)
        s->steps = (mlp_steps){.last = true, .few = FEW_STEPS};
    else if (command == DERIVE || command == GRAPH)
        s->steps = (mlp_steps){.range[0] = {1, 1}, .count = 1};
    else
        return;
    s->script.steps = &s->steps;
}

/* The words behind the subcommand. words[count] is NULL. */
static int run_words(command_id command, int count, char **words, settings *s) {
    if (command != CHECK && command != DIFF && count > 1)
        return too_much(command == EXAMPLE ? "one example"
                        : command == HELP  ? "one subcommand"
                                           : "one script",
                        words[1]);
    if (!check_options(command, s))
        return EXIT_TROUBLE;
    if (command == EXAMPLE)
        return print_example(words[0]);
    if (command == HELP)
        return print_help(words[0]);
    if (!follow_environment(s))
        return EXIT_TROUBLE;
    complete_settings(s, command);
    if (command == CHECK)
        return check_words(count, words, s);
    if (command == DIFF)
        return diff_words(count, words, s);
    return count > 0 ? run_file(words[0], NULL, s, actions[command])
                     : run_example("plain", s, actions[command]);
}

/* The words that are no options: a subcommand, if the first one is its name, and what it takes. */
static int run_command(int count, char **words, settings *s) {
    const char *first = count > 0 ? words[0] : "";
    const command_id named = command_find(first);
    const bool is_neither = named == COMMANDS && count > 0 && !may_be_file(first);
    if (s->help)
        return print_help(named == COMMANDS && !is_neither ? NULL : first);
    if (s->version) {
        printf("mlpstep %s\nreport version %d\n", MLPSTEP_VERSION, MLP_REPORT_VERSION);
        return finish_output(EXIT_FINE);
    }
    if (is_neither)
        return fail_first_word(first);
    return named == COMMANDS ? run_words(RUN, count, words, s)
                             : run_words(named, count - 1, words + 1, s);
}

int main(int argc, char **argv) {
    static char line[BUFSIZ];
    /* Five eighths of the stack are for the script: of the usual 8 MiB, that is enough for 999 nested
     * calls. The rest has arguments and environment, too: a quarter at most. */
    settings s = {
        .report.precision = 6, .check.min_digits = 2, .script.stack = system_stack() / 8 * 5};
    int status = EXIT_TROUBLE;
    system_begin();
    setvbuf(stderr, line, _IOLBF, sizeof line); /* not a write for each character of a diagnostic */
    const int words = command_line_read(&s, argc, argv);
    if (words >= 0)
        status = run_command(words, argv, &s);
    free(s.only);
    return status;
}
