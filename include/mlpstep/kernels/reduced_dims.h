/* The sizes of a tensor, and which of its dimensions a sum goes over. The result has the others, in
 * order. */
#ifndef MLPSTEP_KERNELS_REDUCED_DIMS_H
#define MLPSTEP_KERNELS_REDUCED_DIMS_H

#include "mlpstep/kernels/strided.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    MLP_REDUCED_DIMS = 8
};

typedef struct mlp_reduced_dims {
    size_t ndim;                    /* at most MLP_REDUCED_DIMS */
    size_t shape[MLP_REDUCED_DIMS]; /* the sizes, of which the first ndim count */
    bool reduced[MLP_REDUCED_DIMS]; /* whether the sum goes over dimension i */
    const mlp_strided *memory; /* where PyTorch has the numbers, whose order it follows; NULL: as
                                  they are read */
} mlp_reduced_dims;

#endif
