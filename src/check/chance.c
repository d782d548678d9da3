#include "chance.h"

#include "tolerance.h"

#include <math.h>

typedef bool choice(const marking *m, const item *it, const numbers *n, size_t i);

static bool is_given(const marking *m, const item *it, const numbers *n, size_t i) {
    (void)m;
    (void)n;
    return it->given[i];
}

static bool is_wrong(const marking *m, const item *it, const numbers *n, size_t i) {
    return it->given[i] && !number_is_near(m, it, i, n->right[i], n->right_bound[i]);
}

/* As likely as a number of the size of these, and their opposites, is to be so near to one. */
static double chance_of_number(const marking *m, const slip_case *c, const numbers *n, size_t i) {
    const double size = fmax(fabs(c->it->numbers[i]), fmax(fabs(n->right[i]), fabs(n->value[i])));
    const double near = rounding_in(m, c->it, i) + n->bound[i];
    return near < size ? fmin(1, near / size * fmax(1, c->choices)) : 1;
}

/* Numbers that stand beside each other, as the probabilities of the classes. */
typedef struct {
    size_t first, count;
} row;

static double sum_over(const double *of, row r) {
    double sum = 0;
    for (size_t i = r.first; i < r.first + r.count; i++)
        sum += of[i];
    return sum;
}

/* Whether the numbers of a row have the sum that they should have, and that anybody knows: 1 for
 * probabilities, 0 for their gradient. Then one of them tells nothing that the others do not. */
static bool has_known_sum(const marking *m, const item *it, const numbers *n, row r) {
    double allowed = 0;
    for (size_t i = r.first; i < r.first + r.count; i++) {
        if (!it->given[i])
            return false;
        allowed += rounding_in(m, it, i);
    }
    const double right = sum_over(n->right, r), bound = sum_over(n->right_bound, r);
    const double known = right < 0.5 ? 0 : 1;
    return fabs(right - known) <= bound + 1e-6 &&
           float_is_near(sum_over(it->numbers, r), known, allowed + bound);
}

/* Of those of the row that are chosen. */
static double chance_of_row(const marking *m, const slip_case *c, const numbers *n, row r,
                            choice *is_chosen) {
    double chance = 1, least = 1;
    size_t count = 0;
    for (size_t i = r.first; i < r.first + r.count; i++) {
        if (!is_chosen(m, c->it, n, i))
            continue;
        const double of_number = chance_of_number(m, c, n, i);
        chance *= of_number;
        least = fmin(least, of_number);
        count++;
    }
    return count > 1 && has_known_sum(m, c->it, n, r) ? chance / least : chance;
}

static double chance_of_all(const marking *m, const slip_case *c, const numbers *n,
                            choice *is_chosen) {
    const mlp_tensor *t = &c->it->mark.value->tensor;
    const size_t size = t->ndim ? t->shape[t->ndim - 1] : 1;
    double chance = 1;
    for (size_t i = 0; i < t->numel && chance > 0; i += size)
        chance *= chance_of_row(m, c, n, (row){i, size}, is_chosen);
    return chance;
}

/* Whether the slip leaves the number as it should be. */
static bool is_left(const numbers *n, size_t i) {
    return fabs(n->value[i] - n->right[i]) <= n->bound[i] + n->right_bound[i];
}

chances chances_of_slip(const marking *m, const slip_case *c, const numbers *n) {
    bool fits_others = true;
    for (size_t i = 0; i < c->it->mark.answer->numel; i++) {
        if (is_wrong(m, c->it, n, i)) {
            if (is_left(n, i))
                return (chances){0};
        } else if (c->it->given[i]) {
            fits_others &= number_is_near(m, c->it, i, n->value[i], n->bound[i]);
        }
    }
    const double chance = chance_of_all(m, c, n, is_wrong);
    return (chances){.whole = fits_others ? chance : 0, .parts = chance};
}

chances chances_of_writing(const marking *m, const slip_case *c, const numbers *n) {
    numbers as_right = *n;
    as_right.value = n->right;
    as_right.bound = n->right_bound;
    const double chance = c->choices > 0 ? chance_of_all(m, c, &as_right, is_given) : 0;
    return (chances){chance, chance};
}
