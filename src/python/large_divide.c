/* Quotients of whole numbers of any size. */
#include "large.h"

#include "run.h"

#include <math.h>

enum {
    DIGIT = 32,
    MANTISSA = 53,
    QUOTIENT = 64,     /* bits of one that is to be rounded, or one more */
    LAST_PLACE = 1074, /* the last bit of any float stands for 2 to the power of minus this */
    FAR = 4096         /* beyond all exponents of floats */
};

/* u -= times v, of n digits from u[0] on; whether it was too much. */
static bool take(uint32_t *u, const uint32_t *v, size_t n, uint64_t times) {
    uint64_t carry = 0, borrowed = 0;
    for (size_t i = 0; i <= n; i++) {
        carry += i < n ? times * v[i] : 0;
        const uint64_t taken = (uint32_t)carry + borrowed;
        borrowed = u[i] < taken;
        u[i] = (uint32_t)(u[i] - taken);
        carry >>= DIGIT;
    }
    return borrowed != 0;
}

static void give_back(uint32_t *u, const uint32_t *v, size_t n) {
    uint64_t carry = 0;
    for (size_t i = 0; i <= n; i++) {
        carry += (uint64_t)u[i] + (i < n ? v[i] : 0);
        u[i] = (uint32_t)carry;
        carry >>= DIGIT;
    }
}

/* The digit of u / v, whose highest digit has its highest bit set: at most two too large. */
static uint64_t guess(const uint32_t *u, const uint32_t *v, size_t n) {
    const uint64_t high = (uint64_t)u[n] << DIGIT | u[n - 1], most = UINT32_MAX;
    uint64_t digit = high / v[n - 1], rest = high % v[n - 1];
    while (digit > most ||
           (n > 1 && rest <= most && digit * v[n - 2] > (rest << DIGIT | u[n - 2]))) {
        digit--;
        rest += v[n - 1];
        if (rest > most)
            break;
    }
    return digit > most ? most : digit;
}

/* Knuth's algorithm D, volume 2, section 4.3.1. */
large_number whole_divide(script *s, large_number a, large_number b, large_number *rest,
                          mlp_span where) {
    if (whole_compare_sizes(a, b) < 0) {
        *rest = a;
        return (large_number){a.digits, 0, a.negative != b.negative};
    }
    const size_t shift = DIGIT - 1 - (whole_bits(b) - 1) % DIGIT, n = b.count;
    const large_number v = whole_left(s, b, shift);
    const size_t count = a.count - n + 1;
    uint32_t *u = script_alloc(s, a.count + 2, sizeof *u);
    uint32_t *quotient = script_alloc(s, count, sizeof *quotient);
    const large_number shifted = whole_left(s, a, shift);
    for (size_t i = 0; i < shifted.count; i++)
        u[i] = shifted.digits[i];
    for (size_t at = count; at-- > 0;) {
        uint64_t digit = guess(u + at, v.digits, n);
        script_work(s, where, n);
        if (take(u + at, v.digits, n, digit)) {
            give_back(u + at, v.digits, n);
            digit--;
        }
        quotient[at] = (uint32_t)digit;
    }
    *rest = whole_right(s, (large_number){u, n, a.negative}, shift);
    size_t used = count;
    while (used > 0 && quotient[used - 1] == 0)
        used--;
    return (large_number){quotient, used, a.negative != b.negative};
}

/* To the nearest multiple of 2^bits, the even one of two. */
static double rounded(uint64_t number, int bits) {
    if (bits <= 0)
        return (double)number;
    if (bits > QUOTIENT)
        return 0;
    const uint64_t unit = bits < QUOTIENT ? (uint64_t)1 << bits : 0, rest = number & (unit - 1);
    const uint64_t half = (uint64_t)1 << (bits - 1);
    const uint64_t times = bits < QUOTIENT ? number >> bits : 0;
    const bool is_up = rest > half || (rest == half && times % 2 == 1);
    return ldexp((double)(times + is_up), bits);
}

/* The quotient as a whole number of 63 or 64 bits times 2^-shift, its last bit set where something
 * is left of it, and rounded to what the float there has. */
static double size_of_quotient(script *s, large_number a, large_number b, mlp_span where) {
    const size_t bits_a = whole_bits(a), bits_b = whole_bits(b);
    large_number rest = {0};
    if (bits_a > bits_b + FAR)
        return INFINITY;
    if (a.count == 0 || bits_b > bits_a + FAR)
        return 0;
    const int shift = QUOTIENT - 1 + (int)(bits_b + FAR - bits_a) - FAR;
    const large_number quotient =
        shift > 0 ? whole_divide(s, whole_left(s, a, (size_t)shift), b, &rest, where)
                  : whole_divide(s, a, whole_left(s, b, (size_t)-shift), &rest, where);
    uint64_t part = quotient.digits[0] | (rest.count > 0);
    part |= (uint64_t)(quotient.count > 1 ? quotient.digits[1] : 0) << DIGIT;
    const int least = shift - LAST_PLACE, drop = (int)whole_bits(quotient) - MANTISSA;
    return ldexp(rounded(part, drop > least ? drop : least), -shift);
}

double whole_quotient(script *s, const object *a, const object *b, mlp_span where) {
    whole_room room_a, room_b;
    const large_number x = whole_digits(a, room_a), y = whole_digits(b, room_b);
    if (y.count == 0)
        script_raise(s, where, ZERO_DIVISION_ERROR, "division by zero");
    const double size = size_of_quotient(s, x, y, where);
    if (isinf(size))
        script_raise(s, where, OVERFLOW_ERROR, "integer division result too large for a float");
    return x.negative != y.negative ? -size : size;
}
