/* What a loss element by element goes over, and how it joins what it finds. */
#ifndef MLPSTEP_KERNELS_ELEMENT_LOSS_H
#define MLPSTEP_KERNELS_ELEMENT_LOSS_H

#include <stdbool.h>
#include <stddef.h>

#include "mlpstep/kernels/reduction.h"
#include "mlpstep/kernels/strided.h"

typedef struct mlp_element_loss {
    size_t n;                /* elements */
    mlp_reduction reduction; /* how their losses are joined */
    mlp_loop loop;           /* over them */
    bool by_log1p; /* of the binary cross-entropies: MLP_LOSES_BY_LOG1P, MLP_SCORES_BY_LOG1P */
} mlp_element_loss;

#endif
