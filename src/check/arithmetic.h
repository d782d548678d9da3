/* A number that is written as arithmetic: 27/400, 0.15*0.05 + 0.2*0.1, -ln(0.5238), 52.38 %. */
#ifndef MLPSTEP_CHECK_ARITHMETIC_H
#define MLPSTEP_CHECK_ARITHMETIC_H

#include "mlpstep/answers.h"

#include "syntax/lexer.h"

typedef struct {
    bool is_sheet, in_list;
} number_place;

/* Reads it from the token *at on, and leaves *at behind it. A number alone is what it was; of all
 * else, number->computed says that it was computed, and true is returned, as for %. Outside sheets,
 * which people write, there are numbers alone. In a list, a - with a
 * blank before it, and none behind, begins the next number. Does not return where no number begins
 * there or its value is none, as of 1/0. */
bool arithmetic_read(reader *in, const token **at, number_place place, mlp_written *number);

/* Whether the name is of a function or a number that may stand there: ln, exp, pi. */
bool arithmetic_knows(const char *name, size_t length);

#endif
