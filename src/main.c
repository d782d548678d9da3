/* The command: options and subcommands. */
#include "mlpstep/gradcheck.h"
#include "mlpstep/variant.h"

#include "examples.h"
#include "life.h"
#include "sheets.h"
#include "tell.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    MOST_DIGITS = 17, /* that a double has */
    FEW_STEPS = 10    /* whose gradients are all checked */
};

/* One text, of parts that no compiler finds too long. */
static const char *const usage[] = {
    "Usage: mlpstep [run] [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep transcript [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep worksheet [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep check [OPTION]... SCRIPT SHEET...\n"
    "  or:  mlpstep gradcheck [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep derive [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep graph [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep variant --seed=N [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep example [NAME]\n"
    "Run the PyTorch script SCRIPT of a small network without PyTorch: a file of Python,\n"
    "a notebook (.ipynb) or a session that was copied (>>>). Without SCRIPT, run the\n"
    "embedded example 'plain'; with -, read the script from standard input.\n"
    "\n",
    "  run                print every tensor on the way: forward, backward and update\n"
    "  transcript         print what 'python3 SCRIPT' prints\n"
    "  worksheet          print the same with ? for every number that is to be computed\n"
    "  check              mark each SHEET, a filled worksheet, a report, lines NAME = VALUE or\n"
    "                     what 'python3 SCRIPT' printed: which answers are right, where a\n"
    "                     mistake began, and which one it was\n"
    "  gradcheck          hold every gradient against a numerical one, both in float64\n"
    "  derive             write the derivation out: formulas, the numbers put in, and what comes\n"
    "                     of them, forward, link by link backward, and the update\n"
    "  graph              draw the computation, with shapes and, on the edges, gradients, as an\n"
    "                     SVG or for Graphviz\n"
    "  variant            print SCRIPT with other numbers, the same for the same N: an exercise\n"
    "                     for each of many students\n"
    "  example [NAME]     list the embedded example scripts, or print one\n"
    "\n",
    "      --torch=RELEASE[,BUILD]\n"
    "                     follow this release of PyTorch, 1.13 to 2.11 (default 2.6), and\n"
    "                     this build: wheel (default; x86-64 from pip or conda), native (without\n"
    "                     MKL: Debian's package, Apple silicon, ARM), or avx512 or avx2 (the wheel\n"
    "                     on such a processor; wheel means avx2)\n"
    "      --rng=BUILD    mkl for --torch=2.6,wheel, native for --torch=2.6,native\n"
    "      --dtype=DTYPE  default dtype: float32 (default) or float64\n"
    "      --budget=N     let the script compute N numbers (default 20G; K, M, G are thousands,\n"
    "                     millions, billions); a call or a turn of a loop counts as 1000\n"
    "      --memory=SIZE  let the run use SIZE bytes (default 1G, or 3G where it keeps bounds, as\n"
    "                     check does; K, M, G are powers of 1024)\n"
    "      --step=N[,N...|last]\n"
    "                     run, worksheet, check, gradcheck, derive, graph: only these steps of\n"
    "                     the training, counted from 1; N-M is a range (gradcheck: all while\n"
    "                     they are at most 10, else the last; derive, graph: 1)\n",
    "      --precision=N  run, worksheet, derive, graph: print N decimals, 0 to 60 (default 6)\n"
    "      --only=NAME[,NAME...]\n"
    "                     run, worksheet: print only the entries of these names\n"
    "                     derive: these, and what they are computed from\n"
    "      --blank        derive: leave out every number that is computed, as an exercise\n"
    "      --level=LEVEL  derive: numbers (default), or links, without the numbers put in\n"
    "      --fragment     derive: LaTeX or HTML to be put into a document of one's own\n"
    "      --bounds       run: print after each entry how far float32 arithmetic, in any\n"
    "                     build of PyTorch, may be from exact arithmetic\n",
    "      --atol=A, --rtol=R\n"
    "                     check: a number is right within A + R * |value| (each 0 if the\n"
    "                     other one is given alone), not within half its last decimal\n"
    "      --min-digits=N check: significant digits of a number written by hand, 1 to 17\n"
    "                     (default 2), or all that it has; four decimals, as PyTorch prints\n"
    "                     them, are enough\n"
    "      --names=FILE   check: other names for values, a line NAME = NAME-IN-THE-SCRIPT each\n"
    "      --require-all  check: a value that is blank, or missing, is a fault\n"
    "      --only-wrong   check: no lines for what is right, no rows for sheets that are\n"
    "      --hint         check: where a mistake is and of what kind, not the right number\n"
    "      --format=FORMAT\n"
    "                     check: text (default), tap (the Test Anything Protocol), csv (a row\n"
    "                     for each SHEET) or json (all that is known)\n"
    "                     derive: text (default), markdown, latex or html\n"
    "                     graph: svg (default) or dot\n"
    "      --seed=N       variant: which one, 0 to 2^64 - 1\n"
    "  -q, --quiet        check: print the last line of each SHEET only\n"
    "  -h, --help         print this help and exit\n"
    "  -V, --version      print the versions of the program and the report, and exit\n"
    "\n",
    "The environment's MLPSTEP_TORCH stands for --torch where neither it nor --rng is\n"
    "given.\n"
    "Exit status: 0 if all went well, 1 if check finds a wrong answer or other text, or\n"
    "gradcheck a gradient that differs, 2 if there was trouble.\n"};

/* --- options --- */

enum option_use {
    OF_REPORT = 1 << 0,
    OF_CHECK = 1 << 1,
    OF_SCRIPT = 1 << 2,
    OF_RNG = 1 << 3, /* these two are of a script as well */
    OF_TORCH = 1 << 4,
    OF_RUN = 1 << 5,
    OF_VARIANT = 1 << 6,
    OF_STEPS = 1 << 7,
    OF_PRECISION = 1 << 8,
    OF_FORMAT = 1 << 9,
    OF_DERIVE = 1 << 10
};

static bool set_rng(settings *s, const char *text) {
    const mlp_build build = strcmp(text, "native") == 0 ? MLP_NATIVE : MLP_WHEEL;
    s->script.release = (mlp_release){2, 6, build};
    return strcmp(text, "native") == 0 || strcmp(text, "mkl") == 0;
}

static bool set_dtype(settings *s, const char *text) {
    s->script.dtype = strcmp(text, "float64") == 0 ? MLP_FLOAT64 : MLP_FLOAT32;
    return strcmp(text, "float64") == 0 || strcmp(text, "float32") == 0;
}

static bool set_budget(settings *s, const char *text) {
    static const char suffixes[] = "KMG";
    char *end;
    double numbers = strtod(text, &end);
    const char *suffix = *end ? strchr(suffixes, *end) : NULL;
    for (const char *at = suffixes; suffix && at <= suffix; at++)
        numbers *= 1000;
    s->script.budget = numbers;
    return end != text && (suffix ? end[1] == '\0' : *end == '\0') && numbers > 0 &&
           isfinite(numbers);
}

/* No object is larger than half of what a size_t can count. */
static bool set_memory(settings *s, const char *text) {
    static const char suffixes[] = "KMG";
    char *end;
    errno = 0;
    const unsigned long long units = strtoull(text, &end, 10);
    const char *suffix = *end ? strchr(suffixes, *end) : NULL;
    const int shift = suffix ? (int)(suffix - suffixes + 1) * 10 : 0;
    if (*text < '0' || *text > '9' || *(suffix ? end + 1 : end) != '\0')
        return false;
    s->memory = (size_t)units << shift;
    return units > 0 && errno == 0 && units <= SIZE_MAX / 2 >> shift;
}

static bool set_steps(settings *s, const char *text) {
    s->used |= OF_STEPS;
    s->script.steps = &s->steps;
    return mlp_steps_read(&s->steps, text);
}

static bool set_precision(settings *s, const char *text) {
    char *end;
    const long precision = strtol(text, &end, 10);
    s->report.precision = (int)precision;
    return end != text && *end == '\0' && precision >= 0 && precision <= MLP_MAX_PRECISION;
}

static bool set_tolerance(settings *s, double *tolerance, const char *text) {
    char *end;
    *tolerance = strtod(text, &end);
    s->check.tolerance.replaces = true;
    return end != text && *end == '\0' && *tolerance >= 0 && isfinite(*tolerance);
}

static bool set_min_digits(settings *s, const char *text) {
    char *end;
    const long digits = strtol(text, &end, 10);
    s->check.min_digits = (int)digits;
    s->min_digits = true;
    return end != text && *end == '\0' && digits >= 1 && digits <= MOST_DIGITS;
}

static bool set_seed(settings *s, const char *text) {
    char *end;
    errno = 0;
    s->seed = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
}

/* The place of the word in a list that NULL ends; the number of its words where it is none of them. */
static int find_word(const char *const *words, const char *text) {
    int i = 0;
    while (words[i] && strcmp(words[i], text) != 0)
        i++;
    return i;
}

static bool set_level(settings *s, const char *text) {
    static const char *const levels[] = {"numbers", "links", NULL};
    const int found = find_word(levels, text);
    s->derive.links = found == 1;
    return levels[found] != NULL;
}

/* Splits at the commas that stand outside brackets, since linear(x, w) is a name too. */
static bool set_only(settings *s, const char *text) {
    const size_t length = strlen(text);
    free(s->only);
    s->only = calloc(length + 2, sizeof *s->only + 1);
    if (!s->only)
        return false;
    char *to = (char *)(s->only + length + 2);
    size_t count = 0;
    int depth = 0;
    s->only[count++] = to;
    for (; *text; text++) {
        depth += (*text == '(' || *text == '[') - (*text == ')' || *text == ']');
        if (*text == ',' && depth == 0) {
            *to++ = '\0';
            s->only[count++] = to;
        } else {
            *to++ = *text;
        }
    }
    s->report.only = (const char *const *)s->only;
    return true;
}

/* --- commands --- */

static int fail_example(const char *name) {
    enum {
        MOST = 100
    };
    const char *names[MOST + 1] = {NULL};
    for (size_t i = 0; examples[i].name && i < MOST; i++)
        names[i] = examples[i].name;
    const char *near = mlp_nearest_name(name, names);
    return near ? trouble("there is no example '%s'; did you mean '%s'?", name, near)
                : trouble("there is no example '%s': mlpstep example lists them", name);
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

/* What a subcommand makes of it: the exit status, after a diagnostic if that is trouble. */
typedef int action(const finished_run *run);

typedef struct {
    const char *name;
    action *act;      /* NULL: it runs no script */
    unsigned options; /* that it takes: bits of option_use */
    bool takes_sheets;
    const char *const *formats; /* the words of --format, the first one being the default, ended by
                                   NULL; NULL: there is one only */
    bool takes_one_step;        /* where no option says which */
} command;

static int write_as(const finished_run *run, bool blank) {
    mlp_diagnostic error = {0};
    mlp_report_options options = run->s->report;
    options.blank = blank;
    if (mlp_report_write(stdout, run->trace, &options, &error))
        return EXIT_FINE;
    diagnose(run->script, &error, "error");
    return EXIT_TROUBLE;
}

static int write_report(const finished_run *run) {
    return write_as(run, false);
}

static int write_worksheet(const finished_run *run) {
    return write_as(run, true);
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
    const char *slash = strrchr(script->name, '/');
    return *script->name == '<' ? NULL : slash ? slash + 1 : script->name;
}

/* What is written is held back until all of it is there: memory may end on the way, and half a
 * document is none. */
static bool hold_back(const mlp_trace *trace, const mlp_derive_options *options,
                      mlp_diagnostic *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *held = open_memstream(&text, &length);
    if (!held)
        return mlp_error(error, "out of memory");
    const bool well = mlp_derive_write(held, trace, options, error), broken = ferror(held) != 0;
    const bool whole = fclose(held) == 0 && !broken;
    if (well && whole)
        fwrite(text, 1, length, stdout);
    free(text);
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

static const char *const marks_formats[] = {[FORMAT_TEXT] = "text",
                                            [FORMAT_TAP] = "tap",
                                            [FORMAT_CSV] = "csv",
                                            [FORMAT_JSON] = "json",
                                            NULL};
static const char *const graph_formats[] = {[MLP_GRAPH_SVG] = "svg", [MLP_GRAPH_DOT] = "dot", NULL};
static const char *const derive_formats[] = {[MLP_DERIVE_TEXT] = "text",
                                             [MLP_DERIVE_MARKDOWN] = "markdown",
                                             [MLP_DERIVE_LATEX] = "latex",
                                             [MLP_DERIVE_HTML] = "html",
                                             NULL};

static const command commands[] = {
    {"run", write_report, OF_SCRIPT | OF_REPORT | OF_PRECISION | OF_RUN | OF_STEPS, false, NULL,
     false},
    {"transcript", write_transcript, OF_SCRIPT, false, NULL, false},
    {"worksheet", write_worksheet, OF_SCRIPT | OF_REPORT | OF_PRECISION | OF_STEPS, false, NULL,
     false},
    {"check", mark_sheets, OF_SCRIPT | OF_CHECK | OF_FORMAT | OF_STEPS, true, marks_formats, false},
    {"gradcheck", check_gradients, OF_SCRIPT | OF_STEPS, false, NULL, false},
    {"derive", write_derivation,
     OF_SCRIPT | OF_REPORT | OF_PRECISION | OF_FORMAT | OF_STEPS | OF_DERIVE, false, derive_formats,
     true},
    {"graph", write_graph, OF_SCRIPT | OF_PRECISION | OF_FORMAT | OF_STEPS, false, graph_formats,
     true},
    {"variant", write_variant, OF_SCRIPT | OF_VARIANT, false, NULL, false},
    {"example", NULL, 0, false, NULL, false}};

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

/* The subcommand of that name; NULL where the word is none. */
static const command *find_command(const char *word) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, word) == 0)
            return &commands[i];
    return NULL;
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

/* "svg or dot". */
static bool refuse_format(const char *const *formats) {
    char list[64] = "";
    for (size_t i = 0; formats[i]; i++) {
        const size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, "%s%s",
                 i == 0           ? ""
                 : formats[i + 1] ? ", "
                                  : " or ",
                 formats[i]);
    }
    return trouble("--format takes %s", list), false;
}

static bool set_format(settings *s, const command *c) {
    if (!c->formats)
        return true;
    s->format = s->format_name ? find_word(c->formats, s->format_name) : 0;
    if (!c->formats[s->format])
        return refuse_format(c->formats);
    return !c->takes_sheets || check_marks_format(s);
}

static bool check_derive_options(const command *c, const settings *s) {
    const bool is_derive = c->options & OF_DERIVE;
    const bool is_page =
        is_derive && (s->format == MLP_DERIVE_LATEX || s->format == MLP_DERIVE_HTML);
    if (s->used & OF_DERIVE && !is_derive)
        return trouble("--blank, --level and --fragment are for derive, not for %s", c->name),
               false;
    return !is_derive || !s->derive.fragment || is_page ||
           (trouble("--fragment is for --format=latex and --format=html"), false);
}

/* Options that the subcommand does not take. */
static bool check_options(const command *c, settings *s) {
    if (s->used & OF_REPORT & ~c->options)
        return trouble("--only is for run, worksheet and derive, not for %s", c->name), false;
    if (s->used & OF_PRECISION & ~c->options)
        return trouble("--precision is for run, worksheet, derive and graph, not for %s", c->name),
               false;
    if (s->used & OF_CHECK & ~c->options)
        return trouble(
                   "--atol, --rtol, --min-digits, --names, --require-all, --only-wrong, --hint and "
                   "--quiet are for check, not for %s",
                   c->name),
               false;
    if (s->used & OF_FORMAT & ~c->options)
        return trouble("--format is for check, derive and graph, not for %s", c->name), false;
    if (s->min_digits && s->check.tolerance.replaces)
        return trouble("--min-digits is of the rule of decimals, which --atol and --rtol replace: "
                       "give one of them"),
               false;
    if (s->used & OF_SCRIPT & ~c->options)
        return trouble(
                   "--torch, --rng, --dtype, --budget and --memory are for a script that is run, "
                   "not for %s",
                   c->name),
               false;
    if (s->used & OF_RNG && s->used & OF_TORCH)
        return trouble("--rng and --torch say the same: give one of them"), false;
    if (s->used & OF_VARIANT & ~c->options)
        return trouble("--seed is for variant, not for %s", c->name), false;
    if (c->options & OF_VARIANT & ~s->used)
        return trouble("variant takes --seed=N, a whole number for each student"), false;
    if (s->used & OF_STEPS & ~c->options)
        return trouble(
                   "--step is for run, worksheet, check, gradcheck, derive and graph, not for %s",
                   c->name),
               false;
    if (s->used & OF_RUN & ~c->options)
        return trouble("--bounds is for run, not for %s", c->name), false;
    return set_format(s, c) && check_derive_options(c, s);
}

/* words[count] is NULL. */
static int check_words(const command *c, int count, char **words, const settings *s) {
    int inputs = s->names && strcmp(s->names, "-") == 0;
    if (count < 2)
        return trouble("%s takes files, SCRIPT and SHEET...; try mlpstep --help", c->name);
    for (int i = 0; i < count; i++)
        inputs += strcmp(words[i], "-") == 0;
    if (inputs > 1)
        return trouble("only one of SCRIPT, SHEET... and --names can be standard input");
    return run_file(words[0], words + 1, s, c->act);
}

static int too_much(const char *most, const char *word) {
    return trouble("%s at a time: '%s' is too much; try mlpstep --help", most, word);
}

/* What was probably meant by a first word that is neither a subcommand nor a file; NULL if nothing
 * is near. */
static const char *meant_command(const char *word) {
    static const char *const names[] = {"run",       "transcript", "worksheet", "check",
                                        "gradcheck", "derive",     "graph",     "variant",
                                        "example",   "--help",     "--version", NULL};
    return access(word, F_OK) == 0 ? NULL : mlp_nearest_name(word, names);
}

static const char release_wanted[] =
    "a release from " MLP_RELEASES " and, if wanted, a build, as in 2.6 or 2.6,native; avx2 and "
    "avx512 are builds from 2.5 on";

/* Where no option tells the release, the environment may. */
static bool follow_environment(settings *s) {
    const char *text = getenv("MLPSTEP_TORCH");
    return s->used & (OF_RNG | OF_TORCH) || !text || !*text ||
           mlp_release_read(&s->script.release, text) ||
           (trouble("MLPSTEP_TORCH takes %s", release_wanted), false);
}

/* The words that are no options: a subcommand, if the first one is its name, and what it takes. */
static int run_command(int count, char **words, settings *s) {
    const char *first = count > 0 ? words[0] : "";
    const command *named = find_command(first), *c = named ? named : &commands[0];
    const bool is_example = !c->act;
    const int word = named != NULL, most = c->takes_sheets ? count : word + 1;
    const char *meant = word ? NULL : meant_command(first);
    if (meant)
        return trouble("there is no subcommand and no file '%s'; did you mean '%s'?", first, meant);
    if (count > most)
        return too_much(is_example ? "one example" : "one script", words[most]);
    if (!check_options(c, s))
        return EXIT_TROUBLE;
    if (is_example)
        return print_example(count > 1 ? words[1] : NULL);
    if (!follow_environment(s))
        return EXIT_TROUBLE;
    s->script.print = c->act == write_transcript ? stdout : NULL;
    s->script.print_errors = c->act == write_transcript ? stderr : NULL;
    s->script.quiet = c->act == write_transcript;
    s->script.watch = life_begin();
    s->script.bounds |= c->takes_sheets; /* check holds them against the bounds */
    if (!s->memory)
        s->memory = s->script.bounds ? MLP_ARENA_LIMIT_WITH_BOUNDS : MLP_ARENA_LIMIT;
    if (c->act == check_gradients && !s->script.steps) {
        s->steps = (mlp_steps){.last = true, .few = FEW_STEPS};
        s->script.steps = &s->steps;
    }
    if (c->takes_one_step && !s->script.steps) {
        s->steps = (mlp_steps){.range[0] = {1, 1}, .count = 1};
        s->script.steps = &s->steps;
    }
    if (c->takes_sheets)
        return check_words(c, count - word, words + word, s);
    return count > word ? run_file(words[word], NULL, s, c->act) : run_example("plain", s, c->act);
}

/* --- the command line --- */

enum {
    WORD = 1,
    RNG = 256,
    TORCH,
    DTYPE,
    PRECISION,
    ONLY,
    ATOL,
    RTOL,
    MIN_DIGITS,
    NAMES,
    REQUIRE_ALL,
    ONLY_WRONG,
    HINT,
    FORMAT,
    BOUNDS,
    BUDGET,
    MEMORY,
    SEED,
    STEP,
    BLANK,
    LEVEL,
    FRAGMENT
};

static bool bad_value(const char *option, const char *wanted) {
    return trouble("--%s takes %s", option, wanted), false;
}

static const struct option options[] = {{"rng", required_argument, NULL, RNG},
                                        {"torch", required_argument, NULL, TORCH},
                                        {"dtype", required_argument, NULL, DTYPE},
                                        {"budget", required_argument, NULL, BUDGET},
                                        {"memory", required_argument, NULL, MEMORY},
                                        {"step", required_argument, NULL, STEP},
                                        {"precision", required_argument, NULL, PRECISION},
                                        {"only", required_argument, NULL, ONLY},
                                        {"atol", required_argument, NULL, ATOL},
                                        {"rtol", required_argument, NULL, RTOL},
                                        {"min-digits", required_argument, NULL, MIN_DIGITS},
                                        {"names", required_argument, NULL, NAMES},
                                        {"require-all", no_argument, NULL, REQUIRE_ALL},
                                        {"only-wrong", no_argument, NULL, ONLY_WRONG},
                                        {"hint", no_argument, NULL, HINT},
                                        {"format", required_argument, NULL, FORMAT},
                                        {"bounds", no_argument, NULL, BOUNDS},
                                        {"seed", required_argument, NULL, SEED},
                                        {"blank", no_argument, NULL, BLANK},
                                        {"level", required_argument, NULL, LEVEL},
                                        {"fragment", no_argument, NULL, FRAGMENT},
                                        {"quiet", no_argument, NULL, 'q'},
                                        {"help", no_argument, NULL, 'h'},
                                        {"version", no_argument, NULL, 'V'},
                                        {0}};

enum {
    OPTIONS = sizeof options / sizeof *options - 1
};

/* A long option that is none of ours, or the beginning of several. */
static void refuse_long_option(const char *word) {
    const int length = (int)strcspn(word, "=");
    const char *names[OPTIONS + 1] = {NULL};
    char name[64];
    size_t begun = 0;
    for (size_t i = 0; i < OPTIONS; i++) {
        names[i] = options[i].name;
        begun += strncmp(names[i], word + 2, (size_t)length - 2) == 0;
    }
    snprintf(name, sizeof name, "%.*s", length - 2, word + 2);
    const char *near = mlp_nearest_name(name, names);
    if (begun > 1)
        trouble("option '%.*s' is ambiguous", length, word);
    else if (near)
        trouble("unrecognized option '%.*s'; did you mean '--%s'?", length, word, near);
    else
        trouble("unrecognized option '%.*s'", length, word);
}

/* What getopt_long refused, with a ? or a :, in the words that it would have had for it; it would
 * have written them as they are. */
static bool refuse_option(int code, const char *word) {
    const char *name = NULL;
    for (size_t i = 0; i < OPTIONS; i++)
        if (options[i].val == optopt)
            name = options[i].name;
    if (code == ':' && name)
        trouble("option '--%s' requires an argument", name);
    else if (optopt == 0)
        refuse_long_option(word);
    else if (name && strncmp(word, "--", 2) == 0)
        trouble("option '--%s' doesn't allow an argument", name);
    else
        trouble("invalid option -- '%c'", optopt);
    fputs("Try 'mlpstep --help'.\n", stderr);
    return false;
}

static bool set_derive_option(settings *s, int option, const char *text) {
    s->used |= OF_DERIVE;
    if (option == LEVEL)
        return set_level(s, text) || bad_value("level", "numbers or links");
    s->derive.blank |= option == BLANK;
    s->derive.fragment |= option == FRAGMENT;
    return true;
}

static bool set_check_option(settings *s, int option, const char *text) {
    s->used |= OF_CHECK;
    switch (option) {
    case ATOL:
    case RTOL:
        return set_tolerance(
                   s, option == ATOL ? &s->check.tolerance.atol : &s->check.tolerance.rtol, text) ||
               bad_value(option == ATOL ? "atol" : "rtol", "a number that is not negative");
    case MIN_DIGITS:
        return set_min_digits(s, text) || bad_value("min-digits", "a number from 1 to 17");
    case NAMES:
        return s->names = text, true;
    case REQUIRE_ALL:
        return s->check.require_all = true;
    case ONLY_WRONG:
        return s->marks.only_wrong = true;
    case HINT:
        return s->marks.hint = true;
    case 'q':
        return s->marks.quiet = true;
    default:
        return false;
    }
}

/* Returns whether to go on; if not, *status is what to exit with. */
static bool set_option(settings *s, int option, const char *text, int *status) {
    *status = EXIT_TROUBLE;
    switch (option) {
    case 'h':
        for (size_t i = 0; i < sizeof usage / sizeof *usage; i++)
            fputs(usage[i], stdout);
        *status = finish_output(EXIT_FINE);
        return false;
    case 'V':
        printf("mlpstep %s\nreport version %d\n", MLPSTEP_VERSION, MLP_REPORT_VERSION);
        *status = finish_output(EXIT_FINE);
        return false;
    case RNG:
        s->used |= OF_SCRIPT | OF_RNG;
        return set_rng(s, text) || bad_value("rng", "mkl or native");
    case TORCH:
        s->used |= OF_SCRIPT | OF_TORCH;
        return mlp_release_read(&s->script.release, text) || bad_value("torch", release_wanted);
    case DTYPE:
        s->used |= OF_SCRIPT;
        return set_dtype(s, text) || bad_value("dtype", "float32 or float64");
    case BUDGET:
        s->used |= OF_SCRIPT;
        return set_budget(s, text) ||
               bad_value("budget", "a number above 0, with K, M or G behind it if wanted");
    case MEMORY:
        s->used |= OF_SCRIPT;
        return set_memory(s, text) ||
               bad_value("memory",
                         "a number of bytes above 0 that a processor can address, with K, "
                         "M or G behind it if wanted");
    case STEP:
        return set_steps(s, text) ||
               bad_value("step",
                         "steps from 1 on and last, as in 1,10-12,last, and up to 64 of them");
    case PRECISION:
        s->used |= OF_PRECISION;
        return set_precision(s, text) || bad_value("precision", "a number from 0 to 60");
    case ONLY:
        s->used |= OF_REPORT;
        return set_only(s, text) || (trouble("out of memory"), false);
    case FORMAT:
        s->used |= OF_FORMAT;
        return s->format_name = text, true;
    case BLANK:
    case LEVEL:
    case FRAGMENT:
        return set_derive_option(s, option, text);
    case SEED:
        s->used |= OF_VARIANT;
        return set_seed(s, text) || bad_value("seed", "a whole number from 0 to 2^64 - 1");
    case BOUNDS:
        s->used |= OF_RUN;
        return s->script.bounds = s->report.bounds = true;
    default:
        return set_check_option(s, option, text);
    }
}

/* Five eighths of the stack are for the script: of the usual 8 MiB, that is enough for 999 nested
 * calls. The rest has arguments and environment, too: a quarter at most. */
static size_t script_stack(void) {
    const rlim_t usual = 8 << 20, most = 64 << 20;
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        limit.rlim_cur = usual;
    return (size_t)((limit.rlim_cur < most ? limit.rlim_cur : most) / 8 * 5);
}

int main(int argc, char **argv) {
    static char line[BUFSIZ];
    settings s = {.report.precision = 6, .check.min_digits = 2, .script.stack = script_stack()};
    int option, status = EXIT_TROUBLE, words = 0;
    bool go_on = true;
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing like any other */
#endif
    setvbuf(stderr, line, _IOLBF, sizeof line); /* not a write for each character of a diagnostic */
    /* The - asks for every word in its order, also under POSIXLY_CORRECT: the first may be a
     * subcommand, whose options stand behind it. Words move up to where argv was read already. */
    while (go_on && (option = getopt_long(argc, argv, "-:hqV", options, NULL)) != -1)
        if (option == WORD)
            argv[words++] = optarg;
        else if (option == '?' || option == ':')
            go_on = refuse_option(option, argv[optind - 1]);
        else
            go_on = set_option(&s, option, optarg, &status);
    while (optind < argc) /* behind -- */
        argv[words++] = argv[optind++];
    argv[words] = NULL;
    if (go_on)
        status = run_command(words, argv, &s);
    free(s.only);
    return status;
}
