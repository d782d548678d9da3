/* torch.nn.init: numbers that are made of drawn ones, and the sizes that others go by. */
#include "generator.h"
#include "init.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <float.h>
#include <math.h>

/* --- trunc_normal_ --- */

static double normal_cdf(double x) {
    return (1 + erf(x / sqrt(2))) / 2;
}

/* Arguments: tensor, mean, std, a, b. Uniform numbers become the normal ones of which so many are
 * below; PyTorch computes them in place, under torch.no_grad(). */
static object *init_trunc_normal_(call *c) {
    mlp_variable *held = variable_of(c->arguments[0]);
    const double mean = option_exact(c, c->arguments[1]), std = option_exact(c, c->arguments[2]);
    const double a = option_exact(c, c->arguments[3]), b = option_exact(c, c->arguments[4]);
    const double low = 2 * normal_cdf((a - mean) / std) - 1,
                 high = 2 * normal_cdf((b - mean) / std) - 1;
    check_init_generator(c);
    if (mean < a - 2 * std || mean > b + 2 * std)
        call_warn_as_python(
            c, "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution "
               "of values may be incorrect.");
    const mlp_tensor *t = &held->value->tensor;
    mlp_value *x = tensor_new(c, t->dtype, t->ndim, t->shape, false)->value;
    const fresh_numbers drawn = tensor_uniform(c, held, low, high);
    x->tensor = drawn.tensor;
    x->bound = drawn.bound;
    x->label.hidden = true;
    x = step_on(c, &mlp_erfinv, x, (mlp_options){0});
    x = step_number(c, &mlp_mul, x, std * sqrt(2));
    x = step_number(c, &mlp_add, x, mean);
    x = step_on(c, &mlp_clamp, x,
                (mlp_options){.min = a, .max = b, .has_min = true, .has_max = true});
    tensor_reset(c, held, (fresh_numbers){x->tensor, x->bound});
    return c->arguments[0];
}

/* --- orthogonal_ --- */

/* How far an element of Q may be off: LAPACK's rounding of A, and what other builds draw, times what
 * Q moves with A. */
static double *orthogonal_bound(call *c, const mlp_tensor *drawn, const double *bound,
                                double sensitivity, double gain) {
    const double unit = drawn->dtype == MLP_FLOAT32 ? (double)FLT_EPSILON : DBL_EPSILON;
    double size = 0, off = 0;
    for (size_t i = 0; i < drawn->numel; i++) {
        const double x = mlp_tensor_get(drawn, i), by = bound ? bound[i] : 0;
        size += x * x;
        off += by * by;
    }
    const double n = (double)drawn->numel;
    const double moved = 2 * sensitivity * (8 * n * unit * sqrt(size) + sqrt(off));
    double *bounds = script_alloc(c->script, drawn->numel, sizeof *bounds);
    for (size_t i = 0; i < drawn->numel; i++)
        bounds[i] = fabs(gain) * (moved + 4 * unit);
    return bounds;
}

/* The numbers as (rows, cols), or, where that is lower than wide, as (cols, rows). */
static fresh_numbers orthogonal(call *c, const mlp_tensor *t, double gain) {
    fresh_numbers fresh = {.tensor = tensor_zeroed(c, t->dtype, t->ndim, t->shape)};
    const size_t rows = t->shape[0], cols = t->numel / rows;
    const bool is_wide = rows < cols;
    const size_t m = is_wide ? cols : rows, n = is_wide ? rows : cols;
    double *bound = fill_normal(c, &fresh.tensor, 0, 1);
    double *q = script_alloc(c->script, t->numel, sizeof *q);
    double *room = script_alloc(c->script, n * (n + 1), sizeof *room);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++)
            q[i * n + j] = mlp_tensor_get(&fresh.tensor, is_wide ? j * m + i : i * n + j);
    const double sensitivity = mlp_init_orthogonal(q, room, m, n);
    if (trace_of(c)->bounded)
        fresh.bound = orthogonal_bound(c, &fresh.tensor, bound, sensitivity, gain);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            const double x = q[i * n + j];
            mlp_tensor_set(&fresh.tensor, is_wide ? j * m + i : i * n + j,
                           t->dtype == MLP_FLOAT32 ? (double)((float)x * (float)gain) : x * gain);
        }
    return fresh;
}

/* Arguments: tensor, gain. */
static object *init_orthogonal_(call *c) {
    mlp_variable *held = variable_of(c->arguments[0]);
    const mlp_tensor *t = &held->value->tensor;
    const double gain = option_exact(c, c->arguments[1]);
    check_init_generator(c);
    if (t->ndim < 2)
        call_fail(
            call_raises(c, VALUE_ERROR, "Only tensors with 2 or more dimensions are supported"),
            "orthogonal_() takes a tensor of 2 dimensions or more, not of %zu", t->ndim);
    if (!mlp_dtype_is_floating(t->dtype))
        call_fail(c, "only a floating-point tensor can be filled so, not a %s one",
                  mlp_dtype_name(t->dtype));
    option_check_fits(c, mlp_real(gain), t->dtype);
    warn_unseeded(c);
    if (t->numel > 0)
        tensor_reset(c, held, orthogonal(c, t, gain));
    return c->arguments[0];
}

/* --- the sizes of a layer --- */

static object *calculate_fans(call *c) {
    const fans f = init_fans(c, &tensor_value(c, c->arguments[0])->tensor);
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = object_integer(c->script, (int64_t)f.in);
    pair->as.sequence.items[1] = object_integer(c->script, (int64_t)f.out);
    return pair;
}

const native native_init_shaped[] = {
    {.path = "torch.nn.init.trunc_normal_",
     .signature = "tensor: Tensor, mean: float = 0.0, std: float = 1.0, a: float = -2.0, "
                  "b: float = 2.0, " GENERATOR,
     .call = init_trunc_normal_},
    {.path = "torch.nn.init.orthogonal_",
     .signature = "tensor: Tensor, gain: float = 1, " GENERATOR,
     .call = init_orthogonal_},
    {.path = "torch.nn.init._calculate_fan_in_and_fan_out",
     .signature = "tensor: Tensor",
     .call = calculate_fans},
    {0}};
