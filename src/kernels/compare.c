/* Comparisons
 *
 *   y = 1 where a ? b, 0 elsewhere, ? one of = != < <= > >=
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/compare.h"
#include "real.h"

static bool holds(real a, real b, enum mlp_comparison how) {
    const bool results[] = {[MLP_EQ] = a == b,
                            [MLP_NE] = a != b,
                            [MLP_LT] = a<b, [MLP_LE] = a <= b, [MLP_GT] = a> b,
                            [MLP_GE] = a >= b};
    return results[how];
}

void KERNEL(compare)(bool *y, const real *a, const real *b, double number, enum mlp_comparison how,
                     size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = holds(a[i], b ? b[i] : (real)number, how);
}
