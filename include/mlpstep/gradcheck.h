/* Analytic gradients against numerical ones.
 *
 * Both are taken in float64, whatever the dtype of the script, from a replay of its trace. The
 * analytic one is what a backward() gave the leaf, before that joined earlier gradients. The
 * numerical one is the derivative of sum(seed * root) by each element of the leaf, where seed is
 * the gradient of the root: central differences, extrapolated by Richardson's rule as Ridders
 * does (src/check/derivative.h has the formula and its source). For them only that part of the
 * autograd graph is computed again that lies between leaf and root. So whatever backward() takes
 * for constant stays fixed: dropout masks, detached tensors, integers and truth values.
 *
 * Tolerance. An element agrees where
 *
 *   |analytic - numerical| <= 1e-8 max(|analytic|, |numerical|, error / 1e-8)
 *
 * and its relative difference is the quotient of the left side and that maximum, so 1e-8 decides.
 * `error` is what the numerical gradient may be wrong by itself, twice the sum of two estimates:
 * Ridders', of truncation and whatever else makes the extrapolation uneven; and 2 eps R / h, for R
 * = sum|dv v| over the numbers v inside the network, with their gradients dv: v is rounded, which
 * makes it wrong by eps v or less and the result by eps dv v, and the weights of an extrapolation
 * add up to at most 2. It is some 1e-12 where the numbers are near 1, and so decides about
 * gradients below 1e-4: that one of them is zero, twice as large or negative is still found down to
 * 1e-12. Some of PyTorch's gradients have factors of float32 in float64, too, as the 1 / 6 of
 * hardsigmoid and the 1 / alpha of celu. On a way through one of these 5e-7 of the gradient is added
 * to `error`.
 *
 * Kinks. At a kink, as that of ReLU at 0, there is no derivative for the numerical gradient to
 * find. A step h that changes on which side of a kink any number lies is halved; an element for
 * which even h = 2^-30 max(1, |x|) does so, or leaves what the root is defined for, is counted as
 * a kink and not compared. One whose analytic gradient is nan or infinite is compared all the
 * same: it differs. So does every element where a number of the root is nan or infinite, since
 * that has no derivative.
 *
 * The row padding_idx of an embedding has no gradient on purpose, and with scale_grad_by_freq each row
 * a smaller one. What is looked up there counts as a kink, and a line says so. Any other gradient
 * that PyTorch itself bends differs: BCELoss divides by at least 1e-12, so where a probability is
 * nearer to 0 or 1 its gradient is no derivative.
 *
 * Samples. For each element the way from the leaf to the root is computed some sixteen times. Where
 * that, for all elements of all leaves, would be more than five times the budget of a run, a leaf
 * with more elements than n has n of them checked, and each other one all, for the largest n that
 * fits. Elements are counted over all backwards. The n are spread over backwards, rows and columns
 * (src/check/spread.h), the same ones at every run. Where not even 8 of each fit, nothing is
 * checked. */
#ifndef MLPSTEP_GRADCHECK_H
#define MLPSTEP_GRADCHECK_H

#include "mlpstep/trace.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MLP_GRADCHECK_TOLERANCE 1e-8

typedef enum mlp_agreement {
    MLP_AGREES,
    MLP_DIFFERS,
    MLP_KINK /* all elements are at kinks, so nothing was compared */
} mlp_agreement;

/* The largest of the differences, and where it is. */
typedef struct mlp_difference {
    double size;     /* infinite where one of the two gradients is nan or infinite */
    size_t at;       /* the element, in storage order */
    size_t backward; /* which backward() of the script, from 1 */
    double analytic, numerical;
} mlp_difference;

/* What came out for one leaf, over all backwards that reached it. */
typedef struct mlp_gradcheck_result mlp_gradcheck_result;
struct mlp_gradcheck_result {
    const char *name;
    const mlp_variable *variable;
    const mlp_tensor *shape; /* a tensor of the leaf's shape */
    size_t all;              /* its elements, over the backwards */
    size_t elements;         /* those that were checked: all, or a sample */
    size_t kinks, differ;    /* and those of them that are at a kink, and that differ */
    mlp_difference absolute, relative;
    mlp_gradcheck_result *next;
};

mlp_agreement mlp_gradcheck_agreement(const mlp_gradcheck_result *result);

/* Checks what every backward() of a finished trace gave to every leaf, in the order that leaves
 * received theirs first. `budget` is what the script was allowed (0: MLP_BUDGET). NULL, with one
 * diagnostic, where there was none, where it would take too much work, or without memory. */
mlp_gradcheck_result *mlp_gradcheck(mlp_arena *arena, const mlp_trace *trace, double budget,
                                    mlp_diagnostic *error);

/* Writes a line for each result, one for each reason why a gradient is none on purpose, and one that
 * counts the verdicts. Returns whether none differs. */
bool mlp_gradcheck_write(FILE *out, const mlp_trace *trace, const mlp_gradcheck_result *first);

#ifdef __cplusplus
}
#endif

#endif
