/* What the system is told of the command: a manual page, and completions for shells. */
#ifndef MLPSTEP_MANUAL_H
#define MLPSTEP_MANUAL_H

#include "commands.h"

#include <stdbool.h>
#include <stdio.h>

void write_man(FILE *to);
void write_bash(FILE *to);
void write_zsh(FILE *to);
void write_fish(FILE *to);

/* Sections of the manual page. */
extern const char prose_description[], prose_report[], prose_on_paper[], prose_formats[],
    prose_releases[], prose_supported[], prose_library[], prose_bugs[], prose_authors[],
    prose_see_also[];
/* Of PyTorch, the names that there are. False without memory, or room for them. */
bool write_supported(FILE *to);

/* Of a subcommand's words, what its synopsis says: */

/* The first one is a script. */
bool takes_script(command_id command);
/* What stands behind that are files. */
bool takes_files(command_id command);

/* The name of a subcommand for each bit, with `between` them. */
void put_commands(FILE *to, unsigned commands, const char *between);
/* The words that NULL ends, with a blank between them. */
void put_words(FILE *to, const char *const *words);
/* The names of the examples, likewise. */
void put_examples(FILE *to);
/* How much of a text there is room for where each option has a line. */
int brief_length(const char *text);

#endif
