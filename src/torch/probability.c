/* torch.distributions: Normal, Bernoulli and Categorical, with PyTorch's steps and draws. */
#include "generator.h"
#include "operators.h"
#include "steps.h"
#include "tensor.h"

#include "python/format.h"

#include <float.h>
#include <math.h>
#include <string.h>

typedef enum family {
    NORMAL,
    BERNOULLI,
    CATEGORICAL
} family;

/* Of a normal one its mean and spread; of the others the probabilities, or their logits. */
typedef struct {
    family family;
    mlp_value *loc, *scale;
    mlp_value *probs, *logits; /* the one that was not given is found when it is asked for */
    bool from_logits;
} distribution;

static const struct type normal_type, bernoulli_type, categorical_type;

static distribution *of(const object *self) {
    return self->as.data;
}

/* As what the script receives: the tensor that it is already, or a new one. */
static object *shown(call *c, mlp_value *v) {
    return v->variable ? variable_object(c, v->variable) : step_result(c, v);
}

/* --- parameters --- */

static mlp_value *parameter(call *c, const object *given, mlp_dtype dtype) {
    if (!is_tensor(given) && !object_is_number(given))
        call_fail(c, "a distribution takes Tensors and numbers, not a value of type %s",
                  object_type(given));
    mlp_value *v = is_tensor(given) ? tensor_value(c, given) : tensor_constant(c, given, dtype);
    if (!mlp_dtype_is_floating(v->tensor.dtype))
        call_fail(c, "a distribution takes floating-point tensors: write .float() behind it");
    return v;
}

static void check_each(call *c, const mlp_value *v, const char *what, double least, double most) {
    for (size_t i = 0; i < v->tensor.numel; i++) {
        const double x = mlp_tensor_get(&v->tensor, i);
        if (!(x >= least && x <= most))
            call_fail(c, "%s of a distribution cannot be %g", what, x);
    }
}

static object *distribution_object(call *c, distribution d) {
    static const struct type *const types[] = {
        [NORMAL] = &normal_type, [BERNOULLI] = &bernoulli_type, [CATEGORICAL] = &categorical_type};
    distribution *held = script_alloc(c->script, 1, sizeof *held);
    *held = d;
    return object_extension(c->script, types[d.family], held);
}

/* Arguments: loc, scale. */
static object *new_normal(call *c) {
    const object *loc = c->arguments[0], *scale = c->arguments[1];
    const object *typed = is_tensor(loc) ? loc : is_tensor(scale) ? scale : NULL;
    const mlp_dtype dtype = typed ? tensor_value(c, typed)->tensor.dtype : torch_of(c)->dtype;
    distribution d = {.family = NORMAL};
    d.loc = parameter(c, loc, dtype);
    d.scale = parameter(c, scale, dtype);
    check_each(c, d.loc, "loc", -INFINITY, INFINITY);
    check_each(c, d.scale, "scale", DBL_TRUE_MIN, INFINITY);
    tensor_broadcast_pair(c, &d.loc, &d.scale);
    return distribution_object(c, d);
}

static distribution by_probability(call *c, family kind) {
    const object *probs = c->arguments[0], *logits = c->arguments[1];
    const bool has_probs = probs->kind != OBJECT_NONE, has_logits = logits->kind != OBJECT_NONE;
    distribution d = {.family = kind, .from_logits = has_logits};
    if (has_probs == has_logits)
        call_fail(call_raises(c, VALUE_ERROR,
                              "Either `probs` or `logits` must be specified, but not both."),
                  "either probs or logits must be given, and not both");
    mlp_value *v = parameter(c, has_probs ? probs : logits, torch_of(c)->dtype);
    if (has_probs) {
        d.probs = v;
        check_each(c, v, "a probability", 0, kind == BERNOULLI ? 1 : INFINITY);
    } else
        d.logits = v;
    return d;
}

static object *new_bernoulli(call *c) {
    return distribution_object(c, by_probability(c, BERNOULLI));
}

static mlp_options last_dim(const mlp_value *x, bool keepdim) {
    mlp_options options = {.has_dims = true, .keepdim = keepdim};
    options.dims[x->tensor.ndim - 1] = true;
    return options;
}

/* What is given is made to add up to 1. */
static object *new_categorical(call *c) {
    distribution d = by_probability(c, CATEGORICAL);
    mlp_value *given = d.from_logits ? d.logits : d.probs;
    if (given->tensor.ndim < 1)
        call_fail(call_raises(c, VALUE_ERROR,
                              d.from_logits
                                  ? "`logits` parameter must be at least one-dimensional."
                                  : "`probs` parameter must be at least one-dimensional."),
                  "a Categorical takes a vector, or several of them");
    const mlp_options along = last_dim(given, true);
    const mlp_operation *sum = d.from_logits ? &mlp_logsumexp : &mlp_sum;
    mlp_value *whole = step_on(c, sum, given, along);
    if (d.from_logits)
        d.logits = step_of_two(c, &mlp_sub, given, whole);
    else
        d.probs = step_of_two(c, &mlp_div, given, whole);
    return distribution_object(c, d);
}

static mlp_value *clamped(call *c, mlp_value *probs) {
    const double eps = probs->tensor.dtype == MLP_FLOAT32 ? (double)FLT_EPSILON : DBL_EPSILON;
    const mlp_options limits = {.min = eps, .max = 1 - eps, .has_min = true, .has_max = true};
    return step_on(c, &mlp_clamp, probs, limits);
}

static mlp_value *logits_of(call *c, distribution *d) {
    if (d->logits)
        return d->logits;
    mlp_value *p = clamped(c, d->probs), *log = step_on(c, &mlp_log, p, (mlp_options){0});
    if (d->family == BERNOULLI) {
        mlp_value *rest = step_on(c, &mlp_neg, p, (mlp_options){0});
        log = step_of_two(c, &mlp_sub, log, step_on(c, &mlp_log1p, rest, (mlp_options){0}));
    }
    return d->logits = log;
}

static mlp_value *probs_of(call *c, distribution *d) {
    if (d->probs)
        return d->probs;
    const mlp_options along = {.dim = (int64_t)d->logits->tensor.ndim - 1, .has_dim = true};
    return d->probs = d->family == BERNOULLI ? step_on(c, &mlp_sigmoid, d->logits, (mlp_options){0})
                                             : step_on(c, &mlp_softmax, d->logits, along);
}

/* --- draws --- */

static mlp_value *without_history(call *c, const mlp_operation *operation, mlp_value *a,
                                  mlp_value *b) {
    tensor_broadcast_pair(c, &a, &b);
    const mlp_request request = {
        .operation = operation, .in = {a, b}, .hidden = true, .without_history = true};
    return tensor_step(c, &request);
}

/* Sizes of what is drawn: those that are asked for, then those of the parameters. */
static mlp_sizes sizes_to_draw(call *c, const mlp_value *like, size_t leave_out) {
    mlp_sizes all = {0};
    const object *given = c->arguments[0];
    all.count = sizes_of(c, given, all.size);
    for (size_t i = 0; i + leave_out < like->tensor.ndim; i++) {
        if (all.count == MLP_MAX_DIMS)
            call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
        all.size[all.count++] = like->tensor.shape[i];
    }
    return all;
}

static mlp_value *standard_normal(call *c, const mlp_value *like) {
    const mlp_sizes sizes = sizes_to_draw(c, like, 0);
    mlp_value *eps = tensor_new(c, like->tensor.dtype, sizes.count, sizes.size, false)->value;
    warn_unseeded(c);
    tensor_set_bound(eps, fill_normal(c, &eps->tensor, 0, 1));
    return eps;
}

static object *normal_sample(call *c) {
    const distribution *d = of(c->self);
    mlp_value *eps = standard_normal(c, d->loc);
    return shown(c,
                 without_history(c, &mlp_add, without_history(c, &mlp_mul, eps, d->scale), d->loc));
}

static object *normal_rsample(call *c) {
    const distribution *d = of(c->self);
    mlp_value *eps = standard_normal(c, d->loc);
    mlp_value *product = step_of_two(c, &mlp_mul, eps, d->scale);
    return shown(c, step_of_two(c, &mlp_add, d->loc, product));
}

/* The probabilities as a tensor without history. */
static object *probabilities(call *c, mlp_value *probs) {
    return variable_object(c, tensor_detached(c, variable_of(value_object(c, probs))));
}

static object *draw_by(call *c, const char *path, object *self, object **given) {
    call inner = *c;
    inner.native = native_find(c->script, path);
    inner.self = self;
    inner.arguments = given;
    return inner.native->call(&inner);
}

static object *bernoulli_sample(call *c) {
    mlp_value *probs = probs_of(c, of(c->self));
    mlp_shape shape = {.dtype = probs->tensor.dtype};
    const mlp_sizes sizes = sizes_to_draw(c, probs, 0);
    shape.ndim = sizes.count;
    memcpy(shape.shape, sizes.size, sizeof sizes.size);
    object *self = probabilities(c, tensor_expanded(c, probs, &shape));
    object *none = object_none(c->script);
    return draw_by(c, "Tensor.bernoulli", self, (object *[]){none, NULL});
}

/* A row of draws for each vector of probabilities, then turned. */
static object *categorical_sample(call *c) {
    mlp_value *probs = probs_of(c, of(c->self));
    const mlp_sizes sizes = sizes_to_draw(c, probs, 1);
    const size_t events = probs->tensor.shape[probs->tensor.ndim - 1];
    const size_t rows = events ? probs->tensor.numel / events : 0;
    size_t numel = 1;
    for (size_t i = 0; i < sizes.count; i++)
        numel *= sizes.size[i];
    mlp_value *flat = step_sizes(c, &mlp_reshape, probs, (mlp_sizes){2, {rows, events}});
    object *given[] = {object_integer(c->script, rows ? (int64_t)(numel / rows) : 0),
                       object_bool(c->script, true), object_none(c->script)};
    const object *drawn = draw_by(c, "Tensor.multinomial", probabilities(c, flat), given);
    mlp_value *turned = step_on(c, &mlp_t, variable_of(drawn)->value, (mlp_options){0});
    return shown(c, step_sizes(c, &mlp_reshape, turned, sizes));
}

/* --- log_prob, entropy --- */

static mlp_value *value_given(call *c) {
    return tensor_value(c, c->arguments[0]);
}

static object *normal_log_prob(call *c) {
    const distribution *d = of(c->self);
    const double root = log(sqrt(2 * 3.141592653589793));
    mlp_value *variance = step_number(c, &mlp_pow, d->scale, 2);
    mlp_value *log_scale = step_on(c, &mlp_log, d->scale, (mlp_options){0});
    mlp_value *apart = step_of_two(c, &mlp_sub, value_given(c), d->loc);
    mlp_value *square = step_on(c, &mlp_neg, step_number(c, &mlp_pow, apart, 2), (mlp_options){0});
    mlp_value *y = step_of_two(c, &mlp_div, square, step_number(c, &mlp_mul, variance, 2));
    return shown(c, step_number(c, &mlp_sub, step_of_two(c, &mlp_sub, y, log_scale), root));
}

static object *normal_entropy(call *c) {
    const double half = 0.5 + 0.5 * log(2 * 3.141592653589793);
    mlp_value *log_scale = step_on(c, &mlp_log, of(c->self)->scale, (mlp_options){0});
    return shown(c, step_number(c, &mlp_add, log_scale, half));
}

/* The loss of the logits under the probabilities that are given. */
static mlp_value *loss_under(call *c, mlp_value *logits, mlp_value *target) {
    const mlp_options each = {.reduction = MLP_REDUCTION_NONE};
    tensor_broadcast_pair(c, &logits, &target);
    const mlp_request request = {.operation = &mlp_binary_cross_entropy_with_logits,
                                 .in = {logits, target},
                                 .options = each,
                                 .hidden = true};
    return tensor_step(c, &request);
}

static object *bernoulli_log_prob(call *c) {
    mlp_value *loss = loss_under(c, logits_of(c, of(c->self)), value_given(c));
    return shown(c, step_on(c, &mlp_neg, loss, (mlp_options){0}));
}

static object *bernoulli_entropy(call *c) {
    mlp_value *logits = logits_of(c, of(c->self));
    return shown(c, loss_under(c, logits, probs_of(c, of(c->self))));
}

/* The logits of the classes that are given. */
static object *categorical_log_prob(call *c) {
    mlp_value *logits = logits_of(c, of(c->self));
    mlp_value *class = tensor_in_dtype(c, value_given(c), MLP_INT64);
    const size_t events = logits->tensor.shape[logits->tensor.ndim - 1];
    for (size_t i = 0; i < class->tensor.numel; i++) {
        const int64_t k = mlp_tensor_get_int(&class->tensor, i);
        if (k < 0 || (uint64_t)k >= events)
            call_fail(c, "the classes are 0 to %zu, and not %lld", events - 1, (long long)k);
    }
    mlp_sizes sizes = tensor_sizes(class->tensor.ndim, class->tensor.shape);
    if (sizes.count == MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    sizes.size[sizes.count++] = 1;
    class = step_sizes(c, &mlp_unsqueeze, class, sizes);
    tensor_broadcast_pair(c, &class, &logits);
    const size_t dim = logits->tensor.ndim - 1;
    class = step_slice(c, class, dim, 0, 1);
    const mlp_request request = {.operation = &mlp_gather,
                                 .in = {logits, class},
                                 .options.dim = (int64_t)dim,
                                 .hidden = true};
    mlp_value *y = tensor_step(c, &request);
    return shown(c, step_sizes(c, &mlp_squeeze_dim, y, tensor_sizes(dim, logits->tensor.shape)));
}

static object *categorical_entropy(call *c) {
    mlp_value *logits = logits_of(c, of(c->self)), *probs = probs_of(c, of(c->self));
    const double least = logits->tensor.dtype == MLP_FLOAT32 ? -(double)FLT_MAX : -DBL_MAX;
    logits = step_on(c, &mlp_clamp, logits, (mlp_options){.min = least, .has_min = true});
    mlp_value *products = step_of_two(c, &mlp_mul, logits, probs);
    mlp_value *sum = step_on(c, &mlp_sum, products, last_dim(products, false));
    return shown(c, step_on(c, &mlp_neg, sum, (mlp_options){0}));
}

/* --- kl_divergence of two normal ones: (v + t - 1 - log v) / 2, v the ratio of the variances --- */

static object *kl_divergence(call *c) {
    const object *first = c->arguments[0], *second = c->arguments[1];
    if (!object_is(first, &normal_type) || !object_is(second, &normal_type))
        call_fail(c, "kl_divergence() is supported of two Normals");
    const distribution *p = of(first), *q = of(second);
    mlp_value *ratio = step_number(c, &mlp_pow, step_of_two(c, &mlp_div, p->scale, q->scale), 2);
    mlp_value *apart = step_of_two(c, &mlp_sub, p->loc, q->loc);
    mlp_value *t = step_number(c, &mlp_pow, step_of_two(c, &mlp_div, apart, q->scale), 2);
    mlp_value *sum = step_number(c, &mlp_sub, step_of_two(c, &mlp_add, ratio, t), 1);
    mlp_value *log = step_on(c, &mlp_log, ratio, (mlp_options){0});
    return shown(c, step_number(c, &mlp_mul, step_of_two(c, &mlp_sub, sum, log), 0.5));
}

/* --- attributes and text --- */

static object *normal_attribute(call *c, object *self, const char *name) {
    const distribution *d = of(self);
    if (strcmp(name, "loc") == 0 || strcmp(name, "mean") == 0)
        return shown(c, d->loc);
    if (strcmp(name, "scale") == 0 || strcmp(name, "stddev") == 0)
        return shown(c, d->scale);
    return strcmp(name, "variance") == 0 ? shown(c, step_number(c, &mlp_pow, d->scale, 2)) : NULL;
}

static object *probability_attribute(call *c, object *self, const char *name) {
    distribution *d = of(self);
    if (strcmp(name, "probs") == 0)
        return shown(c, probs_of(c, d));
    if (strcmp(name, "logits") == 0)
        return shown(c, logits_of(c, d));
    return NULL;
}

static object *bernoulli_attribute(call *c, object *self, const char *name) {
    if (strcmp(name, "mean") == 0)
        return shown(c, probs_of(c, of(self)));
    if (strcmp(name, "variance") == 0) {
        mlp_value *p = probs_of(c, of(self));
        return shown(c, step_of_two(c, &mlp_mul, p, step_number(c, &mlp_rsub, p, 1)));
    }
    return probability_attribute(c, self, name);
}

/* loc: 0.5, or, of several, their sizes. */
static void write_parameter(call *c, buffer *out, const char *name, const mlp_value *v) {
    char shape[MLP_SHAPE_TEXT];
    buffer_printf(out, "%s: ", name);
    if (v->tensor.ndim == 0)
        write_repr(c, object_float(c->script, mlp_tensor_get(&v->tensor, 0)));
    else if (v->tensor.numel == 1)
        call_fail(c, "the text of a distribution of one number in brackets is not known here");
    else
        buffer_printf(out, "torch.Size(%s)", mlp_shape_text(shape, &v->tensor));
}

static void write_distribution(call *c, const object *self, buffer *out) {
    const distribution *d = of(self);
    buffer_printf(out, "%s(", self->type->name);
    if (d->family == NORMAL) {
        write_parameter(c, out, "loc", d->loc);
        buffer_text(out, ", ");
        write_parameter(c, out, "scale", d->scale);
    } else { /* those that were found so far */
        if (d->probs)
            write_parameter(c, out, "probs", d->probs);
        if (d->probs && d->logits)
            buffer_text(out, ", ");
        if (d->logits)
            write_parameter(c, out, "logits", d->logits);
    }
    buffer_text(out, ")");
}

static const struct type normal_type = {.name = "Normal",
                                        .attribute = normal_attribute,
                                        .write = write_distribution};
static const struct type bernoulli_type = {.name = "Bernoulli",
                                           .attribute = bernoulli_attribute,
                                           .write = write_distribution};
static const struct type categorical_type = {.name = "Categorical",
                                             .attribute = probability_attribute,
                                             .write = write_distribution};

#define SIZE "sample_shape: sequence = ()"
#define BY_PROBABILITY "probs = None, logits = None"

const native native_probability[] = {
    {.path = "torch.distributions.Normal",
     .signature = "loc, scale",
     .call = new_normal,
     .instances = &normal_type},
    {.path = "torch.distributions.Bernoulli",
     .signature = BY_PROBABILITY,
     .call = new_bernoulli,
     .instances = &bernoulli_type},
    {.path = "torch.distributions.Categorical",
     .signature = BY_PROBABILITY,
     .call = new_categorical,
     .instances = &categorical_type},
    {.path = "torch.distributions.kl_divergence", .signature = "p, q", .call = kl_divergence},
    {.path = "Normal.sample", .signature = SIZE, .call = normal_sample},
    {.path = "Normal.rsample", .signature = SIZE, .call = normal_rsample},
    {.path = "Normal.log_prob", .signature = "value: Tensor", .call = normal_log_prob},
    {.path = "Normal.entropy", .signature = "", .call = normal_entropy},
    {.path = "Bernoulli.sample", .signature = SIZE, .call = bernoulli_sample},
    {.path = "Bernoulli.log_prob", .signature = "value: Tensor", .call = bernoulli_log_prob},
    {.path = "Bernoulli.entropy", .signature = "", .call = bernoulli_entropy},
    {.path = "Categorical.sample", .signature = SIZE, .call = categorical_sample},
    {.path = "Categorical.log_prob", .signature = "value: Tensor", .call = categorical_log_prob},
    {.path = "Categorical.entropy", .signature = "", .call = categorical_entropy},
    {0}};
