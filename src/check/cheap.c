#include "cheap.h"

#include <math.h>

/* Zero times anything is zero, and nan and infinities stay what they are. */
static bool is_easy_number(double number) {
    return number == 0 || !isfinite(number);
}

static bool is_easy(const item *it) {
    if (!mlp_dtype_is_floating(it->mark.value->tensor.dtype))
        return false;
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !is_easy_number(it->numbers[i]))
            return false;
    return true;
}

/* Whether the item has the numbers of the other one, one by one. */
static bool is_copy(const item *it, const item *of) {
    const size_t n = it->mark.answer->numel;
    if (n != of->mark.answer->numel)
        return false;
    for (size_t i = 0; i < n; i++)
        if (it->given[i] != of->given[i] || it->numbers[i] != of->numbers[i])
            return false;
    return true;
}

static bool is_copy_of_any(const item *it, const path *p) {
    for (size_t r = 0; r < p->root_count; r++)
        if (is_copy(it, p->roots[r]))
            return true;
    return false;
}

static bool follows_from_cheap(const item *it) {
    for (size_t i = 0; i < it->mark.follows_count; i++)
        if (!it->mark.follows[i]->is_cheap)
            return false;
    return !it->mark.follows_rounding;
}

/* Whoever left out what a slip leaves out has worked on. */
static bool is_explained(const item *it) {
    return it->mark.explanations && !it->follows;
}

bool item_is_cheap(const item *it, const path *p) {
    if (it->mark.verdict == MLP_CARRIED)
        return follows_from_cheap(it);
    return is_easy(it) || (!is_explained(it) && is_copy_of_any(it, p));
}
