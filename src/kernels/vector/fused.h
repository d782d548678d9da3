/* A fused multiply-add by the processor's instruction, where it has one: the C library's functions
 * take longer to be called than the rest of most loops. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_VECTOR_FUSED_H
#define MLPSTEP_KERNELS_VECTOR_FUSED_H

#include "../level.h"

#include <math.h>
#include <stdbool.h>

/* Where all processors that it is compiled for have the instruction, fma() is that already. */
#if defined(MLP_X86_VECTORS) && !defined(__FMA__)
static inline float fused_float(float a, float b, float c) {
    if (mlp_kernel_level() == LEVEL_PLAIN)
        return fmaf(a, b, c);
    __asm__("vfmadd231ss %2, %1, %0" : "+x"(c) : "x"(a), "x"(b));
    return c;
}

static inline double fused_double(double a, double b, double c) {
    if (mlp_kernel_level() == LEVEL_PLAIN)
        return fma(a, b, c);
    __asm__("vfmadd231sd %2, %1, %0" : "+x"(c) : "x"(a), "x"(b));
    return c;
}
#else
static inline float fused_float(float a, float b, float c) {
    return fmaf(a, b, c);
}

static inline double fused_double(double a, double b, double c) {
    return fma(a, b, c);
}
#endif

#endif
