/* value 10^precision is rounded to a whole number, and that is written. Both roundings of it agree
 * with printf's single one, but where value 10^precision comes close to the middle between two whole
 * numbers, or is large: there printf itself decides. */
#include "decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
    PLACES = 9, /* as many as there are powers of ten below */
    DIGITS = 24 /* more than a sign, 13 digits, a point and the 0 behind them */
};

/* A double below it is off by at most 2^-14 once it was rounded. */
static const double LARGEST = 1e12;
static const double NEAR_THE_MIDDLE = 0x1p-10;

/* The whole number that is nearest to value 10^precision; false where that may be another. */
static bool round_scaled(double value, int precision, uint64_t *whole) {
    static const double powers[PLACES + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    if (precision < 0 || precision > PLACES)
        return false;
    const double scaled = fabs(value) * powers[precision];
    if (!(scaled < LARGEST)) /* nor where it is a nan */
        return false;
    *whole = (uint64_t)(scaled + 0.5);
    const double rest = scaled - (double)*whole; /* from -1/2 to 1/2 */
    return fabs(rest) < 0.5 - NEAR_THE_MIDDLE;
}

size_t decimal_print(char *text, size_t size, double value, int precision) {
    uint64_t whole;
    if (size < DIGITS || !round_scaled(value, precision, &whole))
        return (size_t)snprintf(text, size, "%.*f", precision, value);
    char reversed[DIGITS];
    size_t count = 0;
    for (int place = 0; place <= precision || whole; place++, whole /= 10) {
        if (place && place == precision)
            reversed[count++] = '.';
        reversed[count++] = (char)('0' + whole % 10);
    }
    if (signbit(value))
        reversed[count++] = '-';
    for (size_t i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    text[count] = '\0';
    return count;
}
