/* Random numbers: torch.manual_seed, torch.rand and its kin, what they fill tensors with. */
#include "generator.h"
#include "options.h"
#include "tensor.h"

#include "random/normal.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void warn_once(call *c, bool unset) {
    if (torch_of(c)->warned)
        return;
    torch_of(c)->warned = true;
    if (unset)
        call_warn(c, "torch.empty() sets no numbers: Python shows what its memory held before; "
                     "here they are 0");
    else
        call_warn(c,
                  "random numbers are drawn without torch.manual_seed(): Python draws "
                  "others at every run; here the seed is %d",
                  UNSEEDED);
}

void warn_unseeded(call *c) {
    if (!stream_of(c)->seeded)
        warn_once(c, false);
}

void warn_if_unseeded(call *c, const mlp_value *v) {
    if (mlp_value_is_unseeded(v))
        warn_once(c, v->unset);
}

/* --- filling --- */

static void check_floating(call *c, const mlp_tensor *t) {
    if (!mlp_dtype_is_floating(t->dtype))
        call_fail(c, "only a floating-point tensor can be filled so, not a %s one",
                  mlp_dtype_name(t->dtype));
}

typedef void draw_bounds(mlp_generator *g, double *bound, size_t n, double a, double b);

/* Of what the generator is about to draw; NULL where the trace has no bounds. */
static double *bounds_of(call *c, const mlp_tensor *t, draw_bounds *draw, double a, double b) {
    if (!trace_of(c)->bounded)
        return NULL;
    mlp_generator g = stream_of(c)->generator[0];
    double *bound = script_alloc(c->script, t->numel, sizeof *bound);
    draw(&g, bound, t->numel, a, b);
    return bound;
}

double *fill_uniform(call *c, mlp_tensor *t, double from, double to) {
    stream *s = stream_of(c);
    const bool is_wide = t->dtype == MLP_FLOAT64;
    double *bound =
        bounds_of(c, t, is_wide ? mlp_uniform_bounds_f64 : mlp_uniform_bounds_f32, from, to);
    for (size_t g = s->generators; g-- > 0;)
        if (is_wide)
            mlp_uniform_f64(&s->generator[g], t->data, t->numel, from, to);
        else
            mlp_uniform_f32(&s->generator[g], t->data, t->numel, from, to);
    return bound;
}

double *fill_normal(call *c, mlp_tensor *t, double mean, double std) {
    stream *s = stream_of(c);
    const bool is_wide = t->dtype == MLP_FLOAT64;
    if (!(std >= 0))
        call_fail(call_raises(c, RUNTIME_ERROR, "normal expects std >= 0.0, but found std %g", std),
                  "std=%g must not be negative", std);
    const bool by_log1p = release_has(c, MLP_DRAWS_BY_LOG1P);
    double *bound =
        bounds_of(c, t, is_wide ? mlp_normal_bounds_f64 : mlp_normal_bounds_f32, mean, std);
    for (size_t g = s->generators; g-- > 0;)
        if (is_wide)
            mlp_normal_f64(&s->generator[g], t->data, t->numel, mean, std, by_log1p);
        else
            mlp_normal_f32(&s->generator[g], t->data, t->numel, mean, std, by_log1p);
    return bound;
}

/* PyTorch draws in the order of memory: what was drawn one behind the other goes where it has the
 * numbers of `like`. */
void fill_as_laid_out(call *c, mlp_tensor *t, const mlp_value *like) {
    const mlp_strided order = mlp_value_order(like);
    const size_t size = mlp_dtype_size(t->dtype);
    if (mlp_value_is_contiguous(like))
        return;
    char *drawn = script_alloc(c->script, t->numel, size);
    memcpy(drawn, t->data, t->numel * size);
    for (size_t i = 0; i < t->numel; i++) {
        size_t at = 0, rest = i;
        for (size_t d = order.ndim; d-- > 0; rest /= order.shape[d])
            at += rest % order.shape[d] * order.stride[d];
        memcpy((char *)t->data + i * size, drawn + at * size, size);
    }
}

static void move_bounds(call *c, const mlp_tensor *t, double *bound, const mlp_value *like) {
    mlp_tensor bounds = *t;
    bounds.dtype = MLP_FLOAT64;
    bounds.data = bound;
    if (bound)
        fill_as_laid_out(c, &bounds, like);
}

/* Many numbers, if they stand one behind the other, are drawn in another way than a few. */
static double *fill_normal_as(call *c, mlp_tensor *t, const mlp_value *like, double mean,
                              double std) {
    if (t->numel >= BLOCK && !mlp_value_is_contiguous(like))
        call_fail(c, "normal numbers for a tensor that was transposed or sliced are not "
                     "supported");
    double *bound = fill_normal(c, t, mean, std);
    fill_as_laid_out(c, t, like);
    move_bounds(c, t, bound, like);
    return bound;
}

static void check_range(call *c, mlp_dtype dtype, double from, double to) {
    if (!(from <= to) || !isfinite(to - from))
        call_fail(c, "from=%g must not be above to=%g", from, to);
    option_check_fits(c, mlp_real(from), dtype);
    option_check_fits(c, mlp_real(to), dtype);
    option_check_fits(c, mlp_real(to - from), dtype);
}

static mlp_tensor floating_like(call *c, const mlp_variable *like) {
    const mlp_tensor *t = &like->value->tensor;
    check_floating(c, t);
    const mlp_tensor fresh = tensor_zeroed(c, t->dtype, t->ndim, t->shape);
    warn_unseeded(c);
    return fresh;
}

fresh_numbers tensor_uniform(call *c, const mlp_variable *like, double from, double to) {
    fresh_numbers fresh = {.tensor = floating_like(c, like)};
    check_range(c, fresh.tensor.dtype, from, to);
    fresh.bound = fill_uniform(c, &fresh.tensor, from, to);
    fill_as_laid_out(c, &fresh.tensor, like->value);
    move_bounds(c, &fresh.tensor, fresh.bound, like->value);
    return fresh;
}

fresh_numbers tensor_normal(call *c, const mlp_variable *like, double mean, double std) {
    fresh_numbers fresh = {.tensor = floating_like(c, like)};
    fresh.bound = fill_normal_as(c, &fresh.tensor, like->value, mean, std);
    return fresh;
}

mlp_tensor *draw_mask(call *c, int64_t *mask, const mlp_tensor *like, double keep) {
    stream *s = stream_of(c);
    const mlp_rng rng = rng_of(c), other_rng = rng == MLP_RNG_MKL ? MLP_RNG_NATIVE : MLP_RNG_MKL;
    mlp_tensor *other = script_alloc(c->script, 1, sizeof *other);
    *other = tensor_zeroed(c, MLP_BOOL, like->ndim, like->shape);
    if (s->generators == 1)
        s->generator[s->generators++] = s->generator[0];
    mlp_bernoulli(&s->generator[1], other_rng, mask, like->numel, keep);
    for (size_t i = 0; i < like->numel; i++)
        mlp_tensor_set(other, i, (double)mask[i]);
    mlp_bernoulli(&s->generator[0], rng, mask, like->numel, keep);
    return s->seeded && !s->strayed ? other : NULL;
}

fresh_numbers tensor_bernoulli(call *c, const mlp_variable *like, double p, mlp_tensor **other) {
    const mlp_tensor *t = &like->value->tensor;
    mlp_tensor fresh = tensor_zeroed(c, t->dtype, t->ndim, t->shape);
    warn_unseeded(c);
    if (!(p >= 0 && p <= 1))
        call_fail(c, "p=%g is not a probability: it must lie between 0 and 1", p);
    int64_t *mask = script_alloc(c->script, fresh.numel, sizeof *mask);
    *other = draw_mask(c, mask, &fresh, p);
    for (size_t i = 0; i < fresh.numel; i++)
        mlp_tensor_set(&fresh, i, (double)mask[i]);
    mlp_tensor *without_mkl = rng_of(c) == MLP_RNG_NATIVE ? &fresh : *other;
    if (without_mkl) /* MKL draws one behind the other */
        fill_as_laid_out(c, without_mkl, like->value);
    return (fresh_numbers){.tensor = fresh};
}

static void check_limit(call *c, mlp_dtype dtype, const char *name, int64_t number) {
    static const char *const names[MLP_DTYPES] = {[MLP_INT64] = "long",
                                                  [MLP_INT32] = "int",
                                                  [MLP_INT16] = "short",
                                                  [MLP_INT8] = "signed char",
                                                  [MLP_UINT8] = "unsigned char"};
    if (number < mlp_dtype_least(dtype) || number > mlp_dtype_most(dtype))
        call_fail(call_raises(c, RUNTIME_ERROR, "%s is out of bounds for %s", name, names[dtype]),
                  "%s, %lld, is out of bounds for %s", name, (long long)number,
                  mlp_dtype_name(dtype));
}

void fill_integers(call *c, mlp_tensor *t, int64_t low, uint64_t range, bool is_wide) {
    if (mlp_dtype_is_integer(t->dtype)) {
        check_limit(c, t->dtype, "from", low);
        check_limit(c, t->dtype, "to - 1", (int64_t)((uint64_t)low + range - 1));
    }
    int64_t *drawn = script_alloc(c->script, t->numel, sizeof *drawn);
    const uint64_t early = UINT64_C(1) << 28, late = UINT64_C(1) << 32;
    const uint64_t wide = release_has(c, MLP_DRAWS_WIDE_EARLY) ? early : late;
    stream *s = stream_of(c);
    s->strayed |= !is_wide && range >= early && range < late;
    for (size_t g = s->generators; g-- > 0;)
        mlp_randint(&s->generator[g], drawn, t->numel, low, (int64_t)((uint64_t)low + range),
                    is_wide ? 0 : wide);
    for (size_t i = 0; i < t->numel; i++) {
        if (mlp_dtype_is_integer(t->dtype))
            mlp_tensor_set_int(t, i, drawn[i]);
        else
            mlp_tensor_set(t, i, (double)drawn[i]);
    }
}

/* --- by size --- */

/* Arguments: size, dtype, device, requires_grad. */
static mlp_variable *new_floating(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sizes_of(c, c->arguments[0], shape);
    check_device(c, c->arguments[2]);
    mlp_variable *v =
        tensor_new(c, dtype_argument(c, c->arguments[1]), ndim, shape, c->arguments[3]->as.boolean);
    check_floating(c, &v->value->tensor);
    warn_unseeded(c);
    return v;
}

static object *torch_rand(call *c) {
    mlp_variable *v = new_floating(c);
    fill_uniform(c, &v->value->tensor, 0, 1);
    return variable_object(c, v);
}

static object *torch_randn(call *c) {
    mlp_variable *v = new_floating(c);
    tensor_set_bound(v->value, fill_normal(c, &v->value->tensor, 0, 1));
    return variable_object(c, v);
}

/* Arguments: input, dtype, device, requires_grad. */
static mlp_variable *new_like(call *c) {
    const mlp_value *like = tensor_value(c, c->arguments[0]);
    check_device(c, c->arguments[2]);
    const mlp_dtype dtype = c->arguments[1]->kind == OBJECT_NONE
                                ? like->tensor.dtype
                                : dtype_argument(c, c->arguments[1]);
    mlp_variable *v = tensor_like(c, like, dtype, c->arguments[3]->as.boolean);
    check_floating(c, &v->value->tensor);
    warn_unseeded(c);
    return v;
}

static object *torch_rand_like(call *c) {
    mlp_variable *v = new_like(c);
    fill_uniform(c, &v->value->tensor, 0, 1);
    fill_as_laid_out(c, &v->value->tensor, v->value);
    return variable_object(c, v);
}

static object *torch_randn_like(call *c) {
    mlp_variable *v = new_like(c);
    tensor_set_bound(v->value, fill_normal_as(c, &v->value->tensor, v->value, 0, 1));
    return variable_object(c, v);
}

/* Arguments: high, size, dtype, device, requires_grad, generator, low. */
static object *torch_randint(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const object *lowest = call_argument(c, "low");
    const int64_t low = lowest ? lowest->as.integer : 0;
    const int64_t high = c->arguments[0]->as.integer;
    if (low >= high)
        call_fail(
            call_raises(c, RUNTIME_ERROR,
                        "random_ expects 'from' to be less than 'to', but got from=%lld >= to=%lld",
                        (long long)low, (long long)high),
            "randint needs low < high, not %lld and %lld", (long long)low, (long long)high);
    check_device(c, c->arguments[3]);
    const mlp_dtype dtype =
        c->arguments[2]->kind == OBJECT_NONE ? MLP_INT64 : dtype_argument(c, c->arguments[2]);
    if (dtype == MLP_BOOL && (low < 0 || high > 2))
        call_fail(c, "randint() of bools lies between 0 and 1");
    const size_t ndim = sizes_of(c, c->arguments[1], shape);
    mlp_variable *v = tensor_new(c, dtype, ndim, shape, c->arguments[4]->as.boolean);
    warn_unseeded(c);
    fill_integers(c, &v->value->tensor, low, (uint64_t)high - (uint64_t)low, false);
    return variable_object(c, v);
}

/* Arguments: input, high, dtype, device, requires_grad, low. */
static object *torch_randint_like(call *c) {
    const object *lowest = call_argument(c, "low"), *dtype = c->arguments[2];
    const int64_t low = lowest ? lowest->as.integer : 0, high = c->arguments[1]->as.integer;
    const mlp_value *like = tensor_value(c, c->arguments[0]);
    if (low >= high)
        call_fail(c, "randint_like needs low < high, not %lld and %lld", (long long)low,
                  (long long)high);
    check_device(c, c->arguments[3]);
    mlp_variable *v = tensor_like(
        c, like, dtype->kind == OBJECT_NONE ? like->tensor.dtype : dtype_argument(c, dtype),
        c->arguments[4]->as.boolean);
    if (v->value->tensor.dtype == MLP_BOOL && (low < 0 || high > 2))
        call_fail(c, "randint_like() of bools lies between 0 and 1");
    warn_unseeded(c);
    fill_integers(c, &v->value->tensor, low, (uint64_t)high - (uint64_t)low, false);
    fill_as_laid_out(c, &v->value->tensor, v->value);
    return variable_object(c, v);
}

/* Arguments: n, dtype, device, requires_grad. */
static object *torch_randperm(call *c) {
    const int64_t n = c->arguments[0]->as.integer;
    const object *given = c->arguments[1];
    const mlp_dtype dtype = given->kind == OBJECT_NONE ? MLP_INT64 : dtype_argument(c, given);
    check_device(c, c->arguments[2]);
    if (dtype == MLP_BOOL)
        call_fail(call_raises(c, RUNTIME_ERROR, "\"randperm\" not implemented for 'Bool'"),
                  "randperm() of bools is not supported");
    if (n < 0 || n >= MLP_RANDPERM_LIMIT)
        call_fail(c, "randperm() takes a number from 0 to %d", MLP_RANDPERM_LIMIT - 1);
    option_check_fits(c, mlp_integer(n), dtype);
    mlp_variable *v =
        tensor_new(c, dtype, 1, &(size_t){tensor_size_of(c, n)}, c->arguments[3]->as.boolean);
    mlp_tensor *t = &v->value->tensor;
    int64_t *numbers = script_alloc(c->script, t->numel, sizeof *numbers);
    warn_unseeded(c);
    stream *s = stream_of(c);
    for (size_t g = s->generators; g-- > 0;)
        mlp_randperm(&s->generator[g], numbers, t->numel);
    for (size_t i = 0; i < t->numel; i++)
        mlp_number_set(t, i, mlp_integer(numbers[i]));
    return variable_object(c, v);
}

#define MADE "*, dtype = None, device = None, requires_grad: bool = False"
#define LIKE "input: Tensor, " MADE
#define DRAWN MADE ", " GENERATOR
#define DRAWN_BY_SIZE "*size: int, " DRAWN_BEHIND "| size: sequence, " DRAWN
#define DRAWN_BEHIND "dtype = None, device = None, requires_grad: bool = False, " GENERATOR

const native native_random[] = {
    {.path = "torch.rand", .signature = DRAWN_BY_SIZE, .call = torch_rand},
    {.path = "torch.randn", .signature = DRAWN_BY_SIZE, .call = torch_randn},
    {.path = "torch.rand_like", .signature = LIKE, .call = torch_rand_like},
    {.path = "torch.randn_like", .signature = LIKE, .call = torch_randn_like},
    {.path = "torch.randint",
     .signature =
         "high: int, size: sequence, " DRAWN "| low: int, high: int, size: sequence, " DRAWN,
     .call = torch_randint},
    {.path = "torch.randint_like",
     .signature = "input: Tensor, high: int, " MADE " | input: Tensor, low: int, high: int, " MADE,
     .call = torch_randint_like},
    {.path = "torch.randperm", .signature = "n: int, " DRAWN, .call = torch_randperm},
    {0}};
