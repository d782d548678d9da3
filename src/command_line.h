/* The words of the command line. */
#ifndef MLPSTEP_COMMAND_LINE_H
#define MLPSTEP_COMMAND_LINE_H

#include "command.h"

/* Reads the options, up to one that asks for help or a version, and moves all other words to the
 * beginning of argv. Returns how many these are, ended by NULL; -1 after a diagnostic. */
int command_line_read(settings *s, int argc, char **argv);

#endif
