/* Which slip gives a wrong answer: each that can occur on the way to it is tried. */
#ifndef MLPSTEP_CHECK_EXPLAIN_H
#define MLPSTEP_CHECK_EXPLAIN_H

#include "path.h"

/* Looks for slips that give the wrong item. */
bool item_explain(marking *m, item *it, const path *p);

/* Names how it was rounded, which is known already. False without memory. */
bool item_explain_rounding(marking *m, item *it);

#endif
