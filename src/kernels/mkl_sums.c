/* The orders in which MKL adds the products of an element
 *
 *   sum over t of a[t] b[t]
 *
 * In the pictures a number t is the product of term t; where terms stand under each other, each is
 * added to what is above it by a fused multiply-add, unless it is said that products are rounded.
 * Lanes that get no term are 0. "Folded" means that the upper half of the lanes is added to the
 * lower one, until there is a single lane.
 */
#include "mkl_sums.h"
#include "real.h"
#include "vector/mkl_sums.h"

enum {
    MOST_LANES = 64
};

static float fused(const mkl_terms *t, size_t at, float sum) {
    return real_fma(t->a[at * t->a_step], t->b[at * t->b_step], sum);
}

static float rounded(const mkl_terms *t, size_t at) {
    return t->a[at * t->a_step] * t->b[at * t->b_step];
}

static float fold(float *lane, size_t lanes) {
    for (; lanes > 1; lanes /= 2)
        for (size_t i = 0; i < lanes / 2; i++)
            lane[i] += lane[i + lanes / 2];
    return lane[0];
}

/* Terms from `from` up to `to`, in turn to each of the lanes. */
static void fill(float *lane, size_t lanes, const mkl_terms *t, size_t from, size_t to) {
    const mkl_loops *loops = t->a_step == 1 && t->b_step == 1 ? mkl_loops_here() : NULL;
    const size_t full = from + (to - from) / lanes * lanes;
    if (loops && full > from)
        from += loops->fill(lane, lanes, t->a + from, t->b + from, full - from);
    for (size_t i = from; i < to; i++)
        lane[(i - from) % lanes] = fused(t, i, lane[(i - from) % lanes]);
}

/* --- chains, which begin at +0 ---
 *
 *   0
 *   1
 *   2 ...
 */

float mkl_chain(const mkl_terms *t, size_t k) {
    float sum = 0;
    for (size_t i = 0; i < k; i++)
        sum = fused(t, i, sum);
    return sum;
}

/* Every product is rounded. */
float mkl_rounded_chain(const mkl_terms *t, size_t k) {
    float sum = rounded(t, 0);
    for (size_t i = 1; i < k; i++)
        sum += rounded(t, i);
    return sum;
}

/* --- pairs: the last of an odd number of terms comes when both are added ---
 *
 *   0   1
 *   2 + 3
 *   4   5 ...
 */

float mkl_pair(const mkl_terms *t, size_t k) {
    float even = 0, odd = 0;
    for (size_t i = 0; i + 1 < k; i += 2) {
        even = fused(t, i, even);
        odd = fused(t, i + 1, odd);
    }
    return k % 2 ? fused(t, k - 1, even + odd) : even + odd;
}

/* Every product is rounded. */
float mkl_rounded_pair(const mkl_terms *t, size_t k) {
    float even = 0, odd = 0;
    for (size_t i = 0; i + 1 < k; i += 2) {
        even += rounded(t, i);
        odd += rounded(t, i + 1);
    }
    return k % 2 ? even + odd + rounded(t, k - 1) : even + odd;
}

/* --- eight lanes, whose fold takes neighbours first ---
 *
 *   ((0 + 1) + (4 + 5)) + ((2 + 3) + (6 + 7))
 *     8   9 ...
 */

static float fold_neighbours(const float lane[8]) {
    return ((lane[0] + lane[1]) + (lane[4] + lane[5])) +
           ((lane[2] + lane[3]) + (lane[6] + lane[7]));
}

float mkl_eight_lanes(const mkl_terms *t, size_t k) {
    float lane[8] = {0};
    fill(lane, 8, t, 0, k);
    return fold_neighbours(lane);
}

/* --- dot: four sets of lanes, then two, then one ---
 *
 *   width 8, each line a register:    0..7     8..15     16..23     24..31
 *                                    32..39   40..47 ...
 *   with 16 or more terms left:         ..       ..
 *   with 8 or more, and the rest:       ..
 *
 *   The sets are added as (first + second) + (third + fourth), lane by lane.
 */

static void fill_sets(float *lane, size_t width, const mkl_terms *t, size_t k) {
    size_t from = 0;
    for (size_t sets = 4, to; sets > 0; sets /= 2, from = to) {
        to = from + (k - from) / (sets * width) * (sets * width);
        fill(lane, sets * width, t, from, to);
    }
    fill(lane, width, t, from, k);
    for (size_t i = 0; i < width; i++)
        lane[i] = (lane[i] + lane[width + i]) + (lane[2 * width + i] + lane[3 * width + i]);
}

float mkl_dot_by_8(const mkl_terms *t, size_t k) {
    float lane[MOST_LANES] = {0};
    fill_sets(lane, 8, t, k);
    return fold_neighbours(lane);
}

/* At last (0 + 1) + (2 + 3), of sixteen lanes folded to four. */
float mkl_dot_by_16(const mkl_terms *t, size_t k) {
    float lane[MOST_LANES] = {0};
    fill_sets(lane, 16, t, k);
    for (size_t half = 8; half >= 4; half /= 2)
        for (size_t i = 0; i < half; i++)
            lane[i] += lane[i + half];
    return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/* --- by eights: y is the sum so far, 0 at first; what is left at the end is a chain on y ---
 *
 * Columns are chains of fma; those without y begin with a product that is rounded.
 *
 *    y    7     2    3
 *    6  + 5  +  0  + 1
 *    4
 */

float mkl_eights(const mkl_terms *t, size_t k) {
    float y = 0;
    size_t i = 0;
    for (; i + 8 <= k; i += 8) {
        const float upper =
            fused(t, i + 4, fused(t, i + 6, y)) + fused(t, i + 5, rounded(t, i + 7));
        const float lower = fused(t, i, rounded(t, i + 2)) + fused(t, i + 1, rounded(t, i + 3));
        y = upper + lower;
    }
    for (; i < k; i++)
        y = fused(t, i, y);
    return y;
}

/* --- by sixteens: all full ones at once, then the rest once ---
 *
 * y, which is term 0 at first and then what was folded, begins the first lane, 0 the others.
 *
 *   y
 *   1    2    3 ...  16
 *   17   18   19 ... 32     folded
 */

float mkl_sixteens(const mkl_terms *t, size_t k) {
    float y = rounded(t, 0);
    for (size_t from = 1, to; from < k; from = to) {
        float lane[16] = {y};
        to = from + ((k - from) / 16 ? (k - from) / 16 * 16 : k - from);
        fill(lane, 16, t, from, to);
        y = fold(lane, 16);
    }
    return y;
}

/* --- sixteen lanes, folded; or two sets of them, while there are 32 terms or more ---
 *
 *   0    1 ...  15     16   17 ... 31
 *   32   33 ... 47     48   49 ... 63
 *   rest, once the second set is added to the first, lane by lane
 */

static float in_sixteen(const mkl_terms *t, size_t from, size_t k, bool twice) {
    float lane[32] = {0};
    const size_t two = twice ? from + (k - from) / 32 * 32 : from;
    fill(lane, 32, t, from, two);
    for (size_t i = 0; i < 16; i++)
        lane[i] += lane[16 + i];
    fill(lane, 16, t, two, k);
    return fold(lane, 16);
}

float mkl_sixteen_lanes(const mkl_terms *t, size_t k) {
    return in_sixteen(t, 0, k, false);
}

float mkl_twice_sixteen_lanes(const mkl_terms *t, size_t k) {
    return in_sixteen(t, 0, k, true);
}

/* The same of all terms but the first, which they are added to. */
float mkl_first_and_lanes(const mkl_terms *t, size_t k) {
    const float first = rounded(t, 0);
    return k > 1 ? first + in_sixteen(t, 1, k, false) : first;
}

float mkl_first_and_two_lanes(const mkl_terms *t, size_t k) {
    const float first = rounded(t, 0);
    return k > 1 ? first + in_sixteen(t, 1, k, true) : first;
}

/* --- sixteen lanes, whose quarters are added in order ---
 *
 *   lane l of four:  ((l + (l + 4)) + (l + 8)) + (l + 12),  then (0 + 1) + (2 + 3)
 */

float mkl_quarters(const mkl_terms *t, size_t k) {
    float lane[16] = {0};
    fill(lane, 16, t, 0, k);
    for (size_t i = 0; i < 4; i++)
        lane[i] = ((lane[i] + lane[4 + i]) + lane[8 + i]) + lane[12 + i];
    return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/* --- rows in pairs, the last of an odd number single: full sixteens, an eight, the rest ---
 *
 *   upper and single row:   16 lanes of the full sixteens, folded
 *   lower row:              8 lanes of the full sixteens, products rounded, folded
 *   in pairs, eight more:   8 lanes, products rounded, the first on the sum so far, folded
 *   rest:                   a chain, products rounded
 */

/* Eight terms to eight lanes, rounded. */
static void fill_eight(float lane[8], const mkl_terms *t, size_t from) {
    for (size_t i = 0; i < 8; i++)
        lane[i] += rounded(t, from + i);
}

static float of_sixteens(const mkl_terms *t, size_t k, bool is_lower) {
    float lane[16] = {0};
    for (size_t from = 0; is_lower && from < k; from += 8)
        fill_eight(lane, t, from);
    if (!is_lower)
        fill(lane, 16, t, 0, k);
    return fold(lane, 16);
}

static float by_row(const mkl_terms *t, size_t k, bool is_lower, bool is_single) {
    if (k < (is_single ? 16 : 8))
        return mkl_rounded_chain(t, k);
    size_t from = k / 16 * 16;
    float y = from ? of_sixteens(t, from, is_lower) : 0;
    if (!is_single && k - from >= 8) {
        float lane[8] = {y};
        fill_eight(lane, t, from);
        y = fold(lane, 8);
        from += 8;
    }
    for (; from < k; from++)
        y += rounded(t, from);
    return y;
}

float mkl_upper_row(const mkl_terms *t, size_t k) {
    return by_row(t, k, false, false);
}

float mkl_lower_row(const mkl_terms *t, size_t k) {
    return by_row(t, k, true, false);
}

float mkl_single_row(const mkl_terms *t, size_t k) {
    return by_row(t, k, false, true);
}
