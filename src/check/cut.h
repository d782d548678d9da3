/* Numbers that were cut off instead of rounded. */
#ifndef MLPSTEP_CHECK_CUT_H
#define MLPSTEP_CHECK_CUT_H

#include "marking.h"

/* Whether number i is what is left of the value, known within `bound`, behind its last digit. */
bool number_was_cut_off(const item *it, size_t i, double value, double bound);
/* Where answers are cut off: whether all numbers of the item that are not right are so left of the
 * true ones. */
bool item_was_cut_off(const marking *m, const item *it);
/* Notes whether more numbers, up to the first that is wrong otherwise, were cut off than rounded
 * up. Where none was either, by hand, they may have been cut off. */
void cuts_find(marking *m);

#endif
