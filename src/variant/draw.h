/* Other digits for the literals of a script. */
#ifndef MLPSTEP_VARIANT_DRAW_H
#define MLPSTEP_VARIANT_DRAW_H

#include "mlpstep/random.h"

#include "literals.h"

/* Writes them into the text, the source's copy. False where not all of them can be different ones.
 * Does not return without memory. */
bool draw_digits(reader *r, mlp_generator *g, const data_literal *literals, char *text);

#endif
