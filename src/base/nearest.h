/* Which of the names that there are was probably meant. */
#ifndef MLPSTEP_BASE_NEAREST_H
#define MLPSTEP_BASE_NEAREST_H

#include "reader.h"

/* The name among candidates that `name` is probably a misspelling of; NULL if none is near.
 * Keep the best by calling nearest_consider with each candidate. */
typedef struct nearest {
    const char *name, *best;
    size_t distance;
} nearest;

void nearest_consider(nearest *n, const char *candidate);
/* The same for the name of a value: of loss.log_softmax, the first part may be meant. */
void nearest_consider_entry(nearest *n, const char *candidate);
/* "; did you mean 'x'?" or "". */
const char *nearest_hint(reader *r, const nearest *n);

#endif
