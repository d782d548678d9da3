/* Functions of one element, rounded to the nearest float32
 *
 * Each is computed in double, good to a few units in its last place, and then rounded. Where the
 * exact value lies that near to the middle of two floats, the other one may come out: some 1 in
 * 100,000,000.
 *
 * The inverses of the circle's functions have an approximation y in float32. With s and c the sine
 * and the cosine of the angle, or multiples of them, and d its distance from y,
 *
 *   tan(d) = (s cos(y) - c sin(y)) / (c cos(y) + s sin(y))
 *
 * and so small a d is its tangent. Likewise erfinv, by steps of Halley: with d the difference of erf(y)
 * from x over the slope of erf there, y becomes y - d / (1 + y d).
 */
#include "mlpstep/kernels/rounded.h"
#include "elementary.h"

static const double HALF_PI = 1.57079632679489661923;

static double sine(double x) {
    return mlp_real_sin_f64(x, !(fabs(x) < SINE_FAR_IN_DOUBLE));
}

static double cosine(double x) {
    return mlp_real_cos_f64(x, !(fabs(x) < SINE_FAR_IN_DOUBLE));
}

static double angle_of(double near, double s, double c) {
    const double sin_near = sine(near), cos_near = cosine(near);
    return near + (s * cos_near - c * sin_near) / (c * cos_near + s * sin_near);
}

/* The other side of the triangle. */
static double side(double x) {
    return sqrt((1 - x) * (1 + x));
}

static double arc_sine(float x) {
    return x == 0 ? x : angle_of(mlp_real_asin_f32(x), x, side(x));
}

static double arc_tangent(float x) {
    if (x == 0 || isinf(x))
        return x == 0 ? x : copysign(HALF_PI, x);
    return angle_of(mlp_real_atan_f32(x), x, 1);
}

/* Of a size below 1, from an approximation. */
static double inverse_erf(double size, double y) {
    enum {
        STEPS = 4
    };
    for (int i = 0; i < STEPS; i++) {
        const double slope = 1.12837916709551257390 * mlp_real_exp_f64(-y * y);
        const double more = y < 1 ? mlp_real_erf_f64(y) - size : 1 - size - mlp_real_erfc_f64(y);
        y -= more / slope / (1 + y * (more / slope));
    }
    return y;
}

static double arc_erf(float x) {
    const float size = fabsf(x), near = mlp_real_erfinv_f32(size);
    if (x == 0 || !(size < 1))
        return x == 0 ? x : copysign(near, x);
    return copysign(inverse_erf(size, near), x);
}

static double value(float x, enum mlp_rounded of) {
    switch (of) {
    case MLP_ROUNDED_EXP:
        return mlp_real_exp_f64(x);
    case MLP_ROUNDED_LOG:
        return mlp_real_log_f64(x);
    case MLP_ROUNDED_LOG10:
        return mlp_real_log10_f64(x);
    case MLP_ROUNDED_LOG2:
        return mlp_real_log2_f64(x);
    case MLP_ROUNDED_TANH:
        return mlp_real_tanh_f64(x);
    case MLP_ROUNDED_ERF:
        return mlp_real_erf_f64(x);
    case MLP_ROUNDED_ERFINV:
        return arc_erf(x);
    case MLP_ROUNDED_SIN:
        return sine(x);
    case MLP_ROUNDED_COS:
        return cosine(x);
    case MLP_ROUNDED_TAN:
        return sine(x) / cosine(x);
    case MLP_ROUNDED_ASIN:
        return arc_sine(x);
    case MLP_ROUNDED_ACOS:
        return angle_of(mlp_real_acos_f32(x), side(x), x);
    default:
        return arc_tangent(x);
    }
}

void mlp_rounded_forward(float *y, const float *x, enum mlp_rounded of, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = (float)value(x[i], of);
}

real KERNEL(real_exp_whole)(real x, bool nearest) {
    return nearest ? (float)mlp_real_exp_f64(x) : KERNEL(real_exp)(x);
}

real KERNEL(real_log_whole)(real x, bool nearest) {
    return nearest ? (float)mlp_real_log_f64(x) : KERNEL(real_log)(x);
}
