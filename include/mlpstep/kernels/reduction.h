/* How a loss joins its elements: torch.nn's reduction='none', 'mean' and 'sum'. */
#ifndef MLPSTEP_KERNELS_REDUCTION_H
#define MLPSTEP_KERNELS_REDUCTION_H

typedef enum mlp_reduction {
    MLP_REDUCTION_NONE, /* not at all: one loss an element */
    MLP_REDUCTION_MEAN, /* their mean; where classes are weighted, their weighted mean */
    MLP_REDUCTION_SUM   /* their sum */
} mlp_reduction;

#endif
