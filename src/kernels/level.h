/* The processors that kernels are compiled for besides what the flags of the build ask for: see
 * src/levels.cmake. Private to src. */
#ifndef MLPSTEP_KERNELS_LEVEL_H
#define MLPSTEP_KERNELS_LEVEL_H

typedef enum {
    LEVEL_PLAIN,
    LEVEL_AVX2,   /* with FMA */
    LEVEL_AVX512, /* AVX2, and wider registers in kernels/vector */
    LEVEL_NEON
} kernel_level;

/* The highest that the processor has, or the one that MLPSTEP_KERNELS names, if it has that: plain,
 * avx2, avx512 or neon. They give the same bits: the variable is there for tests. */
kernel_level mlp_kernel_level(void);

/* The name that addmm_f32 has for the level that the build has beside the plain one. */
#ifdef MLP_LEVEL
#define NAME_AT(name, level) mlp_##name##_##level
#define NAME_AT_EXPANDED(name, level) NAME_AT(name, level)
#define NAME_AT_LEVEL(name) NAME_AT_EXPANDED(name, MLP_LEVEL)
#endif

#endif
