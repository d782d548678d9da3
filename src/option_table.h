/* The options: a row for each, of which the command line, the help and its translations are made. */
#ifndef MLPSTEP_OPTION_TABLE_H
#define MLPSTEP_OPTION_TABLE_H

#include "command.h"
#include "commands.h"

enum {
    MOST_OPTIONS = 64, /* the bits of settings.used */
    MOST_USES = 4
};

/* What an option does for some subcommands. */
typedef struct {
    unsigned commands;        /* bits OF_...; 0: there is no such use */
    const char *text;         /* up to " (", ": " or "; ", what there is little room for */
    const char *const *words; /* for its argument, ended by NULL; the default one is the first */
} option_use;

typedef struct {
    const char *name;
    const char *argument; /* as the help calls it; FILE is one; NULL: it takes none */
    bool (*set)(settings *s, const char *argument); /* false: the argument is not what is wanted */
    const char *wanted; /* "a number"; NULL: one of the words or, where there are none, anything */
    option_use uses[MOST_USES];
    char letter; /* of a short option; 0: there is none */
} option_row;

/* In the order of the help, ended by one without a name. */
extern const option_row option_rows[];

extern const char release_wanted[]; /* of --torch and what stands for it */

/* Those that it is for. */
unsigned option_commands(const option_row *row);
/* Its use for the subcommand; NULL where it has none. */
const option_use *option_use_of(const option_row *row, command_id command);
bool option_is_given(const settings *s, const char *name);
/* The place of the word in a list that NULL ends; the number of its words where it is none of
 * them. */
int find_word(const char *const *words, const char *text);

/* Each of these tells on stderr what is wrong. */

/* Reads the argument of an option. */
bool option_read(settings *s, const option_row *row, const char *argument);
/* Whether all that were given are for the subcommand; reads --format, which each has its own of. */
bool options_check(settings *s, command_id command);

#endif
