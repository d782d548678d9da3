/* A number times the logarithm of another, element by element: y = a log(b)
 *
 *   y  = 0 where a = 0, unless b is nan
 *   da = dy log(b)     0 where dy = 0, and where a = 0 and b <= 0
 *   db = dy a / b
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/xlogy.h"
#include "elementary.h"

static real times_log(real a, real b) {
    if (b != b)
        return b;
    return a == 0 ? 0 : a * KERNEL(real_log_scalar)(b);
}

void KERNEL(xlogy_forward)(real *y, const real *a, const real *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = times_log(a[i], b[i]);
}

void KERNEL(xlogy_backward)(real *da, real *db, const real *dy, const real *a, const real *b,
                            size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (da)
            da[i] = a[i] == 0 && b[i] <= 0 ? 0 : times_log(dy[i], b[i]);
        if (db)
            db[i] = dy[i] * a[i] / b[i];
    }
}
