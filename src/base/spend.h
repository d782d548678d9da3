/* Work, and the budget that it comes out of. */
#ifndef MLPSTEP_BASE_SPEND_H
#define MLPSTEP_BASE_SPEND_H

#include "mlpstep/budget.h"
#include "mlpstep/diagnostic.h"

/* Takes the work out of the budget, before it is done. False, with a message, where that has not
 * enough left. */
bool spend(mlp_budget *budget, double numbers, mlp_diagnostic *error);

/* Before the run writes the text, which is not empty: what a watcher has written there goes. */
void make_way(const mlp_budget *budget, FILE *to, const char *text);

#endif
