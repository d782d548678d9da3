#include "mlpstep/kernels/bits.h"

static uint64_t joined(uint64_t a, uint64_t b, enum mlp_bits how) {
    return how == MLP_AND ? a & b : how == MLP_OR ? a | b : a ^ b;
}

void mlp_bits_i64(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, enum mlp_bits how,
                  size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = (int64_t)joined((uint64_t)a[i], (uint64_t)(b ? b[i] : number), how);
}

void mlp_bits_bool(bool *y, const bool *a, const bool *b, bool number, enum mlp_bits how,
                   size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = joined(a[i], b ? b[i] : number, how) != 0;
}
