#include "off_text.h"

#include "written.h"

#include "base/reread.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* With as many digits as read back to it. */
void write_shortest(FILE *out, double number, bool is_single) {
    char text[64];
    if (isnan(number)) {
        fputs("nan", out); /* printf may give it a sign */
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        const double read = reread_double(text);
        if ((is_single ? (double)(float)read : read) == number)
            break;
    }
    fputs(text, out);
}

/* From a file of float32, where 0.1 stands for the single next to it. */
static bool is_written_as_single(const mlp_written *w) {
    char text[LONGEST_NUMBER + 1];
    if (!w->exact || !isfinite(w->value) || w->length > LONGEST_NUMBER)
        return false;
    memcpy(text, w->text, w->length);
    text[w->length] = '\0';
    return !strpbrk(text, "xX") && reread_double(text) != fabs(w->value) &&
           (double)(float)w->value == w->value;
}

void write_as_given(FILE *out, const mlp_written *w, bool is_single) {
    if (is_written_as_single(w) && !is_single) {
        write_shortest(out, w->value, false);
        return;
    }
    fprintf(out, "%s%.*s", signbit(w->value) ? "-" : "", (int)w->length, w->text);
    if (memchr(w->text, 'x', w->length) || memchr(w->text, 'X', w->length)) {
        fputs(" = ", out);
        write_shortest(out, w->value, (double)(float)w->value == w->value);
    }
}

/* The number's place among all of its type, with 0 in the middle. */
static int64_t place_of_single(double number) {
    const float x = (float)number;
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const int64_t magnitude = bits & 0x7FFFFFFF;
    return bits >> 31 ? -magnitude : magnitude;
}

static int64_t place_of_double(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    const int64_t magnitude = (int64_t)(bits & INT64_MAX);
    return bits >> 63 ? -magnitude : magnitude;
}

static uint64_t count_units(double a, double b, bool single) {
    const int64_t x = single ? place_of_single(a) : place_of_double(a);
    const int64_t y = single ? place_of_single(b) : place_of_double(b);
    return x > y ? (uint64_t)x - (uint64_t)y : (uint64_t)y - (uint64_t)x;
}

void write_off(FILE *out, double number, double truth, mlp_dtype dtype) {
    const double off = fabs(number - truth);
    if (!isfinite(off)) {
        fputs("off by no finite number", out);
        return;
    }
    fprintf(out, "off by %.1e", off);
    if (truth != 0)
        fprintf(out, ", relative %.1e", off / fabs(truth));
    if (mlp_dtype_is_floating(dtype)) {
        const uint64_t units = count_units(number, truth, dtype == MLP_FLOAT32);
        fprintf(out, ", %" PRIu64 " unit%s in the last place", units, units == 1 ? "" : "s");
    }
}
