/* expm1, sinh, cosh, tanh, log1p, erf and atan2 as PyTorch's scalar loops have them
 *
 * There it calls the C library. These are the functions of the usual one (glibc 2.36), which go back
 * to Sun's FDLIBM of 1993: coefficients and order of operations are theirs.
 *
 *   expm1(x) = 2^k expm1(r) + 2^k - 1     where x = k ln 2 + r
 *   sinh(x)  = (t + t / (t + 1)) / 2      where t = expm1(x)
 *   cosh(x)  = (exp(x) + 1 / exp(x)) / 2
 *   tanh(x)  = 1 - 2 / (expm1(2 x) + 2)
 *   log1p(x) = k ln 2 + log(1 + f)        where 1 + x = 2^k (1 + f)
 *   atan2    = atan(c) + atan(s), s a polynomial
 *   erf(x)   = x + x R(x^2), c + R(x - 1), or 1 - exp(-x^2 + R(1 / x^2)) / x, R quotients of
 *              polynomials */
#include "elementary.h"

#ifdef MLP_FLOAT64

real KERNEL(real_expm1_scalar)(real x) {
    return expm1(x);
}

real KERNEL(real_tanh_scalar)(real x) {
    return tanh(x);
}

real KERNEL(real_log1p_scalar)(real x) {
    return log1p(x);
}

real KERNEL(real_erf_scalar)(real x) {
    return erf(x);
}

real KERNEL(real_atan2_scalar)(real y, real x) {
    return atan2(y, x);
}

#else

/* c[0] + c[1] x + ... */
static real polynomial(const real *c, size_t count, real x) {
    real y = c[count - 1];
    for (size_t i = count - 1; i-- > 0;)
        y = c[i] + x * y;
    return y;
}

static const real LN2_HIGH = 6.9313812256e-01F, LN2_LOW = 9.0580006145e-06F;

/* --- expm1 --- */

/* x = k ln 2 + the result + *rest */
static real reduced(real x, int *k, real *rest) {
    const real size = fabsf(x), half = x < 0 ? -0.5F : 0.5F;
    *k = 0;
    *rest = 0;
    if (size <= 0.34657359F) /* ln 2 / 2 */
        return x;
    *k = size < 1.0397207F ? (x < 0 ? -1 : 1) : (int)(1.4426950216F * x + half);
    const real high = x - (real)*k * LN2_HIGH, low = (real)*k * LN2_LOW, r = high - low;
    *rest = (high - r) - low;
    return r;
}

/* Of a finite x up to 88. */
static real expm1_scalar(real x) {
    static const real c[] = {1,
                             -3.3333335072e-02F,
                             1.5873016091e-03F,
                             -7.9365076090e-05F,
                             4.0082177293e-06F,
                             -2.0109921195e-07F};
    int k;
    real rest;
    if (x < -18.714973F) /* -27 ln 2 */
        return -1;
    if (fabsf(x) < 0x1p-25F)
        return x;
    const real r = reduced(x, &k, &rest), half = 0.5F * r, square = r * half;
    const real p = polynomial(c, 6, square), t = 3.0F - p * half;
    real e = square * ((p - t) / (6.0F - r * t));
    if (k == 0)
        return r - (r * e - square);
    e = (r * (e - rest) - rest) - square;
    if (k == -1)
        return 0.5F * (r - e) - 0.5F;
    if (k == 1)
        return r < -0.25F ? -2.0F * (e - (r + 0.5F)) : 1.0F + 2.0F * (r - e);
    if (k <= -2 || k > 56)
        return ldexpf(1 - (e - r), k) - 1;
    if (k < 23)
        return ldexpf((1 - ldexpf(1, -k)) - (e - r), k);
    return ldexpf((r - (e + ldexpf(1, -k))) + 1, k);
}

real KERNEL(real_expm1_scalar)(real x) {
    return x > 0x1.62e42ep+6F ? (real)INFINITY : isnan(x) ? x : expm1_scalar(x);
}

/* exp(size) / 2, where that may overflow though half of it does not. */
static real half_exp(real size) {
    if (size < 0x1.62e3p+6F) /* the logarithm of the largest float */
        return 0.5F * KERNEL(real_exp_scalar)(size);
    const real root = KERNEL(real_exp_scalar)(0.5F * size);
    return 0.5F * root * root;
}

real KERNEL(real_sinh_scalar)(real x) {
    const real size = fabsf(x);
    if (isnan(x) || size < 0x1p-28F)
        return x;
    if (size >= 22)
        return copysignf(half_exp(size), x);
    const real t = expm1_scalar(size), half = copysignf(0.5F, x);
    return size < 1 ? half * (2 * t - t * t / (t + 1)) : half * (t + t / (t + 1));
}

real KERNEL(real_cosh_scalar)(real x) {
    const real size = fabsf(x);
    if (isnan(x))
        return x;
    if (size >= 22)
        return half_exp(size);
    if (size < 0.34657359F) { /* ln 2 / 2 */
        const real t = expm1_scalar(size), w = 1 + t;
        return size < 0x1p-55F ? 1 : 1 + t * t / (w + w);
    }
    const real t = KERNEL(real_exp_scalar)(size);
    return 0.5F * t + 0.5F / t;
}

real KERNEL(real_tanh_scalar)(real x) {
    const real size = fabsf(x);
    if (isnan(x) || size < 0x1p-55F)
        return x;
    real y = 1;
    if (size < 22 && size >= 1)
        y = 1 - 2 / (expm1_scalar(2 * size) + 2);
    else if (size < 1) {
        const real t = expm1_scalar(-2 * size);
        y = -t / (t + 2);
    }
    return x < 0 ? -y : y;
}

/* --- log1p --- */

/* Between these, x is f itself. */
static const real LEAST_NEAR = -0x1.2bec3ep-2F, MOST_NEAR = 0x1.a827aep-2F;

/* 1 + x = 2^k (1 + the result), and *rest of it was lost. 1 + f is at most sqrt(2), at least 1 /
 * sqrt(2). */
static real fraction(real x, int *k, real *rest) {
    const real u = x < 0x1p53F ? 1 + x : x;
    int exponent;
    real m = 2 * frexpf(u, &exponent);
    *k = exponent - 1;
    *rest = x < 0x1p53F ? (*k > 0 ? 1 - (u - x) : x - (u - 1)) / u : 0;
    if (m >= 0x1.6a09eep+0F) {
        m /= 2;
        *k += 1;
    }
    return m - 1;
}

real KERNEL(real_log1p_scalar)(real x) {
    static const real c[] = {6.6666668653e-01F, 4.0000000596e-01F, 2.8571429849e-01F,
                             2.2222198546e-01F, 1.8183572590e-01F, 1.5313838422e-01F,
                             1.4798198640e-01F};
    int k = 0;
    real rest = 0, f = x;
    if (isnan(x) || x == (real)INFINITY)
        return x;
    if (!(x > -1))
        return x == -1 ? -(real)INFINITY : (real)NAN;
    if (fabsf(x) < 0x1p-29F)
        return fabsf(x) < 0x1p-54F ? x : x - x * x * 0.5F;
    if (x < LEAST_NEAR || x >= MOST_NEAR)
        f = fraction(x, &k, &rest);
    const real high = (real)k * LN2_HIGH, low = (real)k * LN2_LOW + rest;
    const real half_square = 0.5F * f * f;
    if (k != 0 && f == 0)
        return high + low;
    const real s = f / (2.0F + f), z = s * s, p = z * polynomial(c, 7, z);
    return k == 0 ? f - (half_square - s * (half_square + p))
                  : high - ((half_square - (s * (half_square + p) + low)) - f);
}

/* --- erf --- */

static real near_erf(real x) {
    static const real p[] = {1.2837916613e-01F, -3.2504209876e-01F, -2.8481749818e-02F,
                             -5.7702702470e-03F, -2.3763017452e-05F};
    static const real q[] = {1,
                             3.9791721106e-01F,
                             6.5022252500e-02F,
                             5.0813062117e-03F,
                             1.3249473704e-04F,
                             -3.9602282413e-06F};
    if (fabsf(x) < 0x1p-28F)
        return fabsf(x) < 0x1p-119F ? 0.0625F * (16.0F * x + (16.0F * p[0]) * x) : x + p[0] * x;
    return x + x * (polynomial(p, 5, x * x) / polynomial(q, 6, x * x));
}

static real middle_erf(real size) {
    static const real p[] = {-2.3621185683e-03F, 4.1485610604e-01F,  -3.7220788002e-01F,
                             3.1834661961e-01F,  -1.1089469492e-01F, 3.5478305072e-02F,
                             -2.1663755178e-03F};
    static const real q[] = {1,
                             1.0642088205e-01F,
                             5.4039794207e-01F,
                             7.1828655899e-02F,
                             1.2617121637e-01F,
                             1.3637083583e-02F,
                             1.1984500103e-02F};
    return 8.4506291151e-01F + polynomial(p, 7, size - 1) / polynomial(q, 7, size - 1);
}

/* The exponent's rational part, of 1 / x^2. */
static real tail_exponent(real size, real s) {
    static const real p[] = {-9.8649440333e-03F, -6.9385856390e-01F, -1.0558626175e+01F,
                             -6.2375331879e+01F, -1.6239666748e+02F, -1.8460508728e+02F,
                             -8.1287437439e+01F, -9.8143291473e+00F};
    static const real q[] = {1,
                             1.9651271820e+01F,
                             1.3765776062e+02F,
                             4.3456588745e+02F,
                             6.4538726807e+02F,
                             4.2900814819e+02F,
                             1.0863500214e+02F,
                             6.5702495575e+00F,
                             -6.0424413532e-02F};
    static const real far_p[] = {-9.8649431020e-03F, -7.9928326607e-01F, -1.7757955551e+01F,
                                 -1.6063638306e+02F, -6.3756646729e+02F, -1.0250950928e+03F,
                                 -4.8351919556e+02F};
    static const real far_q[] = {1,
                                 3.0338060379e+01F,
                                 3.2579251099e+02F,
                                 1.5367296143e+03F,
                                 3.1998581543e+03F,
                                 2.5530502930e+03F,
                                 4.7452853394e+02F,
                                 -2.2440952301e+01F};
    return size < 2.8571429F ? polynomial(p, 8, s) / polynomial(q, 9, s)
                             : polynomial(far_p, 7, s) / polynomial(far_q, 8, s);
}

static real far_erf(real size) {
    const real quotient = tail_exponent(size, 1 / (size * size));
    int exponent; /* of which z keeps twelve bits, so that its square is exact */
    const real whole = ldexpf(frexpf(size, &exponent), 12);
    const real z = ldexpf(truncf(whole), exponent - 12);
    const real r = KERNEL(real_exp_scalar)(-z * z - 0.5625F) *
                   KERNEL(real_exp_scalar)((z - size) * (z + size) + quotient);
    return 1 - r / size;
}

real KERNEL(real_erf_scalar)(real x) {
    const real size = fabsf(x);
    if (isnan(x) || size < 0.84375F)
        return near_erf(x);
    const real y = size < 1.25F ? middle_erf(size) : size < 6 ? far_erf(size) : 1;
    return x < 0 ? -y : y;
}

/* --- atan2 --- */

static const real PI = 3.1415927410e+00F, PI_REST = -8.7422776573e-08F;

/* atan(c) + atan(s) of x >= 0: c is 0 below 7/16, then 1/2, 1, 3/2 or infinite. */
static real atan_beyond(real x) {
    static const real high[] = {4.6364760399e-01F, 7.8539812565e-01F, 9.8279368877e-01F,
                                1.5707962513e+00F};
    static const real low[] = {5.0121582440e-09F, 3.7748947079e-08F, 3.4473217170e-08F,
                               7.5497894159e-08F};
    static const real c[] = {3.3333334327e-01F,  -2.0000000298e-01F, 1.4285714924e-01F,
                             -1.1111110449e-01F, 9.0908870101e-02F,  -7.6918758452e-02F,
                             6.6610731184e-02F,  -5.8335702866e-02F, 4.9768779427e-02F,
                             -3.6531571299e-02F, 1.6285819933e-02F};
    const int part = x < 0.4375F ? -1 : x < 0.6875F ? 0 : x < 1.1875F ? 1 : x < 2.4375F ? 2 : 3;
    const real s = part < 0    ? x
                   : part == 0 ? (2 * x - 1) / (2 + x)
                   : part == 1 ? (x - 1) / (x + 1)
                   : part == 2 ? (x - 1.5F) / (1 + 1.5F * x)
                               : -1 / x;
    const real z = s * s, w = z * z;
    const real odd = z * (c[0] + w * (c[2] + w * (c[4] + w * (c[6] + w * (c[8] + w * c[10])))));
    const real even = w * (c[1] + w * (c[3] + w * (c[5] + w * (c[7] + w * c[9]))));
    return part < 0 ? s - s * (odd + even) : high[part] - ((s * (odd + even) - low[part]) - s);
}

/* Of x >= 0. */
static real atan_scalar(real x) {
    return x >= 0x1p25F ? PI / 2 : x < 0x1p-29F ? x : atan_beyond(x);
}

/* The angle of what lies at the ends of the range, without its sign. */
static real angle_at_the_ends(real y, real x) {
    if (y == 0)
        return signbit(x) ? PI : 0;
    if (isinf(x) && isinf(y))
        return signbit(x) ? 3 * (PI / 4) : PI / 4;
    return isinf(x) ? (signbit(x) ? PI : 0) : PI / 2;
}

real KERNEL(real_atan2_scalar)(real y, real x) {
    if (isnan(x) || isnan(y))
        return (real)NAN;
    if (x == 0 || y == 0 || isinf(x) || isinf(y))
        return copysignf(angle_at_the_ends(y, x), y);
    const int apart = ilogbf(y) - ilogbf(x);
    const bool is_back = x < 0;
    const real angle = apart > 60 ? PI / 2 : is_back && apart < -60 ? 0 : atan_scalar(fabsf(y / x));
    return copysignf(is_back ? PI - (angle - PI_REST) : angle, y);
}

#endif
