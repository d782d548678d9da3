/* Loops over elements with the registers of a processor. Private to src/kernels.
 *
 * Each does what the loop behind it does, for all elements but the last few, and returns how many it
 * did: none where the processor has no such registers. */
#ifndef MLPSTEP_KERNELS_VECTOR_ELEMENTS_H
#define MLPSTEP_KERNELS_VECTOR_ELEMENTS_H

#include "../average.h"
#include "../level.h"
#include "../real.h"
#include "mlpstep/kernels/sgd.h"

typedef struct {
    size_t (*add)(real *y, const real *a, const real *b, real alpha, size_t n);
    size_t (*adam_step)(real *param, real *exp_avg, real *exp_avg_sq, real *max_exp_avg_sq,
                        const real *grad, size_t n, const adam_factors *factors);
    size_t (*cascade_columns)(real *out, const real *x, size_t rows, size_t columns);
    size_t (*exp_of_difference)(real *y, const real *x, real max, size_t n);
    size_t (*relu_forward)(real *y, const real *x, size_t n);
    size_t (*relu_backward)(real *dx, const real *dy, const real *y, size_t n);
    size_t (*sgd_step)(real *new_param, real *new_momentum_buffer, const real *param,
                       const real *grad, const real *momentum_buffer, size_t n,
                       const mlp_sgd_options *options);
} element_loops;

extern const element_loops KERNEL(element_loops_avx2), KERNEL(element_loops_avx512),
    KERNEL(element_loops_neon);

/* Those of the processor at hand; NULL for the plain loops. */
static inline const element_loops *element_loops_here(void) {
    switch (mlp_kernel_level()) {
#ifdef MLP_X86_VECTORS
    case LEVEL_AVX2:
        return &KERNEL(element_loops_avx2);
    case LEVEL_AVX512:
        return &KERNEL(element_loops_avx512);
#endif
#ifdef MLP_NEON_VECTORS
    case LEVEL_NEON:
        return &KERNEL(element_loops_neon);
#endif
    default:
        return NULL;
    }
}

/* b may be NULL. */
static inline size_t add_in_vectors(real *y, const real *a, const real *b, real alpha, size_t n) {
    const element_loops *loops = b ? element_loops_here() : NULL;
    return loops ? loops->add(y, a, b, alpha, n) : 0;
}

static inline size_t adam_step_in_vectors(real *param, real *exp_avg, real *exp_avg_sq,
                                          real *max_exp_avg_sq, const real *grad, size_t n,
                                          const adam_factors *factors) {
    const element_loops *loops = element_loops_here();
    return loops ? loops->adam_step(param, exp_avg, exp_avg_sq, max_exp_avg_sq, grad, n, factors)
                 : 0;
}

static inline size_t cascade_columns_in_vectors(real *out, const real *x, size_t rows,
                                                size_t columns) {
    const element_loops *loops = element_loops_here();
    return loops ? loops->cascade_columns(out, x, rows, columns) : 0;
}

static inline size_t exp_of_difference_in_vectors(real *y, const real *x, real max, size_t n) {
    const element_loops *loops = element_loops_here();
    return loops ? loops->exp_of_difference(y, x, max, n) : 0;
}

static inline size_t relu_forward_in_vectors(real *y, const real *x, size_t n) {
    const element_loops *loops = element_loops_here();
    return loops ? loops->relu_forward(y, x, n) : 0;
}

static inline size_t relu_backward_in_vectors(real *dx, const real *dy, const real *y, size_t n) {
    const element_loops *loops = element_loops_here();
    return loops ? loops->relu_backward(dx, dy, y, n) : 0;
}

static inline size_t sgd_step_in_vectors(real *new_param, real *new_momentum_buffer,
                                         const real *param, const real *grad,
                                         const real *momentum_buffer, size_t n,
                                         const mlp_sgd_options *options) {
    const element_loops *loops = element_loops_here();
    return loops ? loops->sgd_step(new_param, new_momentum_buffer, param, grad, momentum_buffer, n,
                                   options)
                 : 0;
}

#endif
