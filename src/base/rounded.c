#include "rounded.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* high + low, exactly. */
typedef struct {
    double high, low;
} two;

/* Knuth's: whichever of them is larger. */
static two add(double x, double y) {
    const double sum = x + y, of_y = sum - x;
    return (two){sum, (x - (sum - of_y)) + (y - of_y)};
}

/* 26 bits of x and the rest (Veltkamp). */
static two split(double x) {
    const double scaled = 0x1.0000002p27 * x, high = scaled - (scaled - x);
    return (two){high, x - high};
}

/* Dekker's. */
static two multiply(double x, double y) {
    const two a = split(x), b = split(y);
    const double product = x * y;
    const double low =
        a.low * b.low - (((product - a.high * b.high) - a.low * b.high) - a.high * b.low);
    return (two){product, low};
}

/* x + y rounded to odd: where it is no double, to that of its two neighbours whose last bit is 1.
 * Rounded again, to two bits less or fewer, it is what the sum is, rounded once. */
static double add_to_odd(double x, double y) {
    const two sum = add(x, y);
    uint64_t bits;
    memcpy(&bits, &sum.high, sizeof bits);
    if (sum.low == 0 || bits & 1)
        return sum.high;
    bits += (sum.low > 0) == (sum.high > 0) ? 1 : UINT64_MAX;
    double odd;
    memcpy(&odd, &bits, sizeof odd);
    return odd;
}

/* product + c, rounded once, to a multiple of `least` (a power of two) where that is coarser than a
 * double's last bit there. S. Boldo, G. Melquiond, Emulation of FMA and correctly rounded sums:
 * proved algorithms using rounding to odd, IEEE Transactions on Computers 57(4), 2008. */
static double add_product(two product, double c, double least) {
    const two low = add(c, product.low), high = add(product.high, low.high);
    const double rest = add_to_odd(high.low, low.low);
    const double whole = high.high + rest;
    if (fabs(whole) >= least * 0x1p52)
        return whole;
    /* Between this and twice this, multiples of `least` are neighbours. */
    const double large = copysign(least * 0x1p52, whole);
    const two sum = add(large, high.high);
    return copysign(sum.high + add_to_odd(sum.low, rest) - large, whole);
}

enum {
    FAR = 110 /* bits: a product has 106 */
};

double rounded_fma(double a, double b, double c) {
    if (!isfinite(a) || !isfinite(b) || a == 0 || b == 0)
        return a * b + c;
    if (!isfinite(c)) /* the product is not, though it may be too large for a double */
        return c;
    if (c == 0)
        return a * b;
    int of_a, of_b, of_c;
    const double x = frexp(a, &of_a), y = frexp(b, &of_b), z = frexp(c, &of_c);
    const int e = of_a + of_b, apart = of_c - e;
    if (apart > FAR) /* nothing of the product reaches the last bit */
        return c;
    /* Where c is that small, all that counts is on which side of the product it lies. */
    const double scaled = apart < -FAR ? copysign(0x1p-110, c) : ldexp(z, apart);
    const int smallest = DBL_MIN_EXP - DBL_MANT_DIG - e;
    return ldexp(add_product(multiply(x, y), scaled, ldexp(1, smallest < -300 ? -300 : smallest)),
                 e);
}

float rounded_fmaf(float a, float b, float c) {
    const double product = (double)a * (double)b; /* exact */
    return (float)(isfinite(product) && isfinite(c) ? add_to_odd(product, (double)c)
                                                    : product + (double)c);
}

/* Through a long double's 64 bits. */
double rounded_pow(double x, double y) {
    return (double)powl(x, y);
}
