#include "digits.h"

#include "written.h"

#include <math.h>
#include <string.h>

enum {
    PRINTED = 4, /* decimals, as PyTorch prints them */
    NUMBER_TEXT = 420
};

/* --- printed, or by hand --- */

/* Digits between the point and the exponent. */
static size_t decimals_of(const mlp_written *w) {
    const char *end = w->text + w->length, *point = memchr(w->text, '.', w->length);
    size_t count = 0;
    while (point && point + count + 1 < end && point[count + 1] >= '0' && point[count + 1] <= '9')
        count++;
    return count;
}

static bool is_printed(const mlp_written *w) {
    return !w->computed && (w->exact || decimals_of(w) >= PRINTED);
}

/* The answers whose decimals tell something. */
static bool has_decimals(const item *it) {
    return mlp_dtype_is_floating(it->mark.value->tensor.dtype);
}

static bool is_all_printed(const marking *m) {
    for (size_t k = 0; k < m->count; k++)
        for (size_t i = 0; i < m->items[k].mark.answer->numel; i++)
            if (!m->items[k].given[i] ||
                (has_decimals(&m->items[k]) && !is_printed(&m->items[k].mark.answer->numbers[i])))
                return false;
    return true;
}

static bool has_exponent(const mlp_written *w) {
    return !w->exact && memchr(w->text, 'e', w->length);
}

/* Whether all numbers of floating-point values have the same number of decimals, two or more, or any
 * in front of an exponent, or are nan or infinite. */
static bool is_uniform(const marking *m) {
    size_t decimals = 0;
    bool has_any = false;
    for (size_t k = 0; k < m->count; k++)
        for (size_t i = 0; i < m->items[k].mark.answer->numel; i++) {
            const mlp_written *w = &m->items[k].mark.answer->numbers[i];
            if (!w->given || w->computed)
                return false;
            if (!has_decimals(&m->items[k]) || !isfinite(w->value))
                continue;
            if ((decimals_of(w) < 2 && !has_exponent(w)) || (has_any && decimals_of(w) != decimals))
                return false;
            decimals = decimals_of(w);
            has_any = true;
        }
    return true;
}

static bool has_heading(const marking *m) {
    for (size_t k = 0; k < m->count; k++)
        if (m->items[k].mark.answer->section_count)
            return true;
    return false;
}

/* Whether all answers are laid out as in a report, tensor(...). */
static bool is_all_tensors(const marking *m) {
    for (size_t k = 0; k < m->count; k++)
        if (m->items[k].mark.answer->is_list)
            return false;
    return true;
}

static bool script_gives_any(const marking *m) {
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE && e->value->given)
            return true;
    return false;
}

/* Whether what the script gives is among them, as in a report, where it gives anything. */
static bool has_given(const marking *m) {
    for (size_t k = 0; k < m->count; k++)
        if (item_is_of_given(&m->items[k]))
            return true;
    return !script_gives_any(m);
}

static bool is_report(const marking *m) {
    return m->count && !m->answers->is_worksheet && has_heading(m) && is_all_tensors(m) &&
           has_given(m) && is_uniform(m);
}

bool text_is_by_program(const marking *m) {
    const mlp_answer *first = m->answers->first;
    return m->options->port || m->answers->by_program || m->answers->is_transcript ||
           (first && first->printed) || is_report(m);
}

bool text_is_printed(const marking *m) {
    return text_is_by_program(m) || (m->count && is_all_printed(m));
}

bool text_is_dump(const marking *m) {
    return m->count && !has_heading(m) && is_all_tensors(m) && is_all_printed(m);
}

/* --- digits --- */

/* Significant digits of the number, rounded as a report shows it, without zeros at the end. */
static int digits_of(double truth) {
    char text[NUMBER_TEXT];
    const char *at = text;
    int count = 0, last = 0;
    snprintf(text, sizeof text, "%.*f", REPORTED_DECIMALS, truth);
    for (; *at; at++) {
        if (*at < '0' || *at > '9' || (count == 0 && *at == '0'))
            continue;
        count++;
        last = *at != '0' ? count : last;
    }
    return last;
}

int digits_wanted(const marking *m, const item *it, double truth) {
    if (m->is_printed || !has_decimals(it) || it->mark.value->given || !isfinite(truth) ||
        it->tolerance.replaces)
        return 0;
    const int digits = digits_of(truth);
    return digits < m->options->min_digits ? digits : m->options->min_digits;
}

/* A bare integer in a list has the decimals of its neighbours: 0 in [0.27, 0] is 0.00. */
static int digits_written(const mlp_written *w) {
    const bool is_bare = !memchr(w->text, '.', w->length) && w->decimals > 0;
    return written_significant(w) + (is_bare && w->value != 0 ? w->decimals : 0);
}

/* What is computed has any number of digits: those count in which it agrees. */
static bool agrees(double value, double truth, int digits) {
    const double unit = truth != 0 ? pow(10, floor(log10(fabs(truth))) + 1 - digits) : 0;
    return value != 0 && fabs(value - truth) <= 0.5 * unit * (1 + 1e-9);
}

bool number_has_digits(const marking *m, const item *it, size_t i, double truth) {
    const mlp_written *w = &it->mark.answer->numbers[i];
    if (digits_wanted(m, it, truth) == 0)
        return true;
    if (w->computed)
        return agrees(w->value, truth, digits_wanted(m, it, truth));
    return is_printed(w) || (w->value != 0 && digits_written(w) >= digits_wanted(m, it, truth));
}

size_t item_lacks_digits_at(const marking *m, const item *it, const double *truth) {
    size_t i = 0;
    while (i < it->mark.answer->numel && (!it->given[i] || number_has_digits(m, it, i, truth[i])))
        i++;
    return i;
}

bool explain_digits(marking *m, item *it, double truth) {
    mlp_explanation *e = mlp_arena_alloc(m->arena, 1, sizeof *e);
    const int wanted = digits_wanted(m, it, truth);
    if (!e)
        return marking_out_of_memory(m);
    e->slug = "too-few-digits";
    e->sentence = mlp_arena_printf(m->arena, "write at least %d significant digit%s", wanted,
                                   wanted == 1 ? "" : "s");
    it->mark.explanations = e;
    return e->sentence || marking_out_of_memory(m);
}
