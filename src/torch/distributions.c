/* Numbers that are drawn as tensors say: torch.bernoulli, multinomial, normal; and those that a
 * method draws into its tensor: random_, exponential_, bernoulli_. */
#include "generator.h"
#include "options.h"
#include "tensor.h"

#include "mlpstep/bound.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void check_floating(call *c, const char *name, const mlp_tensor *t) {
    if (!mlp_dtype_is_floating(t->dtype))
        call_fail(c, "%s() takes floating-point tensors, not %s ones: convert them with .float()",
                  name, mlp_dtype_name(t->dtype));
}

/* PyTorch gives what is drawn so a node of the graph, through which no gradient comes. */
static void check_without_history(call *c, const char *name, const mlp_value *v) {
    if (v->requires_grad && !trace_of(c)->no_grad)
        call_fail(c,
                  "%s() of a tensor that requires grad is not supported: write .detach() behind it",
                  name);
}

/* --- bernoulli --- */

static void draw_each(mlp_generator *g, int64_t *mask, const mlp_tensor *p) {
    if (p->dtype == MLP_FLOAT64)
        mlp_bernoulli_each_f64(g, mask, p->data, p->numel);
    else
        mlp_bernoulli_each_f32(g, mask, p->data, p->numel);
}

/* What is about to be drawn is open where it is not the same with the smallest and with the largest
 * probability that another build may have. Both are rounded outwards. */
static double *bernoulli_bounds(call *c, const mlp_value *of) {
    const mlp_tensor *p = &of->tensor;
    if (!of->bound)
        return NULL;
    double *bound = script_alloc(c->script, p->numel, sizeof *bound);
    int64_t *drawn = script_alloc(c->script, p->numel, 2 * sizeof *drawn);
    for (int side = 0; side < 2; side++) {
        mlp_generator g = stream_of(c)->generator[0];
        mlp_tensor limit = tensor_zeroed(c, p->dtype, p->ndim, p->shape);
        for (size_t i = 0; i < p->numel; i++) {
            const double off = 2 * of->bound[i], x = mlp_tensor_get(p, i);
            const double outwards = off > 0 ? off + (double)FLT_EPSILON * (fabs(x) + off) : 0;
            mlp_tensor_set(&limit, i, side ? x + outwards : x - outwards);
        }
        draw_each(&g, drawn + (side ? p->numel : 0), &limit);
    }
    for (size_t i = 0; i < p->numel; i++)
        bound[i] = drawn[i] == drawn[p->numel + i] ? 0 : INFINITY;
    return bound;
}

/* One for each probability, in the dtype. */
static fresh_numbers drawn_each(call *c, const mlp_value *of, mlp_dtype dtype) {
    const mlp_tensor *p = &of->tensor;
    check_floating(c, "bernoulli", p);
    for (size_t i = 0; i < p->numel; i++)
        if (!(mlp_tensor_get(p, i) >= 0 && mlp_tensor_get(p, i) <= 1))
            call_fail(
                call_raises(
                    c, RUNTIME_ERROR,
                    "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.)"),
                "bernoulli() takes probabilities, between 0 and 1, not %g", mlp_tensor_get(p, i));
    warn_unseeded(c);
    fresh_numbers fresh = {.tensor = tensor_zeroed(c, dtype, p->ndim, p->shape),
                           .bound = bernoulli_bounds(c, of)};
    int64_t *mask = script_alloc(c->script, p->numel, sizeof *mask);
    stream *s = stream_of(c);
    for (size_t g = s->generators; g-- > 0;)
        draw_each(&s->generator[g], mask, p);
    for (size_t i = 0; i < p->numel; i++)
        mlp_tensor_set(&fresh.tensor, i, (double)mask[i]);
    return fresh;
}

static mlp_variable *given(call *c, fresh_numbers fresh) {
    const mlp_tensor *t = &fresh.tensor;
    mlp_variable *v = tensor_new(c, t->dtype, t->ndim, t->shape, false);
    memcpy(v->value->tensor.data, t->data, t->numel * mlp_dtype_size(t->dtype));
    tensor_set_bound(v->value, fresh.bound);
    return v;
}

/* What was drawn of a tensor that requires grad does so, too: with a gradient of zeros. */
static object *with_history(call *c, const mlp_value *of, mlp_variable *drawn) {
    object *given[] = {c->self, variable_object(c, drawn)};
    if (!of->requires_grad || trace_of(c)->no_grad)
        return given[1];
    drawn->value->label.hidden = true;
    return call_positional(c, native_member(c->script, "torch", "_bernoulli_of", NULL), given, 2);
}

static object *method_bernoulli(call *c) {
    const mlp_value *of = tensor_read(c, c->self);
    const object *p = call_argument(c, "p");
    mlp_tensor *other;
    if (!p)
        return with_history(c, of, given(c, drawn_each(c, of, of->tensor.dtype)));
    mlp_variable *v = tensor_like(c, of, of->tensor.dtype, false);
    const fresh_numbers fresh = tensor_bernoulli(c, v, option_exact(c, p), &other);
    memcpy(v->value->tensor.data, fresh.tensor.data,
           fresh.tensor.numel * mlp_dtype_size(fresh.tensor.dtype));
    v->value->other_mask = other;
    return variable_object(c, v);
}

static object *method_bernoulli_(call *c) {
    const object *p = c->arguments[0];
    mlp_variable *self = variable_of(c->self);
    mlp_tensor *other = NULL;
    if (is_tensor(p)) {
        const mlp_value *of = tensor_read(c, p);
        check_without_history(c, "bernoulli_", of);
        if (!mlp_tensor_same_shape(&of->tensor, &tensor_value(c, c->self)->tensor))
            call_fail(c, "bernoulli_() takes one probability, or one for each element");
        tensor_overwrite(c, self, drawn_each(c, of, self->value->tensor.dtype));
        return c->self;
    }
    const fresh_numbers drawn = tensor_bernoulli(c, self, option_exact(c, p), &other);
    tensor_overwrite(c, self, drawn)->other_mask = other;
    return c->self;
}

/* --- random_, exponential_ --- */

/* Without limits: up to the largest whole number that the type counts one by one to. */
static object *method_random_(call *c) {
    mlp_variable *self = variable_of(c->self);
    const mlp_tensor *t = &tensor_value(c, c->self)->tensor;
    const object *from = call_argument(c, "from"), *to = call_argument(c, "to");
    const int64_t largest = t->dtype == MLP_FLOAT32   ? INT64_C(1) << FLT_MANT_DIG
                            : t->dtype == MLP_FLOAT64 ? INT64_C(1) << DBL_MANT_DIG
                            : t->dtype == MLP_BOOL    ? 1
                                                      : mlp_dtype_most(t->dtype);
    const bool is_open = !to || to->kind == OBJECT_NONE;
    const int64_t low = from ? from->as.integer : 0, high = is_open ? largest : to->as.integer;
    if (low >= high)
        call_fail(c, "random_() needs from < to, not %lld and %lld", (long long)low,
                  (long long)high);
    if (!mlp_dtype_is_integer(t->dtype) &&
        (low < -largest || high - !is_open > largest || (t->dtype == MLP_BOOL && low < 0)))
        call_fail(c, "random_() from %lld to %lld is beyond what %s counts one by one",
                  (long long)low, (long long)high, mlp_dtype_name(t->dtype));
    fresh_numbers fresh = {.tensor = tensor_zeroed(c, t->dtype, t->ndim, t->shape)};
    warn_unseeded(c);
    fill_integers(c, &fresh.tensor, low, (uint64_t)high - (uint64_t)low + is_open,
                  is_open && !from && (t->dtype == MLP_INT64 || t->dtype == MLP_FLOAT64));
    fill_as_laid_out(c, &fresh.tensor, self->value);
    tensor_overwrite(c, self, fresh);
    return c->self;
}

/* Whether exponential numbers are drawn by MKL, as masks are: from 2.0 on, where these are. */
static bool draws_by_mkl(const call *c) {
    return rng_of(c) == MLP_RNG_MKL && release_has(c, MLP_DRAWS_EXPONENTIAL_BY_MKL);
}

/* Other builds round the logarithm of a number of 53 bits, or of 24 in MKL, by themselves. */
static fresh_numbers exponential(call *c, const mlp_value *like, double lambda) {
    const mlp_tensor *t = &like->tensor;
    stream *s = stream_of(c);
    fresh_numbers fresh = {.tensor = tensor_zeroed(c, t->dtype, t->ndim, t->shape)};
    double *drawn = script_alloc(c->script, t->numel, sizeof *drawn);
    const double unit = t->dtype == MLP_FLOAT32 ? FLT_EPSILON : DBL_EPSILON;
    const bool is_wide = t->dtype == MLP_FLOAT64;
    warn_unseeded(c);
    s->strayed = true; /* releases draw differing amounts */
    for (size_t g = s->generators; g-- > 0;)
        mlp_exponential(&s->generator[g], draws_by_mkl(c) ? MLP_RNG_MKL : MLP_RNG_NATIVE, drawn,
                        t->numel, lambda, is_wide);
    if (trace_of(c)->bounded)
        fresh.bound = script_alloc(c->script, t->numel, sizeof *fresh.bound);
    for (size_t i = 0; i < t->numel; i++) {
        mlp_tensor_set(&fresh.tensor, i, drawn[i]);
        if (fresh.bound)
            fresh.bound[i] = 2 * unit * drawn[i] + (draws_by_mkl(c) ? unit / lambda : 0);
    }
    fill_as_laid_out(c, &fresh.tensor, like);
    return fresh;
}

static object *method_exponential_(call *c) {
    const mlp_value *like = tensor_value(c, c->self);
    const double lambda = option_exact(c, c->arguments[0]);
    check_floating(c, "exponential_", &like->tensor);
    if (!(lambda > 0 && isfinite(lambda)))
        call_fail(c, "lambd=%g of exponential_() must be above 0", lambda);
    tensor_overwrite(c, variable_of(c->self), exponential(c, like, lambda));
    return c->self;
}

/* --- multinomial --- */

typedef struct {
    const mlp_value *of;
    size_t rows, size, count;
} sampling;

static void check_weights(call *c, const sampling *s) {
    const mlp_tensor *p = &s->of->tensor;
    for (size_t row = 0; row < s->rows; row++) {
        double sum = 0;
        for (size_t i = 0; i < s->size; i++) {
            const double weight = mlp_tensor_get(p, row * s->size + i);
            if (!(weight >= 0 && isfinite(weight)))
                call_fail(
                    call_raises(c, RUNTIME_ERROR,
                                "probability tensor contains either `inf`, `nan` or element < 0"),
                    "multinomial() takes weights of 0 and more, not %g", weight);
            sum += weight;
        }
        if (!(sum > 0))
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "invalid multinomial distribution (sum of probabilities <= 0)"),
                      "multinomial() needs a weight above 0 in each row");
    }
}

static sampling sampling_of(call *c, bool replacement) {
    const mlp_value *of = tensor_read(c, c->self);
    const mlp_tensor *p = &of->tensor;
    const int64_t count = call_argument(c, "num_samples")->as.integer;
    char shape[MLP_SHAPE_TEXT];
    check_floating(c, "multinomial", p);
    if (p->ndim != 1 && p->ndim != 2)
        call_fail(c, "multinomial() takes weights of one or two dimensions, not of shape %s",
                  mlp_shape_text(shape, p));
    const size_t size = p->shape[p->ndim - 1];
    if (count <= 0)
        call_fail(c, "multinomial() draws one sample or more, not %lld", (long long)count);
    if (!replacement && (uint64_t)count > size)
        call_fail(
            call_raises(c, RUNTIME_ERROR,
                        "cannot sample n_sample > prob_dist.size(-1) samples without replacement"),
            "multinomial() cannot draw %lld of %zu without replacement", (long long)count, size);
    const sampling s = {of, p->ndim == 2 ? p->shape[0] : 1, size, tensor_size_of(c, count)};
    check_weights(c, &s);
    return s;
}

/* Without replacement, and since MLP_DRAWS_ONE_BY_RATIO where one is drawn: those whose weight is
 * the largest multiple of an exponential number. */
static mlp_value *largest_ratios(call *c, const sampling *s) {
    const mlp_tensor *p = &s->of->tensor;
    const fresh_numbers e = exponential(c, s->of, 1);
    fresh_numbers ratio = {.tensor = tensor_zeroed(c, p->dtype, p->ndim, p->shape)};
    const double unit = p->dtype == MLP_FLOAT32 ? FLT_EPSILON : DBL_EPSILON;
    if (e.bound)
        ratio.bound = script_alloc(c->script, p->numel, sizeof *ratio.bound);
    for (size_t i = 0; i < p->numel; i++) {
        const double x = mlp_tensor_get(p, i), y = mlp_tensor_get(&e.tensor, i);
        mlp_tensor_set(&ratio.tensor, i, x / y);
        if (ratio.bound && e.bound)
            ratio.bound[i] =
                (mlp_value_bound(s->of, i) + x / y * (e.bound[i] + unit * y)) / (y - e.bound[i]);
        if (ratio.bound && !(ratio.bound[i] >= 0))
            ratio.bound[i] = INFINITY;
    }
    mlp_value *q = given(c, ratio)->value;
    q->label.hidden = true;
    mlp_request request = {
        .operation = s->count == 1 ? &mlp_argmax : &mlp_topk, .in = {q}, .hidden = true};
    request.options = (mlp_options){.dim = (int64_t)p->ndim - 1,
                                    .has_dim = true,
                                    .keepdim = true,
                                    .k = (int64_t)s->count,
                                    .descending = true};
    mlp_value *chosen = tensor_step(c, &request);
    return s->count == 1 ? chosen : chosen->producer->out[1];
}

/* A row's weights, added up in their type and divided by their sum; the last is 1. */
static void add_up(double *to, const sampling *s, size_t row) {
    const mlp_tensor *p = &s->of->tensor;
    const bool is_float = p->dtype == MLP_FLOAT32;
    double sum = 0;
    for (size_t i = 0; i < s->size; i++) {
        sum += mlp_tensor_get(p, row * s->size + i);
        to[i] = sum = is_float ? (double)(float)sum : sum;
    }
    for (size_t i = 0; i < s->size; i++)
        to[i] = is_float ? (double)((float)to[i] / (float)sum) : to[i] / sum;
    to[s->size - 1] = 1;
}

/* How far a sum may be off: each weight, and as many roundings as there are. */
static double sum_off(const sampling *s, size_t row) {
    const mlp_tensor *p = &s->of->tensor;
    const double unit = p->dtype == MLP_FLOAT32 ? FLT_EPSILON : DBL_EPSILON;
    double sum = 0, off = 0;
    for (size_t i = 0; i < s->size; i++) {
        sum += mlp_tensor_get(p, row * s->size + i);
        off += 2 * mlp_value_bound(s->of, row * s->size + i);
    }
    return 2 * off / sum + unit * (double)(s->size + 1);
}

/* The first that is not below what is drawn. */
static size_t slot_of(const double *sums, size_t size, double drawn) {
    size_t left = 0, right = size;
    while (right > left) {
        const size_t middle = left + (right - left) / 2;
        if (sums[middle] < drawn)
            left = middle + 1;
        else
            right = middle;
    }
    return left;
}

static void draw_with_replacement(call *c, const sampling *s, mlp_value *to) {
    stream *from = stream_of(c);
    int64_t *chosen = to->tensor.data;
    double *sums = script_alloc(c->script, s->size, sizeof *sums);
    double *bound =
        trace_of(c)->bounded ? script_alloc(c->script, to->tensor.numel, sizeof *bound) : NULL;
    for (size_t g = from->generators; g-- > 0;)
        for (size_t i = 0; i < to->tensor.numel; i++) {
            double drawn;
            const size_t row = i / s->count;
            if (i % s->count == 0)
                add_up(sums, s, row);
            mlp_uniform_f64(&from->generator[g], &drawn, 1, 0, 1);
            const size_t slot = slot_of(sums, s->size, drawn);
            chosen[i] = (int64_t)slot;
            const double off = bound ? sum_off(s, row) : 0;
            const bool near = (slot > 0 && drawn - sums[slot - 1] <= off) ||
                              (slot + 1 < s->size && sums[slot] - drawn <= off);
            if (bound)
                bound[i] = near ? INFINITY : 0;
        }
    tensor_set_bound(to, bound);
}

static object *method_multinomial(call *c) {
    const bool replacement = call_argument(c, "replacement")->as.boolean;
    const sampling s = sampling_of(c, replacement);
    const size_t shape[] = {s.rows, s.count}, ndim = s.of->tensor.ndim;
    warn_unseeded(c);
    mlp_variable *v = tensor_new(c, MLP_INT64, ndim, ndim == 2 ? shape : shape + 1, false);
    const bool by_ratios = s.count == 1 && release_has(c, MLP_DRAWS_ONE_BY_RATIO);
    if (replacement && !by_ratios) {
        draw_with_replacement(c, &s, v->value);
        return variable_object(c, v);
    }
    const mlp_value *chosen = largest_ratios(c, &s);
    memcpy(v->value->tensor.data, chosen->tensor.data, chosen->tensor.numel * sizeof(int64_t));
    tensor_set_bound(v->value, chosen->bound);
    return variable_object(c, v);
}

/* --- normal --- */

static const mlp_value *parameter(call *c, const object *o, const char *name) {
    if (!is_tensor(o))
        return NULL;
    const mlp_value *v = tensor_read(c, o);
    check_floating(c, "normal", &v->tensor);
    check_without_history(c, "normal", v);
    for (size_t i = 0; i < v->tensor.numel && strcmp(name, "std") == 0; i++)
        if (!(mlp_tensor_get(&v->tensor, i) >= 0))
            call_fail(c, "std=%g must not be negative", mlp_tensor_get(&v->tensor, i));
    return v;
}

static double at(const mlp_value *v, double number, size_t i) {
    return v ? mlp_tensor_get(&v->tensor, i) : number;
}

static double bound_at(const mlp_value *v, size_t i) {
    return v ? mlp_value_bound(v, i) : 0;
}

/* mean + std z, each rounded; of a std that is a number, z is drawn with it. */
static void shift(mlp_value *to, const mlp_value *means, double mean, const mlp_value *stds) {
    mlp_tensor *t = &to->tensor;
    const bool is_float = t->dtype == MLP_FLOAT32;
    const double unit = is_float ? FLT_EPSILON : DBL_EPSILON;
    for (size_t i = 0; i < t->numel; i++) {
        const double z = mlp_tensor_get(t, i), m = at(means, mean, i), s = at(stds, 1, i);
        const double scaled = is_float ? (double)((float)z * (float)s) : z * s;
        mlp_tensor_set(t, i, is_float ? (double)((float)m + (float)scaled) : m + scaled);
        if (to->bound)
            to->bound[i] = to->bound[i] * (s + 2 * bound_at(stds, i)) +
                           bound_at(stds, i) * fabs(z) + bound_at(means, i) +
                           unit * (fabs(m) + 2 * fabs(scaled));
    }
}

static object *torch_normal(call *c) {
    const object *mean = call_argument(c, "mean"), *std = call_argument(c, "std");
    const mlp_value *means = parameter(c, mean, "mean"), *stds = parameter(c, std, "std");
    const mlp_value *like = means ? means : stds;
    size_t shape[MLP_MAX_DIMS];
    if (!like) {
        const size_t ndim = sizes_of(c, call_argument(c, "size"), shape);
        check_device(c, call_argument(c, "device"));
        mlp_variable *v = tensor_new(c, dtype_argument(c, call_argument(c, "dtype")), ndim, shape,
                                     call_argument(c, "requires_grad")->as.boolean);
        check_floating(c, "normal", &v->value->tensor);
        warn_unseeded(c);
        tensor_set_bound(v->value, fill_normal(c, &v->value->tensor, option_exact(c, mean),
                                               option_exact(c, std)));
        return variable_object(c, v);
    }
    if (means && stds &&
        (!mlp_tensor_same_shape(&means->tensor, &stds->tensor) ||
         means->tensor.dtype != stds->tensor.dtype))
        call_fail(c, "normal() takes mean and std of one shape and dtype: give both the same");
    mlp_variable *v =
        tensor_new(c, like->tensor.dtype, like->tensor.ndim, like->tensor.shape, false);
    warn_unseeded(c);
    tensor_set_bound(v->value,
                     fill_normal(c, &v->value->tensor, 0, stds ? 1 : option_exact(c, std)));
    shift(v->value, means, means ? 0 : option_exact(c, mean), stds);
    return variable_object(c, v);
}

#define NORMAL                                                                                  \
    "mean: Tensor, std: Tensor, *, " GENERATOR " | mean: Tensor, std: float = 1, *, " GENERATOR \
    " | mean: float, std: Tensor, *, " GENERATOR                                                \
    " | mean: float, std: float, size: sequence, *, dtype = None, device = None, "              \
    "requires_grad: bool = False, " GENERATOR

const native native_distributions[] = {
    {.path = "Tensor.bernoulli",
     .signature = "*, " GENERATOR " | p: float, *, " GENERATOR,
     .call = method_bernoulli,
     .is_function = true},
    {.path = "Tensor.bernoulli_",
     .signature = "p: float = 0.5, *, " GENERATOR " | p: Tensor, *, " GENERATOR,
     .call = method_bernoulli_},
    {.path = "Tensor.random_",
     .signature = "*, " GENERATOR " | to: int, *, " GENERATOR
                  " | from: int, to: Optional[int], *, " GENERATOR,
     .call = method_random_},
    {.path = "Tensor.exponential_",
     .signature = "lambd: float = 1, *, " GENERATOR,
     .call = method_exponential_},
    {.path = "Tensor.multinomial",
     .signature = "num_samples: int, replacement: bool = False, *, " GENERATOR,
     .call = method_multinomial,
     .is_function = true},
    {.path = "torch.normal", .signature = NORMAL, .call = torch_normal},
    {0}};
