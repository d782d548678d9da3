/* Built-ins of whole numbers and characters: divmod, pow, chr, ord, bin, oct and hex. */
#include "arithmetic.h"
#include "format.h"
#include "format_write.h"
#include "native.h"
#include "run.h"

#include "base/text.h"

static object *python_divmod(call *c) {
    object *const *of = c->arguments;
    const bool are_numbers = object_is_number(of[0]) && object_is_number(of[1]);
    if (are_numbers && object_as_number(of[1]) == 0 &&
        (of[0]->kind == OBJECT_FLOAT || of[1]->kind == OBJECT_FLOAT))
        script_raise(c->script, c->where, ZERO_DIVISION_ERROR, "float divmod()");
    if (!are_numbers && !of[0]->type && !of[1]->type && !object_class(of[0]) &&
        !object_class(of[1]))
        script_raise(c->script, c->where, TYPE_ERROR,
                     "unsupported operand type(s) for divmod(): '%s' and '%s'",
                     object_class_name(of[0]), object_class_name(of[1]));
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    for (size_t i = 0; i < 2; i++)
        pair->as.sequence.items[i] = python_binary(c->script, i ? OPERATOR_MOD : OPERATOR_FLOORDIV,
                                                   c->arguments[0], c->arguments[1], c->where);
    return pair;
}

/* a * b % m, of numbers from 0 to m - 1, without going beyond 64 bits. */
static uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t m) {
    uint64_t product = 0;
    for (; b > 0; b >>= 1) {
        if (b & 1)
            product = product >= m - a ? product - (m - a) : product + a;
        a = a >= m - a ? a - (m - a) : a + a;
    }
    return product;
}

/* x with base * x % modulus == 1, by Euclid's algorithm. */
static int64_t inverse_modulo(call *c, int64_t base, int64_t modulus) {
    int64_t r = modulus, next_r = (base % modulus + modulus) % modulus, x = 0, next_x = 1;
    while (next_r != 0) {
        const int64_t times = r / next_r, last_r = r, last_x = x;
        r = next_r;
        next_r = last_r - times * next_r;
        x = next_x;
        next_x = last_x - times * next_x;
    }
    if (r != 1)
        script_raise(c->script, c->where, VALUE_ERROR,
                     "base is not invertible for the given modulus");
    return x < 0 ? x + modulus : x;
}

/* By squaring, as Knuth has it in volume 2, section 4.6.3. */
static object *power_modulo(call *c, int64_t base, int64_t exponent, int64_t modulus) {
    if (modulus == 0)
        script_raise(c->script, c->where, VALUE_ERROR, "pow() 3rd argument cannot be 0");
    if (exponent < 0 && exponent > INT64_MIN && modulus > 0 && modulus < INT64_MAX / 2) {
        base = inverse_modulo(c, base, modulus);
        exponent = -exponent;
    }
    if (exponent < 0 || modulus < 0)
        call_fail(c, "pow() with a modulus takes an exponent from 0 on and a modulus from 1 on");
    const uint64_t m = (uint64_t)modulus;
    uint64_t power = (uint64_t)(base % modulus < 0 ? base % modulus + modulus : base % modulus);
    uint64_t result = 1 % m;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2)
            result = multiply_modulo(result, power, m);
        power = multiply_modulo(power, power, m);
    }
    return object_integer(c->script, (int64_t)result);
}

static bool is_whole(const object *o) {
    return o->kind == OBJECT_INTEGER || o->kind == OBJECT_BOOL;
}

static object *python_pow(call *c) {
    object *base = c->arguments[0], *exponent = c->arguments[1], *modulus = c->arguments[2];
    if (modulus->kind == OBJECT_NONE)
        return python_binary(c->script, OPERATOR_POW, base, exponent, c->where);
    if (!is_whole(base) || !is_whole(exponent) || !is_whole(modulus))
        call_fail(c, "pow() with a modulus takes whole numbers");
    return power_modulo(c, number_integer(base), number_integer(exponent), number_integer(modulus));
}

static object *python_chr(call *c) {
    const int64_t i = c->arguments[0]->as.integer;
    if (i <= 0 || i > 0x10FFFF || (i >= 0xD800 && i < 0xE000))
        call_fail(i < 0 || i > 0x10FFFF
                      ? call_raises(c, VALUE_ERROR, "chr() arg not in range(0x110000)")
                      : c,
                  "chr() takes the number of a character, which %lld is not", (long long)i);
    return object_string(c->script, text_of_character(c, i));
}

static object *python_ord(call *c) {
    const object *o = c->arguments[0];
    if (o->kind != OBJECT_STRING)
        call_fail(call_raises(c, TYPE_ERROR, "ord() expected string of length 1, but %s found",
                              object_class_name(o)),
                  "ord() takes one character, not a value of type %s", object_type(o));
    if (o->as.characters != 1)
        call_fail(call_raises(c, TYPE_ERROR,
                              "ord() expected a character, but string of length %zu found",
                              o->as.characters),
                  "ord() takes one character, not a string of %zu", o->as.characters);
    return object_integer(c->script, text_code(o->as.string));
}

/* bin, oct and hex. */
static object *python_digits(call *c) {
    const char *spec = c->native->path[0] == 'b' ? "#b" : c->native->path[0] == 'o' ? "#o" : "#x";
    return object_string(c->script, format_spec(c, c->arguments[0], spec));
}

const native native_integers[] = {
    {.path = "divmod", .signature = "x, y, /", .call = python_divmod},
    {.path = "pow", .signature = "base, exp, mod = None", .call = python_pow},
    {.path = "chr", .signature = "i: index, /", .call = python_chr},
    {.path = "ord", .signature = "c, /", .call = python_ord},
    {.path = "bin", .signature = "number: uint64, /", .call = python_digits},
    {.path = "oct", .signature = "number: uint64, /", .call = python_digits},
    {.path = "hex", .signature = "number: uint64, /", .call = python_digits},
    {0}};
