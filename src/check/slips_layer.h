/* Slips in the gradients of a layer, and in what a value receives from several. */
#ifndef MLPSTEP_CHECK_SLIPS_LAYER_H
#define MLPSTEP_CHECK_SLIPS_LAYER_H

#include "slip.h"

enum {
    MOST_INPUTS = 3,       /* before that of a layer, that are tried in its place */
    MOST_SAMPLES = 8,      /* of a batch, of which one alone is taken ... */
    MOST_GRADIENTS = 4096, /* ... that has no more of them */
    MOST_BIASES = 12       /* that are tried in the place of a layer's */
};

void slip_exchange(mlp_tensor *t, size_t i, size_t j);
/* The `which`th pair of two of n things; false where there are not so many. */
bool slip_find_pair(size_t n, size_t which, size_t *i, size_t *j);

bool slip_wrong_input(slip_case *c);
bool slip_one_sample(slip_case *c);
bool slip_biases_exchanged(slip_case *c);
bool slip_path_forgotten(slip_case *c);

#endif
