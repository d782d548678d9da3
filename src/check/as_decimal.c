#include "as_decimal.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static bool rounds_to(double decimal, double single) {
    return (double)(float)decimal == single;
}

static double by_text(double single) {
    char text[32];
    double decimal = single;
    for (int digits = FLT_DIG; digits <= FLT_DECIMAL_DIG && isfinite(single); digits++) {
        snprintf(text, sizeof text, "%.*g", digits, single);
        decimal = strtod(text, NULL);
        if (rounds_to(decimal, single))
            break;
    }
    return decimal;
}

enum {
    PLACES = 22 /* 10^22 is the largest power of ten that a double has exactly */
};

/* Where so many digits are near the middle between two numbers of one less, the text decides. */
static const double NEAR_THE_MIDDLE = 1e-5;

/* *decimal becomes the number rounded to so many places: a whole number of few digits divided by an
 * exact power of ten, which rounds as the reading of a text does. False where that is not sure. */
static bool round_to(double single, int places, double *decimal) {
    static const double powers[PLACES + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (places < 0 || places > PLACES)
        return false;
    const double scaled = fabs(single) * powers[places];
    const double whole = floor(scaled + 0.5);
    *decimal = copysign(whole / powers[places], single);
    return fabs(scaled - whole) < 0.5 - NEAR_THE_MIDDLE;
}

double as_decimal(double single) {
    double decimal;
    if (single == 0 || !isfinite(single))
        return single;
    const int exponent = (int)floor(log10(fabs(single)));
    for (int digits = FLT_DIG; digits <= FLT_DECIMAL_DIG; digits++) {
        if (!round_to(single, digits - 1 - exponent, &decimal))
            break;
        if (rounds_to(decimal, single))
            return decimal;
    }
    return by_text(single);
}
