/* Kinks
 *
 *   relu, leaky_relu, abs, norm with p = 1    x = 0
 *   clamp                                     x = min, x = max
 *   maximum, minimum                          a = b
 *   max, min                                  another element becomes the largest, or as large
 *   sqrt, std, norm with p = 2                y = 0
 */
#include "kinks.h"

#include <math.h>

/* FNV-1a, which takes one side after the other. */
static const uint64_t fnv_offset = 14695981039346656037U, fnv_prime = 1099511628211U;

static void add(uint64_t *sides, int side) {
    *sides = (*sides ^ (uint64_t)(side + 2)) * fnv_prime;
}

static int sign(double x) {
    return (x > 0) - (x < 0);
}

static void zeros_of_input(uint64_t *sides, const mlp_call *call) {
    const double *x = call->in[0]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        add(sides, sign(x[i]));
}

static void zeros_of_result(uint64_t *sides, const mlp_call *call) {
    const double *y = call->out[0]->data;
    for (size_t i = 0; i < call->out[0]->numel; i++)
        add(sides, sign(y[i]));
}

enum {
    NORM_P = 2 /* which option of norm p is */
};

static void zeros_of_norm(uint64_t *sides, const mlp_call *call) {
    if (call->option[NORM_P] == 1)
        zeros_of_input(sides, call);
    zeros_of_result(sides, call);
}

/* A limit that is None, a nan, has no sides. */
static void limits(uint64_t *sides, const mlp_call *call) {
    const double *x = call->in[0]->data, min = call->option[0], max = call->option[1];
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        add(sides, sign(x[i] - min));
        add(sides, sign(x[i] - max));
    }
}

static void larger_of_two(uint64_t *sides, const mlp_call *call) {
    const double *a = call->in[0]->data, *b = call->in[1]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        add(sides, (a[i] > b[i]) - (a[i] < b[i]));
}

/* Which elements equal the extreme of their column; x is [outer, size, inner]. */
static void extremes(uint64_t *sides, const mlp_call *call, size_t size, size_t inner) {
    const double *x = call->in[0]->data, *y = call->out[0]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        add(sides, x[i] == y[i / (size * inner) * inner + i % inner]);
}

static void extreme_of_all(uint64_t *sides, const mlp_call *call) {
    extremes(sides, call, call->in[0]->numel, 1);
}

static void extreme_along(uint64_t *sides, const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const size_t dim = (size_t)call->option[0];
    size_t inner = 1;
    for (size_t d = dim + 1; d < x->ndim; d++)
        inner *= x->shape[d];
    extremes(sides, call, x->ndim ? x->shape[dim] : 1, inner);
}

uint64_t kinks_sides(mlp_replay *replay, const mlp_step *const *steps, size_t count) {
    static const struct {
        const mlp_operation *operation;
        void (*sides)(uint64_t *sides, const mlp_call *call);
    } kinks[] = {{&mlp_relu, zeros_of_input},   {&mlp_leaky_relu, zeros_of_input},
                 {&mlp_abs, zeros_of_input},    {&mlp_sqrt, zeros_of_result},
                 {&mlp_std, zeros_of_result},   {&mlp_norm, zeros_of_norm},
                 {&mlp_clamp, limits},          {&mlp_maximum, larger_of_two},
                 {&mlp_minimum, larger_of_two}, {&mlp_max, extreme_of_all},
                 {&mlp_min, extreme_of_all},    {&mlp_max_dim, extreme_along},
                 {&mlp_min_dim, extreme_along}};
    uint64_t sides = fnv_offset;
    for (size_t s = 0; s < count; s++)
        for (size_t k = 0; k < sizeof kinks / sizeof *kinks; k++)
            if (steps[s]->operation == kinks[k].operation) {
                const mlp_call call = mlp_replay_call(replay, steps[s]);
                kinks[k].sides(&sides, &call);
            }
    return sides;
}
