/* A number, and how far it is from another one. */
#ifndef MLPSTEP_CHECK_OFF_TEXT_H
#define MLPSTEP_CHECK_OFF_TEXT_H

#include "mlpstep/answers.h"

/* With as many digits as read back to it, as a float or a double. */
void write_shortest(FILE *out, double number, bool is_single);
/* As it is written, and as a decimal number, too, where that is hexadecimal. A single of a file of
 * numbers, held against doubles, as a double. */
void write_as_given(FILE *out, const mlp_written *number, bool is_single);
/* "off by 1.0e-01, relative 8.1e-01, 6815744 units in the last place". */
void write_off(FILE *out, double number, double truth, mlp_dtype dtype);

#endif
