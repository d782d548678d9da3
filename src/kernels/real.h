/* Every kernel is written once, for `real`, and compiled twice: with float as
 * mlp_NAME_f32, and with double (MLP_FLOAT64 defined) as mlp_NAME_f64.
 *
 * Arithmetic is IEEE as written: the build forbids contraction, so a fused
 * multiply-add happens exactly where the source says real_fma. */
#ifndef MLPSTEP_KERNELS_REAL_H
#define MLPSTEP_KERNELS_REAL_H

#include "vector/fused.h"

#include "mlpstep/kernels/strided.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef MLP_FLOAT64
typedef double real;
#define KERNEL(name) mlp_##name##_f64
#else
typedef float real;
#define KERNEL(name) mlp_##name##_f32
#endif

/* x87 arithmetic keeps more bits than the type has; results would then depend
 * on what the compiler spills. */
_Static_assert(FLT_EVAL_METHOD == 0, "build for SSE2 arithmetic: -msse2 -mfpmath=sse");

/* a * b + c, rounded once. */
static inline real real_fma(real a, real b, real c) {
#ifdef MLP_FLOAT64
    return fused_double(a, b, c);
#else
    return fused_float(a, b, c);
#endif
}

static inline real real_sqrt(real x) {
#ifdef MLP_FLOAT64
    return sqrt(x);
#else
    return sqrtf(x);
#endif
}

static inline bool is_in_turns(size_t i, size_t n, const mlp_loop *loop, size_t bytes) {
    if (loop->scattered) {
        i = mlp_strided_place(&loop->order, i) % loop->run;
        n = loop->run;
    }
    return i < n - n % (bytes / sizeof(real));
}

/* Whether element i of n goes through PyTorch's vectors: its loops take two of 32 bytes a turn.
 * What is left at the end goes another way, which shows in last bits, in signs of zeros and nan. */
static inline bool is_in_vector(size_t i, size_t n, const mlp_loop *loop) {
    return is_in_turns(i, n, loop, 64);
}

/* The same of a loop that has vectors of 64 bytes where the processor has them. */
static inline bool is_in_wide_vector(size_t i, size_t n, const mlp_loop *loop) {
    return is_in_turns(i, n, loop, loop->wide ? 128 : 64);
}

#endif
