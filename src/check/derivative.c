#include "derivative.h"

#include <math.h>
#include <stddef.h>

enum {
    COLUMNS = 7,     /* a[j][0] to a[j][6], whose truncation error is of order h^14 */
    FIRST_STEP = -3, /* h begins near 2^-3 of x, or of 1 where x is smaller ... */
    LAST_STEP = -30  /* ... and ends where rounding leaves no more than some six digits */
};

/* The weights that an extrapolation gives to the differences have absolute values whose sum is less
 * than the product of all (4^i + 1) / (4^i - 1). */
static const double differences_in_row = 2;

/* One row of Neville's scheme, and the best of it. */
typedef struct {
    double a[COLUMNS];
    size_t count;
    double value, error;
} row;

/* The columns of a row beyond the first, from the row above; and their errors. */
static void extrapolate(row *r, const row *above) {
    double power = 1;
    r->value = r->a[0];
    r->error = INFINITY;
    for (r->count = 1; r->count < COLUMNS && r->count <= above->count; r->count++) {
        const size_t i = r->count;
        power *= 4;
        r->a[i] = (power * r->a[i - 1] - above->a[i - 1]) / (power - 1);
        const double error = fmax(fabs(r->a[i] - r->a[i - 1]), fabs(r->a[i] - above->a[i - 1]));
        if (!(error <= r->error))
            continue;
        r->value = r->a[i];
        r->error = error;
    }
}

derivative extrapolated_derivative(difference_function *difference, void *context, double x,
                                   double rounding) {
    const int scale = fabs(x) > 1 ? ilogb(x) : 0;
    derivative best = {.error = INFINITY};
    row above = {0};
    bool confirmed = true; /* the row below that of the best was seen, too */
    for (int step = FIRST_STEP; step >= LAST_STEP; step--) {
        const central_difference d = difference(context, ldexp(1, scale + step));
        if (!d.smooth) {
            above.count = 0;
            continue;
        }
        row r = {.a = {d.rise / d.run}};
        extrapolate(&r, &above);
        above = r;
        if (!confirmed)
            best.error += fabs(r.value - best.value);
        confirmed = true;
        const double of_rounding = differences_in_row * 2 * rounding / d.run;
        if (r.error + of_rounding < best.error) {
            best = (derivative){.value = r.value, .error = r.error + of_rounding, .found = true};
            confirmed = false;
        } else if (of_rounding > best.error) {
            break; /* which smaller steps only make larger */
        }
    }
    return best;
}
