/* What --help prints. */
#ifndef MLPSTEP_HELP_H
#define MLPSTEP_HELP_H

#include "commands.h"

#include <stdio.h>

/* The help of one subcommand; COMMANDS: that of the whole program. */
void help_write(FILE *to, command_id command);

#endif
