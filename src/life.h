/* A sign of life: while a script runs for long, a line of the terminal says how far it has come. */
#ifndef MLPSTEP_LIFE_H
#define MLPSTEP_LIFE_H

#include "mlpstep/watch.h"

/* For the runs to come; NULL where stderr is no terminal. Nothing is written in the first second. */
const mlp_watch *life_begin(void);
/* After a run: the line is gone, and others may write. */
void life_end(void);

#endif
