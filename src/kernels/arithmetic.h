/* The functions a kernel needs beyond + - * /, with one result on every platform.
 *
 * In float32 they are the polynomials that PyTorch's vector code evaluates, operation by
 * operation; in float64 they are the C library's. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_ARITHMETIC_H
#define MLPSTEP_KERNELS_ARITHMETIC_H

#include "real.h"

real KERNEL(real_exp)(real x);
real KERNEL(real_log)(real x);

#endif
