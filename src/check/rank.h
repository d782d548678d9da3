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

void candidates_add(candidates *c, const slip_case *found);
/* The first of those that explain most other answers; NULL where none explains any. False without
 * memory. */
bool candidates_choose(marking *m, const candidates *c, const slip_case **best);

#endif
