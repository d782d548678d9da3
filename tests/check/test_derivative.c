/* Extrapolated central differences of functions whose derivative is known. */
#include "check/derivative.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef double function(double x);

typedef struct {
    function *f;
    double x;
    double kink; /* where the two sides of f do not join smoothly; a nan for nowhere */
} at_point;

static central_difference around(void *context, double h) {
    const at_point *p = context;
    const double high = p->x + h, low = p->x - h;
    const double rise = p->f(high) - p->f(low);
    const bool crosses = low <= p->kink && p->kink <= high;
    return (central_difference){rise, high - low, isfinite(rise) && !crosses};
}

static derivative derivative_of(function *f, double x, double kink) {
    at_point p = {f, x, kink};
    return extrapolated_derivative(around, &p, x, DBL_EPSILON * fabs(f(x)));
}

/* It is right to `digits` digits, and as near as it says. */
static void expect(function *f, double x, double slope, double digits) {
    const derivative d = derivative_of(f, x, (double)NAN);
    assert_true(d.found);
    assert_true(fabs(d.value - slope) <= pow(10, -digits) * fabs(slope));
    assert_true(fabs(d.value - slope) <= 2 * d.error);
}

static double fifth_power(double x) {
    return x * x * x * x * x;
}

static double steep(double x) {
    return tanh(1e4 * x);
}

static void finds_the_derivative(void **state) {
    (void)state;
    expect(exp, 1, exp(1), 12);
    expect(exp, -20, exp(-20), 12);
    expect(sin, 3, cos(3), 12);
    expect(fifth_power, 1.5, 5 * pow(1.5, 4), 12);
    expect(fifth_power, 1e6, 5e24, 12);
    expect(log, 1e-3, 1e3, 10); /* the first steps leave its domain */
    expect(sqrt, 0.01, 5, 10);
    expect(steep, 1e-5, 1e4 / pow(cosh(0.1), 2), 8); /* the first steps are far too large */
}

/* Its first two differences at 0, with h = 1/8 and 1/16, are both 1; its derivative is not. */
static double coincident(double x) {
    const double c5 = 1024, c3 = -c5 * 5 / 256, c1 = 1 + c5 / 16384;
    return x * (c1 + x * x * (c3 + x * x * c5));
}

static void a_coincidence_is_no_convergence(void **state) {
    (void)state;
    expect(coincident, 0, 1.0625, 12);
}

static double bent(double x) {
    return x > 0 ? x : 0.1 * x;
}

static void steps_stay_on_one_side_of_a_kink(void **state) {
    (void)state;
    for (double x = 1; x > 1e-8; x /= 10) {
        const derivative right = derivative_of(bent, x, 0), left = derivative_of(bent, -x, 0);
        assert_true(right.found && fabs(right.value - 1) <= 2 * right.error + 1e-12);
        assert_true(left.found && fabs(left.value - 0.1) <= 2 * left.error + 1e-12);
    }
    assert_false(derivative_of(bent, 0, 0).found);
    assert_false(derivative_of(bent, 1e-12, 0).found);
    assert_false(derivative_of(sqrt, 0, (double)NAN).found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_derivative),
        cmocka_unit_test(a_coincidence_is_no_convergence),
        cmocka_unit_test(steps_stay_on_one_side_of_a_kink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
