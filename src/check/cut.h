/* Numbers that were cut off instead of rounded. */
#ifndef MLPSTEP_CHECK_CUT_H
#define MLPSTEP_CHECK_CUT_H

#include "path.h"

/* Whether the author may have cut off this answer, though rounding does not explain it: no more of
 * the answers before it were rounded. */
bool cuts_are_possible(const marking *m, const item *it);
/* Whether it is worth while to ask the following: what was computed by hand, and goes beyond the true
 * numbers or is not right. */
bool item_may_tell_rounding(const marking *m, const item *it);
/* Notes whether an answer that is right, or follows by rounding, was rounded: that it has a number
 * that cutting off does not give, neither of the true one nor of what is written before, by the
 * script's path or by routes. False without memory. */
bool cuts_note_rounded(marking *m, const item *it, const path *own, const path *routes);
/* Whether all that is not right is what is left of the true numbers, or of what follows from the
 * written ones on the path. False without memory. */
bool item_was_cut_off(marking *m, const item *it, const path *p, bool *was);
/* The verdict on such an item: the first one is wrong, the others have the same slip. False without
 * memory. */
bool item_mark_cut_off(marking *m, item *it);

#endif
