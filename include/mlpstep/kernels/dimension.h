/* One dimension of a tensor, and what lies around it: the tensor seen as (outer, size, inner). */
#ifndef MLPSTEP_KERNELS_DIMENSION_H
#define MLPSTEP_KERNELS_DIMENSION_H

#include <stdbool.h>
#include <stddef.h>

typedef struct mlp_dimension {
    size_t outer; /* the product of the sizes before the dimension, 1 without any */
    size_t size;  /* of the dimension itself */
    size_t inner; /* the product of the sizes after it, 1 without any */
    /* Whether it is the last dimension, along which PyTorch's softmax rounds differently: inner is
     * 1 then, but may be 1 along another one too. */
    bool last_dim;
    bool wide;            /* by vectors of 64 bytes, as PyTorch has with AVX-512, not of 32 */
    bool rounds_products; /* those that the gradient of softmax adds up; else they are fused */
} mlp_dimension;

#endif
