/* diff: two programs' tensors against each other, and against the script. */
#ifndef MLPSTEP_DIFF_H
#define MLPSTEP_DIFF_H

#include "command.h"

/* Returns the exit status. */
int diff_dumps(const finished_run *run);

#endif
