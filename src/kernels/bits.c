#include "mlpstep/kernels/bits.h"

static uint64_t joined(uint64_t a, uint64_t b, enum mlp_bits how) {
    return how == MLP_AND ? a & b : how == MLP_OR ? a | b : a ^ b;
}

/* Without leaving it to the compiler what becomes of a sign. */
static int64_t shifted(int64_t a, int64_t by, enum mlp_bits how) {
    if (how == MLP_SHIFT_LEFT)
        return (int64_t)((uint64_t)a << by);
    return a < 0 ? -1 - ((-1 - a) >> by) : a >> by;
}

void mlp_bits_i64(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, enum mlp_bits how,
                  size_t n) {
    const bool shifts = how == MLP_SHIFT_LEFT || how == MLP_SHIFT_RIGHT;
    for (size_t i = 0; i < n; i++) {
        const int64_t other = b ? b[i] : number;
        y[i] = shifts ? shifted(a[i], other, how)
                      : (int64_t)joined((uint64_t)a[i], (uint64_t)other, how);
    }
}

void mlp_bits_bool(bool *y, const bool *a, const bool *b, bool number, enum mlp_bits how,
                   size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = joined(a[i], b ? b[i] : number, how) != 0;
}
