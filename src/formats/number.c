#include "number.h"

#include "base/hexadecimal.h"
#include "base/reread.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Also by who takes the text for a double first, and then the float32 that is nearest to that. */
static bool reads_back(const char *text, double value, bool is_float32) {
    const double read = reread_double(text);
    if (!is_float32)
        return read == value;
    return (float)read == (float)value && reread_float(text) == (float)value;
}

/* The fewest digits that do; %g leaves out the zeros behind those that every number has. */
static void print_shortest(char text[NUMBER_TEXT], double value, bool is_float32) {
    const double least = is_float32 ? FLT_MIN : DBL_MIN;
    const int always = is_float32 ? FLT_DIG : DBL_DIG;
    const int most = is_float32 ? FLT_DECIMAL_DIG : DBL_DECIMAL_DIG;
    for (int digits = fabs(value) < least ? 1 : always; digits <= most; digits++) {
        snprintf(text, NUMBER_TEXT, "%.*g", digits, value);
        if (reads_back(text, value, is_float32))
            return;
    }
}

static int print_float(char text[NUMBER_TEXT], double value, bool is_float32, const spelling *s) {
    const char *sign = signbit(value) ? "-" : "";
    if (isnan(value))
        return snprintf(text, NUMBER_TEXT, "%s", s->nan);
    if (isinf(value))
        return snprintf(text, NUMBER_TEXT, "%s%s", sign, s->infinity);
    if (s->hex)
        hexadecimal_print(text, value);
    else if (s->digits)
        snprintf(text, NUMBER_TEXT, "%.*g", s->digits, value);
    else
        print_shortest(text, value, is_float32);
    const size_t length = strlen(text);
    return (int)length + snprintf(text + length, NUMBER_TEXT - length, "%s%s",
                                  strpbrk(text, ".ep") ? "" : ".0", is_float32 ? s->float32 : "");
}

int number_print(char text[NUMBER_TEXT], const mlp_tensor *tensor, size_t i, const spelling *s) {
    if (mlp_dtype_is_floating(tensor->dtype))
        return print_float(text, mlp_tensor_get(tensor, i), tensor->dtype == MLP_FLOAT32, s);
    const int64_t number = mlp_tensor_get_int(tensor, i);
    if (tensor->dtype == MLP_BOOL)
        return snprintf(text, NUMBER_TEXT, "%s", number ? s->yes : s->no);
    if (number == INT64_MIN && s->least_int64)
        return snprintf(text, NUMBER_TEXT, "%s", s->least_int64);
    return snprintf(text, NUMBER_TEXT, "%" PRId64, number);
}
