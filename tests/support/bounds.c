#include "bounds.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t state = 88172645463325252U;

double draw_unit(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
}

double draw_side(void) {
    return 2 * draw_unit() - 1;
}

/* The same call three times: of a build's numbers, of another's, and of the exact ones. */
enum {
    ONE,
    OTHER,
    EXACT,
    CALLS
};

typedef struct {
    const bound_case *of;
    mlp_arena *arena;
    mlp_tensor in[CALLS][MLP_MAX_INPUTS], out[CALLS][MLP_MAX_OUTPUTS], dout[CALLS],
        din[CALLS][MLP_MAX_INPUTS];
    mlp_call call[CALLS];
    mlp_bounds bounds;
    size_t largest, infinite, numbers;
    double widths; /* the sum of the logarithms of bound / difference, where there is one */
    size_t wide;
} trial;

static double *bounds_of(trial *t, const mlp_tensor *tensor) {
    double *bound = mlp_arena_alloc(t->arena, tensor->numel, sizeof *bound);
    assert_non_null(bound);
    memset(bound, 0, tensor->numel * sizeof *bound);
    t->largest = tensor->numel > t->largest ? tensor->numel : t->largest;
    return bound;
}

static void new_tensor(trial *t, mlp_tensor *tensor, size_t call, mlp_dtype dtype, size_t ndim,
                       const size_t *shape) {
    mlp_diagnostic error;
    const bool is_wide = call == EXACT && dtype == MLP_FLOAT32;
    assert_true(
        mlp_tensor_new(tensor, t->arena, is_wide ? MLP_FLOAT64 : dtype, ndim, shape, &error));
}

/* Fills one tensor of each call with numbers that are the same but for the error. */
static double *fill(trial *t, mlp_tensor *tensors[CALLS], drawn_number *draw, double error,
                    double absolute) {
    double *bound = bounds_of(t, tensors[ONE]);
    for (size_t i = 0; i < tensors[ONE]->numel; i++) {
        const double exact = draw(i, tensors[ONE]->numel);
        const double off = draw_unit() * (error * fabs(exact) + absolute);
        for (size_t k = 0; k < CALLS; k++)
            mlp_tensor_set(tensors[k], i, exact + (k == EXACT ? 0 : off * draw_side()));
        for (size_t k = 0; k < EXACT && error + absolute == 0; k++)
            mlp_tensor_set(tensors[EXACT], i, mlp_tensor_get(tensors[k], i));
        for (size_t k = 0; k < EXACT; k++)
            bound[i] = fmax(
                bound[i], fabs(mlp_tensor_get(tensors[k], i) - mlp_tensor_get(tensors[EXACT], i)));
    }
    return bound;
}

static void draw_inputs(trial *t) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        const drawn_input *in = &t->of->in[i];
        if (!in->draw)
            continue;
        mlp_tensor *tensors[CALLS];
        for (size_t k = 0; k < CALLS; k++) {
            tensors[k] = &t->in[k][i];
            new_tensor(t, tensors[k], k, in->dtype, in->ndim, in->shape);
            t->call[k].in[i] = tensors[k];
        }
        t->bounds.in[i] = fill(t, tensors, in->draw, in->error, in->off);
    }
}

static void make_scratch(trial *t) {
    const size_t room = 4 * t->largest + MLP_BOUND_ROOM;
    t->bounds.scratch = mlp_arena_alloc(t->arena, room, sizeof(double));
    assert_non_null(t->bounds.scratch);
}

/* Element i of what the calls wrote. */
static void hold(trial *t, const mlp_tensor *const written[CALLS], const double *bound, size_t i,
                 const char *what) {
    const double exact = mlp_tensor_get(written[EXACT], i);
    t->numbers++;
    if (!isfinite(bound[i]) || !(fabs(exact) <= FLT_MAX)) {
        t->infinite++;
        return;
    }
    for (size_t k = 0; k < EXACT; k++) {
        const double number = mlp_tensor_get(written[k], i);
        const double difference = fabs(number - exact);
        if (!(difference <= bound[i] + 1e-13 * fabs(exact)))
            fail_msg("%s: %s[%zu] is %.9g, %.9g exactly, off by %.3g, but the bound is %.3g",
                     t->of->operation->name, what, i, number, exact, difference, bound[i]);
        if (difference > 1e-13 * fabs(exact)) {
            t->widths += log(bound[i] / difference);
            t->wide++;
        }
    }
}

static void forward(trial *t) {
    const mlp_operation *operation = t->of->operation;
    for (size_t k = 0; k < CALLS; k++) {
        mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
        mlp_diagnostic error = {0};
        t->call[k].options = t->of->options;
        t->call[k].release =
            k == OTHER ? (mlp_release){2, 11, MLP_WHEEL} : (mlp_release){1, 13, MLP_NATIVE};
        if (!operation->check(&t->call[k], shape, &error))
            fail_msg("%s: %s", operation->name, error.message);
        for (size_t i = 0; i < operation->outputs; i++) {
            new_tensor(t, &t->out[k][i], k, shape[i].dtype, shape[i].ndim, shape[i].shape);
            t->call[k].out[i] = &t->out[k][i];
            if (k == ONE)
                t->bounds.out[i] = bounds_of(t, &t->out[k][i]);
        }
        operation->forward(&t->call[k]);
    }
    make_scratch(t);
    operation->bound(&t->call[ONE], &t->bounds);
    for (size_t o = 0; o < operation->outputs && (o == 0 || !operation->has_reduction); o++) {
        const mlp_tensor *const written[] = {&t->out[ONE][o], &t->out[OTHER][o], &t->out[EXACT][o]};
        for (size_t i = 0; i < written[ONE]->numel; i++)
            hold(t, written, t->bounds.out[o], i, "output");
    }
}

static double draw_gradient(size_t i, size_t n) {
    (void)i;
    return n == 1 && draw_unit() < 0.5 ? 1 : draw_side();
}

static void backward(trial *t, double error) {
    const mlp_operation *operation = t->of->operation;
    mlp_tensor *douts[CALLS];
    for (size_t k = 0; k < CALLS; k++) {
        const mlp_tensor *out = &t->out[k][0];
        douts[k] = &t->dout[k];
        new_tensor(t, douts[k], k, out->dtype, out->ndim, out->shape);
        t->call[k].dout = douts[k];
    }
    t->bounds.dout = fill(t, douts, draw_gradient, error, 0);
    for (size_t i = 0; i < operation->outputs; i++)
        t->bounds.of_out[i] = t->bounds.out[i];
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        if (!t->of->in[i].draw || !(operation->gradients >> i & 1))
            continue;
        for (size_t k = 0; k < CALLS; k++) {
            new_tensor(t, &t->din[k][i], k, t->in[k][i].dtype, t->in[k][i].ndim, t->in[k][i].shape);
            t->call[k].din[i] = &t->din[k][i];
        }
        t->bounds.din[i] = bounds_of(t, &t->din[ONE][i]);
    }
    for (size_t k = 0; k < CALLS; k++)
        operation->backward(&t->call[k]);
    make_scratch(t);
    operation->bound_backward(&t->call[ONE], &t->bounds);
    for (size_t d = 0; d < MLP_MAX_INPUTS; d++) {
        const mlp_tensor *const written[] = {&t->din[ONE][d], &t->din[OTHER][d], &t->din[EXACT][d]};
        for (size_t i = 0; t->bounds.din[d] && i < written[ONE]->numel; i++)
            hold(t, written, t->bounds.din[d], i, "gradient");
    }
}

static double largest_error(const bound_case *c) {
    double error = 0;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        error = fmax(error, c->in[i].error);
    return error;
}

static bool has_gradient(const trial *t) {
    return mlp_dtype_is_floating(t->in[ONE][0].dtype) &&
           mlp_dtype_is_floating(t->out[ONE][0].dtype);
}

void expect_bounds(const bound_case *c, size_t times) {
    trial t = {.of = c};
    for (size_t n = 0; n < times; n++) {
        const trial before = t;
        t = (trial){.of = c,
                    .arena = mlp_arena_new(1 << 28),
                    .infinite = before.infinite,
                    .numbers = before.numbers,
                    .widths = before.widths,
                    .wide = before.wide};
        assert_non_null(t.arena);
        draw_inputs(&t);
        forward(&t);
        if (c->operation->bound_backward && has_gradient(&t))
            backward(&t, largest_error(c));
        mlp_arena_free(t.arena);
    }
    if (!c->may_be_infinite)
        assert_int_equal(t.infinite, 0);
    print_message("%-34s %7zu numbers, %5zu without a bound, %6.1f times the difference\n",
                  c->operation->name, t.numbers, t.infinite,
                  t.wide ? exp(t.widths / (double)t.wide) : 0);
}
