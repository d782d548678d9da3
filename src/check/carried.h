/* Whether an answer that is not right follows from earlier ones. */
#ifndef MLPSTEP_CHECK_CARRIED_H
#define MLPSTEP_CHECK_CARRIED_H

#include "path.h"

/* Whether the item follows from the earlier answers; names them in its mark. */
bool item_is_carried(marking *m, item *it, const path *p, bool *carried);
/* The same if what is left open on the path was rounded as the answers are: sets the verdict. */
bool item_follows_open(marking *m, item *it, const path *p, bool *carried);

#endif
