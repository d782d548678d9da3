#include "mark_text.h"

#include "mlpstep/bound.h"

#include "write_index.h"

#include <math.h>
#include <string.h>

const char *const verdict_names[] = {
    [MLP_RIGHT] = "right", [MLP_WRONG] = "wrong",         [MLP_CARRIED] = "carried",
    [MLP_BLANK] = "blank", [MLP_UNDECIDED] = "undecided", [MLP_DIFFERENT] = "differs"};

enum {
    NUMBER_TEXT = 420, /* the longest double, with its decimals */
    LEAST_DECIMALS = 6,
    MOST_DECIMALS = 17
};

static const mlp_written *worst_of(const mlp_mark *mark) {
    return &mark->answer->numbers[mark->worst];
}

void mark_write_given(FILE *out, const mlp_mark *mark) {
    const mlp_written *w = worst_of(mark);
    fprintf(out, "%s%.*s", signbit(w->value) ? "-" : "", (int)w->length, w->text);
}

/* With so many decimals that it does not look like the given one. */
static void write_number(FILE *out, const mlp_mark *mark, double number) {
    const mlp_written *w = worst_of(mark);
    char text[NUMBER_TEXT], given[NUMBER_TEXT];
    const mlp_dtype dtype = mark->value ? mark->value->tensor.dtype : MLP_FLOAT64;
    if (dtype == MLP_BOOL) {
        fputs(number != 0 ? "True" : "False", out);
        return;
    }
    int decimals = w->decimals > LEAST_DECIMALS ? w->decimals : LEAST_DECIMALS;
    decimals = mlp_dtype_is_integer(dtype) ? 0
               : decimals < MOST_DECIMALS  ? decimals
                                           : MOST_DECIMALS;
    for (;; decimals++) {
        snprintf(text, sizeof text, "%.*f", decimals, number);
        snprintf(given, sizeof given, "%.*f", decimals, w->value);
        if (strcmp(text, given) != 0 || decimals >= MOST_DECIMALS || mlp_dtype_is_integer(dtype))
            break;
    }
    if (isnan(number))
        fputs("nan", out); /* printf may give it a sign */
    else
        fputs(number == 0 && *text == '-' ? text + 1 : text, out);
}

void mark_write_expected(FILE *out, const mlp_mark *mark) {
    if (mark->value)
        write_number(out, mark, mlp_tensor_get(&mark->value->tensor, mark->worst));
    else if (mark->decimals < 0)
        write_number(out, mark, mark->truth);
    else
        fprintf(out, "%.*f", mark->decimals, mark->truth);
}

void mark_write_place(FILE *out, const mlp_mark *mark) {
    if (mark->value)
        write_index(out, &mark->value->tensor, mark->worst);
    else
        fprintf(out, "number %zu", mark->worst + 1);
}

const mlp_mark *mark_origin(const mlp_mark *mark) {
    while (mark->verdict == MLP_CARRIED && !mark->follows_rounding && !mark->repeats)
        mark = mark->follows[0];
    return mark;
}

bool mark_is_rounded(const mlp_mark *mark) {
    return mark_origin(mark)->follows_rounding;
}

size_t mark_first_off(const mlp_mark *mark) {
    for (size_t i = 0; mark->verdicts && i < mark->answer->numel; i++)
        if (mark->verdicts[i] == MLP_WRONG)
            return i;
    return mark->worst;
}

double mark_bound(const mlp_mark *mark) {
    return mark->value ? mlp_value_bound(mark->value, mark->worst) : mark->bound;
}
