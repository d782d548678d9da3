/* Functions of a whole tensor under the builds that call MKL's vector library for them. What it
 * computes is given to the nearest float32 (mlpstep/kernels/rounded.h); inside of softmax, losses,
 * powers and activations PyTorch has functions of its own. */
#ifndef MLPSTEP_OPERATIONS_MKL_FUNCTIONS_H
#define MLPSTEP_OPERATIONS_MKL_FUNCTIONS_H

#include "mkl_products.h"

#include "mlpstep/kernels/rounded.h"

/* The result of x: false, and nothing is done, where MKL does not compute it. */
bool function_by_mkl(const mlp_call *call, enum mlp_rounded of);
/* The gradients of sin, cos, erf and erfinv, likewise. */
bool sin_back_by_mkl(const mlp_call *call);
bool cos_back_by_mkl(const mlp_call *call);
bool erf_back_by_mkl(const mlp_call *call);
bool erfinv_back_by_mkl(const mlp_call *call);

#endif
