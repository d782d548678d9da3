/* Which products in registers this processor has. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_VECTOR_CHOOSE_H
#define MLPSTEP_KERNELS_VECTOR_CHOOSE_H

#include "../level.h"
#include "multiply.h"

#ifdef MLP_FLOAT64
#define MULTIPLY_ROWS_AVX512 mlp_multiply_rows_f64_avx512
#else
#define MULTIPLY_ROWS_AVX512 mlp_multiply_rows_f32_avx512
#endif
multiply_function MULTIPLY_ROWS_AVX512;

/* NULL where the kernels are the plain ones. */
static inline multiply_function *multiply_in_vectors(void) {
#if defined(MLP_LEVEL) && defined(__x86_64__)
    return mlp_kernel_level() == LEVEL_AVX512 ? MULTIPLY_ROWS_AVX512 : KERNEL(multiply_rows);
#elif defined(MLP_LEVEL)
    return KERNEL(multiply_rows);
#else
    return NULL;
#endif
}

#endif
