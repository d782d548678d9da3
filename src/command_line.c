#include "command_line.h"

#include "option_table.h"
#include "tell.h"

#include <getopt.h>
#include <string.h>

enum {
    WORD = 1,   /* getopt_long's code of a word that is no option */
    LONG = 256, /* that of the first row */
    LETTERS = 2 * MOST_OPTIONS
};

/* What getopt_long takes of the rows. */
typedef struct {
    struct option options[MOST_OPTIONS + 1];
    char letters[LETTERS + 3];
    int count;
} tables;

/* The - asks for every word in its order, also under POSIXLY_CORRECT: the first may be a
 * subcommand, whose options stand behind it. With the : a missing argument is told apart. */
static tables make_tables(void) {
    tables t = {.letters = "-:"};
    size_t letters = 2;
    for (const option_row *row = option_rows; row->name; row++, t.count++) {
        t.options[t.count] = (struct option){
            row->name, row->argument ? required_argument : no_argument, NULL, LONG + t.count};
        if (row->letter)
            t.letters[letters++] = row->letter;
        if (row->letter && row->argument)
            t.letters[letters++] = ':';
    }
    return t;
}

static const option_row *find_row(int code) {
    const option_row *row = option_rows;
    if (code >= LONG)
        return row + (code - LONG);
    while (row->name && row->letter != code)
        row++;
    return row->name ? row : NULL;
}

/* A long option that is none of ours, or the beginning of several. */
static void refuse_long_option(const char *word) {
    const int length = (int)strcspn(word, "=");
    const char *names[MOST_OPTIONS + 1] = {NULL};
    char name[64];
    size_t begun = 0;
    for (size_t i = 0; option_rows[i].name; i++) {
        names[i] = option_rows[i].name;
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

/* What getopt_long refused, in the words that glibc's would have had for it; it would have written
 * them as they are. Others have a : for an argument too many, too, so the row tells what is wrong. */
static void refuse_option(const char *word) {
    const option_row *row = optopt ? find_row(optopt) : NULL;
    if (row && row->argument)
        trouble("option '--%s' requires an argument", row->name);
    else if (optopt == 0)
        refuse_long_option(word);
    else if (row && strncmp(word, "--", 2) == 0)
        trouble("option '--%s' doesn't allow an argument", row->name);
    else
        trouble("invalid option -- '%c'", optopt);
    fputs("Try 'mlpstep --help'.\n", stderr);
}

/* Words move up to where argv was read already. */
int command_line_read(settings *s, int argc, char **argv) {
    const tables t = make_tables();
    int code, words = 0;
    while (!s->help && !s->version &&
           (code = getopt_long(argc, argv, t.letters, t.options, NULL)) != -1) {
        const option_row *row = find_row(code);
        if (code == WORD)
            argv[words++] = optarg;
        else if (code == '?' || code == ':')
            return refuse_option(argv[optind - 1]), -1;
        else if (!option_read(s, row, optarg))
            return -1;
    }
    while (optind < argc) /* behind --, or behind --help */
        argv[words++] = argv[optind++];
    argv[words] = NULL;
    return words;
}
