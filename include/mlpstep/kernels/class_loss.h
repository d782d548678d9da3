/* Sizes and options of a loss over classes: nll_loss and the two of cross_entropy. */
#ifndef MLPSTEP_KERNELS_CLASS_LOSS_H
#define MLPSTEP_KERNELS_CLASS_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mlpstep/kernels/reduction.h"

typedef struct mlp_class_loss {
    size_t batch;           /* samples; 1 for an unbatched input */
    size_t classes;         /* numbers a sample has at each position */
    size_t positions;       /* where a sample has classes: 1, or of an image height * width */
    double label_smoothing; /* in [0, 1], the share of the target that all classes divide equally;
                             * nll_loss has none */
    int64_t ignore_index;   /* the target that counts for nothing; by probabilities there is none */
    bool smooths_anew;      /* MLP_SMOOTHS_ANEW in release.h */
    mlp_reduction reduction; /* how the losses of the batch * positions are joined */
} mlp_class_loss;

#endif
