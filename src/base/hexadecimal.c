#include "hexadecimal.h"

#include <math.h>
#include <stdio.h>

int hexadecimal_print(char text[HEXADECIMAL_TEXT], double value) {
    static const char digits[] = "0123456789abcdef";
    const char *sign = signbit(value) ? "-" : "";
    int exponent;
    double rest = frexp(fabs(value), &exponent) * 2 - 1; /* of 1.5, with that exponent: 0.5 */
    if (value == 0)
        return snprintf(text, HEXADECIMAL_TEXT, "%s0x0p+0", sign);
    char places[16] = "";
    for (int i = 0; rest != 0; i++) {
        places[i] = digits[(int)(rest * 16)];
        places[i + 1] = '\0';
        rest = rest * 16 - (int)(rest * 16);
    }
    return snprintf(text, HEXADECIMAL_TEXT, "%s0x1%s%sp%+d", sign, *places ? "." : "", places,
                    exponent - 1);
}
