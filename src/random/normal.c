/* Normal numbers by Box and Muller, "A note on the generation of random normal deviates", Annals
 * of Mathematical Statistics 29 (1958): of two uniform numbers u in (0, 1] and v in [0, 1),
 *
 *   sqrt(-2 log u) cos(2 pi v)  and  sqrt(-2 log u) sin(2 pi v)
 *
 * are two independent normal ones. PyTorch takes them one by one for a small tensor, in blocks of
 * sixteen for the others. Source: ATen/native/cpu/DistributionTemplates.h (normal_fill,
 * normal_fill_AVX2) and ATen/core/DistributionsHelper.h (normal_distribution). */
#include "mlpstep/random.h"

#include "cephes.h"
#include "normal.h"

#include <math.h>

static const double two_pi = 6.283185307179586;

/* The next number of mean 0 and standard deviation 1. They come in pairs: the second one waits in
 * the generator for the next call. */
static double next_normal(mlp_generator *g, bool by_log1p) {
    if (g->has_next_normal) {
        g->has_next_normal = false;
        return g->next_normal;
    }
    double u[2];
    mlp_uniform_f64(g, u, 2, 0, 1);
    const double radius = sqrt(-2 * (by_log1p ? log1p(-u[1]) : log(1 - u[1])));
    const double theta = two_pi * u[0];
    g->next_normal = radius * sin(theta);
    g->has_next_normal = true;
    return radius * cos(theta);
}

/* Sixteen uniform numbers become as many normal ones: the first eight are u, 1 less than it lest
 * it be 0, the other eight v. */
static void block_f32(float *x, float mean, float std) {
    for (int i = 0; i < PAIRS; i++) {
        const float radius = sqrtf(-2 * mlp_cephes_logf(1 - x[i]));
        const mlp_sincos theta = mlp_cephes_sincosf((float)two_pi * x[i + PAIRS]);
        x[i] = fmaf(radius * theta.cos, std, mean);
        x[i + PAIRS] = fmaf(radius * theta.sin, std, mean);
    }
}

static void block_f64(double *x, double mean, double std) {
    for (int i = 0; i < PAIRS; i++) {
        const double radius = sqrt(-2 * log(1 - x[i]));
        const double theta = two_pi * x[i + PAIRS];
        x[i] = fma(radius * cos(theta), std, mean);
        x[i + PAIRS] = fma(radius * sin(theta), std, mean);
    }
}

void mlp_normal_f32(mlp_generator *g, float *out, size_t n, double mean, double std,
                    bool by_log1p) {
    if (n < BLOCK) {
        for (size_t i = 0; i < n; i++)
            out[i] = (float)fma(next_normal(g, by_log1p), std, mean);
        return;
    }
    mlp_uniform_f32(g, out, n, 0, 1);
    for (size_t i = 0; i + BLOCK <= n; i += BLOCK)
        block_f32(out + i, (float)mean, (float)std);
    if (n % BLOCK == 0)
        return;
    float *last = out + n - BLOCK;
    mlp_uniform_f32(g, last, BLOCK, 0, 1);
    block_f32(last, (float)mean, (float)std);
}

void mlp_normal_f64(mlp_generator *g, double *out, size_t n, double mean, double std,
                    bool by_log1p) {
    if (n < BLOCK) {
        for (size_t i = 0; i < n; i++)
            out[i] = fma(next_normal(g, by_log1p), std, mean);
        return;
    }
    mlp_uniform_f64(g, out, n, 0, 1);
    for (size_t i = 0; i + BLOCK <= n; i += BLOCK)
        block_f64(out + i, mean, std);
    if (n % BLOCK == 0)
        return;
    double *last = out + n - BLOCK;
    mlp_uniform_f64(g, last, BLOCK, 0, 1);
    block_f64(last, mean, std);
}
