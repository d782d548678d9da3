/* The functions a kernel needs beyond + - * /, with one result on every platform.
 *
 * They are the polynomials that PyTorch evaluates, operation by operation; those for its scalar
 * loops are in float64 the C library's. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_ELEMENTARY_H
#define MLPSTEP_KERNELS_ELEMENTARY_H

#include "in_double.h"
#include "real.h"

real KERNEL(real_exp)(real x);
real KERNEL(real_log)(real x);
real KERNEL(real_log1p)(real x); /* log(1 + x) */
real KERNEL(real_log10)(real x);
real KERNEL(real_log2)(real x);
real KERNEL(real_expm1)(real x); /* exp(x) - 1 */
real KERNEL(real_tanh)(real x);
real KERNEL(real_erf)(real x);
real KERNEL(real_erfinv)(real y);
real KERNEL(real_pow)(real x, real y);

/* Where |x| is not below this, or is nan, SLEEF reduces it in another way, and with it the others
 * of its vector (32 bytes): `far` says that one of them is. */
#define SINE_FAR (sizeof(real) == sizeof(float) ? 125 : SINE_FAR_IN_DOUBLE)
real KERNEL(real_sin)(real x, bool far);
real KERNEL(real_cos)(real x, bool far);
real KERNEL(real_tan)(real x, bool far);

real KERNEL(real_asin)(real x);
real KERNEL(real_acos)(real x);
real KERNEL(real_atan)(real x);
real KERNEL(real_atan2)(real y, real x);
real KERNEL(real_asinh)(real x);
real KERNEL(real_acosh)(real x);
real KERNEL(real_atanh)(real x);
real KERNEL(real_exp2)(real x);

/* The exp of PyTorch's scalar loops, which take over where an array no longer fills a vector: there
 * it calls expf of the C library, and this is that of the usual one. */
real KERNEL(real_exp_scalar)(real x);

/* One of both: see is_in_vector. */
static inline real KERNEL(real_exp_of)(real x, bool in_vector) {
    return in_vector ? KERNEL(real_exp)(x) : KERNEL(real_exp_scalar)(x);
}

/* Likewise its pow, the C library's powf: here in double and then rounded, which is the same but
 * for a few in ten thousand. */
real KERNEL(real_pow_scalar)(real x, real y);

/* Likewise its log, for losses that PyTorch computes one element at a time: what the C library
 * says, here as there. Logarithms of a double, rounded, would differ in one of 130 values. */
real KERNEL(real_log_scalar)(real x);

/* exp and log of a whole tensor: `nearest` the float32 that lies nearest to it, as rounded.c has it;
 * float64 has one way. */
real KERNEL(real_exp_whole)(real x, bool nearest);
real KERNEL(real_log_whole)(real x, bool nearest);

/* sinh and cosh: the C library's where an array no longer fills a vector; and that of atan2. */
real KERNEL(real_sinh_of)(real x, bool in_vector);
real KERNEL(real_cosh_of)(real x, bool in_vector);
real KERNEL(real_atan2_scalar)(real y, real x);

/* Likewise its sinh, cosh, expm1, tanh, log1p and erf, as the usual C library has them; the first two in
 * float32 alone. */
#ifndef MLP_FLOAT64
real KERNEL(real_sinh_scalar)(real x);
real KERNEL(real_cosh_scalar)(real x);
#endif
real KERNEL(real_expm1_scalar)(real x);
real KERNEL(real_tanh_scalar)(real x);
real KERNEL(real_log1p_scalar)(real x);
real KERNEL(real_erf_scalar)(real x);

#endif
