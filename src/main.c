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
    "  or:  mlpstep example [NAME]\n"
    "Run the training step of the PyTorch script SCRIPT and print every tensor on the\n"
    "way: forward, backward and update. Without SCRIPT, run the embedded example\n"
    "'plain'; with -, read the script from standard input.\n"
    "\n"
    "  example [NAME]     list the embedded example scripts, or print one\n"
    "\n"
    "      --rng=BUILD    draw dropout masks as this build of PyTorch: mkl (default; the\n"
    "                     x86-64 wheels of pip and conda) or native (ARM, Apple silicon,\n"
    "                     Debian's package)\n"
    "      --dtype=DTYPE  default dtype: float32 (default) or float64\n"
    "      --precision=N  print N decimals, 0 to 60 (default 6)\n"
    "      --only=NAME[,NAME...]\n"
    "                     print only the entries of these names\n"
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
            char *more = capacity <= LARGEST_SCRIPT ? realloc(s->text, capacity) : NULL;
            if (!more) {
                errno = EFBIG;
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

static int run_in(mlp_arena *arena, const source *script, const settings *s) {
    mlp_diagnostic error = {0};
    mlp_warning *warnings = NULL;
    const mlp_trace *trace =
        mlp_script_run(arena, script->text, script->length, &s->script, &warnings, &error);
    for (const mlp_warning *w = warnings; w; w = w->next)
        diagnose(script, &w->diagnostic, "warning");
    if (!trace || !mlp_report_write(stdout, trace, &s->report, &error)) {
        diagnose(script, &error, "error");
        return EXIT_TROUBLE;
    }
    return finish_output(EXIT_FINE);
}

static int run_script(const source *script, const settings *s) {
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    const int status = arena ? run_in(arena, script, s) : trouble("%s", "out of memory");
    mlp_arena_free(arena);
    return status;
}

static int run_example(const char *name, const settings *s) {
    for (const example *e = examples; e->name; e++)
        if (strcmp(e->name, name) == 0)
            return run_script(&(source){"plain.py", (char *)e->text, e->length}, s);
    return trouble("there is no example '%s'", name);
}

static int run_file(const char *path, const settings *s) {
    source script = {0};
    int status;
    if (read_script(path, &script)) {
        status = run_script(&script, s);
    } else {
        fprintf(stderr, "mlpstep: cannot read %s: %s\n", path, strerror(errno));
        status = EXIT_TROUBLE;
    }
    free(script.text);
    return status;
}

static int run_command(int argc, char **argv, const settings *s) {
    const bool is_example = argc > 0 && strcmp(argv[0], "example") == 0;
    const int word = argc > 0 && (is_example || strcmp(argv[0], "run") == 0);
    if (argc - word > 1)
        return trouble("one script at a time: '%s' is too much; try mlpstep --help",
                       argv[word + 1]);
    if (is_example)
        return print_example(argv[1]);
    return argc > word ? run_file(argv[word], s) : run_example("plain", s);
}

static int bad_value(const char *option, const char *wanted) {
    fprintf(stderr, "mlpstep: --%s takes %s\n", option, wanted);
    return EXIT_TROUBLE;
}

int main(int argc, char **argv) {
    enum {
        RNG = 256,
        DTYPE,
        PRECISION,
        ONLY
    };
    static const struct option options[] = {{"rng", required_argument, NULL, RNG},
                                            {"dtype", required_argument, NULL, DTYPE},
                                            {"precision", required_argument, NULL, PRECISION},
                                            {"only", required_argument, NULL, ONLY},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'V'},
                                            {0}};
    settings s = {.report.precision = 6};
    int option;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing like any other */
    while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1) {
        if (option == 'h')
            return fputs(usage, stdout), finish_output(EXIT_FINE);
        if (option == 'V')
            return puts("mlpstep " MLPSTEP_VERSION), finish_output(EXIT_FINE);
        if (option == RNG && !set_rng(&s, optarg))
            return bad_value("rng", "mkl or native");
        if (option == DTYPE && !set_dtype(&s, optarg))
            return bad_value("dtype", "float32 or float64");
        if (option == PRECISION && !set_precision(&s, optarg))
            return bad_value("precision", "a number from 0 to 60");
        if (option == ONLY && !set_only(&s, optarg))
            return trouble("%s", "out of memory");
        if (option == '?')
            return fputs("Try 'mlpstep --help'.\n", stderr), EXIT_TROUBLE;
    }
    const int status = run_command(argc - optind, argv + optind, &s);
    free(s.only);
    return status;
}
