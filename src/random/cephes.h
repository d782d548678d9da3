/* log, sin and cos in float as PyTorch's AVX2 kernels approximate them, for the arguments that
 * Box-Muller has.
 *
 * Source: S. L. Moshier's Cephes library (logf, sinf, cosf), in the arrangement of J. Pommier's
 * sse_mathfun.h and G. Garberoglio's avx_mathfun.h, which is ATen/native/cpu/avx_mathfun.h. GCC,
 * which builds PyTorch's packages, fuses a product into the sum it feeds; fmaf stands where it
 * does. */
#ifndef MLPSTEP_RANDOM_CEPHES_H
#define MLPSTEP_RANDOM_CEPHES_H

/* log(x) of a normal x > 0. */
float mlp_cephes_logf(float x);

/* sin and cos of 0 <= x < 8192. */
typedef struct mlp_sincos {
    float sin, cos;
} mlp_sincos;
mlp_sincos mlp_cephes_sincosf(float x);

#endif
