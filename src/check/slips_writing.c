#include "slips_writing.h"

#include "tolerance.h"
#include "written.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_near(const slip_case *c, size_t i, double wanted) {
    return number_is_near(c->m, c->it, i, wanted, c->bound[i]);
}

/* Some numbers have the wrong sign, and all others are right. */
bool slip_sign_flipped(slip_case *c) {
    mlp_tensor *t = slip_tensor(c, c->it->mark.value);
    c->choices = 1;
    for (size_t i = 0; i < t->numel; i++) {
        if (!c->it->given[i] || is_near(c, i, c->right[i]))
            continue;
        if (!is_near(c, i, -c->right[i]))
            return false;
        mlp_tensor_set(t, i, -mlp_tensor_get(t, i));
    }
    return true;
}

enum {
    LONGEST = 64,
    MOST_PLACES = 6,  /* that a decimal point is shifted by */
    LIKELY_SHIFTS = 2 /* by one place, either way */
};

/* Whether exchanging two neighbouring digits of what is written gives the right number. */
static bool was_swapped(const slip_case *c, size_t i) {
    const mlp_written *written = &c->it->mark.answer->numbers[i];
    char text[LONGEST + 1];
    const double sign = written->value < 0 ? -1 : 1;
    if (written->length > LONGEST || written->length == 0)
        return false;
    memcpy(text, written->text, written->length);
    text[written->length] = '\0';
    for (size_t a = 0, b; text[a] && text[a] != 'e' && text[a] != 'E'; a++) {
        b = text[a + 1] == '.' ? a + 2 : a + 1;
        if (!isdigit((unsigned char)text[a]) || !isdigit((unsigned char)text[b]))
            continue;
        const char digit = text[a];
        text[a] = text[b];
        text[b] = digit;
        const double number = sign * strtod(text, NULL), right = c->right[i];
        const double allowed = rounding_in(c->m, c->it, i) + c->bound[i];
        text[b] = text[a];
        text[a] = digit;
        if (fabs(number - right) <= allowed)
            return true;
    }
    return false;
}

/* Whether a number and the right one are in the proportion 10^k, k not 0, as far as it is written;
 * *factor is that. */
static bool is_shifted(const slip_case *c, size_t i, double *factor) {
    const double number = c->it->numbers[i], right = c->right[i];
    if (number == 0 || right == 0 || (number < 0) != (right < 0))
        return false;
    const double shift = round(log10(number / right));
    *factor = pow(10, shift);
    return shift != 0 && fabs(shift) <= MOST_PLACES &&
           fabs(number - right * *factor) <= rounding_in(c->m, c->it, i) + c->bound[i] * *factor;
}

/* All that are wrong are so many times too large. */
bool slip_decimal_point_shifted(slip_case *c) {
    mlp_tensor *t = slip_tensor(c, c->it->mark.value);
    double first = 0, factor;
    c->choices = LIKELY_SHIFTS;
    for (size_t i = 0; i < t->numel; i++) {
        if (!c->it->given[i] || is_near(c, i, c->right[i]))
            continue;
        if (!is_shifted(c, i, &factor) || (first != 0 && factor != first))
            return false;
        first = factor;
        mlp_tensor_set(t, i, mlp_tensor_get(t, i) * factor);
    }
    c->number = first;
    return true;
}

/* One number is wrong, and all others are right. */
bool slip_digits_swapped(slip_case *c) {
    mlp_tensor *t = slip_tensor(c, c->it->mark.value);
    size_t wrong = t->numel, count = 0;
    for (size_t i = 0; i < t->numel; i++)
        if (c->it->given[i] && !is_near(c, i, c->right[i])) {
            wrong = i;
            count++;
        }
    double factor;
    if (count != 1)
        return false;
    c->choices = written_significant(&c->it->mark.answer->numbers[wrong]) - 1;
    if (is_shifted(c, wrong, &factor) || !was_swapped(c, wrong))
        return false;
    mlp_tensor_set(t, wrong, c->it->numbers[wrong]);
    return true;
}

/* A nan is above all others. */
static bool is_below(double a, double b) {
    return a < b || (isnan(b) && !isnan(a));
}

static int ascending(const void *one, const void *two) {
    const double a = ((const element *)one)->right, b = ((const element *)two)->right;
    return is_below(b, a) - is_below(a, b);
}

/* The one of the sorted elements, of which there is one at least, that is nearest to the number. */
static const element *nearest_to(double number, const element *sorted, size_t count) {
    size_t first = 0, end = count; /* first becomes the number of those below */
    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        if (is_below(sorted[middle].right, number))
            first = middle + 1;
        else
            end = middle;
    }
    if (first == count)
        return &sorted[count - 1];
    if (first == 0 || isnan(number) || sorted[first].right == number ||
        sorted[first].right - number <= number - sorted[first - 1].right)
        return &sorted[first];
    return &sorted[first - 1];
}

/* The same of elements in any order, for a finite number. */
static const element *nearest_of(double number, const element *elements, size_t count) {
    const element *best = elements;
    for (const element *e = elements; e < elements + count; e++) {
        const double d = fabs(e->right - number), of_best = fabs(best->right - number);
        if (isnan(of_best) || d < of_best || (d == of_best && e->right > best->right))
            best = e;
    }
    return best;
}

static bool is_wrong(const slip_case *c, size_t i) {
    return c->it->given[i] && !is_near(c, i, c->right[i]);
}

enum {
    FEW = 8 /* of which each is looked for among all; for more of them these are sorted */
};

static bool is_worth_sorting(const slip_case *c, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count && wrong <= FEW; i++)
        if (is_wrong(c, i))
            wrong += isfinite(c->it->numbers[i]) ? 1 : FEW + 1;
    return wrong > FEW;
}

/* What the tensor should have at all its places. NULL without memory. */
static element *list_elements(const slip_case *c, const mlp_tensor *t) {
    marking *m = c->m;
    if (!m->elements)
        m->elements = mlp_arena_alloc(m->arena, m->largest, sizeof *m->elements);
    m->starved |= !m->elements;
    for (size_t i = 0; m->elements && i < t->numel; i++)
        m->elements[i] = (element){c->right[i], c->bound[i], mlp_tensor_get(t, i)};
    return m->elements;
}

/* All that are wrong show the right number of another place, a row or an element. */
bool slip_other_element(slip_case *c) {
    mlp_tensor *t = slip_tensor(c, c->it->mark.value);
    element *all = list_elements(c, t);
    const bool sorts = is_worth_sorting(c, t->numel);
    c->choices = (double)t->numel;
    if (all && sorts)
        qsort(all, t->numel, sizeof *all, ascending);
    for (size_t i = 0; all && i < t->numel; i++) {
        const double number = c->it->numbers[i];
        if (!is_wrong(c, i))
            continue;
        const element *shown =
            sorts ? nearest_to(number, all, t->numel) : nearest_of(number, all, t->numel);
        if (!number_is_near(c->m, c->it, i, shown->right, shown->bound))
            return false;
        mlp_tensor_set(t, i, shown->now);
    }
    return all != NULL;
}

/* The gradient of the same leaf that the backward before has left there. */
static const mlp_value *gradient_before(const slip_case *c) {
    const mlp_value *value = c->it->mark.value, *before = NULL;
    for (const mlp_entry *e = c->m->trace->first_entry; e; e = e->next) {
        if (e->kind != MLP_ENTRY_VALUE)
            continue;
        if (e->value == value)
            return e->phase == MLP_BACKWARD ? before : NULL;
        if (e->phase == MLP_BACKWARD && strcmp(e->value->label.display, value->label.display) == 0)
            before = e->value;
    }
    return NULL;
}

/* dp, added to what stood there */
bool slip_gradients_not_zeroed(slip_case *c) {
    const mlp_value *before = gradient_before(c);
    mlp_tensor *t = slip_tensor(c, c->it->mark.value);
    if (!before || !mlp_tensor_same_shape(&before->tensor, t))
        return false;
    const mlp_tensor *kept = slip_tensor(c, before);
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, mlp_tensor_get(t, i) + mlp_tensor_get(kept, i));
    return true;
}
