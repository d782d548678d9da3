/* What a generator is asked for: uniform numbers, integers, masks, permutations. */
#include "mlpstep/random.h"
#include "mcg31m1.h"

#include <math.h>

/* Multiples of 2^-24 and 2^-53 in [0, 1): as many bits as the type holds exactly. */
static float unit_f32(mlp_generator *g) {
    return (float)(mlp_generator_random(g) & ((UINT32_C(1) << 24) - 1)) * 0x1p-24f;
}

static double unit_f64(mlp_generator *g) {
    return (double)(mlp_generator_random64(g) & ((UINT64_C(1) << 53) - 1)) * 0x1p-53;
}

void mlp_uniform_f32(mlp_generator *g, float *out, size_t n, double from, double to) {
    const float low = (float)from, width = (float)to - low;
    for (size_t i = 0; i < n; i++)
        out[i] = fmaf(unit_f32(g), width, low);
}

void mlp_uniform_f64(mlp_generator *g, double *out, size_t n, double from, double to) {
    const double width = to - from;
    for (size_t i = 0; i < n; i++)
        out[i] = fma(unit_f64(g), width, from);
}

void mlp_randint(mlp_generator *g, int64_t *out, size_t n, int64_t low, int64_t high,
                 uint64_t wide) {
    /* Unsigned, for the width of a range may exceed INT64_MAX. */
    const uint64_t base = (uint64_t)low, width = (uint64_t)high - base;
    const bool is_wide = width >= wide;
    for (size_t i = 0; i < n; i++) {
        const uint64_t drawn = is_wide ? mlp_generator_random64(g) : mlp_generator_random(g);
        out[i] = (int64_t)(base + drawn % width);
    }
}

void mlp_randperm(mlp_generator *g, int64_t *out, size_t n) {
    for (size_t i = 0; i < n; i++)
        out[i] = (int64_t)i;
    for (size_t i = 0; i + 1 < n; i++) {
        const size_t other = i + mlp_generator_random(g) % (n - i);
        const int64_t kept = out[i];
        out[i] = out[other];
        out[other] = kept;
    }
}

static void bernoulli_mkl(mlp_generator *g, int64_t *mask, size_t n, double keep) {
    uint32_t x = mlp_mcg31m1_seed(mlp_generator_random(g));
    for (size_t i = 0; i < n; i++)
        mask[i] = mlp_mcg31m1_uniform(&x) < keep;
}

static void bernoulli_native(mlp_generator *g, int64_t *mask, size_t n, double keep) {
    for (size_t i = 0; i < n; i++)
        mask[i] = unit_f64(g) < keep;
}

void mlp_bernoulli(mlp_generator *g, mlp_rng rng, int64_t *mask, size_t n, double keep) {
    if (n == 0)
        return;
    if (rng == MLP_RNG_MKL)
        bernoulli_mkl(g, mask, n, keep);
    else
        bernoulli_native(g, mask, n, keep);
}

void mlp_bernoulli_each_f32(mlp_generator *g, int64_t *mask, const float *keep, size_t n) {
    for (size_t i = 0; i < n; i++)
        mask[i] = unit_f32(g) < keep[i];
}

void mlp_bernoulli_each_f64(mlp_generator *g, int64_t *mask, const double *keep, size_t n) {
    for (size_t i = 0; i < n; i++)
        mask[i] = unit_f64(g) < keep[i];
}

void mlp_exponential(mlp_generator *g, mlp_rng rng, double *out, size_t n, double lambda,
                     bool is_wide) {
    if (n == 0)
        return;
    if (rng != MLP_RNG_MKL) {
        for (size_t i = 0; i < n; i++)
            out[i] = -1 / lambda * log(1 - unit_f64(g));
        return;
    }
    const uint64_t seed = is_wide ? mlp_generator_random64(g) : mlp_generator_random(g);
    uint32_t x = mlp_mcg31m1_seed((uint32_t)seed);
    for (size_t i = 0; i < n; i++)
        out[i] = -log(mlp_mcg31m1_uniform(&x)) / lambda;
}
