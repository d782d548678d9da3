/* With how many digits somebody writes, and so, perhaps, computes on with what he does not hand in. */
#ifndef MLPSTEP_CHECK_MANNER_H
#define MLPSTEP_CHECK_MANNER_H

#include "marking.h"

typedef struct manner {
    int digits; /* significant ones, or decimals; most numbers of the answers have so many */
    bool of_decimals;
    bool cuts; /* what is behind them is left out */
} manner;

enum {
    MANNERS = 4 /* significant digits, decimals, and either cut off */
};

/* The first two, or, of who cuts off, the others; false where too few numbers tell. */
bool manner_of(const marking *m, size_t which, manner *how);

/* Writes a result of a step that is left open, though it has a place in the report, as the author
 * would; `to` stays. */
void manner_round_open(marking *m, const manner *how, const mlp_step *step, const mlp_value *to);
/* Whether the value is such a one. */
bool manner_is_open(const marking *m, const mlp_value *value);

#endif
