#include "dump.h"

#include "written.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

mlp_answer *dump_add(dump *d, const char *name) {
    mlp_answer *a = reader_alloc(d->in, 1, sizeof *a);
    a->name = name;
    *d->next = a;
    d->next = &a->next;
    d->answers->count++;
    return a;
}

/* --- places --- */

enum {
    PHASES = MLP_UPDATE + 1
};

static const char *const sections[PHASES] =
    {[MLP_FORWARD] = "forward", [MLP_BACKWARD] = "backward", [MLP_UPDATE] = "step"};

bool dump_place(mlp_answer *a, const char *section, uint64_t step) {
    for (size_t i = 0; i < PHASES; i++)
        if (strcmp(section, sections[i]) == 0) {
            a->section = (mlp_phase)i;
            a->in_step = step;
            return true;
        }
    return false;
}

void dump_place_by_name(mlp_answer *a) {
    char *end;
    const char *name = a->name;
    const unsigned long long step = *name >= '1' && *name <= '9' ? strtoull(name, &end, 10) : 1;
    if (*name >= '1' && *name <= '9')
        name = *end == '/' ? end + 1 : name;
    for (size_t i = 0; i < PHASES; i++) {
        const size_t length = strlen(sections[i]);
        if (strncmp(name, sections[i], length) != 0 || name[length] != '/')
            continue;
        a->section = (mlp_phase)i;
        a->in_step = step;
        a->name = name + length + 1;
        return;
    }
}

/* --- numbers --- */

static const char *write_shortest(reader *in, double number, mlp_dtype dtype) {
    const bool is_single = dtype == MLP_FLOAT32;
    if (isnan(number) || isinf(number))
        return isnan(number) ? "nan" : "inf";
    for (int digits = 1;; digits++) {
        char text[64];
        snprintf(text, sizeof text, "%.*g", digits, number);
        const double read = strtod(text, NULL);
        if (digits == 17 || (is_single ? (double)(float)read : read) == number)
            return reader_copy(in, text, strlen(text));
    }
}

mlp_written dump_number(reader *in, double value, mlp_dtype dtype) {
    const char *text = write_shortest(in, fabs(value), dtype);
    return (mlp_written){
        .given = true, .exact = true, .value = value, .text = text, .length = strlen(text)};
}

void dump_take_nulls(mlp_answers *answers) {
    for (mlp_answer *a = answers->first; a; a = a->next)
        for (size_t i = 0; i < a->numel; i++) {
            mlp_written *w = &a->numbers[i];
            if (w->given || !w->text)
                continue;
            w->given = w->exact = true;
            w->value = NAN;
        }
}

/* --- digits --- */

static bool has_digits(const mlp_written *w) {
    return w->given && !w->exact && !w->computed && memchr(w->text, '.', w->length);
}

/* Digits between the point and the exponent. */
static size_t decimals_of(const mlp_written *w) {
    const char *point = memchr(w->text, '.', w->length), *end = w->text + w->length;
    size_t count = 0;
    while (point && point + count + 1 < end && point[count + 1] >= '0' && point[count + 1] <= '9')
        count++;
    return count;
}

enum {
    WHOLE_DIGITS = 6,   /* of %g, where no other number tells how many a whole one had */
    LEAST_DECIMALS = 2, /* of what is written with so many throughout ... */
    JSON_DECIMALS = 4   /* ... and the same where few may be the shortest of a number */
};

/* As %e prints a number for which %g needs none. */
static bool has_needless_exponent(const mlp_written *w) {
    const double size = fabs(w->value);
    return w->given && !w->exact && !w->computed && memchr(w->text, 'e', w->length) &&
           (size == 0 || (size >= 1e-4 && size < 1e6));
}

typedef struct {
    bool has_exponents, is_even; /* as many decimals in front of each */
    size_t in_front;
    bool has_any, is_uniform, keeps_zeros;
    size_t decimals;
    size_t least_decimals;
    int most; /* significant digits */
} habits;

static void note_number(habits *h, const mlp_written *w) {
    const size_t decimals = decimals_of(w);
    h->is_uniform = h->is_uniform && (!h->has_any || decimals == h->decimals);
    h->has_any = true;
    h->keeps_zeros |= decimals > 1 && memchr(w->text, '.', w->length) &&
                      ((const char *)memchr(w->text, '.', w->length))[decimals] == '0';
    h->decimals = decimals;
    if (written_significant(w) > h->most)
        h->most = written_significant(w);
}

static void note_exponent(habits *h, const mlp_written *w) {
    const size_t decimals = decimals_of(w);
    h->is_even = !h->has_exponents || (h->is_even && decimals == h->in_front);
    h->has_exponents = true;
    h->in_front = decimals;
}

/* Whether zeros at the end of numbers were printed, too. */
static bool shows_all(const habits *h) {
    return h->keeps_zeros || (h->has_exponents && h->is_even) ||
           (h->has_any && h->is_uniform && h->decimals >= h->least_decimals);
}

/* A whole number, which no program prints that shows all zeros, unless of integers. */
static bool is_bare(const mlp_written *w) {
    return w->given && w->value != 0 && !memchr(w->text, '.', w->length) &&
           !memchr(w->text, 'e', w->length) && !memchr(w->text, 'E', w->length);
}

static void share(mlp_written *w, int most) {
    mlp_written alone; /* without what its neighbours tell of a whole number */
    if (!w->given || w->exact || w->computed || !written_decimal(w->text, w->length, &alone))
        return;
    const bool is_whole = !memchr(w->text, '.', w->length);
    const int missing = (is_whole && most < 2 ? WHOLE_DIGITS : most) - written_significant(w);
    if (w->value == 0)
        w->exact = true;
    else
        w->decimals = alone.decimals + (missing > 0 ? missing : 0);
}

void dump_share_digits(mlp_answers *answers, int least) {
    habits h = {.is_uniform = true,
                .least_decimals = least ? JSON_DECIMALS : LEAST_DECIMALS,
                .most = least};
    for (const mlp_answer *a = answers->first; a; a = a->next)
        for (size_t i = 0; !a->unread && i < a->numel; i++) {
            if (has_digits(&a->numbers[i]))
                note_number(&h, &a->numbers[i]);
            if (has_needless_exponent(&a->numbers[i]))
                note_exponent(&h, &a->numbers[i]);
        }
    const bool shown = shows_all(&h);
    for (mlp_answer *a = answers->first; a; a = a->next)
        for (size_t i = 0; !a->unread && i < a->numel; i++)
            if (!shown || is_bare(&a->numbers[i]))
                share(&a->numbers[i], shown ? WHOLE_DIGITS : h.most);
}
