#include "align.h"

#include <stddef.h>

enum {
    MOST_EDITS = 1000 /* lines that are only in one text, each of which costs memory and time */
};

typedef struct {
    align_equal *equal;
    const void *context;
    size_t first;     /* lines at the beginning that are equal */
    ptrdiff_t n, m;   /* what is left of either text behind them */
    ptrdiff_t *reach; /* after d edits: how far diagonal k = -d, -d+2, ... d comes in the first */
    ptrdiff_t *of;    /* the result, behind `first` */
} alignment;

static bool is_equal(const alignment *a, ptrdiff_t i, ptrdiff_t j) {
    return a->equal(a->context, a->first + (size_t)i, a->first + (size_t)j);
}

/* Those after d edits, one behind the other for all d. */
static ptrdiff_t *reach_of(const alignment *a, ptrdiff_t d) {
    return a->reach + d * (d + 1) / 2;
}

/* Where diagonal k begins after d edits, one more than before: with a line of the second text from
 * the diagonal above, or one of the first from the diagonal below, whichever has come farther. */
static bool comes_from_above(const alignment *a, ptrdiff_t d, ptrdiff_t k) {
    const ptrdiff_t *before = reach_of(a, d - 1), at = (k + d) / 2;
    return k == -d || (k != d && before[at - 1] < before[at]);
}

static ptrdiff_t begin_of(const alignment *a, ptrdiff_t d, ptrdiff_t k) {
    if (d == 0)
        return 0;
    const ptrdiff_t *before = reach_of(a, d - 1), at = (k + d) / 2;
    return comes_from_above(a, d, k) ? before[at] : before[at - 1] + 1;
}

/* Whether both ends are reached with d edits. */
static bool extend(alignment *a, ptrdiff_t d) {
    for (ptrdiff_t k = -d; k <= d; k += 2) {
        ptrdiff_t i = begin_of(a, d, k);
        while (i < a->n && i - k < a->m && i >= 0 && i - k >= 0 && is_equal(a, i, i - k))
            i++;
        reach_of(a, d)[(k + d) / 2] = i;
        if (i >= a->n && i - k >= a->m)
            return true;
    }
    return false;
}

/* Back from the end on diagonal k after d edits. */
static void trace_back(alignment *a, ptrdiff_t d) {
    ptrdiff_t i = a->n, k = a->n - a->m;
    for (; d >= 0; d--) {
        const ptrdiff_t begin = begin_of(a, d, k);
        for (; i > begin; i--)
            a->of[i - 1] = (ptrdiff_t)a->first + i - 1 - k;
        if (d == 0)
            break;
        const bool above = comes_from_above(a, d, k);
        i = begin - !above;
        k += above ? 1 : -1;
    }
}

static void align_middle(aligner *to, alignment *a) {
    const ptrdiff_t all = a->n + a->m, most = all < MOST_EDITS ? all : MOST_EDITS;
    const size_t needed = (size_t)((most + 1) * (most + 2) / 2);
    ptrdiff_t d = 0;
    if (needed > to->room) {
        to->reach = reader_alloc(to->in, needed, sizeof *to->reach);
        to->room = needed;
    }
    a->reach = to->reach;
    while (d <= most && !extend(a, d))
        d++;
    if (d <= most)
        trace_back(a, d);
}

void align(aligner *to, size_t n, size_t m, align_equal *equal, const void *context,
           ptrdiff_t *of) {
    size_t first = 0, last = 0;
    for (size_t i = 0; i < n; i++)
        of[i] = ALIGN_NONE;
    for (; first < n && first < m && equal(context, first, first); first++)
        of[first] = (ptrdiff_t)first;
    for (; last < n - first && last < m - first && equal(context, n - 1 - last, m - 1 - last);
         last++)
        of[n - 1 - last] = (ptrdiff_t)(m - 1 - last);
    alignment a = {.equal = equal,
                   .context = context,
                   .first = first,
                   .n = (ptrdiff_t)(n - first - last),
                   .m = (ptrdiff_t)(m - first - last),
                   .of = of + first};
    align_middle(to, &a);
}
