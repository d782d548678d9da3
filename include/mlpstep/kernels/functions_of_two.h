/* Functions of two elements that are no arithmetic.
 * Source: torch.atan2, hypot, remainder, fmod, floor_divide, div with rounding_mode, logaddexp,
 * copysign, fmax, fmin, heaviside. All arrays hold n elements, which stand one behind the other in
 * PyTorch's memory; b may be NULL: then the number stands for each of its elements. y does not
 * overlap a or b. */
#ifndef MLPSTEP_KERNELS_FUNCTIONS_OF_TWO_H
#define MLPSTEP_KERNELS_FUNCTIONS_OF_TWO_H

#include "mlpstep/kernels/strided.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_function_of_two {
    MLP_ATAN2,
    MLP_HYPOT,
    MLP_REMAINDER,    /* of the quotient rounded down: it has the sign of b */
    MLP_FMOD,         /* of the quotient rounded towards zero: it has the sign of a */
    MLP_FLOOR_DIVIDE, /* the quotients themselves */
    MLP_TRUNC_DIVIDE,
    MLP_LOGADDEXP, /* log(exp(a) + exp(b)) */
    MLP_COPYSIGN,
    MLP_FMAX, /* of the two that is no nan */
    MLP_FMIN,
    MLP_HEAVISIDE /* 0 or 1, by the sign of a; b where a is 0 */
};

void mlp_function_of_two_f32(float *y, const float *a, const float *b, double number,
                             enum mlp_function_of_two of, size_t n, const mlp_loop *loop);
void mlp_function_of_two_f64(double *y, const double *a, const double *b, double number,
                             enum mlp_function_of_two of, size_t n, const mlp_loop *loop);

/* The quotients and remainders of whole numbers; no b is 0. */
void mlp_integer_divide(int64_t *y, const int64_t *a, const int64_t *b, int64_t number,
                        enum mlp_function_of_two of, size_t n);

#ifdef __cplusplus
}
#endif

#endif
