/* What the script gives: its inputs, its first weights, the masks that it drew. */
#ifndef MLPSTEP_CHECK_GIVEN_H
#define MLPSTEP_CHECK_GIVEN_H

#include "marking.h"

/* Of an answer for such a value, which was judged: takes it out of the marks where it is as the
 * script has it; where it is not, it differs in a text that a program printed, and any other text is
 * refused. False without memory, or where there are too many faults. */
bool item_settle_given(marking *m, item *it);

#endif
