#include "manner.h"

#include "written.h"

#include <math.h>

enum {
    FEWEST_DIGITS = 2, /* one may be any number's */
    MOST_DIGITS = 16,
    FEWEST_NUMBERS = 4 /* that tell how somebody writes */
};

/* The most frequent of so many counts; 0 where there are too few. */
static int most_frequent(const size_t *count) {
    int best = 0;
    for (int d = FEWEST_DIGITS; d <= MOST_DIGITS; d++)
        if (count[d] > count[best])
            best = d;
    return count[best] >= FEWEST_NUMBERS ? best : 0;
}

static void count_number(const mlp_written *number, bool of_decimals, size_t *count) {
    const int digits = of_decimals ? number->decimals : written_significant(number);
    if (number->given && !number->exact && number->value != 0 && digits > 0 &&
        digits <= MOST_DIGITS)
        count[digits]++;
}

bool manner_of(const marking *m, size_t which, manner *how) {
    size_t count[MOST_DIGITS + 1] = {0};
    how->of_decimals = which % 2 == 1;
    how->cuts = which >= 2;
    if (how->cuts != (m->cut > m->rounded))
        return false;
    for (size_t i = 0; i < m->count; i++)
        for (size_t k = 0; !item_is_of_given(&m->items[i]) && k < m->items[i].mark.answer->numel;
             k++)
            count_number(&m->items[i].mark.answer->numbers[k], how->of_decimals, count);
    how->digits = most_frequent(count);
    return how->digits > 0;
}

static double written_as(const manner *how, double number) {
    if (number == 0 || !isfinite(number))
        return number;
    const int decimals =
        how->of_decimals ? how->digits : how->digits - 1 - (int)floor(log10(fabs(number)));
    const double unit = pow(10, decimals > 1 ? decimals : 1), last_bits = 1 + 1e-12;
    return how->cuts ? trunc(number * unit * last_bits) / unit : round(number * unit) / unit;
}

bool manner_is_open(const marking *m, const mlp_value *value) {
    const item *it = m->answered[value->number];
    return m->place[value->number].namesakes && !value->given &&
           mlp_dtype_is_floating(value->tensor.dtype) && (!it || it->mark.given == 0);
}

void manner_round_open(marking *m, const manner *how, const mlp_step *step, const mlp_value *to) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        const mlp_value *out = step->out[i];
        if (!out || out == to || !manner_is_open(m, out))
            continue;
        mlp_tensor *t = mlp_replay_tensor(m->own, out);
        for (size_t k = 0; k < t->numel; k++)
            mlp_tensor_set(t, k, written_as(how, mlp_tensor_get(t, k)));
    }
}
