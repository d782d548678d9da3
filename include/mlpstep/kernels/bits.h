/* Bit by bit: of integers, and of bools, which are one bit.
 *
 * Element by element, arrays hold n elements; y may be a or b. b may be NULL: then `number` stands
 * for each of its elements. */
#ifndef MLPSTEP_KERNELS_BITS_H
#define MLPSTEP_KERNELS_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_bits {
    MLP_AND,
    MLP_OR,
    MLP_XOR,
    MLP_SHIFT_LEFT, /* of integers, by 0 to 63 */
    MLP_SHIFT_RIGHT
};

void mlp_bits_i64(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, enum mlp_bits how,
                  size_t n);
void mlp_bits_bool(bool *y, const bool *a, const bool *b, bool number, enum mlp_bits how, size_t n);

#ifdef __cplusplus
}
#endif

#endif
