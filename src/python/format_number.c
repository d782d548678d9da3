#include "format_number.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_DIGITS = 17,          /* that tell every double from its neighbours */
    NUMBER = MOST_DIGITS + 16, /* -d.dddde-324 */
    LAST_PLAIN_EXPONENT = 16,  /* repr writes 1e+16 */
    FIRST_PLAIN_EXPONENT = -4  /* and 0.0001, but 1e-05 */
};

/* 0.DIGITS * 10^point, the digits given by printf's %.*e. */
typedef struct {
    const char *digits;
    size_t count;
    int point;
} decimal;

/* Takes sign, point and exponent out of "-d.ddde-05". */
static decimal split(char *text) {
    char *digits = *text == '-' ? text + 1 : text, *exponent = strchr(digits, 'e');
    const int point = (int)strtol(exponent + 1, NULL, 10) + 1;
    *exponent = '\0';
    if (digits[1] == '.')
        memmove(digits + 1, digits + 2, strlen(digits + 2) + 1);
    return (decimal){digits, strlen(digits), point};
}

static void drop_zeros(decimal *d) {
    while (d->count > 1 && d->digits[d->count - 1] == '0')
        d->count--;
}

/* As repr lays digits out: in scientific notation from 10^last on, and with a digit after the
 * point elsewhere. */
static void write_decimal(buffer *out, decimal d, int last, bool alternate) {
    const int count = (int)d.count;
    if (d.point > last || d.point <= FIRST_PLAIN_EXPONENT) {
        buffer_add(out, d.digits, 1);
        if (count > 1 || alternate)
            buffer_text(out, ".");
        buffer_add(out, d.digits + 1, d.count - 1);
        buffer_printf(out, "e%+03d", d.point - 1);
        return;
    }
    const int whole = d.point < count ? d.point : count;
    if (whole <= 0) {
        buffer_text(out, "0.");
        buffer_fill(out, '0', (size_t)-d.point);
        buffer_add(out, d.digits, d.count);
        return;
    }
    buffer_add(out, d.digits, (size_t)whole);
    buffer_fill(out, '0', (size_t)(d.point - whole));
    buffer_text(out, ".");
    if (whole < count)
        buffer_add(out, d.digits + whole, d.count - (size_t)whole);
    else
        buffer_text(out, "0");
}

/* nan and inf; true where it was one of them. */
static bool write_special(buffer *out, double value, bool upper) {
    if (isnan(value))
        buffer_text(out, upper ? "NAN" : "nan");
    else if (isinf(value))
        buffer_printf(out, "%s%s", value < 0 ? "-" : "", upper ? "INF" : "inf");
    return !isfinite(value);
}

/* One unit more in the last digit of "-d.ddde-05", where that does not carry. */
static bool step_last_digit(char *text) {
    char *last = strchr(text, 'e') - 1;
    if (*last == '9')
        return false;
    ++*last;
    return true;
}

/* The nearest decimal of so many digits is the one to print if it reads back as the value. Below a
 * power of two the doubles lie closer, so that there the next decimal above may read back where
 * the nearest, below, does not. */
static void print_shortest(char *text, double value) {
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
        snprintf(text, NUMBER, "%.*e", digits - 1, value);
        const double back = strtod(text, NULL);
        if (back == value)
            return;
        if (fabs(back) < fabs(value) && step_last_digit(text) && strtod(text, NULL) == value)
            return;
    }
}

void write_float_repr(buffer *out, double value, bool alternate) {
    char text[NUMBER];
    if (write_special(out, value, false))
        return;
    print_shortest(text, value);
    if (signbit(value))
        buffer_text(out, "-");
    decimal d = split(text);
    drop_zeros(&d);
    write_decimal(out, d, LAST_PLAIN_EXPONENT, alternate);
}

/* Like g, but with a digit after the point, and sooner in scientific notation. */
static void write_typeless(buffer *out, double value, int precision, bool alternate) {
    char text[MAX_FORMAT_WIDTH + NUMBER];
    precision = precision ? precision : 1;
    snprintf(text, sizeof text, "%.*e", precision - 1, value);
    if (signbit(value))
        buffer_text(out, "-");
    decimal d = split(text);
    if (!alternate)
        drop_zeros(&d);
    write_decimal(out, d, precision - 1, alternate);
}

void write_float_as(buffer *out, double value, char type, int precision, bool alternate) {
    if (write_special(out, value, isupper((unsigned char)type)))
        return;
    switch (type) {
    case 'e':
        buffer_printf(out, alternate ? "%#.*e" : "%.*e", precision, value);
        return;
    case 'E':
        buffer_printf(out, alternate ? "%#.*E" : "%.*E", precision, value);
        return;
    case 'f':
    case 'F':
        buffer_printf(out, alternate ? "%#.*f" : "%.*f", precision, value);
        return;
    case 'g':
        buffer_printf(out, alternate ? "%#.*g" : "%.*g", precision, value);
        return;
    case 'G':
        buffer_printf(out, alternate ? "%#.*G" : "%.*G", precision, value);
        return;
    default:
        write_typeless(out, value, precision, alternate);
    }
}

void write_magnitude(buffer *out, uint64_t magnitude, unsigned base, bool upper) {
    const char *numerals = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char digits[64];
    size_t at = sizeof digits;
    do
        digits[--at] = numerals[magnitude % base];
    while (magnitude /= base);
    buffer_add(out, digits + at, sizeof digits - at);
}
