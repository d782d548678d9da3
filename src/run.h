/* run: the report, or its tensors in another format. */
#ifndef MLPSTEP_RUN_H
#define MLPSTEP_RUN_H

#include "command.h"

/* What --format takes; the first one is the report. Ended by NULL. */
extern const char *const run_formats[];

/* Whether its options go together; tells on stderr which do not. */
bool check_run_options(const settings *s);
/* Returns the exit status. */
int write_run(const finished_run *run);

#endif
