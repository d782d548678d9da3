/* The processors that kernels/vector is compiled for. Private to src. */
#ifndef MLPSTEP_KERNELS_LEVEL_H
#define MLPSTEP_KERNELS_LEVEL_H

#include <stdatomic.h>

typedef enum {
    LEVEL_PLAIN, /* any: the loops that are read */
    LEVEL_AVX2,  /* with FMA */
    LEVEL_AVX512,
    LEVEL_NEON
} kernel_level;

/* The level, once it was found, else -1. */
extern _Atomic int mlp_kernel_level_found;
kernel_level mlp_find_kernel_level(void);

/* The highest that the processor has, or the one that MLPSTEP_KERNELS names, if it has that: plain,
 * avx2, avx512 or neon. They give the same bits: the variable is there for tests. */
static inline kernel_level mlp_kernel_level(void) {
    const int found = atomic_load_explicit(&mlp_kernel_level_found, memory_order_relaxed);
    return found < 0 ? mlp_find_kernel_level() : (kernel_level)found;
}

#endif
