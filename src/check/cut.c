#include "cut.h"

#include "tolerance.h"

#include <math.h>

bool number_was_cut_off(const item *it, size_t i, double value, double bound) {
    const double number = fabs(it->numbers[i]), right = fabs(value), unit = 2 * it->rounding[i];
    const bool same_sign = signbit(it->numbers[i]) == signbit(value) || number == 0;
    return same_sign && right + bound >= number && right < number + unit - bound;
}

static bool was_rounded_up(const item *it, size_t i) {
    const double number = fabs(it->numbers[i]), right = fabs(it->exact[i]);
    return number - right > dtype_rounding(it, right) && number - right <= it->rounding[i];
}

static bool is_cut(const marking *m, const item *it, size_t i) {
    return number_verdict(m, it, i) == MLP_WRONG &&
           number_was_cut_off(it, i, it->exact[i], dtype_rounding(it, it->exact[i]));
}

bool item_was_cut_off(const marking *m, const item *it) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && number_verdict(m, it, i) == MLP_WRONG && !is_cut(m, it, i))
            return false;
    return m->cuts;
}

/* Counts what an item tells; false where it tells that a mistake was made, and with what follows
 * from a mistake a number is near to the true one by chance. */
static bool count_item(const marking *m, const item *it, size_t *cut, size_t *rounded_up) {
    for (size_t i = 0; i < it->mark.answer->numel; i++) {
        if (!it->given[i])
            continue;
        const bool was_cut = is_cut(m, it, i);
        if (!was_cut && number_verdict(m, it, i) == MLP_WRONG)
            return false;
        *cut += was_cut;
        *rounded_up += was_rounded_up(it, i);
    }
    return true;
}

void cuts_find(marking *m) {
    size_t cut = 0, rounded_up = 0;
    bool tells = !m->options->tolerance.replaces;
    for (size_t k = 0; k < m->count && tells; k++)
        tells = item_is_of_given(&m->items[k]) || count_item(m, &m->items[k], &cut, &rounded_up);
    const bool unknown = cut + rounded_up == 0 && !m->is_printed;
    m->cuts = cut > rounded_up;
    m->may_cut = (m->cuts || unknown) && !m->options->tolerance.replaces;
}
