#include "gradient.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static double central(scalar_function loss, void *context, double *x, double h) {
    const double at = *x;
    *x = at + h;
    const double above = loss(context);
    *x = at - h;
    const double below = loss(context);
    *x = at;
    return (above - below) / (2 * h);
}

void expect_gradient(const char *name, scalar_function loss, void *context, double *x,
                     const double *gradient, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const double h = 1e-4 * fmax(1, fabs(x[i]));
        const double wide = central(loss, context, &x[i], h);
        const double narrow = central(loss, context, &x[i], h / 2);
        const double numeric = (4 * narrow - wide) / 3;
        if (!(fabs(numeric - gradient[i]) <= 1e-7 * fmax(1, fabs(gradient[i]))))
            fail_msg("%s[%zu]: backward gives %.12g, finite differences %.12g", name, i,
                     gradient[i], numeric);
    }
}
