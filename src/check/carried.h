/* Whether an answer that is not right follows from earlier ones. */
#ifndef MLPSTEP_CHECK_CARRIED_H
#define MLPSTEP_CHECK_CARRIED_H

#include "path.h"

/* Whether the item follows from the earlier answers; names them in its mark. */
bool item_is_carried(marking *m, item *it, const path *p, bool *carried);

#endif
