/* The loops of mkl_sums.c over lanes, and over elements side by side, a register at a time. */
#include "mkl_sums.h"
#include "vec.h"

enum {
    COLUMNS = 8 * LANES /* that are summed at once */
};

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* As many lanes as so many registers have. */
ALWAYS_INLINE void fill_registers(float *lane, size_t registers, const float *a, const float *b,
                                  size_t n) {
    vec s[64 / LANES];
#pragma GCC unroll 16
    for (size_t r = 0; r < registers; r++)
        s[r] = *(const vec *)(lane + r * LANES);
    for (size_t i = 0; i < n; i += registers * LANES)
#pragma GCC unroll 16
        for (size_t r = 0; r < registers; r++)
            s[r] =
                vec_fma(*(const vec *)(a + i + r * LANES), *(const vec *)(b + i + r * LANES), s[r]);
#pragma GCC unroll 16
    for (size_t r = 0; r < registers; r++)
        *(vec *)(lane + r * LANES) = s[r];
}

static size_t fill(float *lane, size_t lanes, const float *a, const float *b, size_t n) {
    if (lanes == 8)
        fill_registers(lane, 8 / LANES, a, b, n);
    else if (lanes == 16)
        fill_registers(lane, 16 / LANES, a, b, n);
    else if (lanes == 32)
        fill_registers(lane, 32 / LANES, a, b, n);
    else
        fill_registers(lane, 64 / LANES, a, b, n);
    return n;
}

/* Of these columns. */
ALWAYS_INLINE void chain(float *c, const vector_product *p, size_t first, size_t registers) {
    vec s[COLUMNS / LANES];
#pragma GCC unroll 8
    for (size_t r = 0; r < registers; r++)
        s[r] = vec_of(0);
    for (size_t t = 0; t < p->k; t++) {
        const vec x = vec_of(p->x[t * p->x_step]);
        const float *b = p->b + t * p->b_step + first;
#pragma GCC unroll 8
        for (size_t r = 0; r < registers; r++)
            s[r] = vec_fma(x, *(const vec *)(b + r * LANES), s[r]);
    }
#pragma GCC unroll 8
    for (size_t r = 0; r < registers; r++)
        *(vec *)(c + first + r * LANES) += s[r];
}

static vec column(const vector_product *p, size_t t, size_t first) {
    return *(const vec *)(p->b + t * p->b_step + first);
}

static vec factor(const vector_product *p, size_t t) {
    return vec_of(p->x[t * p->x_step]);
}

/* term t added to the sum */
static vec fused(const vector_product *p, size_t t, size_t first, vec sum) {
    return vec_fma(factor(p, t), column(p, t, first), sum);
}

static vec rounded(const vector_product *p, size_t t, size_t first) {
    return factor(p, t) * column(p, t, first);
}

/* One register of columns. */
static void eights(float *c, const vector_product *p, size_t at) {
    vec y = vec_of(0);
    size_t t = 0;
    for (; t + 8 <= p->k; t += 8) {
        const vec upper = fused(p, t + 4, at, fused(p, t + 6, at, y)) +
                          fused(p, t + 5, at, rounded(p, t + 7, at));
        const vec lower =
            fused(p, t, at, rounded(p, t + 2, at)) + fused(p, t + 1, at, rounded(p, t + 3, at));
        y = upper + lower;
    }
    for (; t < p->k; t++)
        y = fused(p, t, at, y);
    *(vec *)(c + at) += y;
}

static size_t multiply(float *c, const vector_product *p) {
    size_t first = 0;
    for (; !p->by_eights && first + COLUMNS <= p->n; first += COLUMNS)
        chain(c, p, first, COLUMNS / LANES);
    for (; first + LANES <= p->n; first += LANES)
        if (p->by_eights)
            eights(c, p, first);
        else
            chain(c, p, first, 1);
    return first;
}

const mkl_loops VECTOR_KERNEL(mkl_loops) = {fill, multiply};
