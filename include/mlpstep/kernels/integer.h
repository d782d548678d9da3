/* Arithmetic on whole numbers, which wraps around as in PyTorch: beyond 2^63 - 1 comes -2^63.
 *
 * Element by element, arrays hold n elements; y may be a or b. b may be NULL: then `number` stands
 * for each of its elements. */
#ifndef MLPSTEP_KERNELS_INTEGER_H
#define MLPSTEP_KERNELS_INTEGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mlpstep/kernels/dimension.h"
#include "mlpstep/kernels/reduced_dims.h"

#ifdef __cplusplus
extern "C" {
#endif

/* y = a + b, a - b, a b. */
void mlp_integer_add(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n);
void mlp_integer_sub(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n);
void mlp_integer_mul(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n);
/* y = |a|; the least of all numbers stays as it is. */
void mlp_integer_abs(int64_t *y, const int64_t *a, size_t n);
/* y = a^b. A negative b gives 0, but 1 or -1 where a is 1 or -1. */
void mlp_integer_pow(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n);

/* y = a, but at least `least` and at most `most`, which counts where they are the wrong way round. */
void mlp_integer_clamp(int64_t *y, const int64_t *a, int64_t least, int64_t most, size_t n);
/* The larger of a and b (sign 1), or the smaller one (sign -1); b is not NULL. */
void mlp_integer_maximum(int64_t *y, const int64_t *a, const int64_t *b, int sign, size_t n);
/* y (m, n) = a (m, k) b (k, n) */
void mlp_integer_matmul(int64_t *y, const int64_t *a, const int64_t *b, size_t m, size_t k,
                        size_t n);

/* The sum over the reduced dimensions. y has the other dimensions, and holds zeros before. */
void mlp_integer_sum(int64_t *y, const int64_t *x, const mlp_reduced_dims *dims);
/* How many are true. */
void mlp_bool_sum(int64_t *y, const bool *x, const mlp_reduced_dims *dims);

/* The largest (sign 1) or smallest (sign -1) of x (outer, size, inner) along the middle, and
 * where it first stands: y and index (outer, inner). Either may be NULL. size is not 0. */
void mlp_integer_extreme(int64_t *y, int64_t *index, const int64_t *x, const mlp_dimension *dim,
                         int sign);

#ifdef __cplusplus
}
#endif

#endif
