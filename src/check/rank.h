/* Of several slips that explain an answer, the one that explains more of the sheet. */
#ifndef MLPSTEP_CHECK_RANK_H
#define MLPSTEP_CHECK_RANK_H

#include "slip.h"

enum {
    MOST_CANDIDATES = 16
};

/* Those that may be habits, in the order in which they were found. */
typedef struct candidates {
    slip_case of[MOST_CANDIDATES];
    size_t count;
} candidates;

/* What a habit has for it, and against it, among the other answers. */
typedef struct evidence {
    size_t explained;    /* that are not right */
    size_t contradicted; /* that are right, and would not be */
} evidence;

void candidates_add(candidates *c, const slip_case *found);
/* The first of those that have most for them, less what is against them; NULL where there is none.
 * False without memory. */
bool candidates_choose(marking *m, const candidates *c, const slip_case **best, evidence *of_best);

#endif
