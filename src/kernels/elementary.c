/* exp, log and tanh, in float32
 *
 *   exp(x)   = 2^q exp(s)                 where x = q ln 2 + s, q a whole number, |s| <= ln 2 / 2
 *   expm1(x) = exp(x) - 1
 *   log(x)   = e ln 2 + log(m)            where x = m 2^e, 0.75 <= m < 1.5
 *   log1p(x) = log(1 + x)
 *   tanh(x)  = (E - 1/E) / (E + 1/E)      where E = exp(x)
 *
 * exp(s) and log(m) are polynomials, log10 and log2 have others than log. PyTorch takes all of them
 * from the SLEEF library (expf_u10, logf_u10, tanhf_u10, powf_u10 and so on, by Naoki Shibata and
 * contributors): coefficients and order of operations are theirs, because they decide the last
 * bit. */
#include "elementary.h"
#include "logarithm.h"
#include "pair.h"

/* ln 2 in two parts. The first ends in zero bits: a small whole number times it is exact. */
static const real LN2_HIGH = 0.693145751953125F, LN2_LOW = 1.428606765330187045e-06F;
static const real ONE_OVER_LN2 = 1.4426950408889634F;

real KERNEL(real_exp)(real x) {
    if (isnan(x))
        return x;
    if (x < -104)
        return 0;
    if (x > 100)
        return (real)INFINITY;

    const real q = rintf(x * ONE_OVER_LN2);
    const real s = real_fma(q, -LN2_LOW, real_fma(q, -LN2_HIGH, x));

    real u = 0.000198527617612853646278381F; /* near 1/7! and so on up to 1/2! */
    u = real_fma(u, s, 0.00139304355252534151077271F);
    u = real_fma(u, s, 0.00833336077630519866943359F);
    u = real_fma(u, s, 0.0416664853692054748535156F);
    u = real_fma(u, s, 0.166666671633720397949219F);
    u = real_fma(u, s, 0.5F);
    return ldexpf(1 + real_fma(s * s, u, s), (int)q);
}

static const pair LN2 = {0.69314718246459960938F, -1.904654323148236017e-09F};

/* x = m 2^e with 0.75 <= m < 1.5; x is positive and finite. */
static real split(real x, int *e) {
    /* Away from both ends of the range, so that neither x nor x / 1.5 loses bits or overflows. */
    const bool small = x < 1;
    const real scaled = small ? x * 0x1p64F : x;
    const int exponent = ilogbf(scaled * (real)(0.5 / 0.75)) + 1;
    *e = small ? exponent - 64 : exponent;
    return ldexpf(scaled, -exponent);
}

/* What is left of log(m): r^3 times a polynomial of r^2. */
static pair log_rest(pair r, real c2, real c1, real c0) {
    const real r2 = r.high * r.high;
    return (pair){r2 * r.high * real_fma(real_fma(c2, r2, c1), r2, c0), 0};
}

/* e ln 2 + log(m), for the r of m. */
static real log_of(int e, pair r) {
    const pair first_term = {2 * r.high, 2 * r.low};
    return pair_rounded(pair_add(pair_add(pair_scale(LN2, (real)e), first_term),
                                 log_rest(r, 0.3027294874F, 0.3996108174F, 0.6666694880F)));
}

real KERNEL(real_log)(real x) {
    if (is_at_the_ends(x))
        return log_at_the_ends(x);
    int e;
    const real m = split(x, &e);
    return log_of(e, log_argument(m));
}

/* log1pf_u10: with x = (1 + x) 2^-e - 1, so that log(1 + x) is e ln 2 and a log as above. */
real KERNEL(real_log1p)(real x) {
    if (x == 0)
        return x;
    if (x > 1e38F)
        return (real)INFINITY;
    if (!(x > -1))
        return log_at_the_ends(1 + x);
    int e;
    split(1 + x, &e);
    const real scale = ldexpf(1, -e), m = real_fma(x, scale, scale - 1);
    return log_of(e, pair_divide((pair){m, 0}, sum_of(2, m)));
}

real KERNEL(real_log10)(real x) {
    if (is_at_the_ends(x))
        return log_at_the_ends(x);
    int e;
    const real m = split(x, &e);
    const pair log10_2 = {0.30103001F, -1.432098889e-08F};
    const pair two_over_ln10 = {0.868588984F, -2.170757285e-08F};
    const pair r = log_argument(m);
    const pair sum = pair_add(pair_scale(log10_2, (real)e), pair_multiply(r, two_over_ln10));
    return pair_rounded(pair_add(sum, log_rest(r, 0.1314289868F, 0.1735493541F, 0.2895309627F)));
}

real KERNEL(real_log2)(real x) {
    if (is_at_the_ends(x))
        return log_at_the_ends(x);
    int e;
    const real m = split(x, &e);
    const pair two_over_ln2 = {2.8853900432586669922F, 3.2734474483568488616e-08F};
    const pair r = log_argument(m);
    const pair sum = pair_add_any((pair){(real)e, 0}, pair_multiply(r, two_over_ln2));
    return pair_rounded(
        pair_add_any(sum, log_rest(r, 0.4374550283F, 0.5764790177F, 0.9618012905120F)));
}

pair KERNEL(pair_exp)(pair x) {
    const real q = rintf(pair_rounded(x) * ONE_OVER_LN2);
    pair s = pair_add_any(x, (pair){q * -LN2_HIGH, 0});
    s = pair_add_any(s, (pair){q * -LN2_LOW, 0});

    real u = 0.1980960224e-3F; /* near 1/7! and so on up to 1/2! */
    u = real_fma(u, s.high, 0.1394256484e-2F);
    u = real_fma(u, s.high, 0.8333456703e-2F);
    u = real_fma(u, s.high, 0.4166637361e-1F);
    pair t = pair_add_any(pair_scale(s, u), (pair){0.166666659414234244790680580464F, 0});
    t = pair_add_any(pair_multiply(s, t), (pair){0.5F, 0});
    t = pair_add_any(s, pair_multiply(pair_square(s), t));
    t = pair_add((pair){1, 0}, t);
    return (pair){ldexpf(t.high, (int)q), ldexpf(t.low, (int)q)};
}

real KERNEL(real_tanh)(real x) {
    if (isnan(x))
        return x;
    const real size = fabsf(x);
    if (size > 8.664339742F) /* nearer to 1 than to any other float */
        return copysignf(1, x);

    const pair e = KERNEL(pair_exp)((pair){size, 0}), inverse = pair_reciprocal(e);
    const pair minus_inverse = {-inverse.high, -inverse.low};
    const pair result = pair_divide(pair_add(e, minus_inverse), pair_add(e, inverse));
    return copysignf(result.high + result.low, x);
}

real KERNEL(real_expm1)(real x) {
    if (x == 0 || isnan(x))
        return x;
    if (x > 88.72283172607421875F)
        return (real)INFINITY;
    if (x < -16.635532333438687426013570F) /* nearer to -1 than to any other float */
        return -1;
    return pair_rounded(pair_add_any(KERNEL(pair_exp)((pair){x, 0}), (pair){-1, 0}));
}

pair KERNEL(pair_log)(real x) {
    int e;
    const real m = split(x, &e);
    const pair r = log_argument(m), r2 = pair_square(r);
    real t = 0.240320354700088500976562F;
    t = real_fma(t, r2.high, 0.285112679004669189453125F);
    t = real_fma(t, r2.high, 0.400007992982864379882812F);

    const pair two_thirds = {0.66666662693023681640625F, 3.69183861259614332084311e-09F};
    const pair other_terms =
        pair_multiply(pair_multiply(r2, r), pair_add_any(pair_scale(r2, t), two_thirds));
    const pair first_term = {2 * r.high, 2 * r.low};
    return pair_add(pair_add(pair_scale(LN2, (real)e), first_term), other_terms);
}

/* Another polynomial than the two above. */
real KERNEL(exp_of_pair)(pair x) {
    if (x.high < -104)
        return 0;
    if (!(x.high < 104))
        return (real)INFINITY;

    const real q = rintf((x.high + x.low) * ONE_OVER_LN2);
    pair s = pair_add_any(x, (pair){q * -LN2_HIGH, 0});
    s = pair_add_any(s, (pair){q * -LN2_LOW, 0});
    const real sum = s.high + s.low;
    s = (pair){sum, (s.high - sum) + s.low};

    real u = 0.00136324646882712841033936F; /* near 1/6! and so on up to 1/2! */
    u = real_fma(u, s.high, 0.00836596917361021041870117F);
    u = real_fma(u, s.high, 0.0416710823774337768554688F);
    u = real_fma(u, s.high, 0.166665524244308471679688F);
    u = real_fma(u, s.high, 0.499999850988388061523438F);
    const pair t = pair_add((pair){1, 0}, pair_add(s, pair_scale(pair_square(s), u)));

    /* In five steps, each of which rounds where the result is too small for a normal number. */
    const int quarter = (int)q / 64 * 16;
    real result = t.high + t.low;
    for (int i = 0; i < 4; i++)
        result *= ldexpf(1, quarter);
    return result * ldexpf(1, (int)q - 4 * quarter);
}

/* 2^(i/32) to the nearest double. */
static const double TWO_TO_32NDS[32] = {
    0x1.0000000000000p+0, 0x1.059b0d3158574p+0, 0x1.0b5586cf9890fp+0, 0x1.11301d0125b51p+0,
    0x1.172b83c7d517bp+0, 0x1.1d4873168b9aap+0, 0x1.2387a6e756238p+0, 0x1.29e9df51fdee1p+0,
    0x1.306fe0a31b715p+0, 0x1.371a7373aa9cbp+0, 0x1.3dea64c123422p+0, 0x1.44e086061892dp+0,
    0x1.4bfdad5362a27p+0, 0x1.5342b569d4f82p+0, 0x1.5ab07dd485429p+0, 0x1.6247eb03a5585p+0,
    0x1.6a09e667f3bcdp+0, 0x1.71f75e8ec5f74p+0, 0x1.7a11473eb0187p+0, 0x1.82589994cce13p+0,
    0x1.8ace5422aa0dbp+0, 0x1.93737b0cdc5e5p+0, 0x1.9c49182a3f090p+0, 0x1.a5503b23e255dp+0,
    0x1.ae89f995ad3adp+0, 0x1.b7f76f2fb5e47p+0, 0x1.c199bdd85529cp+0, 0x1.cb720dcef9069p+0,
    0x1.d5818dcfba487p+0, 0x1.dfc97337b9b5fp+0, 0x1.ea4afa2a490dap+0, 0x1.f50765b6e4540p+0,
};

/* 2^(z / 32), with k the whole number nearest to z:
 *
 *   2^(z/32) = 2^(k/32) 2^(r/32),   r = z - k,   |r| <= 1/2
 *
 * The cubic for 2^(r/32) is that of Arm's Optimized Routines (Szabolcs Nagy), which glibc and musl
 * adopted. It is not always the nearest float. */
static real two_to(double z) {
    const double steps = 32, k = rint(z), r = z - k;
    const double cubic =
        0x1.c6af84b912394p-5 / steps / steps / steps * r + 0x1.ebfce50fac4f3p-3 / steps / steps;
    const double linear = 0x1.62e42ff0c52d6p-1 / steps * r + 1;
    const int whole = (int)floor(k / steps), part = (int)k - 32 * whole;
    return (real)((cubic * (r * r) + linear) * ldexp(TWO_TO_32NDS[part], whole));
}

/* With z = 32 x / ln 2, in double. */
real KERNEL(real_exp_scalar)(real x) {
    if (isnan(x))
        return x;
    if (x > 100)
        return (real)INFINITY;
    if (x < -104)
        return 0;

    return two_to((double)x * 0x1.71547652b82fep+0 * 32);
}

/* Of the scalar loops, too, and of the vectors. */
real KERNEL(real_exp2)(real x) {
    if (isnan(x))
        return x;
    return x > 150 ? (real)INFINITY : x < -160 ? 0 : two_to((double)x * 32);
}

real KERNEL(real_pow_scalar)(real x, real y) {
    return (real)pow((double)x, (double)y);
}

/* 1 / c and log(c) for a c near the middle of each sixteenth of [0.699, 1.398). */
static const double LOG_TABLE[16][2] = {
    {0x1.661ec79f8f3bep+0, -0x1.57bf7808caadep-2}, {0x1.571ed4aaf883dp+0, -0x1.2bef0a7c06ddbp-2},
    {0x1.49539f0f010bp+0, -0x1.01eae7f513a67p-2},  {0x1.3c995b0b80385p+0, -0x1.b31d8a68224e9p-3},
    {0x1.30d190c8864a5p+0, -0x1.6574f0ac07758p-3}, {0x1.25e227b0b8eap+0, -0x1.1aa2bc79c81p-3},
    {0x1.1bb4a4a1a343fp+0, -0x1.a4e76ce8c0e5ep-4}, {0x1.12358f08ae5bap+0, -0x1.1973c5a611cccp-4},
    {0x1.0953f419900a7p+0, -0x1.252f438e10c1ep-5}, {1, 0},
    {0x1.e608cfd9a47acp-1, 0x1.aa5aa5df25984p-5},  {0x1.ca4b31f026aap-1, 0x1.c5e53aa362eb4p-4},
    {0x1.b2036576afce6p-1, 0x1.526e57720db08p-3},  {0x1.9c2d163a1aa2dp-1, 0x1.bc2860d22477p-3},
    {0x1.886e6037841edp-1, 0x1.1058bc8a07ee1p-2},  {0x1.767dcf5534862p-1, 0x1.4043057b6ee09p-2}};

/* In double: log(x) = e ln 2 + log(c) + log(1 + r), where x = m 2^e and r = m / c - 1. The cubic for
 * log(1 + r) is that of Arm's Optimized Routines, too. */
real KERNEL(real_log_scalar)(real x) {
    if (is_at_the_ends(x))
        return log_at_the_ends(x);
    int e;
    double m = 2 * frexp((double)x, &e); /* in [1, 2) */
    const double first = 0x1.66p-1;      /* where the table begins */
    e -= m >= 2 * first ? 0 : 1;
    m /= m >= 2 * first ? 2 : 1;
    const int part = (int)floor(m < 1 ? 32 * (m - first) : 16 * (m - 1) + 32 * (1 - first));
    const double r = m * LOG_TABLE[part][0] - 1, r2 = r * r;
    const double cubic =
        -0x1.00ea348b88334p-2 * r2 + (0x1.5575b0be00b6ap-2 * r - 0x1.ffffef20a4123p-2);
    return (real)(cubic * r2 + (LOG_TABLE[part][1] + e * 0x1.62e42fefa39efp-1 + r));
}
