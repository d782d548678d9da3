/* What a value is called where names are made of letters, digits and _ alone. */
#ifndef MLPSTEP_FORMATS_IDENTIFIER_H
#define MLPSTEP_FORMATS_IDENTIFIER_H

#include "items.h"

/* forward_w1_weight, or, of several steps, forward1_w1_weight: what it begins with makes it no word
 * of C or C++, and no name of their libraries. NULL without memory. */
const char *identifier_new(map *taken, mlp_arena *arena, const items *all, const item *it);

#endif
