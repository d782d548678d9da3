/* check: sheets of answers, held against one run of the script. */
#ifndef MLPSTEP_SHEETS_H
#define MLPSTEP_SHEETS_H

#include "command.h"

/* Marks them, and writes the marks. Returns the exit status: that of the worst sheet. */
int mark_sheets(const finished_run *run);

typedef int marking_action(const finished_run *run);

/* Does that, with the names of --names where they are given. Returns the exit status. */
int sheets_with_names(const finished_run *run, marking_action *act);

#endif
