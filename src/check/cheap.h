/* Answers that make all that follows easy. */
#ifndef MLPSTEP_CHECK_CHEAP_H
#define MLPSTEP_CHECK_CHEAP_H

#include "path.h"

/* Whether an item that is wrong or carried is cheap, as mlp_mark says. */
bool item_is_cheap(const item *it, const path *p);

#endif
