#include "level.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {[LEVEL_PLAIN] = "plain",
                                    [LEVEL_AVX2] = "avx2",
                                    [LEVEL_AVX512] = "avx512",
                                    [LEVEL_NEON] = "neon"};

static bool processor_has(kernel_level level) {
#if defined(MLP_X86_VECTORS)
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return level == LEVEL_PLAIN || (level == LEVEL_AVX2 && avx2) ||
           (level == LEVEL_AVX512 && avx2 && __builtin_cpu_supports("avx512f"));
#elif defined(MLP_NEON_VECTORS)
    return level == LEVEL_PLAIN || level == LEVEL_NEON;
#else
    return level == LEVEL_PLAIN;
#endif
}

static kernel_level find_level(void) {
    const char *asked = getenv("MLPSTEP_KERNELS");
    kernel_level highest = LEVEL_PLAIN;
    for (kernel_level level = LEVEL_PLAIN; level <= LEVEL_NEON; level++)
        if (processor_has(level)) {
            highest = level;
            if (asked && strcmp(asked, names[level]) == 0)
                break;
        }
    return highest;
}

_Atomic int mlp_kernel_level_found = -1;

kernel_level mlp_find_kernel_level(void) {
    const kernel_level level = find_level();
    mlp_kernel_level_found = (int)level;
    return level;
}
