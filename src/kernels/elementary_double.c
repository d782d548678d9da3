/* exp, log and tanh, in float64
 *
 * The same formulas as in float32 (elementary.c, erf.c), with longer polynomials, which are summed
 * in another order. PyTorch takes them from SLEEF, too (exp_u10, log_u10, tanh_u10, pow_u10, erf_u10
 * and so on, by Naoki Shibata and contributors): coefficients and order of operations are theirs.
 * What its scalar loops compute is left to the C library, as there. */
#include "elementary.h"
#include "logarithm.h"
#include "pair.h"
#include "polynomial.h"

/* ln 2 in two parts. The first ends in zero bits: a small whole number times it is exact. */
static const real LN2_HIGH = .69314718055966295651160180568695068359375,
                  LN2_LOW = .28235290563031577122588448175013436025525412068e-12;
static const real ONE_OVER_LN2 = 1.442695040888963407359924681001892137;
static const real LARGEST = 709.78271114955742909217217426; /* the exp of what is above overflows */

/* x 2^q, by way of two factors that are normal numbers. */
static real scaled(real x, real q) {
    const int half = (int)floor(q / 2);
    return x * ldexp(1, half) * ldexp(1, (int)q - half);
}

real KERNEL(real_exp)(real x) {
    static const real to_third[] = {/* near 1/12! and so on up to 1/3! */
                                    0.2081276378237164457e-8, 0.2511210703042288022e-7,
                                    0.2755762628169491192e-6, 0.2755723402025388239e-5,
                                    0.2480158687479686264e-4, 0.1984126989855865850e-3,
                                    0.1388888888914497797e-2, 0.8333333333314938210e-2,
                                    0.4166666666666602598e-1, 0.1666666666666669072};
    if (isnan(x))
        return x;
    if (x > LARGEST)
        return (real)INFINITY;
    if (x < -1000)
        return 0;

    const real q = rint(x * ONE_OVER_LN2);
    const real s = real_fma(q, -LN2_LOW, real_fma(q, -LN2_HIGH, x));
    real u = polynomial(to_third, COUNT(to_third), s);
    u = real_fma(u, s, 0.5);
    u = real_fma(u, s, 1);
    return scaled(real_fma(u, s, 1), q);
}

pair KERNEL(pair_exp)(pair x) {
    static const real to_fourth[] = {/* near 1/13! and so on up to 1/4! */
                                     0.1602472219709932072e-9, 0.2092255183563157007e-8,
                                     0.2505230023782644465e-7, 0.2755724800902135303e-6,
                                     0.2755731892386044373e-5, 0.2480158735605815065e-4,
                                     0.1984126984148071858e-3, 0.1388888888886763255e-2,
                                     0.8333333333333347095e-2, 0.4166666666666669905e-1};
    const real q = rint(pair_rounded(x) * ONE_OVER_LN2);
    pair s = pair_add_any(x, (pair){q * -LN2_HIGH, 0});
    s = pair_add_any(s, (pair){q * -LN2_LOW, 0});

    const pair one = {1, 0}, fourth = pair_square(pair_square(s));
    pair t = pair_add((pair){0.5, 0}, pair_scale(s, 0.1666666666666666574));
    t = pair_add(one, pair_multiply(t, s));
    t = pair_add(one, pair_multiply(t, s));
    t = pair_add(t, pair_scale(fourth, polynomial(to_fourth, COUNT(to_fourth), s.high)));
    return x.high < -1000 ? (pair){0, 0} : (pair){scaled(t.high, q), scaled(t.low, q)};
}

real KERNEL(real_expm1)(real x) {
    if (x == 0 || isnan(x))
        return x;
    if (x > 709.782712893383996732223)
        return (real)INFINITY;
    if (x < -36.736800569677101399113302437) /* nearer to -1 than to any other double */
        return -1;
    return pair_rounded(pair_add_any(KERNEL(pair_exp)((pair){x, 0}), (pair){-1, 0}));
}

real KERNEL(real_tanh)(real x) {
    if (isnan(x))
        return x;
    const real size = fabs(x);
    if (size > 18.714973875) /* nearer to 1 than to any other double */
        return copysign(1, x);

    const pair e = KERNEL(pair_exp)((pair){size, 0}), inverse = pair_reciprocal(e);
    const pair minus_inverse = {-inverse.high, -inverse.low};
    return copysign(
        pair_rounded(pair_divide(pair_add_any(e, minus_inverse), pair_add_any(e, inverse))), x);
}

/* --- logarithms --- */

static const pair LN2 = {0.693147180559945286226764, 2.319046813846299558417771e-17};

/* x = m 2^e with 0.75 <= m < 1.5; x is positive and finite. */
static real split(real x, int *e) {
    const bool small = x < DBL_MIN;
    const real normal = small ? x * 0x1p64 : x;
    /* What overflows has the exponent of an infinite number, as in SLEEF: for the last third. */
    const real larger = normal * (1.0 / 0.75);
    const int exponent = isinf(larger) ? 1024 : ilogb(larger);
    *e = small ? exponent - 64 : exponent;
    return ldexp(normal, -exponent);
}

/* What is left of log(m): r^3 times a polynomial of r^2, of 7 coefficients. */
static pair log_rest(pair r, const real coefficients[7]) {
    const real r2 = r.high * r.high;
    return (pair){r2 * r.high * polynomial(coefficients, 7, r2), 0};
}

/* e ln 2 + log(m), for the r of m. */
static real log_of(int e, pair r) {
    static const real rest[] = {0.1532076988502701353, 0.1525629051003428716, 0.1818605932937785996,
                                0.2222214519839380009, 0.2857142932794299317, 0.3999999999635251990,
                                0.6666666666667333541};
    const pair first_term = {2 * r.high, 2 * r.low};
    return pair_rounded(pair_add(pair_add(pair_scale(LN2, e), first_term), log_rest(r, rest)));
}

real KERNEL(real_log)(real x) {
    if (is_at_the_ends(x))
        return log_at_the_ends(x);
    int e;
    const real m = split(x, &e);
    return log_of(e, log_argument(m));
}

/* With x = (1 + x) 2^-e - 1, so that log(1 + x) is e ln 2 and a log as above. */
real KERNEL(real_log1p)(real x) {
    if (x == 0)
        return x;
    if (x > 1e307)
        return (real)INFINITY;
    if (!(x > -1))
        return log_at_the_ends(1 + x);
    int e;
    split(1 + x, &e);
    const real scale = ldexp(1, -e), m = real_fma(x, scale, scale - 1);
    return log_of(e, pair_divide((pair){m, 0}, pair_add((pair){2, 0}, (pair){m, 0})));
}

real KERNEL(real_log10)(real x) {
    static const real rest[] = {0.6653725819576758460e-1, 0.6625722782820833712e-1,
                                0.7898105214313944078e-1, 0.9650955035715275132e-1,
                                0.1240841409721444993,    0.1737177927454605086,
                                0.2895296546021972617};
    if (is_at_the_ends(x))
        return log_at_the_ends(x);
    int e;
    const real m = split(x, &e);
    const pair log10_2 = {0.30102999566398119802, -2.803728127785170339e-18};
    const pair two_over_ln10 = {0.86858896380650363334, 1.1430059694096389311e-17};
    const pair r = log_argument(m);
    const pair sum = pair_add(pair_scale(log10_2, e), pair_multiply(r, two_over_ln10));
    return pair_rounded(pair_add(sum, log_rest(r, rest)));
}

real KERNEL(real_log2)(real x) {
    static const real rest[] = {0.2211941750456081490, 0.2200768693152277689, 0.2623708057488514656,
                                0.3205977477944495502, 0.4121985945485324709, 0.5770780162997058982,
                                0.96179669392608091449};
    if (is_at_the_ends(x))
        return log_at_the_ends(x);
    int e;
    const real m = split(x, &e);
    const pair two_over_ln2 = {2.885390081777926774, 6.0561604995516736434e-18};
    const pair r = log_argument(m);
    const pair sum = pair_add_any((pair){e, 0}, pair_multiply(r, two_over_ln2));
    return pair_rounded(pair_add_any(sum, log_rest(r, rest)));
}

/* --- powers --- */

pair KERNEL(pair_log)(real x) {
    static const real rest[] = {
        0.116255524079935043668677, 0.103239680901072952701192, 0.117754809412463995466069,
        0.13332981086846273921509,  0.153846227114512262845736, 0.181818180850050775676507,
        0.222222222230083560345903, 0.285714285714249172087875, 0.400000000000000077715612};
    int e;
    const real m = split(x, &e);
    const pair r = log_argument(m), r2 = pair_square(r), r3 = pair_multiply(r2, r);
    const pair two_thirds = {0.666666666666666629659233, 3.80554962542412056336616e-17};
    const pair first_term = {2 * r.high, 2 * r.low};
    pair sum = pair_add(pair_scale(LN2, e), first_term);
    sum = pair_add(sum, pair_multiply(r3, two_thirds));
    return pair_add(sum, pair_scale(pair_multiply(r2, r3), polynomial(rest, COUNT(rest), r2.high)));
}

/* Another polynomial than the two above. */
real KERNEL(exp_of_pair)(pair x) {
    static const real to_second[] = {/* near 1/11! and so on up to 1/2! */
                                     2.51069683420950419527139e-08, 2.76286166770270649116855e-07,
                                     2.75572496725023574143864e-06, 2.48014973989819794114153e-05,
                                     0.000198412698809069797676111, 0.0013888888939977128960529,
                                     0.00833333333332371417601081,  0.0416666666665409524128449,
                                     0.166666666666666740681535,    0.500000000000000999200722};
    if (x.high < -1000)
        return 0;
    if (!(x.high <= LARGEST))
        return (real)INFINITY;

    const real q = rint(pair_rounded(x) * ONE_OVER_LN2);
    pair s = pair_add_any(x, (pair){q * -LN2_HIGH, 0});
    s = pair_normalised(pair_add_any(s, (pair){q * -LN2_LOW, 0}));
    const real u = polynomial(to_second, COUNT(to_second), s.high);
    const pair t = pair_add((pair){1, 0}, s);
    return scaled(pair_rounded(pair_add(t, pair_scale(pair_square(s), u))), q);
}

/* --- scalar loops --- */

real KERNEL(real_exp_scalar)(real x) {
    return exp(x);
}

real KERNEL(real_pow_scalar)(real x, real y) {
    return pow(x, y);
}

real KERNEL(real_log_scalar)(real x) {
    return log(x);
}

/* --- whole tensors --- */

real KERNEL(real_exp_whole)(real x, bool nearest) {
    (void)nearest;
    return KERNEL(real_exp)(x);
}

real KERNEL(real_log_whole)(real x, bool nearest) {
    (void)nearest;
    return KERNEL(real_log)(x);
}
