/* The processors that kernels/vector is compiled for. Private to src. */
#ifndef MLPSTEP_KERNELS_LEVEL_H
#define MLPSTEP_KERNELS_LEVEL_H

typedef enum {
    LEVEL_PLAIN, /* any: the loops that are read */
    LEVEL_AVX2,  /* with FMA */
    LEVEL_AVX512,
    LEVEL_NEON
} kernel_level;

/* The highest that the processor has, or the one that MLPSTEP_KERNELS names, if it has that: plain,
 * avx2, avx512 or neon. They give the same bits: the variable is there for tests. */
kernel_level mlp_kernel_level(void);

#endif
