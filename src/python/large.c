/* Sums, products, shifts and bits of whole numbers of any size. */
#include "large.h"

#include "arithmetic.h"
#include "run.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum {
    DIGIT = 32,   /* bits */
    MANTISSA = 64 /* bits that decide how a number is rounded, the last one standing for the rest */
};

bool object_is_whole(const object *o) {
    return o->kind == OBJECT_INTEGER || o->kind == OBJECT_BOOL || o->kind == OBJECT_LARGE;
}

bool object_is_real(const object *o) {
    return object_is_number(o) || o->kind == OBJECT_LARGE;
}

/* --- what they are made of --- */

static large_number trimmed(large_number w) {
    while (w.count > 0 && w.digits[w.count - 1] == 0)
        w.count--;
    return w;
}

static large_number small(uint64_t size, bool negative, whole_room room) {
    room[0] = (uint32_t)size;
    room[1] = (uint32_t)(size >> DIGIT);
    return trimmed((large_number){room, 2, negative});
}

large_number whole_digits(const object *o, whole_room room) {
    if (o->kind == OBJECT_LARGE)
        return o->as.large;
    return small(number_magnitude(o), number_integer(o) < 0, room);
}

static uint64_t low_bits(large_number w) {
    return (w.count > 0 ? w.digits[0] : 0) | (w.count > 1 ? (uint64_t)w.digits[1] << DIGIT : 0);
}

object *whole_object(script *s, large_number w) {
    w = trimmed(w);
    const uint64_t size = low_bits(w), most = (uint64_t)INT64_MAX + w.negative;
    if (w.count <= 2 && size <= most)
        return object_integer(s, w.negative ? (int64_t)(0 - size) : (int64_t)size);
    return object_large(s, w);
}

object *whole_of_unsigned(script *s, uint64_t integer) {
    uint32_t *digits = script_alloc(s, 2, sizeof *digits);
    return whole_object(s, small(integer, false, digits));
}

bool whole_is_unsigned(const object *o, uint64_t *number) {
    whole_room room;
    const large_number w = whole_digits(o, room);
    *number = low_bits(w);
    return !w.negative && w.count <= 2;
}

object *whole_clipped(script *s, object *o) {
    if (o->kind != OBJECT_LARGE)
        return o;
    return object_integer(s, o->as.large.negative ? -INT64_MAX : INT64_MAX);
}

object *whole_negative(script *s, const object *o) {
    whole_room room;
    large_number w = whole_digits(o, room);
    w.negative = !w.negative;
    return o->kind == OBJECT_LARGE || w.count < 2 ? whole_object(s, w)
                                                  : whole_object(s, whole_left(s, w, 0));
}

/* --- size --- */

size_t whole_bits(large_number w) {
    size_t bits = w.count * DIGIT;
    while (bits > 0 && !(w.digits[(bits - 1) / DIGIT] >> (bits - 1) % DIGIT & 1))
        bits--;
    return bits;
}

size_t whole_ones(large_number w) {
    size_t ones = 0;
    for (size_t i = 0; i < w.count; i++)
        for (uint32_t digit = w.digits[i]; digit; digit >>= 1)
            ones += digit & 1;
    return ones;
}

int whole_compare_sizes(large_number a, large_number b) {
    if (a.count != b.count)
        return a.count < b.count ? -1 : 1;
    for (size_t i = a.count; i-- > 0;)
        if (a.digits[i] != b.digits[i])
            return a.digits[i] < b.digits[i] ? -1 : 1;
    return 0;
}

int whole_compare(large_number a, large_number b) {
    if (a.negative != b.negative)
        return a.negative ? -1 : 1;
    return a.negative ? whole_compare_sizes(b, a) : whole_compare_sizes(a, b);
}

uint64_t whole_remainder(large_number w, uint64_t modulus) {
    uint64_t rest = 0;
    for (size_t i = w.count; i-- > 0;)
        for (int bit = DIGIT - 1; bit >= 0; bit--)
            rest = (rest * 2 + (w.digits[i] >> bit & 1)) % modulus;
    return rest;
}

/* --- floats --- */

static bool has_bits_below(large_number w, size_t bits) {
    for (size_t i = 0; i < bits; i++)
        if (w.digits[i / DIGIT] >> i % DIGIT & 1)
            return true;
    return false;
}

double whole_parted(large_number w, int *exponent) {
    const size_t bits = whole_bits(w), below = bits > MANTISSA ? bits - MANTISSA : 0;
    uint64_t part = 0;
    for (size_t i = bits; i-- > below;)
        part = part << 1 | (w.digits[i / DIGIT] >> i % DIGIT & 1);
    part |= has_bits_below(w, below);
    const double number = frexp((double)part, exponent);
    *exponent = below > INT_MAX / 2 ? INT_MAX / 2 : *exponent + (int)below;
    return w.negative ? -number : number;
}

double whole_as_float(large_number w) {
    int exponent;
    const double part = whole_parted(w, &exponent);
    return ldexp(part, exponent);
}

double whole_to_float(script *s, const object *o, mlp_span where) {
    whole_room room;
    const double number = whole_as_float(whole_digits(o, room));
    if (isinf(number))
        script_raise(s, where, OVERFLOW_ERROR, "int too large to convert to float");
    return number;
}

object *whole_of_number(script *s, double number) {
    int exponent;
    whole_room room;
    const double part = frexp(fabs(number), &exponent);
    const uint64_t size = (uint64_t)ldexp(part, MANTISSA);
    const large_number w = small(size, number < 0, room);
    return whole_object(s, exponent < MANTISSA ? whole_right(s, w, (size_t)(MANTISSA - exponent))
                                               : whole_left(s, w, (size_t)(exponent - MANTISSA)));
}

/* --- sums and products of sizes --- */

static uint32_t *new_digits(script *s, size_t count) {
    return script_alloc(s, count + 1, sizeof(uint32_t));
}

large_number whole_plus(script *s, large_number a, large_number b) {
    const size_t count = a.count > b.count ? a.count : b.count;
    uint32_t *sum = new_digits(s, count);
    uint64_t carry = 0;
    for (size_t i = 0; i <= count; i++) {
        carry += (uint64_t)(i < a.count ? a.digits[i] : 0) + (i < b.count ? b.digits[i] : 0);
        sum[i] = (uint32_t)carry;
        carry >>= DIGIT;
    }
    return trimmed((large_number){sum, count + 1, a.negative});
}

large_number whole_minus(script *s, large_number a, large_number b) {
    uint32_t *rest = new_digits(s, a.count);
    uint64_t borrowed = 0;
    for (size_t i = 0; i < a.count; i++) {
        const uint64_t taken = (i < b.count ? b.digits[i] : 0) + borrowed;
        rest[i] = (uint32_t)(a.digits[i] - taken);
        borrowed = a.digits[i] < taken;
    }
    return trimmed((large_number){rest, a.count, a.negative});
}

large_number whole_times(script *s, large_number a, large_number b, mlp_span where) {
    const size_t count = a.count + b.count;
    uint32_t *product = new_digits(s, count);
    for (size_t i = 0; i < a.count; i++) {
        uint64_t carry = 0;
        script_work(s, where, b.count);
        for (size_t j = 0; j < b.count; j++) {
            carry += (uint64_t)a.digits[i] * b.digits[j] + product[i + j];
            product[i + j] = (uint32_t)carry;
            carry >>= DIGIT;
        }
        product[i + b.count] = (uint32_t)carry;
    }
    return trimmed((large_number){product, count, a.negative != b.negative});
}

static large_number sum(script *s, large_number a, large_number b) {
    if (a.negative == b.negative)
        return whole_plus(s, a, b);
    return whole_compare_sizes(a, b) < 0 ? whole_minus(s, b, a) : whole_minus(s, a, b);
}

static large_number power(script *s, large_number base, uint64_t exponent, mlp_span where) {
    static const uint32_t one[] = {1};
    large_number result = {one, 1, false};
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2)
            result = whole_times(s, result, base, where);
        if (exponent > 1)
            base = whole_times(s, base, base, where);
    }
    return result;
}

/* --- shifts and bits --- */

large_number whole_left(script *s, large_number a, size_t bits) {
    const size_t digits = bits / DIGIT, count = a.count + digits + 1;
    uint32_t *moved = new_digits(s, count);
    for (size_t i = 0; i < a.count; i++) {
        const uint64_t two = (uint64_t)a.digits[i] << bits % DIGIT;
        moved[i + digits] |= (uint32_t)two;
        moved[i + digits + 1] = (uint32_t)(two >> DIGIT);
    }
    return trimmed((large_number){moved, count, a.negative});
}

large_number whole_right(script *s, large_number a, size_t bits) {
    const size_t digits = bits / DIGIT, count = a.count > digits ? a.count - digits : 0;
    uint32_t *moved = new_digits(s, count);
    for (size_t i = 0; i < count; i++) {
        const uint64_t above = i + 1 < count ? a.digits[i + digits + 1] : 0;
        moved[i] = (uint32_t)((above << DIGIT | a.digits[i + digits]) >> bits % DIGIT);
    }
    return trimmed((large_number){moved, count, a.negative});
}

/* Rounded down, which for a negative number is the larger size. */
static large_number shifted_right(script *s, large_number a, size_t bits) {
    static const uint32_t one[] = {1};
    const large_number moved = whole_right(s, a, bits);
    const bool has_rest = bits >= a.count * DIGIT ? a.count > 0 : has_bits_below(a, bits);
    return a.negative && has_rest ? whole_plus(s, moved, (large_number){one, 1, true}) : moved;
}

/* Of `count` digits, as if there were endless ones before a negative number: ~(size - 1). */
static uint32_t *complement(script *s, large_number w, size_t count) {
    uint32_t *digits = new_digits(s, count);
    memcpy(digits, w.digits, w.count * sizeof *digits);
    for (size_t i = 0, carry = 1; w.negative && i < count; i++) {
        const uint64_t inverted = (uint64_t)(uint32_t)~digits[i] + carry;
        digits[i] = (uint32_t)inverted;
        carry = (size_t)(inverted >> DIGIT);
    }
    return digits;
}

static large_number bits_of(script *s, operator op, large_number a, large_number b) {
    const size_t count = (a.count > b.count ? a.count : b.count) + 1;
    uint32_t *x = complement(s, a, count);
    const uint32_t *y = complement(s, b, count);
    for (size_t i = 0; i < count; i++)
        x[i] = op == OPERATOR_AND ? x[i] & y[i] : op == OPERATOR_OR ? x[i] | y[i] : x[i] ^ y[i];
    const large_number result = {x, count, x[count - 1] >> (DIGIT - 1) != 0};
    return result.negative ? (large_number){complement(s, result, count), count, true} : result;
}

/* A count of bits that memory cannot hold is one that no number has. */
static size_t count_of_bits(script *s, const object *o, mlp_span where) {
    uint64_t count;
    const bool fits = whole_is_unsigned(o, &count);
    if (o->kind == OBJECT_LARGE ? o->as.large.negative : number_integer(o) < 0)
        script_raise(s, where, VALUE_ERROR, "negative shift count");
    return fits && count < SIZE_MAX / 2 ? (size_t)count : SIZE_MAX / 2;
}

static large_number shift(script *s, operator op, large_number a, const object *by,
                          mlp_span where) {
    const size_t bits = count_of_bits(s, by, where);
    if (a.count == 0)
        return a;
    script_work(s, where, a.count + (op == OPERATOR_LSHIFT ? bits / DIGIT : 0));
    return op == OPERATOR_LSHIFT ? whole_left(s, a, bits) : shifted_right(s, a, bits);
}

/* --- */

/* Rounded down; the rest has the sign of b. */
static large_number floored(script *s, operator op, large_number a, large_number b,
                            mlp_span where) {
    static const uint32_t one[] = {1};
    large_number rest = {0};
    if (b.count == 0)
        script_raise(s, where, ZERO_DIVISION_ERROR, "%s",
                     op == OPERATOR_MOD ? "integer modulo by zero"
                                        : "integer division or modulo by zero");
    const large_number quotient = whole_divide(s, a, b, &rest, where);
    const bool is_between = rest.count > 0 && a.negative != b.negative;
    if (op == OPERATOR_MOD)
        return is_between ? sum(s, b, rest) : rest;
    return is_between ? whole_plus(s, quotient, (large_number){one, 1, true}) : quotient;
}

static large_number computed(script *s, operator op, large_number a, large_number b,
                             mlp_span where) {
    switch (op) {
    case OPERATOR_AND:
    case OPERATOR_OR:
    case OPERATOR_XOR:
        return bits_of(s, op, a, b);
    case OPERATOR_ADD:
        return sum(s, a, b);
    case OPERATOR_SUB:
        b.negative = !b.negative;
        return sum(s, a, b);
    case OPERATOR_MUL:
        return whole_times(s, a, b, where);
    default: /* // and % */
        return floored(s, op, a, b, where);
    }
}

object *whole_binary(script *s, operator op, const object *a, const object *b, mlp_span where) {
    whole_room room_a, room_b;
    const large_number x = whole_digits(a, room_a), y = whole_digits(b, room_b);
    uint64_t exponent;
    script_work(s, where, x.count + y.count);
    if (op == OPERATOR_LSHIFT || op == OPERATOR_RSHIFT)
        return whole_object(s, shift(s, op, x, b, where));
    if (op != OPERATOR_POW)
        return whole_object(s, computed(s, op, x, y, where));
    if (!whole_is_unsigned(b, &exponent))
        script_out_of_memory(s);
    return whole_object(s, power(s, x, exponent, where));
}
