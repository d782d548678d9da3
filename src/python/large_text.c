/* Whole numbers of any size as digits, and of digits. */
#include "large.h"

#include "arithmetic.h"
#include "format_number.h"
#include "run.h"

#include "base/text.h"

#include <string.h>

enum {
    DIGIT = 32,
    MOST_DIGITS = 4300, /* decimals that Python 3.11 reads or writes */
    LONGEST_PIECE = DIGIT
};

/* So many digits to the base as are a number below 2^32; that of them whose first is 1. */
static size_t piece_of(unsigned base, uint32_t *unit) {
    size_t digits = 0;
    for (*unit = 1; *unit <= UINT32_MAX / base; digits++)
        *unit *= base;
    return digits;
}

/* Divides the digits in place; the rest. */
static uint32_t divided(uint32_t *digits, size_t count, uint32_t by) {
    uint64_t rest = 0;
    for (size_t i = count; i-- > 0;) {
        const uint64_t two = rest << DIGIT | digits[i];
        digits[i] = (uint32_t)(two / by);
        rest = two % by;
    }
    return (uint32_t)rest;
}

/* The last digits of all, from the place `at` down; the place of the first of them. */
static size_t put_piece(char *text, size_t at, uint32_t piece, size_t digits, unsigned base,
                        bool upper) {
    const char *numerals = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    for (; digits > 0; digits--, piece /= base)
        text[--at] = numerals[piece % base];
    return at;
}

static size_t room_for(large_number w, unsigned base) {
    return w.count * (base < 8 ? DIGIT : base < 10 ? 11 : 10) + LONGEST_PIECE;
}

static void check_length(script *s, mlp_span where, size_t digits) {
    if (digits > MOST_DIGITS)
        script_raise(s, where, VALUE_ERROR,
                     "Exceeds the limit (%d digits) for integer string conversion; use "
                     "sys.set_int_max_str_digits() to increase the limit",
                     MOST_DIGITS);
}

static void write_large(script *s, mlp_span where, buffer *out, large_number w, unsigned base,
                        bool upper) {
    uint32_t unit;
    const size_t digits = piece_of(base, &unit), room = room_for(w, base);
    size_t at = room, left = w.count;
    if (base == 10) /* of which a digit of ours has more than nine */
        check_length(s, where, left * 9 > MOST_DIGITS ? left * 9 : 0);
    char *text = script_alloc(s, room, 1);
    uint32_t *rest = script_alloc(s, w.count + 1, sizeof *rest);
    memcpy(rest, w.digits, w.count * sizeof *rest);
    while (left > 0) {
        script_work(s, where, left);
        at = put_piece(text, at, divided(rest, left, unit), digits, base, upper);
        while (left > 0 && rest[left - 1] == 0)
            left--;
    }
    while (at < room - 1 && text[at] == '0')
        at++;
    if (base == 10)
        check_length(s, where, room - at);
    buffer_add(out, text + at, room - at);
}

bool whole_write_size(script *s, mlp_span where, buffer *out, const object *o, unsigned base,
                      bool upper) {
    if (o->kind == OBJECT_LARGE)
        write_large(s, where, out, o->as.large, base, upper);
    else
        write_magnitude(out, number_magnitude(o), base, upper);
    return o->kind == OBJECT_LARGE ? o->as.large.negative : number_integer(o) < 0;
}

static unsigned value_of(char digit) {
    return digit <= '9' ? (unsigned)(digit - '0') : (unsigned)((digit | 0x20) - 'a') + 10;
}

/* digits = digits * by + more, in place. */
static size_t multiplied(uint32_t *digits, size_t count, uint32_t by, uint32_t more) {
    uint64_t carry = more;
    for (size_t i = 0; i < count; i++) {
        carry += (uint64_t)digits[i] * by;
        digits[i] = (uint32_t)carry;
        carry >>= DIGIT;
    }
    digits[count] = (uint32_t)carry;
    return count + (carry > 0);
}

object *whole_of_digits(script *s, mlp_span where, const char *text, unsigned base) {
    const size_t length = strlen(text);
    if ((base & (base - 1)) != 0 && length > MOST_DIGITS)
        script_raise(s, where, VALUE_ERROR,
                     "Exceeds the limit (%d digits) for integer string conversion: value has %zu "
                     "digits; use sys.set_int_max_str_digits() to increase the limit",
                     MOST_DIGITS, length);
    uint32_t *digits = script_alloc(s, length / 6 + 2, sizeof *digits); /* 36^6 < 2^32 */
    size_t count = 0;
    script_work(s, where, length * (length / 6 + 1) / 6);
    for (const char *at = text; *at; at++)
        count = multiplied(digits, count, base, value_of(*at));
    return whole_object(s, (large_number){digits, count, false});
}
