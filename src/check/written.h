/* A number as it is written. */
#ifndef MLPSTEP_CHECK_WRITTEN_H
#define MLPSTEP_CHECK_WRITTEN_H

#include "mlpstep/answers.h"

enum {
    LONGEST_NUMBER = 400, /* digits */
    REPORTED_DECIMALS = 6 /* of a report: what rounds to 0 with them is 0 by hand */
};

/* Reads a number without a sign, such as 12, 0.5, 1e-3 or 0x1.8p-3, or one of the words True,
 * False and, in upper case or lower case, nan, inf and infinity. False where the `length` bytes are
 * none. */
bool written_decimal(const char *text, size_t length, mlp_written *number);
bool written_word(const char *text, size_t length, mlp_written *number);

/* Its digits from the first that is not 0 on, without those of an exponent. */
int written_significant(const mlp_written *number);

#endif
