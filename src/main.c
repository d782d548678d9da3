/* The command: options and subcommands. */
#include "mlpstep/report.h"
#include "mlpstep/script.h"

#include "examples.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    EXIT_FINE = 0,
    EXIT_TROUBLE = 2
};

static const char usage[] =
    "Usage: mlpstep [run] [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep transcript [OPTION]... [SCRIPT]\n"
    "  or:  mlpstep example [NAME]\n"
    "Run the PyTorch script SCRIPT of a small network without PyTorch. Without SCRIPT,\n"
    "run the embedded example 'plain'; with -, read the script from standard input.\n"
    "\n"
    "  run                print every tensor on the way: forward, backward and update\n"
    "  transcript         print what 'python3 SCRIPT' prints\n"
    "  example [NAME]     list the embedded example scripts, or print one\n"
    "\n"
    "      --rng=BUILD    draw dropout masks as this build of PyTorch: mkl (default; the\n"
    "                     x86-64 wheels of pip and conda) or native (ARM, Apple silicon,\n"
    "                     Debian's package)\n"
    "      --dtype=DTYPE  default dtype: float32 (default) or float64\n"
    "      --precision=N  run: print N decimals, 0 to 60 (default 6)\n"
    "      --only=NAME[,NAME...]\n"
    "                     run: print only the entries of these names\n"
    "  -h, --help         print this help and exit\n"
    "  -V, --version      print the version and exit\n"
    "\n"
    "Exit status: 0 if all went well, 2 if there was trouble.\n";

static int trouble(const char *format, const char *what) {
    fputs("mlpstep: ", stderr);
    fprintf(stderr, format, what);
    fputs("\n", stderr);
    return EXIT_TROUBLE;
}

/* --- reading --- */

typedef struct {
    const char *name; /* for messages */
    char *text;       /* NULL: not read */
    size_t length;
} source;

/* Everything up to this size is read; a script is far smaller. */
enum {
    LARGEST_SCRIPT = 64 << 20
};

static bool read_all(FILE *in, source *s) {
    size_t capacity = 0;
    for (;;) {
        if (s->length == capacity) {
            capacity = capacity ? capacity * 2 : 1 << 16;
            if (capacity > LARGEST_SCRIPT) {
                errno = EFBIG;
                return false;
            }
            char *more = realloc(s->text, capacity);
            if (!more) {
                errno = ENOMEM;
                return false;
            }
            s->text = more;
        }
        const size_t got = fread(s->text + s->length, 1, capacity - s->length, in);
        s->length += got;
        if (got == 0)
            return !ferror(in);
    }
}

static bool read_script(const char *path, source *s) {
    const bool standard_input = strcmp(path, "-") == 0;
    s->name = standard_input ? "<stdin>" : path;
    FILE *in = standard_input ? stdin : fopen(path, "rb");
    if (!in)
        return false;
    errno = 0;
    const bool read = read_all(in, s);
    const int error = errno;
    if (!standard_input)
        fclose(in);
    errno = error;
    return read;
}

/* --- options --- */

typedef struct {
    mlp_script_options script;
    mlp_report_options report;
    bool has_precision;
    char **only; /* owns report.only and the text it points into */
} settings;

static bool set_rng(settings *s, const char *text) {
    s->script.rng = strcmp(text, "native") == 0 ? MLP_RNG_NATIVE : MLP_RNG_MKL;
    return strcmp(text, "native") == 0 || strcmp(text, "mkl") == 0;
}

static bool set_dtype(settings *s, const char *text) {
    s->script.dtype = strcmp(text, "float64") == 0 ? MLP_FLOAT64 : MLP_FLOAT32;
    return strcmp(text, "float64") == 0 || strcmp(text, "float32") == 0;
}

static bool set_precision(settings *s, const char *text) {
    char *end;
    const long precision = strtol(text, &end, 10);
    s->report.precision = (int)precision;
    s->has_precision = true;
    return end != text && *end == '\0' && precision >= 0 && precision <= MLP_MAX_PRECISION;
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

/* Output that did not arrive must not look like success. */
static int finish_output(int status) {
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout) && fclose(stdout) == 0)
        return status;
    return trouble("cannot write the output: %s", strerror(errno));
}

static int print_example(const char *name) {
    for (const example *e = examples; e->name; e++) {
        if (!name)
            printf("%-12s%s\n", e->name, e->title);
        else if (strcmp(e->name, name) == 0)
            return fwrite(e->text, 1, e->length, stdout), finish_output(EXIT_FINE);
    }
    return name ? trouble("there is no example '%s': mlpstep example lists them", name)
                : finish_output(EXIT_FINE);
}

static void diagnose(const source *script, const mlp_diagnostic *d, const char *severity) {
    mlp_diagnostic_write(stderr, d, severity, script->name, script->text, script->length);
}

/* What a subcommand makes of a script. */
typedef bool output(const mlp_trace *trace, const settings *s, mlp_diagnostic *error);

static bool write_report(const mlp_trace *trace, const settings *s, mlp_diagnostic *error) {
    return mlp_report_write(stdout, trace, &s->report, error);
}

static int run_in(mlp_arena *arena, const source *script, const settings *s, output *write) {
    mlp_diagnostic error = {0};
    mlp_warning *warnings = NULL;
    const mlp_trace *trace =
        mlp_script_run(arena, script->text, script->length, &s->script, &warnings, &error);
    for (const mlp_warning *w = warnings; w; w = w->next)
        diagnose(script, &w->diagnostic, "warning");
    if (trace && (!write || write(trace, s, &error)))
        return finish_output(EXIT_FINE);
    diagnose(script, &error, "error");
    return finish_output(EXIT_TROUBLE);
}

static int run_script(const source *script, const settings *s, output *write) {
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    const int status = arena ? run_in(arena, script, s, write) : trouble("%s", "out of memory");
    mlp_arena_free(arena);
    return status;
}

static int run_example(const char *name, const settings *s, output *write) {
    for (const example *e = examples; e->name; e++) {
        char file[64];
        snprintf(file, sizeof file, "%s.py", name);
        if (strcmp(e->name, name) == 0)
            return run_script(&(source){file, (char *)e->text, e->length}, s, write);
    }
    return trouble("there is no example '%s'", name);
}

static int run_file(const char *path, const settings *s, output *write) {
    source script = {0};
    int status;
    if (read_script(path, &script)) {
        status = run_script(&script, s, write);
    } else {
        fprintf(stderr, "mlpstep: cannot read %s: %s\n", path, strerror(errno));
        status = EXIT_TROUBLE;
    }
    free(script.text);
    return status;
}

/* The words that are no options: a subcommand, if the first one is its name, and what it takes. */
static int run_command(int count, char **words, settings *s) {
    const char *command = count > 0 ? words[0] : "";
    const bool is_example = strcmp(command, "example") == 0;
    const bool is_transcript = strcmp(command, "transcript") == 0;
    const int word = is_example || is_transcript || strcmp(command, "run") == 0;
    if (count - word > 1)
        return trouble(is_example ? "one example at a time: '%s' is too much; try mlpstep --help"
                                  : "one script at a time: '%s' is too much; try mlpstep --help",
                       words[word + 1]);
    if (is_example)
        return print_example(count > 1 ? words[1] : NULL);
    if (is_transcript && (s->only || s->has_precision))
        return trouble("%s", "--only and --precision are for a report: transcript prints what the "
                             "script prints");
    s->script.print = is_transcript ? stdout : NULL;
    output *write = is_transcript ? NULL : write_report;
    return count > word ? run_file(words[word], s, write) : run_example("plain", s, write);
}

/* --- the command line --- */

enum {
    RNG = 256,
    DTYPE,
    PRECISION,
    ONLY
};

static bool bad_value(const char *option, const char *wanted) {
    fprintf(stderr, "mlpstep: --%s takes %s\n", option, wanted);
    return false;
}

/* Returns whether to go on; if not, *status is what to exit with. */
static bool set_option(settings *s, int option, const char *text, int *status) {
    *status = EXIT_TROUBLE;
    switch (option) {
    case 'h':
        fputs(usage, stdout);
        *status = finish_output(EXIT_FINE);
        return false;
    case 'V':
        puts("mlpstep " MLPSTEP_VERSION);
        *status = finish_output(EXIT_FINE);
        return false;
    case RNG:
        return set_rng(s, text) || bad_value("rng", "mkl or native");
    case DTYPE:
        return set_dtype(s, text) || bad_value("dtype", "float32 or float64");
    case PRECISION:
        return set_precision(s, text) || bad_value("precision", "a number from 0 to 60");
    case ONLY:
        return set_only(s, text) || (trouble("%s", "out of memory"), false);
    default:
        fputs("Try 'mlpstep --help'.\n", stderr);
        return false;
    }
}

int main(int argc, char **argv) {
    static const struct option options[] = {{"rng", required_argument, NULL, RNG},
                                            {"dtype", required_argument, NULL, DTYPE},
                                            {"precision", required_argument, NULL, PRECISION},
                                            {"only", required_argument, NULL, ONLY},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'V'},
                                            {0}};
    settings s = {.report.precision = 6};
    int option, status = EXIT_FINE;
    bool go_on = true;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing like any other */
    while (go_on && (option = getopt_long(argc, argv, "hV", options, NULL)) != -1)
        go_on = set_option(&s, option, optarg, &status);
    if (go_on)
        status = run_command(argc - optind, argv + optind, &s);
    free(s.only);
    return status;
}
