/* Places spread over a matrix. */
#ifndef MLPSTEP_CHECK_SPREAD_H
#define MLPSTEP_CHECK_SPREAD_H

#include <stddef.h>

/* Fills at[] with `count` of the numbers from 0 to `all` - 1, each once, ascending: places in
 * storage order of a matrix whose rows have `row` columns. The rows are as far apart as their
 * number allows; where there are fewer of them than places, each has as many as any other, or one
 * more. The places of a row cut it into equal parts, and where in its part each lies goes on by the
 * golden section from row to row, so that all columns have their turn. */
void spread(size_t *at, size_t count, size_t all, size_t row);

#endif
