/* Numbers in order of size
 *
 *   sort           quicksort by the median of three, down to runs of 16, then insertion
 *   nth_element    the same, of the part that has the n-th, down to runs of 3
 *   partial_sort   a heap of the first k, in which later ones take the place of its largest
 *
 * Where quicksort goes too deep, the heap takes over. Sources: D. R. Musser, "Introspective sorting
 * and selection algorithms", Software: Practice and Experience 27 (1997); ATen/native/cpu/
 * SortingKernel.cpp, ATen/native/TopKImpl.h and Sorting.cpp for who calls what. */
#include "mlpstep/kernels/order.h"

#include <math.h>
#include <string.h>

enum {
    SORTED_BY_INSERTION = 16,
    SELECTED_BY_INSERTION = 3
};

/* A whole number of the same order: floating-point numbers as their bits, those of negative ones
 * turned round. */
static int64_t key_of_real(double x) {
    int64_t bits;
    if (isnan(x))
        return INT64_MAX;
    if (x == 0)
        return 0;
    memcpy(&bits, &x, sizeof bits);
    return bits < 0 ? bits ^ INT64_MAX : bits;
}

static int64_t key_of(const mlp_ordering *o, int64_t place) {
    const size_t at = o->first + (size_t)place * o->stride;
    const int64_t key = o->type == MLP_ORDERED_I64   ? ((const int64_t *)o->x)[at]
                        : o->type == MLP_ORDERED_F64 ? key_of_real(((const double *)o->x)[at])
                                                     : key_of_real(((const float *)o->x)[at]);
    return o->descending ? ~key : key;
}

static bool comes_before(const mlp_ordering *o, int64_t a, int64_t b) {
    const int64_t key_a = key_of(o, a), key_b = key_of(o, b);
    return key_a < key_b || (o->stable && key_a == key_b && a < b);
}

static void swap(int64_t *a, int64_t *b) {
    const int64_t kept = *a;
    *a = *b;
    *b = kept;
}

static void insert_all(const mlp_ordering *o, int64_t *p, size_t n) {
    for (size_t i = 1; i < n; i++) {
        const int64_t inserted = p[i];
        size_t k = i;
        for (; k > 0 && comes_before(o, inserted, p[k - 1]); k--)
            p[k] = p[k - 1];
        p[k] = inserted;
    }
}

/* --- the heap: its root is the one that comes last --- */

static void push_up(const mlp_ordering *o, int64_t *p, size_t hole, size_t top, int64_t value) {
    while (hole > top && comes_before(o, p[(hole - 1) / 2], value)) {
        p[hole] = p[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    p[hole] = value;
}

/* Fills the hole from below, all the way down, and lets the value rise from there. */
static void sift_down(const mlp_ordering *o, int64_t *p, size_t top, size_t n, int64_t value) {
    size_t hole = top;
    while (2 * hole + 2 < n) {
        size_t child = 2 * hole + 2;
        if (comes_before(o, p[child], p[child - 1]))
            child--;
        p[hole] = p[child];
        hole = child;
    }
    if (2 * hole + 2 == n) {
        p[hole] = p[2 * hole + 1];
        hole = 2 * hole + 1;
    }
    push_up(o, p, hole, top, value);
}

/* Of n, those that come first become a heap of k. */
static void select_by_heap(const mlp_ordering *o, int64_t *p, size_t k, size_t n) {
    for (size_t parent = k / 2; parent-- > 0;)
        sift_down(o, p, parent, k, p[parent]);
    for (size_t i = k; i < n; i++)
        if (comes_before(o, p[i], p[0])) {
            const int64_t value = p[i];
            p[i] = p[0];
            sift_down(o, p, 0, k, value);
        }
}

static void sort_heap(const mlp_ordering *o, int64_t *p, size_t n) {
    while (n-- > 1) {
        const int64_t value = p[n];
        p[n] = p[0];
        sift_down(o, p, 0, n, value);
    }
}

/* --- quicksort --- */

/* The median of the second, the middle and the last changes places with the first. */
static void median_to_front(const mlp_ordering *o, int64_t *p, size_t n) {
    int64_t *a = p + 1, *b = p + n / 2, *c = p + n - 1;
    if (comes_before(o, *a, *b))
        swap(p, comes_before(o, *b, *c) ? b : comes_before(o, *a, *c) ? c : a);
    else
        swap(p, comes_before(o, *a, *c) ? a : comes_before(o, *b, *c) ? c : b);
}

/* Where the part begins whose numbers do not come before the median. */
static size_t divide(const mlp_ordering *o, int64_t *p, size_t n) {
    size_t low = 1, high = n;
    median_to_front(o, p, n);
    for (;;) {
        while (comes_before(o, p[low], p[0]))
            low++;
        high--;
        while (comes_before(o, p[0], p[high]))
            high--;
        if (low >= high)
            return low;
        swap(&p[low++], &p[high]);
    }
}

static size_t depth_of(size_t n) {
    size_t depth = 0;
    for (; n > 1; n /= 2)
        depth += 2;
    return depth;
}

static void quicksort(const mlp_ordering *o, int64_t *p, size_t n, size_t depth) {
    for (; n > SORTED_BY_INSERTION; depth--) {
        if (depth == 0) {
            select_by_heap(o, p, n, n);
            sort_heap(o, p, n);
            return;
        }
        const size_t cut = divide(o, p, n);
        quicksort(o, p + cut, n - cut, depth - 1);
        n = cut;
    }
}

static void sort(const mlp_ordering *o, int64_t *p, size_t n) {
    quicksort(o, p, n, depth_of(n));
    insert_all(o, p, n);
}

static void select_nth(const mlp_ordering *o, int64_t *p, size_t n, size_t nth) {
    for (size_t depth = depth_of(n); n > SELECTED_BY_INSERTION; depth--) {
        if (depth == 0) {
            select_by_heap(o, p, nth + 1, n);
            swap(p, p + nth);
            return;
        }
        const size_t cut = divide(o, p, n);
        if (cut <= nth) {
            p += cut;
            n -= cut;
            nth -= cut;
        } else {
            n = cut;
        }
    }
    insert_all(o, p, n);
}

static void number(int64_t *places, size_t n) {
    for (size_t i = 0; i < n; i++)
        places[i] = (int64_t)i;
}

void mlp_order_all(const mlp_ordering *o, int64_t *places, size_t n) {
    number(places, n);
    sort(o, places, n);
}

void mlp_order_first(const mlp_ordering *o, int64_t *places, size_t n, size_t k, bool sorted) {
    number(places, n);
    if (k == 0)
        return;
    if (k <= n / 64) {
        select_by_heap(o, places, k, n);
        sort_heap(o, places, k);
        return;
    }
    select_nth(o, places, n, k - 1);
    if (sorted)
        sort(o, places, k - 1);
}

void mlp_order_nth(const mlp_ordering *o, int64_t *places, size_t n, size_t k) {
    number(places, n);
    select_nth(o, places, n, k);
}

static void swap_if_behind(const mlp_ordering *o, int64_t *a, int64_t *b) {
    if (comes_before(o, *b, *a))
        swap(a, b);
}

/* Of the part from..to, which has three or more, the median of three changes places with the first;
 * then those before it stand in front of it. Where it stands, and where those behind it begin. */
static int64_t part_at_median(const mlp_ordering *o, int64_t *p, int64_t from, int64_t to,
                              int64_t *behind) {
    int64_t low = from + 1, high = to;
    swap(&p[from + (to - from) / 2], &p[from + 1]);
    swap_if_behind(o, &p[from + 1], &p[to]);
    swap_if_behind(o, &p[from], &p[to]);
    swap_if_behind(o, &p[from + 1], &p[from]);
    for (;;) {
        do
            low++;
        while (comes_before(o, p[low], p[from]));
        do
            high--;
        while (comes_before(o, p[from], p[high]));
        if (high < low)
            break;
        swap(&p[low], &p[high]);
    }
    swap(&p[from], &p[high]);
    *behind = low;
    return high;
}

void mlp_order_kth(const mlp_ordering *o, int64_t *places, size_t n, size_t k) {
    int64_t from = 0, to = (int64_t)n - 1, behind;
    number(places, n);
    while (from + 1 < to) {
        const int64_t at = part_at_median(o, places, from, to, &behind);
        if (at <= (int64_t)k)
            from = behind;
        if (at >= (int64_t)k)
            to = at - 1;
    }
    if (from + 1 == to)
        swap_if_behind(o, &places[from], &places[to]);
}
