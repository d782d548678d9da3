/* The loops over elements that a training spends most of its time in, a register at a time. What
 * they compute, and why, stands in the file that each is the loop of. */
#include "elements.h"
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

const element_loops VECTOR_KERNEL(element_loops) = {add, relu_forward, relu_backward, sgd_step};
