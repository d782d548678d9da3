/* sin, cos and tan, in float32
 *
 *   sin(x) = (-1)^q sin(s)            where x = q pi + s, |s| <= pi / 2
 *   cos(x) = (-1)^(k + 1) sin(s)      where x = (2 k + 1) pi / 2 + s
 *   tan(x) = tan(s) or -1 / tan(s)    where x = q pi / 2 + s, q even or odd
 *
 * sin(s) and tan(s) are polynomials. PyTorch takes all from SLEEF (sinf_u10, cosf_u10 and tanf_u10,
 * by Naoki Shibata and contributors), which takes large x to s by way of the bits of 1 / (2 pi) that
 * matter then. */
#include "elementary.h"
#include "pair.h"

static real sine_of(pair s) {
    const pair s2 = pair_square(s);
    real u = 2.6083159809786593541503e-06F; /* near 1/9!, -1/7!, 1/5!, -1/3! */
    u = real_fma(u, s2.high, -0.0001981069071916863322258F);
    u = real_fma(u, s2.high, 0.00833307858556509017944336F);
    const pair rest = pair_add((pair){-0.166666597127914428710938F, 0}, (pair){u * s2.high, 0});
    return pair_product(s, pair_add((pair){1, 0}, pair_multiply(rest, s2)));
}

/* --- up to SINE_FAR: pi in three parts, multiples of which are nearly exact --- */

static const real PI_PARTS[] = {3.1414794921875F, 0.00011315941810607910156F,
                                1.9841872589410058936e-09F};
static const real ONE_OVER_PI = 0.318309886183790671538F;

static real near_sin(real x) {
    const real q = rintf(x * ONE_OVER_PI);
    pair s = sum_of(real_fma(q, -PI_PARTS[0], x), q * -PI_PARTS[1]);
    s = pair_add(s, (pair){q * -PI_PARTS[2], 0});
    const real y = sine_of(s);
    return (int)q & 1 ? -y : y;
}

static real near_cos(real x) {
    const real q = real_fma(rintf(real_fma(x, ONE_OVER_PI, -0.5F)), 2, 1);
    pair s = sum_of(x, q * (-PI_PARTS[0] * 0.5F));
    s = pair_add_any(s, (pair){q * (-PI_PARTS[1] * 0.5F), 0});
    s = pair_add_any(s, (pair){q * (-PI_PARTS[2] * 0.5F), 0});
    const real y = sine_of(s);
    return (int)q & 2 ? y : -y;
}

/* --- beyond --- */

/* 1 / (2 pi), 24 bits each. */
static const int ONE_OVER_TWO_PI[] = {0x28be60, 0xdb9391, 0x054a7f, 0x09d5f4, 0x7d4d37, 0x7036d8,
                                      0xa5664f, 0x10e410, 0x7f9458, 0xeaf7ae, 0xf1586d, 0xc91b8e};
enum {
    BITS = 24,
    PARTS = 8 /* of them, with all bits that matter */
};

/* The float nearest to a sum of parts, with its last two bits 0, which is taken off the sum. */
static real take_off(double parts[PARTS], size_t first) {
    double sum = 0;
    for (size_t i = PARTS; i-- > first;)
        sum += parts[i];
    const real nearest = (real)sum;
    int exponent;
    const real whole = ldexpf(frexpf(nearest, &exponent), BITS);
    const real taken = ldexpf(4 * truncf(whole / 4), exponent - BITS);
    parts[first + 1] += parts[first] - (double)taken; /* exactly */
    return taken;
}

/* 1 / (2 pi), without the bits that make whole turns of any x of this exponent: four floats. With an
 * exponent above 90 times 2^64, for an x divided by it. */
static void turns_of(int exponent, real turn[4]) {
    const int dropped = (exponent < 25 ? 25 : exponent) - 23, first = dropped / BITS;
    double parts[PARTS + 1];
    for (int i = 0; i < PARTS; i++)
        parts[i] =
            ldexp(ONE_OVER_TWO_PI[first + i], (exponent > 90 ? 64 : 0) - BITS * (first + i + 1));
    parts[0] = fmod(parts[0], ldexp(1, (exponent > 90 ? 64 : 0) - dropped));
    for (size_t i = 0; i < 3; i++)
        turn[i] = take_off(parts, i);
    turn[3] = (real)(parts[3] + (parts[4] + (parts[5] + parts[6])));
}

/* What is beyond whole quarter turns, which go to *quarters. */
static pair beyond_quarters(pair turns, int *quarters) {
    const real rounded = rintf(turns.high * 4);
    *quarters += (int)(rounded - rintf(turns.high) * 4);
    turns.high -= rounded * 0.25F;
    return pair_normalised(turns);
}

/* x = 2 pi (quarters / 4 + n) + the result, n a whole number */
static pair reduced(real x, int *quarters) {
    const int exponent = x == 0 ? -127 : ilogbf(x);
    real turn[4];
    turns_of(exponent, turn);
    const real a = exponent > 90 ? ldexpf(x, -64) : x;
    *quarters = 0;
    pair t = beyond_quarters(pair_scale((pair){a, 0}, turn[0]), quarters);
    t = beyond_quarters(pair_add_any(t, pair_scale((pair){a, 0}, turn[1])), quarters);
    t = pair_normalised(pair_add_any(t, pair_scale((pair){turn[2], turn[3]}, a)));
    const pair two_pi = {3.1415927410125732422F * 2, -8.7422776573475857731e-08F * 2};
    return fabsf(a) < 0.7F ? (pair){a, 0} : pair_multiply(t, two_pi);
}

static const pair HALF_PI = {3.1415927410125732422F / 2, -8.7422776573475857731e-08F / 2};

static pair quarter_less(pair s, bool is_positive) {
    const real sign = is_positive ? -1 : 1;
    return pair_add_any(s, (pair){sign * HALF_PI.high, sign * HALF_PI.low});
}

static real far_sin(real x) {
    int quarters;
    pair s = reduced(x, &quarters);
    const bool is_positive = s.high > 0;
    const int halves = (2 * (quarters & 3) + (is_positive ? 2 : 1)) >> 2;
    if (quarters & 1)
        s = quarter_less(s, !signbit(s.high));
    const real y = sine_of(pair_normalised(s));
    return halves & 1 ? -y : y;
}

static real far_cos(real x) {
    int quarters;
    pair s = reduced(x, &quarters);
    const bool is_positive = s.high > 0;
    const int halves = (2 * (quarters & 3) + (is_positive ? 8 : 7)) >> 1;
    if (!(quarters & 1))
        s = quarter_less(s, is_positive);
    const real y = sine_of(pair_normalised(s));
    return halves & 2 ? y : -y;
}

real KERNEL(real_sin)(real x, bool far) {
    if (!isfinite(x))
        return (real)NAN;
    return x == 0 ? x : far ? far_sin(x) : near_sin(x);
}

real KERNEL(real_cos)(real x, bool far) {
    if (!isfinite(x))
        return (real)NAN;
    return far ? far_cos(x) : near_cos(x);
}

/* --- tan --- */

static pair near_tan(real x, int *quarters) {
    const real q = rintf(x * (2 * ONE_OVER_PI));
    const pair s = sum_of(real_fma(q, -PI_PARTS[0] * 0.5F, x), q * (-PI_PARTS[1] * 0.5F));
    *quarters = (int)q;
    return pair_add(s, (pair){q * (-PI_PARTS[2] * 0.5F), 0});
}

static pair tan_of(pair s) {
    const pair s2 = pair_normalised(pair_square(s));
    real u = 0.00446636462584137916564941F; /* near the coefficients of the series of tan(s) */
    u = real_fma(u, s2.high, -8.3920182078145444393158e-05F);
    u = real_fma(u, s2.high, 0.0109639242291450500488281F);
    u = real_fma(u, s2.high, 0.0212360303848981857299805F);
    u = real_fma(u, s2.high, 0.0540687143802642822265625F);
    pair t = pair_add((pair){0.133325666189193725585938F, 0}, (pair){u * s2.high, 0});
    t = pair_add((pair){0.33333361148834228515625F, 0}, pair_multiply(s2, t));
    return pair_multiply(s, pair_add((pair){1, 0}, pair_multiply(t, s2)));
}

real KERNEL(real_tan)(real x, bool far) {
    if (!isfinite(x))
        return (real)NAN;
    if (x == 0)
        return x;
    int quarters;
    pair s = far ? reduced(x, &quarters) : near_tan(x, &quarters);
    if (quarters & 1)
        s = (pair){-s.high, -s.low};
    const pair y = quarters & 1 ? pair_reciprocal(tan_of(s)) : tan_of(s);
    return y.high + y.low;
}
