/* Mathematics as MathML Core, which browsers show by themselves. */
#ifndef MLPSTEP_DERIVE_MATH_MATHML_H
#define MLPSTEP_DERIVE_MATH_MATHML_H

#include "math.h"

#include <stdbool.h>
#include <stdio.h>

/* What may stand in an element <math>, <mtd> or <mrow>. */
void mathml_write(FILE *out, const math *m);
void mathml_write_sign(FILE *out, math_sign sign);
/* Part i of a row, with its brackets. */
void mathml_write_part(FILE *out, const math *row, size_t i);
/* About how many characters wide it is. */
size_t mathml_columns(const math *m);

#endif
