/* Where an element stands. */
#ifndef MLPSTEP_CHECK_WRITE_INDEX_H
#define MLPSTEP_CHECK_WRITE_INDEX_H

#include "mlpstep/tensor.h"

/* Writes the index of element `at` in storage order as Python has it: [1, 0]. */
void write_index(FILE *out, const mlp_tensor *shape, size_t at);

#endif
