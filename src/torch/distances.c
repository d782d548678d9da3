/* How far vectors are from each other, and the losses made of that: functions and modules that
 * PyTorch composes of operations (aten/src/ATen/native/Distance.cpp and Loss.cpp). Where two
 * operands are computed, PyTorch's order of the steps is followed: gradients add up in it. */
#include "loss_steps.h"
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <string.h>

/* --- steps --- */

static mlp_value *with_number(call *c, const nn_module *m, const mlp_operation *operation,
                              const char *suffix, mlp_value *v, double number) {
    const mlp_options options = {.number = mlp_real(number)};
    return loss_step_with(c, m, operation, &options, suffix, v, NULL);
}

static mlp_options along(const mlp_value *v, size_t dim, bool keepdim) {
    mlp_options options = {.has_dims = v->tensor.ndim > 0, .keepdim = keepdim};
    if (options.has_dims)
        options.dims[dim] = true;
    return options;
}

static double number_option(call *c, const nn_module *m, const char *name) {
    return option_exact(c, module_option(m, name));
}

static size_t last_dim(const mlp_value *v) {
    return v->tensor.ndim ? v->tensor.ndim - 1 : 0;
}

/* --- pairwise_distance --- */

static mlp_request distance_request(call *c, const nn_module *m, mlp_value *a, mlp_value *b,
                                    bool keepdim) {
    mlp_value *v = loss_step(c, m, &mlp_sub, ".sub", a, b);
    v = with_number(c, m, &mlp_add, ".add", v, number_option(c, m, "eps"));
    const double p = number_option(c, m, "p");
    mlp_request norm = loss_request(c, m, mlp_norm_by(p), v, NULL);
    norm.options = along(v, last_dim(v), keepdim);
    norm.options.p = p;
    return norm;
}

static mlp_variable *distance_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *a = tensor_value(c, inputs[0]), *b = tensor_value(c, inputs[1]);
    loss_show(c, a);
    loss_show(c, b);
    const mlp_request norm = distance_request(c, m, a, b, module_option(m, "keepdim")->as.boolean);
    mlp_variable *distance = tensor_computed(c, &norm);
    distance->value->producer->grad_fn = mlp_norm.grad_fn; /* in every release */
    return distance;
}

/* --- cosine_similarity --- */

/* Numbers below the least become that, in place and unseen by autograd. */
static mlp_value *not_below(call *c, mlp_value *sums, double least) {
    mlp_variable *missing = NULL;
    for (size_t i = 0; i < sums->tensor.numel; i++) {
        const double sum = mlp_tensor_get(&sums->tensor, i);
        if (!(sum < least))
            continue;
        if (!missing)
            missing =
                tensor_new(c, sums->tensor.dtype, sums->tensor.ndim, sums->tensor.shape, false);
        mlp_tensor_set(&missing->value->tensor, i, least - sum);
    }
    if (!missing)
        return sums;
    return tensor_step(
        c, &(mlp_request){.operation = &mlp_add, .in = {sums, missing->value}, .hidden = true});
}

static mlp_value *squares_summed(call *c, const nn_module *m, mlp_value *v, size_t dim) {
    mlp_value *squares = with_number(c, m, &mlp_pow, ".pow", v, 2);
    const mlp_options options = along(v, dim, true);
    return loss_step_with(c, m, &mlp_sum, &options, ".sum", squares, NULL);
}

/* As PyTorch expands both to their common size, also where that is their own: what comes back to an
 * operand is added up before it goes on. */
static mlp_value *set_apart(call *c, const nn_module *m, mlp_value *v, const mlp_value *given) {
    mlp_options options = {.sizes.count = v->tensor.ndim};
    memcpy(options.sizes.size, v->tensor.shape, sizeof v->tensor.shape);
    return v == given ? loss_step_with(c, m, &mlp_expand, &options, ".expand", v, NULL) : v;
}

static mlp_variable *cosine_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *a = tensor_value(c, inputs[0]), *b = tensor_value(c, inputs[1]);
    const double eps = number_option(c, m, "eps");
    loss_show(c, a);
    loss_show(c, b);
    const mlp_request pair = loss_request(c, m, &mlp_mul, a, b);
    a = set_apart(c, m, pair.in[0], a);
    b = set_apart(c, m, pair.in[1], b);
    const size_t dim = tensor_dim_of(c, &a->tensor, module_option(m, "dim")->as.integer, 0);
    mlp_value *a_sum = squares_summed(c, m, a, dim), *b_sum = squares_summed(c, m, b, dim);
    a_sum = not_below(c, a_sum, eps * eps);
    b_sum = not_below(c, b_sum, eps * eps);
    mlp_value *a_norm = loss_step(c, m, &mlp_sqrt, ".sqrt", a_sum, NULL);
    mlp_value *b_norm = loss_step(c, m, &mlp_sqrt, ".sqrt", b_sum, NULL);
    mlp_value *b_unit = loss_step(c, m, &mlp_div, ".div", b, b_norm);
    mlp_value *a_unit = loss_step(c, m, &mlp_div, ".div", a, a_norm);
    mlp_value *products = loss_step(c, m, &mlp_mul, ".mul", a_unit, b_unit);
    mlp_request sum = loss_request(c, m, &mlp_sum, products, NULL);
    sum.options = along(products, dim, false);
    return tensor_computed(c, &sum);
}

/* --- normalize --- */

#define NORMALIZE "p: float = 2.0, dim: int = 1, eps: float = 1e-12"

static mlp_variable *normalize_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]);
    mlp_options options =
        along(x, tensor_dim_of(c, &x->tensor, module_option(m, "dim")->as.integer, 0), true);
    options.p = number_option(c, m, "p");
    loss_show(c, x);
    mlp_value *norm = loss_step_with(c, m, mlp_norm_by(options.p), &options, ".norm", x, NULL);
    const mlp_options least = {.min = number_option(c, m, "eps"), .has_min = true};
    norm = loss_step_with(c, m, &mlp_clamp_min, &least, ".clamp_min", norm, NULL);
    mlp_options sizes = {.sizes.count = x->tensor.ndim};
    memcpy(sizes.sizes.size, x->tensor.shape, sizeof x->tensor.shape);
    norm = loss_step_with(c, m, &mlp_expand, &sizes, ".expand", norm, NULL);
    const mlp_request quotient = loss_request(c, m, &mlp_div, x, norm);
    return tensor_computed(c, &quotient);
}

/* Arguments: input, p, dim, eps. */
static object *normalize(call *c) {
    static const nn_class row = {.name = "normalize", .options = NORMALIZE};
    return variable_object(c,
                           normalize_apply(c, module_for_call(c, &row, "normalize"), c->arguments));
}

/* --- losses --- */

static void loss_init(call *c, nn_module *m) {
    loss_reduction(c, m);
}

static void show_all(call *c, object **inputs, size_t count) {
    for (size_t i = 0; i < count; i++)
        loss_show(c, tensor_value(c, inputs[i]));
}

/* What is positive of the losses, and their joint one. */
static mlp_variable *positive_part(call *c, const nn_module *m, mlp_value *losses) {
    const mlp_request positive = {
        .operation = &mlp_clamp_min, .origin = &m->origin, .in = {losses}, .options.has_min = true};
    return loss_joined(c, m, loss_reduction(c, m), &positive, ".clamp_min");
}

static mlp_variable *ranking_apply(call *c, nn_module *m, object **inputs) {
    show_all(c, inputs, 3);
    mlp_value *difference =
        loss_step(c, m, &mlp_sub, ".sub", tensor_value(c, inputs[0]), tensor_value(c, inputs[1]));
    mlp_value *target = loss_step(c, m, &mlp_neg, ".neg", tensor_value(c, inputs[2]), NULL);
    mlp_value *product = loss_step(c, m, &mlp_mul, ".mul", target, difference);
    return positive_part(
        c, m, with_number(c, m, &mlp_add, ".add", product, number_option(c, m, "margin")));
}

/* a where the target is the number, or is not, and 0 elsewhere. */
static mlp_value *where(call *c, const nn_module *m, mlp_value *target,
                        const mlp_operation *comparison, double number, mlp_value *a) {
    mlp_request pair = loss_request(c, m, &mlp_mul, target, a);
    mlp_value *mask = tensor_step(c, &(mlp_request){.operation = comparison,
                                                    .in = {pair.in[0]},
                                                    .options.number = mlp_real(number),
                                                    .hidden = true});
    const mlp_tensor *t = &pair.in[1]->tensor;
    mlp_value *zeros = tensor_new(c, t->dtype, t->ndim, t->shape, false)->value;
    mlp_value *out = tensor_step(c, &(mlp_request){.operation = &mlp_where,
                                                   .origin = &m->origin,
                                                   .in = {mask, pair.in[1], zeros},
                                                   .hidden = true});
    return out;
}

static mlp_variable *hinge_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]), *target = tensor_value(c, inputs[1]);
    const mlp_options least = {.has_min = true};
    show_all(c, inputs, 2);
    mlp_value *margin = with_number(c, m, &mlp_rsub, ".rsub", x, number_option(c, m, "margin"));
    margin = loss_step_with(c, m, &mlp_clamp_min, &least, ".clamp_min", margin, NULL);
    mlp_value *unlike = where(c, m, target, &mlp_ne, 1, margin);
    mlp_value *like = where(c, m, target, &mlp_ne, -1, x);
    return loss_ended(c, m, loss_reduction(c, m), &mlp_add, ".add", unlike, like);
}

static mlp_value *product_summed(call *c, const nn_module *m, mlp_value *a, mlp_value *b) {
    mlp_value *products = loss_step(c, m, &mlp_mul, ".mul", a, b);
    const mlp_options options = along(products, last_dim(products), false);
    return loss_step_with(c, m, &mlp_sum, &options, ".sum", products, NULL);
}

static mlp_variable *cosine_embedding_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *a = tensor_value(c, inputs[0]), *b = tensor_value(c, inputs[1]);
    mlp_value *target = tensor_value(c, inputs[2]);
    const double epsilon = 1e-12;
    const mlp_options least = {.has_min = true};
    show_all(c, inputs, 3);
    mlp_value *products = product_summed(c, m, a, b);
    mlp_value *a_square = with_number(c, m, &mlp_add, ".add", product_summed(c, m, a, a), epsilon);
    mlp_value *b_square = with_number(c, m, &mlp_add, ".add", product_summed(c, m, b, b), epsilon);
    mlp_value *square = loss_step(c, m, &mlp_mul, ".mul", a_square, b_square);
    mlp_value *norm = loss_step(c, m, &mlp_sqrt, ".sqrt", square, NULL);
    mlp_value *cosine = loss_step(c, m, &mlp_div, ".div", products, norm);
    mlp_value *like = with_number(c, m, &mlp_rsub, ".rsub", cosine, 1);
    mlp_value *unlike = with_number(c, m, &mlp_sub, ".sub", cosine, number_option(c, m, "margin"));
    unlike = loss_step_with(c, m, &mlp_clamp_min, &least, ".clamp_min", unlike, NULL);
    like = where(c, m, target, &mlp_eq, 1, like);
    unlike = where(c, m, target, &mlp_eq, -1, unlike);
    return loss_ended(c, m, loss_reduction(c, m), &mlp_add, ".add", like, unlike);
}

static mlp_value *distance(call *c, const nn_module *m, mlp_value *a, mlp_value *b) {
    mlp_request norm = distance_request(c, m, a, b, false);
    return loss_step_with(c, m, norm.operation, &norm.options, ".norm", norm.in[0], NULL);
}

static mlp_variable *triplet_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *anchor = tensor_value(c, inputs[0]), *positive = tensor_value(c, inputs[1]);
    mlp_value *negative = tensor_value(c, inputs[2]);
    show_all(c, inputs, 3);
    mlp_value *near = distance(c, m, anchor, positive), *far = distance(c, m, anchor, negative);
    if (module_option(m, "swap")->as.boolean)
        far = loss_step(c, m, &mlp_minimum, ".minimum", far, distance(c, m, positive, negative));
    mlp_value *v = with_number(c, m, &mlp_add, ".add", near, number_option(c, m, "margin"));
    return positive_part(c, m, loss_step(c, m, &mlp_sub, ".sub", v, far));
}

/* Stirling's approximation of log(target!), 0 where the target is at most 1. */
static mlp_value *stirling(call *c, mlp_value *target) {
    const double pi = 3.14159265358979323846;
    mlp_value *log = step_on(c, &mlp_log, target, (mlp_options){0});
    mlp_value *sum = step_of_two(c, &mlp_mul, target, log);
    sum = step_of_two(c, &mlp_sub, sum, target);
    log = step_on(c, &mlp_log, step_number(c, &mlp_mul, target, 2 * pi), (mlp_options){0});
    sum = step_of_two(c, &mlp_add, sum, step_number(c, &mlp_mul, log, 0.5));
    mlp_value *mask = step_number(c, &mlp_le, target, 1);
    const mlp_request fill = {.operation = &mlp_masked_fill, .in = {sum, mask}, .hidden = true};
    return tensor_step(c, &fill);
}

/* exp(x) - target x, or of an input that is no logarithm x - target log(x + eps) */
static mlp_variable *poisson_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]), *target = tensor_value(c, inputs[1]), *a, *b;
    const mlp_reduction reduction = loss_reduction(c, m);
    show_all(c, inputs, 2);
    if (!module_option(m, "log_input")->as.boolean) {
        mlp_value *sum = with_number(c, m, &mlp_add, ".add", x, number_option(c, m, "eps"));
        mlp_value *log = loss_step(c, m, &mlp_log, ".log", sum, NULL);
        a = x;
        b = loss_step(c, m, &mlp_mul, ".mul", target, log);
    } else {
        b = loss_step(c, m, &mlp_mul, ".mul", target, x);
        a = loss_step(c, m, &mlp_exp, ".exp", x, NULL);
    }
    if (!module_option(m, "full")->as.boolean)
        return loss_ended(c, m, reduction, &mlp_sub, ".sub", a, b);
    return loss_ended(c, m, reduction, &mlp_add, ".add", loss_step(c, m, &mlp_sub, ".sub", a, b),
                      stirling(c, target));
}

/* The variance in the shape of the input, but for a last dimension of 1. */
static mlp_value *variance_of(call *c, mlp_value *variance, const mlp_tensor *x) {
    const mlp_tensor *t = &variance->tensor;
    mlp_tensor without = *x, with_one = *x;
    char shape[MLP_SHAPE_TEXT], wanted[MLP_SHAPE_TEXT];
    without.ndim -= x->ndim > 0;
    if (x->ndim)
        with_one.shape[x->ndim - 1] = 1;
    if (mlp_tensor_same_shape(t, &without) && !mlp_tensor_same_shape(t, x)) {
        const mlp_request row = {.operation = &mlp_reshape,
                                 .in = {variance},
                                 .options.sizes = tensor_sizes(x->ndim, with_one.shape),
                                 .hidden = true};
        variance = tensor_step(c, &row);
    } else if (!mlp_tensor_same_shape(t, x) && !mlp_tensor_same_shape(t, &with_one)) {
        call_fail(call_raises(c, VALUE_ERROR, "var is of incorrect size"),
                  "an input of shape %s takes a variance of that shape, or without the last size, "
                  "not of shape %s",
                  mlp_shape_text(wanted, x), mlp_shape_text(shape, t));
    }
    for (size_t i = 0; i < variance->tensor.numel; i++)
        if (mlp_tensor_get(&variance->tensor, i) < 0)
            call_fail(call_raises(c, VALUE_ERROR, "var has negative entry/entries"),
                      "a variance is not negative");
    return variance;
}

static mlp_variable *gaussian_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]), *target = tensor_value(c, inputs[1]);
    const mlp_reduction reduction = loss_reduction(c, m);
    const double half_log = 0.91893853320467266954; /* of 2 pi */
    mlp_value *variance = variance_of(c, tensor_value(c, inputs[2]), &x->tensor);
    show_all(c, inputs, 3);
    variance = not_below(c, variance, number_option(c, m, "eps"));
    mlp_value *log = loss_step(c, m, &mlp_log, ".log", variance, NULL);
    mlp_value *square =
        with_number(c, m, &mlp_pow, ".pow", loss_step(c, m, &mlp_sub, ".sub", x, target), 2);
    mlp_value *quotient = loss_step(c, m, &mlp_div, ".div", square, variance);
    mlp_value *sum = loss_step(c, m, &mlp_add, ".add", log, quotient);
    mlp_request losses = {
        .operation = &mlp_mul, .origin = &m->origin, .in = {sum}, .options.number = mlp_real(0.5)};
    if (!module_option(m, "full")->as.boolean)
        return loss_joined(c, m, reduction, &losses, ".mul");
    losses.in[0] = with_number(c, m, &mlp_mul, ".mul", sum, 0.5);
    losses.operation = &mlp_add;
    losses.options.number = mlp_real(half_log);
    return loss_joined(c, m, reduction, &losses, ".add");
}

/* The softmax of -x, in the type that is asked for. */
static mlp_variable *softmin_in(call *c, nn_module *m, object *input, const object *dtype) {
    mlp_value *x = tensor_value(c, input);
    mlp_request softmax = {.operation = &mlp_softmax, .origin = &m->origin};
    loss_show(c, x);
    softmax.in[0] = loss_step(c, m, &mlp_neg, ".neg", x, NULL);
    if (dtype->kind != OBJECT_NONE && dtype_argument(c, dtype) != x->tensor.dtype)
        softmax.in[0] = tensor_step(c, &(mlp_request){.operation = &mlp_to,
                                                      .in = {softmax.in[0]},
                                                      .options.dtype = dtype_argument(c, dtype),
                                                      .hidden = true});
    option_require(c, &softmax.options, "dim", module_option(m, "dim"));
    return tensor_computed(c, &softmax);
}

static mlp_variable *softmin_apply(call *c, nn_module *m, object **inputs) {
    return softmin_in(c, m, inputs[0], object_none(c->script));
}

/* Arguments: input, dim, _stacklevel, dtype. */
static object *softmin(call *c) {
    static const nn_class row = {.name = "softmin", .options = "dim: Optional[int] = None"};
    return variable_object(
        c, softmin_in(c, module_for_call(c, &row, "softmin"), c->arguments[0], c->arguments[3]));
}

#define GAUSSIAN "full: bool = False, eps: float = 1e-06, reduction: str = 'mean'"

/* Arguments: input, target, var, full, eps, reduction; the module takes no options by position. */
static object *gaussian_nll_loss(call *c) {
    static const nn_class row = {
        .name = "gaussian_nll_loss", .options = GAUSSIAN, .init = loss_init};
    return variable_object(
        c, gaussian_apply(c, module_for_call(c, &row, "gaussian_nll_loss"), c->arguments));
}

/* Arguments: those of a row. */
static object *as_function(call *c) {
    const nn_class *row = c->native->data;
    return variable_object(c, row->apply(c, module_for_call(c, row, row->function), c->arguments));
}

#define REDUCTION "size_average = None, reduce = None, reduction: str = 'mean'"

#define PAIRWISE "p: float = 2.0, eps: float = 1e-06, keepdim: bool = False"
#define COSINE "dim: int = 1, eps: float = 1e-08"

enum {
    PAIRWISE_DISTANCE,
    COSINE_SIMILARITY
};

const nn_class nn_distances[] = {
    [PAIRWISE_DISTANCE] = {.name = "PairwiseDistance",
                           .file = "distance",
                           .function = "pairwise_distance",
                           .options = PAIRWISE,
                           .apply = distance_apply,
                           .inputs = "x1: Tensor, x2: Tensor"},
    [COSINE_SIMILARITY] = {.name = "CosineSimilarity",
                           .file = "distance",
                           .function = "cosine_similarity",
                           .options = COSINE,
                           .apply = cosine_apply,
                           .inputs = "x1: Tensor, x2: Tensor"},
    {.name = "MarginRankingLoss",
     .file = "loss",
     .function = "margin_ranking_loss",
     .options = "margin: float = 0.0, " REDUCTION,
     .init = loss_init,
     .apply = ranking_apply,
     .inputs = "input1: Tensor, input2: Tensor, target: Tensor"},
    {.name = "HingeEmbeddingLoss",
     .file = "loss",
     .function = "hinge_embedding_loss",
     .options = "margin: float = 1.0, " REDUCTION,
     .init = loss_init,
     .apply = hinge_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.name = "CosineEmbeddingLoss",
     .file = "loss",
     .function = "cosine_embedding_loss",
     .options = "margin: float = 0.0, " REDUCTION,
     .init = loss_init,
     .apply = cosine_embedding_apply,
     .inputs = "input1: Tensor, input2: Tensor, target: Tensor"},
    {.name = "TripletMarginLoss",
     .file = "loss",
     .function = "triplet_margin_loss",
     .options = "margin: float = 1.0, p: float = 2.0, eps: float = 1e-06, swap: bool = "
                "False, " REDUCTION,
     .init = loss_init,
     .apply = triplet_apply,
     .inputs = "anchor: Tensor, positive: Tensor, negative: Tensor"},
    {.name = "PoissonNLLLoss",
     .file = "loss",
     .function = "poisson_nll_loss",
     .options = "log_input: bool = True, full: bool = False, size_average = None, eps: float = "
                "1e-08, reduce = None, reduction: str = 'mean'",
     .init = loss_init,
     .apply = poisson_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.name = "GaussianNLLLoss",
     .file = "loss",
     .options = "*, " GAUSSIAN,
     .init = loss_init,
     .apply = gaussian_apply,
     .inputs = "input: Tensor, target: Tensor, var: Tensor"},
    {.name = "Softmin",
     .file = "activation",
     .options = "dim: Optional[int] = None",
     .apply = softmin_apply,
     .inputs = "input: Tensor",
     .shown = {"dim"}},
    {0}};

const native native_distances[] = {
    {.path = "torch.nn.functional.softmin",
     .signature = "input: Tensor, dim: Optional[int] = None, _stacklevel: int = 3, dtype = None",
     .call = softmin},
    {.path = "torch.nn.functional.normalize",
     .signature = "input: Tensor, " NORMALIZE,
     .call = normalize},
    {.path = "torch.pairwise_distance",
     .signature = "x1: Tensor, x2: Tensor, " PAIRWISE,
     .call = as_function,
     .data = &nn_distances[PAIRWISE_DISTANCE]},
    {.path = "torch.cosine_similarity",
     .signature = "x1: Tensor, x2: Tensor, " COSINE,
     .call = as_function,
     .data = &nn_distances[COSINE_SIMILARITY]},
    {.path = "torch.nn.functional.gaussian_nll_loss",
     .signature = "input: Tensor, target: Tensor, var: Tensor, " GAUSSIAN,
     .call = gaussian_nll_loss},
    {0}};
