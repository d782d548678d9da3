#include "option_table.h"

#include "run.h"
#include "tell.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- what their arguments are read by --- */

static bool set_torch(settings *s, const char *text) {
    return mlp_release_read(&s->script.release, text);
}

static bool set_rng(settings *s, const char *text) {
    const mlp_build build = strcmp(text, "native") == 0 ? MLP_NATIVE : MLP_WHEEL;
    s->script.release = (mlp_release){2, 6, build};
    return true;
}

static bool set_dtype(settings *s, const char *text) {
    s->script.dtype = strcmp(text, "float64") == 0 ? MLP_FLOAT64 : MLP_FLOAT32;
    return true;
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
    s->script.steps = &s->steps;
    return mlp_steps_read(&s->steps, text);
}

static bool set_precision(settings *s, const char *text) {
    char *end;
    const long precision = strtol(text, &end, 10);
    s->report.precision = (int)precision;
    return end != text && *end == '\0' && precision >= 0 && precision <= MLP_MAX_PRECISION;
}

static bool read_tolerance(double *tolerance, const char *text) {
    char *end;
    *tolerance = strtod(text, &end);
    return end != text && *end == '\0' && *tolerance >= 0 && isfinite(*tolerance);
}

/* R, or NAME=R: a name may have an = in it. */
static bool set_tolerance(settings *s, bool is_relative, const char *text) {
    mlp_check_options *check = &s->check;
    const char *equals = strrchr(text, '=');
    if (!equals) {
        check->tolerance.replaces = true;
        return read_tolerance(is_relative ? &check->tolerance.rtol : &check->tolerance.atol, text);
    }
    if (equals == text || check->named_count == MOST_NAMED)
        return false;
    mlp_name_tolerance *named = &s->named[check->named_count++];
    *named = (mlp_name_tolerance){
        .like = text, .length = (size_t)(equals - text), .is_relative = is_relative};
    check->named = s->named;
    return read_tolerance(&named->tolerance, equals + 1);
}

static bool read_digits(int *digits, const char *text) {
    char *end;
    const long read = strtol(text, &end, 10);
    *digits = (int)read;
    return end != text && *end == '\0' && read >= 1 && read <= MLP_MAX_DIGITS;
}

static bool set_digits(settings *s, const char *text) {
    return read_digits(&s->report.digits, text);
}

static bool set_hex(settings *s, const char *text) {
    (void)text;
    return s->report.hex = true;
}

static bool set_min_digits(settings *s, const char *text) {
    s->min_digits = true;
    return read_digits(&s->check.min_digits, text);
}

static bool set_seed(settings *s, const char *text) {
    char *end;
    errno = 0;
    s->seed = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
}

static bool set_atol(settings *s, const char *text) {
    return set_tolerance(s, false, text);
}

static bool set_rtol(settings *s, const char *text) {
    return set_tolerance(s, true, text);
}

static bool set_names(settings *s, const char *text) {
    return s->names = text, true;
}

static bool set_raw(settings *s, const char *text) {
    return s->raw = text, true;
}

static bool set_port(settings *s, const char *text) {
    (void)text;
    return s->check.port = true;
}

static bool set_require_all(settings *s, const char *text) {
    (void)text;
    return s->check.require_all = true;
}

static bool set_only_wrong(settings *s, const char *text) {
    (void)text;
    return s->marks.only_wrong = true;
}

static bool set_hint(settings *s, const char *text) {
    (void)text;
    return s->marks.hint = true;
}

static bool set_quiet(settings *s, const char *text) {
    (void)text;
    return s->marks.quiet = true;
}

static bool set_bounds(settings *s, const char *text) {
    (void)text;
    return s->script.bounds = s->report.bounds = true;
}

static bool set_blank(settings *s, const char *text) {
    (void)text;
    return s->derive.blank = true;
}

static bool set_fragment(settings *s, const char *text) {
    (void)text;
    return s->derive.fragment = true;
}

static bool set_level(settings *s, const char *text) {
    s->derive.links = strcmp(text, "links") == 0;
    return true;
}

static bool set_format(settings *s, const char *text) {
    return s->format_name = text, true;
}

static bool set_version(settings *s, const char *text) {
    (void)text;
    return s->version = true;
}

static bool set_help(settings *s, const char *text) {
    (void)text;
    return s->help = true;
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

/* --- the rows --- */

static const char not_negative[] = "a number that is not negative or, up to 64 times, NAME=NUMBER";
static const char digits_wanted[] = "a number from 1 to 17";

/* What --torch takes more of: completions offer these. */
static const char *const releases[] = {
    "2.6", "2.6,native", "1.13", "1.13,native", "2.0",  "2.1",  "2.2",         "2.3",         "2.4",
    "2.5", "2.7",        "2.8",  "2.9",         "2.10", "2.11", "2.11,native", "2.11,avx512", NULL};
static const char *const generators[] = {"mkl", "native", NULL};
static const char *const dtypes[] = {"float32", "float64", NULL};
static const char *const steps[] = {"last", NULL};
static const char *const levels[] = {"numbers", "links", NULL};
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

const char release_wanted[] =
    "a release from " MLP_RELEASES " and, if wanted, a build, as in 2.6 or 2.6,native; avx2 and "
    "avx512 are builds from 2.5 on";

const option_row option_rows[] = {
    {.name = "torch",
     .argument = "RELEASE[,BUILD]",
     .set = set_torch,
     .wanted = release_wanted,
     .uses = {{OF_SCRIPTS,
               "follow this release of PyTorch, " MLP_RELEASES " (default 2.6), and this build: "
               "wheel (default; x86-64 from pip or conda), native (without MKL: Debian's package, "
               "Apple silicon, ARM), or avx512 or avx2 (the wheel on such a processor; wheel means "
               "avx2)",
               releases}}},
    {.name = "rng",
     .argument = "BUILD",
     .set = set_rng,
     .uses = {{OF_SCRIPTS, "mkl for --torch=2.6,wheel, native for --torch=2.6,native",
               generators}}},
    {.name = "dtype",
     .argument = "DTYPE",
     .set = set_dtype,
     .uses = {{OF_SCRIPTS, "default dtype: float32 (default) or float64", dtypes}}},
    {.name = "budget",
     .argument = "N",
     .set = set_budget,
     .wanted = "a number above 0, with K, M or G behind it if wanted",
     .uses =
         {{OF_SCRIPTS,
           "stop a script that computes more than N numbers (default 20G; K, M, G are thousands, "
           "millions, billions); a call or a turn of a loop counts as 1000",
           NULL}}},
    {.name = "memory",
     .argument = "SIZE",
     .set = set_memory,
     .wanted = "a number of bytes above 0 that a processor can address, with K, M or G behind it "
               "if wanted",
     .uses =
         {{OF_SCRIPTS,
           "stop a run that needs more than SIZE bytes (default 1G, or 3G where it keeps bounds, "
           "as check does; K, M, G are powers of 1024)",
           NULL}}},
    {.name = "step",
     .argument = "N[,N...|last]",
     .set = set_steps,
     .wanted = "steps from 1 on and last, as in 1,10-12,last, and up to 64 of them",
     .uses = {{OF_RUN | OF_WORKSHEET | OF_CHECK | OF_DIFF,
               "only these steps of the training, counted from 1; N-M is a range", steps},
              {OF_GRADCHECK,
               "only these steps (default: all while they are at most 10, else the last)", steps},
              {OF_DERIVE | OF_GRAPH, "only these steps (default 1)", steps}}},
    {.name = "precision",
     .argument = "N",
     .set = set_precision,
     .wanted = "a number from 0 to 60",
     .uses = {{OF_RUN | OF_WORKSHEET | OF_DERIVE | OF_GRAPH,
               "print N decimals, 0 to 60 (default 6)", NULL}}},
    {.name = "digits",
     .argument = "N",
     .set = set_digits,
     .wanted = digits_wanted,
     .uses = {{OF_RUN, "N significant digits, 1 to 17, in text, csv and c", NULL}}},
    {.name = "hex",
     .set = set_hex,
     .uses = {{OF_RUN, "exact numbers, as 0x1.99999ap-4, in text, csv and c", NULL}}},
    {.name = "only",
     .argument = "NAME[,NAME...]",
     .set = set_only,
     .uses = {{OF_RUN | OF_WORKSHEET,
               "print only the entries of these names, or of names like these, with * and ?", NULL},
              {OF_DERIVE, "these names, and what they are computed from", NULL}}},
    {.name = "blank",
     .set = set_blank,
     .uses = {{OF_DERIVE, "leave out every number that is computed, as an exercise", NULL}}},
    {.name = "level",
     .argument = "LEVEL",
     .set = set_level,
     .uses = {{OF_DERIVE,
               "how much to write: numbers (default), or links (each link of the chain rule, "
               "without the numbers put in)",
               levels}}},
    {.name = "fragment",
     .set = set_fragment,
     .uses = {{OF_DERIVE,
               "leave out what begins and ends a document: for LaTeX or HTML that is put into "
               "another one",
               NULL}}},
    {.name = "bounds",
     .set = set_bounds,
     .uses = {{OF_RUN,
               "print after each entry how far float32 arithmetic, in any build of "
               "PyTorch, may be from exact arithmetic",
               NULL}}},
    {.name = "atol",
     .argument = "[NAME=]A",
     .set = set_atol,
     .wanted = not_negative,
     .uses =
         {{OF_CHECK | OF_DIFF,
           "a number is right within A + R * |value| (the R of --rtol; one that is not "
           "given is 0), not within half its last decimal; with NAME=, numbers of that name, in "
           "which * is any characters and ? any one",
           NULL}}},
    {.name = "rtol",
     .argument = "[NAME=]R",
     .set = set_rtol,
     .wanted = not_negative,
     .uses = {{OF_CHECK | OF_DIFF, "a number is right within A + R * |value| (see --atol)", NULL}}},
    {.name = "min-digits",
     .argument = "N",
     .set = set_min_digits,
     .wanted = digits_wanted,
     .uses = {{OF_CHECK,
               "significant digits that a number written by hand needs, 1 to 17 (default 2), or "
               "all that it has; four decimals, as PyTorch prints them, are enough",
               NULL}}},
    {.name = "names",
     .argument = "FILE",
     .set = set_names,
     .uses = {{OF_CHECK | OF_DIFF,
               "other names for values, a line NAME = NAME-IN-THE-SCRIPT each; NAME = - leaves "
               "out what the script has no value for",
               NULL}}},
    {.name = "port",
     .set = set_port,
     .uses = {{OF_CHECK,
               "the sheets are of a port of SCRIPT: where it first is further off than "
               "float32 in any order could be, and what follows from that",
               NULL}}},
    {.name = "raw",
     .argument = "FILE",
     .set = set_raw,
     .uses = {{OF_CHECK,
               "mark tensors in files of raw little-endian float32, too, or without SHEET alone; a "
               "line NAME SHAPE FILE each, as in w1.weight 3x2 w1.bin",
               NULL}}},
    {.name = "require-all",
     .set = set_require_all,
     .uses = {{OF_CHECK, "fail where a value is blank, or missing", NULL}}},
    {.name = "only-wrong",
     .set = set_only_wrong,
     .uses = {{OF_CHECK, "leave out what is right (of csv, sheets that pass)", NULL}}},
    {.name = "hint",
     .set = set_hint,
     .uses = {{OF_CHECK, "tell where a mistake is and of what kind, but not the right number",
               NULL}}},
    {.name = "format",
     .argument = "FORMAT",
     .set = set_format,
     .uses =
         {{OF_RUN,
           "how to write it: text (default), json, csv (a row for each number), npz (for numpy.load) or c (a "
           "header of C and C++)",
           run_formats},
          {OF_CHECK,
           "how to write it: text (default), tap (the Test Anything Protocol), csv (a row for each SHEET) or "
           "json (all that is known)",
           marks_formats},
          {OF_DERIVE, "how to write it: text (default), markdown, latex or html", derive_formats},
          {OF_GRAPH, "how to draw it: svg (default) or dot", graph_formats}}},
    {.name = "seed",
     .argument = "N",
     .set = set_seed,
     .wanted = "a whole number from 0 to 2^64 - 1",
     .uses = {{OF_VARIANT, "which variant, 0 to 2^64 - 1", NULL}}},
    {.name = "quiet",
     .letter = 'q',
     .set = set_quiet,
     .uses = {{OF_CHECK, "print the last line of each SHEET only", NULL}}},
    {.name = "help",
     .letter = 'h',
     .set = set_help,
     .uses = {{OF_ALL, "print this help and exit", NULL}}},
    {.name = "version",
     .letter = 'V',
     .set = set_version,
     .uses = {{OF_ALL, "print the versions of the program and the report, and exit", NULL}}},
    {.name = NULL}};

_Static_assert(sizeof option_rows / sizeof *option_rows - 1 <= MOST_OPTIONS, "bits of used");

/* --- what is asked of them --- */

unsigned option_commands(const option_row *row) {
    unsigned commands = 0;
    for (int i = 0; i < MOST_USES; i++)
        commands |= row->uses[i].commands;
    return commands;
}

const option_use *option_use_of(const option_row *row, command_id command) {
    for (int i = 0; i < MOST_USES; i++)
        if (row->uses[i].commands >> command & 1)
            return &row->uses[i];
    return NULL;
}

static bool row_is_given(const settings *s, const option_row *row) {
    return s->used >> (row - option_rows) & 1;
}

static const option_row *find_row(const char *name) {
    const option_row *row = option_rows;
    while (row->name && strcmp(row->name, name) != 0)
        row++;
    return row;
}

bool option_is_given(const settings *s, const char *name) {
    return row_is_given(s, find_row(name));
}

int find_word(const char *const *words, const char *text) {
    int i = 0;
    while (words[i] && strcmp(words[i], text) != 0)
        i++;
    return i;
}

/* --- what is told of them --- */

enum {
    LIST_SIZE = 256
};

/* Appends to a list in which `before` others stand: "run, worksheet and derive". */
static void add_to_list(char *list, int before, bool is_last, const char *last, const char *word) {
    const size_t length = strlen(list);
    snprintf(list + length, LIST_SIZE - length, "%s%s",
             before == 0 ? ""
             : is_last   ? last
                         : ", ",
             word);
}

static bool refuse_word(const option_row *row, const char *const *words) {
    char list[LIST_SIZE] = "";
    for (int i = 0; words[i]; i++)
        add_to_list(list, i, !words[i + 1], " or ", words[i]);
    return trouble("--%s takes %s", row->name, list), false;
}

static bool refuse_command(const option_row *row, command_id command) {
    char list[LIST_SIZE] = "";
    const unsigned all = option_commands(row);
    for (int i = 0, before = 0; i < COMMANDS; i++)
        if (all >> i & 1)
            add_to_list(list, before++, all >> i == 1, " and ", command_texts[i].name);
    return trouble("--%s is for %s, not for %s", row->name,
                   all == OF_SCRIPTS ? "a script that is run" : list, command_texts[command].name),
           false;
}

bool option_read(settings *s, const option_row *row, const char *argument) {
    s->used |= UINT64_C(1) << (row - option_rows);
    const bool is_any = row->wanted || row->uses[1].commands; /* else the words are all */
    const char *const *words = is_any ? NULL : row->uses[0].words;
    if (words && !words[find_word(words, argument)])
        return refuse_word(row, words);
    if (row->set(s, argument))
        return true;
    return row->wanted ? trouble("--%s takes %s", row->name, row->wanted)
                       : trouble("out of memory"),
           false;
}

static bool read_format(settings *s, command_id command) {
    const option_row *row = find_row("format");
    const option_use *use = option_use_of(row, command);
    if (!use || !s->format_name)
        return true;
    s->format = find_word(use->words, s->format_name);
    return use->words[s->format] || refuse_word(row, use->words);
}

bool options_check(settings *s, command_id command) {
    for (const option_row *row = option_rows; row->name; row++)
        if (row_is_given(s, row) && !option_use_of(row, command))
            return refuse_command(row, command);
    return read_format(s, command);
}
