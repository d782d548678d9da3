/* How far numbers that were drawn may be from those of other builds. */
#include "mlpstep/random.h"

#include "normal.h"

#include <float.h>
#include <math.h>

/* --- uniform: with the product rounded itself, or not --- */

void mlp_uniform_bounds_f32(mlp_generator *g, double *bound, size_t n, double from, double to) {
    const float low = (float)from, width = (float)to - low;
    for (size_t i = 0; i < n; i++) {
        float u;
        mlp_uniform_f32(g, &u, 1, 0, 1);
        const float product = u * width, apart = product + low;
        bound[i] = fabs((double)fmaf(u, width, low) - (double)apart);
    }
}

void mlp_uniform_bounds_f64(mlp_generator *g, double *bound, size_t n, double from, double to) {
    const double width = to - from;
    for (size_t i = 0; i < n; i++) {
        double u;
        mlp_uniform_f64(g, &u, 1, 0, 1);
        const double product = u * width, apart = product + from;
        bound[i] = fabs(fma(u, width, from) - apart);
    }
}

/* --- normal --- */

typedef struct {
    double unit; /* roundoff */
    double mean, std;
} drawing;

/* Of r cos(theta) std + mean: theta is 2 pi v with both rounded; r has the errors of log and sqrt;
 * cos has that of a function, and moves with theta by sin; the products, the sum, mean and std are
 * rounded. */
static double number_bound(const drawing *d, double r, double cosine, double sine, double theta) {
    const double u = d->unit, turn = 1.5 * u * theta;
    const double of_cosine = (fabs(sine) + turn) * turn + 4 * u;
    const double size = r * fabs(cosine);
    const double of_product = (r * of_cosine + 9 * u * size) * (1 + 32 * u);
    return d->std * of_product + u * (2 * fabs(d->mean) + d->std * size);
}

/* Sixteen uniform numbers become the bounds of the normal ones made of them. */
static void block_bounds(const drawing *d, double *x) {
    for (int i = 0; i < PAIRS; i++) {
        const double r = sqrt(-2 * log(1 - x[i])), theta = 2 * acos(-1) * x[i + PAIRS];
        const double cosine = cos(theta), sine = sin(theta);
        x[i] = number_bound(d, r, cosine, sine, theta);
        x[i + PAIRS] = number_bound(d, r, sine, cosine, theta);
    }
}

typedef void draw_units(mlp_generator *g, double *out, size_t n);

static void units_f32(mlp_generator *g, double *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float u;
        mlp_uniform_f32(g, &u, 1, 0, 1);
        out[i] = u;
    }
}

static void units_f64(mlp_generator *g, double *out, size_t n) {
    mlp_uniform_f64(g, out, n, 0, 1);
}

static void many_bounds(mlp_generator *g, draw_units *draw, const drawing *d, double *bound,
                        size_t n) {
    draw(g, bound, n);
    for (size_t i = 0; i + BLOCK <= n; i += BLOCK)
        block_bounds(d, bound + i);
    if (n % BLOCK == 0)
        return;
    double *last = bound + n - BLOCK;
    draw(g, last, BLOCK);
    block_bounds(d, last);
}

/* A few, drawn in double, by log or log1p: r is at most sqrt(106 log 2), and theta 2 pi, so that all
 * errors of number_bound together are within 200 u. */
static double few_bound(double number, double mean, double std) {
    const double u = DBL_EPSILON / 2;
    return 200 * u * std + u * (2 * fabs(mean) + fabs(number));
}

void mlp_normal_bounds_f32(mlp_generator *g, double *bound, size_t n, double mean, double std) {
    const drawing d = {FLT_EPSILON / 2, mean, std};
    if (n >= BLOCK) {
        many_bounds(g, units_f32, &d, bound, n);
        return;
    }
    mlp_normal_f64(g, bound, n, mean, std, false);
    for (size_t i = 0; i < n; i++) { /* rounded once: to the same number, but at a tie */
        const double number = bound[i], error = few_bound(number, mean, std);
        bound[i] = (double)(float)(number + error) - (double)(float)(number - error);
    }
}

void mlp_normal_bounds_f64(mlp_generator *g, double *bound, size_t n, double mean, double std) {
    const drawing d = {DBL_EPSILON / 2, mean, std};
    if (n >= BLOCK) {
        many_bounds(g, units_f64, &d, bound, n);
        return;
    }
    mlp_normal_f64(g, bound, n, mean, std, false);
    for (size_t i = 0; i < n; i++)
        bound[i] = few_bound(bound[i], mean, std);
}
