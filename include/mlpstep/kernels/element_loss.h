/* What a loss element by element goes over, and how it joins what it finds. */
#ifndef MLPSTEP_KERNELS_ELEMENT_LOSS_H
#define MLPSTEP_KERNELS_ELEMENT_LOSS_H

#include <stddef.h>

#include "mlpstep/kernels/reduction.h"

typedef struct mlp_element_loss {
    size_t n;                /* elements */
    mlp_reduction reduction; /* how their losses are joined */
} mlp_element_loss;

#endif
