/* Other names of what a script computes. */
#ifndef MLPSTEP_CHECK_NAMES_H
#define MLPSTEP_CHECK_NAMES_H

#include "marking.h"

#include "base/map.h"

typedef struct name_table {
    map own;      /* the script's */
    map others;   /* to the script's name of the same */
    map left_out; /* that mean nothing of the script's */
} name_table;

/* Takes the script's names, those of m->options, of the sheet and the usual ones. What is wrong with
 * a line of the sheet becomes a fault of it. False without memory, or where there are too many. */
bool names_take(marking *m, name_table *n);

/* Sets *found to the script's name for what an answer calls so, or, where a line made it another name of
 * w@2, to that, though the script has only w; NULL where there is none. False
 * without memory. */
bool names_find(marking *m, const name_table *n, const char *name, const char **found);

/* Whether a line NAME = - of a file of names is of it. False without memory. */
bool names_leave_out(marking *m, const name_table *n, const char *name, bool *leaves);

#endif
