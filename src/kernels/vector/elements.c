/* The loops over elements that a training spends most of its time in, a register at a time. What
 * they compute, and why, stands in the file that each is the loop of. */
#include "elements.h"
#include "../sum.h"
#include "vec.h"

/* All bits of a lane, or none. */
typedef __typeof__((vec){0} < (vec){0}) mask;

static vec at(const real *x, size_t i) {
    return *(const vec *)(x + i);
}

static void put(real *y, size_t i, vec x) {
    *(vec *)(y + i) = x;
}

/* x, and 0 where the mask is set. */
static vec zero_where(mask m, vec x) {
    return (vec)((mask)x & ~m);
}

/* a where the mask is set, and b elsewhere. */
static vec chosen(mask m, vec a, vec b) {
    return (vec)(((mask)a & m) | ((mask)b & ~m));
}

static size_t whole(size_t n) {
    return n - n % LANES;
}

/* arithmetic.c */
static size_t add(real *y, const real *a, const real *b, real alpha, size_t n) {
    const vec scale = vec_of(alpha);
    for (size_t i = 0; i < whole(n); i += LANES)
        put(y, i, vec_fma(scale, at(b, i), at(a, i)));
    return whole(n);
}

/* average.h, average() */
static vec average_of(vec m, vec g, real keep, real add, bool by_lerp) {
    if (!by_lerp)
        return vec_fma(vec_of(add), g, vec_of(keep) * m);
    return add < (real)0.5 ? vec_fma(vec_of(add), g - m, m) : vec_fma(vec_of(add - 1), g - m, g);
}

/* average.h, larger() */
static vec larger_of(vec a, vec b) {
    return chosen((a != a) | (a > b), a, b);
}

/* adam.c */
static size_t adam_step(real *param, real *exp_avg, real *exp_avg_sq, real *max_exp_avg_sq,
                        const real *grad, size_t n, const adam_factors *f) {
    const mlp_adam_options *options = f->options;
    for (size_t i = 0; i < whole(n); i += LANES) {
        vec g = options->maximize ? -at(grad, i) : at(grad, i), p = at(param, i);
        if (options->decoupled)
            p *= vec_of(f->shrink);
        else if (options->weight_decay != 0)
            g = vec_fma(vec_of(f->decay), p, g);
        const vec m = average_of(at(exp_avg, i), g, f->keep1, f->add1, options->by_lerp);
        const vec v = vec_fma(vec_of(f->add2) * g, g, vec_of(f->keep2) * at(exp_avg_sq, i));
        const vec w = options->amsgrad ? larger_of(at(max_exp_avg_sq, i), v) : v;
        put(exp_avg, i, m);
        put(exp_avg_sq, i, v);
        if (options->amsgrad)
            put(max_exp_avg_sq, i, w);
        put(param, i, p + vec_of(f->step) * m / (vec_sqrt(w) / vec_of(f->root) + vec_of(f->eps)));
    }
    return whole(n);
}

/* 2^q, a normal number: its exponent stands behind the 23 bits of the fraction. */
static vec power_of_two(mask q) {
    return (vec)((q + 127) << 23);
}

/* elementary.c, where |x| is at most 104. Adding a number whose unit in the last place is 1 rounds
 * x / ln 2 to q, and leaves q in the last bits of the sum. 2^q need not be a normal number: it is
 * multiplied in as two factors. */
static vec exp_in_range(vec x) {
    const vec ones = vec_of((real)0x1.8p23);
    const vec rounded = x * vec_of((real)1.4426950408889634) + ones, q = rounded - ones;
    const mask exponent = (mask)rounded - (mask)ones, half = exponent >> 1;
    const vec s = vec_fma(q, vec_of((real)-1.428606765330187045e-06),
                          vec_fma(q, vec_of((real)-0.693145751953125), x));
    vec u = vec_of((real)0.000198527617612853646278381);
    u = vec_fma(u, s, vec_of((real)0.00139304355252534151077271));
    u = vec_fma(u, s, vec_of((real)0.00833336077630519866943359));
    u = vec_fma(u, s, vec_of((real)0.0416664853692054748535156));
    u = vec_fma(u, s, vec_of((real)0.166666671633720397949219));
    u = vec_fma(u, s, vec_of((real)0.5));
    u = vec_of(1) + vec_fma(s * s, u, s);
    return u * power_of_two(half) * power_of_two(exponent - half);
}

/* column.h; in float64 the polynomial is another one. */
static size_t exp_of_difference(real *y, const real *x, real max, size_t n) {
    const size_t done = sizeof(real) == sizeof(float) ? whole(n) : 0;
    for (size_t i = 0; i < done; i += LANES) {
        const vec d = at(x, i) - vec_of(max), low = vec_of(-104), high = vec_of(100);
        vec e = exp_in_range(chosen(d < low, low, chosen(d > high, high, d)));
        e = zero_where(d < low, e);
        e = chosen(d > high, vec_of((real)INFINITY), e); /* a nan is one already */
        put(y, i, e);
    }
    return done;
}

enum {
    WIDTH = 128 / sizeof(real), /* columns, which PyTorch adds up together */
    SIDE_BY_SIDE = WIDTH / LANES
};

/* One more row of x in the lowest level. */
static void add_to_level(vec level[SIDE_BY_SIDE], const real *x) {
#pragma GCC unroll 8
    for (size_t v = 0; v < SIDE_BY_SIDE; v++)
        level[v] += at(x, v * LANES);
}

/* Empties levels into those above, i rows being added; the second is level[1]. */
static void empty_levels(vec level[CASCADE_LEVELS][SIDE_BY_SIDE], size_t i, unsigned power) {
    const size_t step = (size_t)1 << power;
    for (unsigned l = 1; l < CASCADE_LEVELS; l++) {
        for (size_t v = 0; v < SIDE_BY_SIDE; v++) {
            level[l][v] += level[l - 1][v];
            level[l - 1][v] = vec_of(0);
        }
        if (i & ((step - 1) << (l * power)))
            break;
    }
}

/* sum.c, cascade(): of columns side by side. */
static size_t cascade_columns(real *out, const real *x, size_t rows, size_t columns) {
    const unsigned power = cascade_power(rows);
    const size_t step = (size_t)1 << power, done = columns - columns % WIDTH;
    for (size_t j = 0; j < done; j += WIDTH) {
        vec level[CASCADE_LEVELS][SIDE_BY_SIDE] = {{{0}}};
        size_t i = 0;
        while (rows - i >= step) {
            for (const size_t end = i + step; i < end; i++)
                add_to_level(level[0], x + i * columns + j);
            empty_levels(level, i, power);
        }
        for (; i < rows; i++)
            add_to_level(level[0], x + i * columns + j);
        for (unsigned l = 1; l < CASCADE_LEVELS; l++)
            for (size_t v = 0; v < SIDE_BY_SIDE; v++)
                level[0][v] += level[l][v];
        for (size_t v = 0; v < SIDE_BY_SIDE; v++)
            put(out, j + v * LANES, level[0][v]);
    }
    return done;
}

/* relu.c */
static size_t relu_forward(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < whole(n); i += LANES)
        put(y, i, zero_where(at(x, i) < vec_of(0), at(x, i)));
    return whole(n);
}

static size_t relu_backward(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = 0; i < whole(n); i += LANES)
        put(dx, i, zero_where(at(y, i) <= vec_of(0), at(dy, i)));
    return whole(n);
}

/* sgd.c */
static size_t sgd_step(real *new_param, real *new_momentum_buffer, const real *param,
                       const real *grad, const real *momentum_buffer, size_t n,
                       const mlp_sgd_options *options) {
    const vec step = vec_of((real)-options->lr), decay = vec_of((real)options->weight_decay);
    const vec keep = vec_of((real)options->momentum);
    const vec add = vec_of((real)(1 - options->dampening));
    for (size_t i = 0; i < whole(n); i += LANES) {
        vec g = options->maximize ? -at(grad, i) : at(grad, i);
        if (options->weight_decay != 0)
            g = vec_fma(decay, at(param, i), g);
        if (options->momentum != 0) {
            const vec b = momentum_buffer ? vec_fma(add, g, keep * at(momentum_buffer, i)) : g;
            if (new_momentum_buffer)
                put(new_momentum_buffer, i, b);
            g = options->nesterov ? vec_fma(keep, b, g) : b;
        }
        put(new_param, i, vec_fma(step, g, at(param, i)));
    }
    return whole(n);
}

const element_loops VECTOR_KERNEL(element_loops) = {
    add, adam_step, cascade_columns, exp_of_difference, relu_forward, relu_backward, sgd_step};
