/* Built-ins of whole numbers and characters: divmod, pow, chr, ord, bin, oct and hex. */
#include "arithmetic.h"
#include "format.h"
#include "format_write.h"
#include "large.h"
#include "native.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include "base/text.h"

/* What a class of the script says that divmod() is; NULL where none does. */
static object *own_divmod(call *c, object *const of[2]) {
    object *own = special_call(c, of[0], "__divmod__", (object *[]){of[1]}, 1);
    if (!own || own->kind == OBJECT_NOT_IMPLEMENTED)
        own = special_call(c, of[1], "__rdivmod__", (object *[]){of[0]}, 1);
    return own && own->kind != OBJECT_NOT_IMPLEMENTED ? own : NULL;
}

static object *python_divmod(call *c) {
    object *const *of = c->arguments;
    object *own = own_divmod(c, of);
    if (own)
        return own;
    const bool are_numbers = object_is_real(of[0]) && object_is_real(of[1]);
    if (are_numbers && object_as_number(of[1]) == 0 &&
        (of[0]->kind == OBJECT_FLOAT || of[1]->kind == OBJECT_FLOAT))
        script_raise(c->script, c->where, ZERO_DIVISION_ERROR, "float divmod()");
    const bool is_outside =
        (of[0]->type && !of[0]->type->class) || (of[1]->type && !of[1]->type->class);
    const bool says = special_member(of[0], "__divmod__") || special_member(of[1], "__rdivmod__");
    if (!are_numbers && !is_outside && (says || (!object_class(of[0]) && !object_class(of[1]))))
        script_raise(c->script, c->where, TYPE_ERROR,
                     "unsupported operand type(s) for divmod(): '%s' and '%s'",
                     object_class_name(of[0]), object_class_name(of[1]));
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    for (size_t i = 0; i < 2; i++)
        pair->as.sequence.items[i] = python_binary(c->script, i ? OPERATOR_MOD : OPERATOR_FLOORDIV,
                                                   c->arguments[0], c->arguments[1], c->where);
    return pair;
}

static object *operate(call *c, operator op, const object *a, const object *b) {
    return whole_binary(c->script, op, a, b, c->where);
}

static bool is_negative(call *c, const object *o) {
    return number_compares(c->script, OPERATOR_LT, o, object_integer(c->script, 0));
}

/* x with base * x % modulus == 1, by Euclid's algorithm. */
static object *inverse_modulo(call *c, const object *base, object *modulus) {
    object *r = modulus, *next_r = operate(c, OPERATOR_MOD, base, modulus);
    object *x = object_integer(c->script, 0), *next_x = object_integer(c->script, 1);
    while (python_truth(c->script, next_r, c->where)) {
        const object *times = operate(c, OPERATOR_FLOORDIV, r, next_r), *last_r = r, *last_x = x;
        r = next_r;
        next_r = operate(c, OPERATOR_SUB, last_r, operate(c, OPERATOR_MUL, times, next_r));
        x = next_x;
        next_x = operate(c, OPERATOR_SUB, last_x, operate(c, OPERATOR_MUL, times, next_x));
    }
    if (!number_compares(c->script, OPERATOR_EQ, r, object_integer(c->script, 1)))
        script_raise(c->script, c->where, VALUE_ERROR,
                     "base is not invertible for the given modulus");
    return operate(c, OPERATOR_MOD, x, modulus);
}

/* By squaring, from the highest bit of the exponent on, as Knuth has it in volume 2, section
 * 4.6.3. */
static object *power_modulo(call *c, object *base, object *exponent, object *modulus) {
    whole_room room;
    if (!python_truth(c->script, modulus, c->where))
        script_raise(c->script, c->where, VALUE_ERROR, "pow() 3rd argument cannot be 0");
    if (is_negative(c, exponent)) {
        base = inverse_modulo(c, base, modulus);
        exponent = whole_negative(c->script, exponent);
    }
    const large_number e = whole_digits(exponent, room);
    object *result = operate(c, OPERATOR_MOD, object_integer(c->script, 1), modulus);
    for (size_t i = whole_bits(e); i-- > 0;) {
        result = operate(c, OPERATOR_MOD, operate(c, OPERATOR_MUL, result, result), modulus);
        if (e.digits[i / 32] >> i % 32 & 1)
            result = operate(c, OPERATOR_MOD, operate(c, OPERATOR_MUL, result, base), modulus);
    }
    return result;
}

static object *python_pow(call *c) {
    object *base = c->arguments[0], *exponent = c->arguments[1], *modulus = c->arguments[2];
    if (modulus->kind == OBJECT_NONE)
        return python_binary(c->script, OPERATOR_POW, base, exponent, c->where);
    if (!object_is_whole(base) || !object_is_whole(exponent) || !object_is_whole(modulus))
        call_fail(c, "pow() with a modulus takes whole numbers");
    return power_modulo(c, base, exponent, modulus);
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
    {.path = "bin", .signature = "number: whole, /", .call = python_digits},
    {.path = "oct", .signature = "number: whole, /", .call = python_digits},
    {.path = "hex", .signature = "number: whole, /", .call = python_digits},
    {0}};
