/* Matrix products with the registers of a processor. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_VECTOR_MULTIPLY_H
#define MLPSTEP_KERNELS_VECTOR_MULTIPLY_H

#include "../level.h"
#include "../real.h"
#include "mlpstep/kernels/matrix.h"

/* c = c + a b in the first rows of c, or 0 + a b, where c begins; returns how many these are: all but
 * the last one, or none. None where a loop over the elements is as good: what is small, and where
 * there is no memory. */
typedef size_t multiply_function(real *c, mlp_matrix c_matrix, bool begins, const real *a,
                                 mlp_matrix a_matrix, const real *b, mlp_matrix b_matrix);
multiply_function KERNEL(multiply_rows_avx2), KERNEL(multiply_rows_avx512),
    KERNEL(multiply_rows_neon);

/* The one for that processor; NULL for the plain loops. */
static inline multiply_function *multiply_at(kernel_level level) {
    switch (level) {
#ifdef MLP_X86_VECTORS
    case LEVEL_AVX2:
        return KERNEL(multiply_rows_avx2);
    case LEVEL_AVX512:
        return KERNEL(multiply_rows_avx512);
#endif
#ifdef MLP_NEON_VECTORS
    case LEVEL_NEON:
        return KERNEL(multiply_rows_neon);
#endif
    default:
        return NULL;
    }
}

#endif
