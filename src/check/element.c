#include "element.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

bool element_type_read(element_type *type, const char *text) {
    static const char *const known[] = {"f2", "f4", "f8", "i1", "i2", "i4",
                                        "i8", "u1", "u2", "u4", "u8", "b1"};
    if (!*text || !strchr("<>|=", *text) || strlen(text) != 3 || *text == '=')
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], text + 1) == 0) {
            *type = (element_type){
                .kind = text[1], .is_big_endian = *text == '>', .size = (size_t)(text[2] - '0')};
            type->dtype = type->kind == 'f' && type->size < 8 ? MLP_FLOAT32 : MLP_FLOAT64;
            return true;
        }
    return false;
}

static uint64_t bits_of(const element_type *type, const char *bytes) {
    uint64_t bits = 0;
    for (size_t i = 0; i < type->size; i++)
        bits = bits << 8 | (unsigned char)bytes[type->is_big_endian ? i : type->size - 1 - i];
    return bits;
}

/* Of an IEEE number with so many bits of exponent and fraction. */
static double floating(uint64_t bits, int exponent_bits, int fraction_bits) {
    const uint64_t fraction = bits & (((uint64_t)1 << fraction_bits) - 1);
    const int most = (1 << exponent_bits) - 1, bias = most / 2;
    const int exponent = (int)(bits >> fraction_bits) & most;
    const bool negative = bits >> (exponent_bits + fraction_bits) & 1;
    double value;
    if (exponent == most)
        value = fraction ? (double)NAN : (double)INFINITY;
    else if (exponent == 0)
        value = ldexp((double)fraction, 1 - bias - fraction_bits);
    else
        value = ldexp((double)(fraction | (uint64_t)1 << fraction_bits),
                      exponent - bias - fraction_bits);
    return negative ? -value : value;
}

static double whole(const element_type *type, uint64_t bits) {
    const uint64_t sign = (uint64_t)1 << ((8 * type->size - 1) & 63);
    if (type->kind != 'i' || !(bits & sign))
        return (double)bits;
    return -(double)((~bits & (sign - 1)) + 1);
}

double element_read(const element_type *type, const char *bytes) {
    const uint64_t bits = bits_of(type, bytes);
    if (type->kind == 'b')
        return bits != 0;
    if (type->kind != 'f')
        return whole(type, bits);
    return type->size == 2   ? floating(bits, 5, 10)
           : type->size == 4 ? floating(bits, 8, 23)
                             : floating(bits, 11, 52);
}
