/* Sums of mkl_sums.c with the registers of a processor: those in lanes, and those of a vector and a
 * matrix. What other matrices have is in multiply.h. Private to src/kernels.
 *
 * Each does the first terms, or elements, of what the loop behind it does, and returns how many. */
#ifndef MLPSTEP_KERNELS_VECTOR_MKL_SUMS_H
#define MLPSTEP_KERNELS_VECTOR_MKL_SUMS_H

#include "../level.h"
#include "../real.h"

#include <stdbool.h>
#include <stddef.h>

/* A vector x (k) times a matrix b (k, n), whose columns lie side by side. */
typedef struct {
    const float *x, *b;
    size_t x_step, b_step; /* from a term to the next */
    size_t k, n;
    bool by_eights; /* else each is a chain */
} vector_product;

typedef struct {
    /* lane[i % lanes] += a[i] b[i], fused, for i < n, a multiple of lanes, which are 8 to 64. */
    size_t (*fill)(float *lane, size_t lanes, const float *a, const float *b, size_t n);
    /* c[j] += the sum of element j. */
    size_t (*multiply)(float *c, const vector_product *p);
} mkl_loops;

extern const mkl_loops KERNEL(mkl_loops_avx2), KERNEL(mkl_loops_neon);

/* Those of the processor at hand; NULL for the plain loops. Lanes are eight: wider registers are of
 * no use to them. */
static inline const mkl_loops *mkl_loops_here(void) {
    switch (mlp_kernel_level()) {
#ifdef MLP_X86_VECTORS
    case LEVEL_AVX2:
    case LEVEL_AVX512:
        return &KERNEL(mkl_loops_avx2);
#endif
#ifdef MLP_NEON_VECTORS
    case LEVEL_NEON:
        return &KERNEL(mkl_loops_neon);
#endif
    default:
        return NULL;
    }
}

#endif
