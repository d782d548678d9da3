/* What every way of writing marks writes of one. */
#ifndef MLPSTEP_CHECK_MARK_TEXT_H
#define MLPSTEP_CHECK_MARK_TEXT_H

#include "mlpstep/check.h"

extern const char *const verdict_names[MLP_VERDICTS];

/* Which of the numbers is the worst: its index, or the how manieth one of a line it is. */
void mark_write_place(FILE *out, const mlp_mark *mark);
/* The worst number, as it stands in the answers. */
void mark_write_given(FILE *out, const mlp_mark *mark);
/* The true one, with so many decimals that it does not look like the given one. */
void mark_write_expected(FILE *out, const mlp_mark *mark);
/* The answer that a carried one comes from in the end: one that is wrong, that has the slip of
 * another one again, or that follows from rounding. */
const mlp_mark *mark_origin(const mlp_mark *mark);
/* Whether it is as right as the rounded numbers before it allow. */
bool mark_is_rounded(const mlp_mark *mark);
/* Of a port: the first number that is off; of others the worst one. */
size_t mark_first_off(const mlp_mark *mark);
/* How far builds may be from the true one. */
double mark_bound(const mlp_mark *mark);

#endif
