/* Sums, means and extremes over dimensions. */
#include "bounds.h"
#include "composed.h"
#include "mkl_functions.h"
#include "kernels/summed.h"
#include "row.h"

#include "mlpstep/kernels/integer.h"
#include "mlpstep/kernels/logsumexp.h"
#include "mlpstep/kernels/norm.h"
#include "mlpstep/kernels/reduce.h"

#include <math.h>
#include <string.h>

/* --- sum, mean: x --- */

/* reduced[i]: whether the sum goes over dimension i of x. */
static void read_dims(bool reduced[MLP_MAX_DIMS], const mlp_call *call) {
    for (size_t i = 0; i < MLP_MAX_DIMS; i++)
        reduced[i] = !call->options.has_dims || call->options.dims[i];
}

_Static_assert((int)MLP_REDUCED_DIMS == (int)MLP_MAX_DIMS, "a kernel takes what a tensor has");

mlp_reduced_dims reduced_dims(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    mlp_reduced_dims dims = {.ndim = x->ndim, .memory = memory_of(call)};
    memcpy(dims.shape, x->shape, sizeof dims.shape);
    read_dims(dims.reduced, call);
    return dims;
}

size_t reduced_count(const mlp_call *call) {
    bool reduced[MLP_MAX_DIMS];
    size_t count = 1;
    read_dims(reduced, call);
    for (size_t i = 0; i < call->in[0]->ndim; i++)
        count *= reduced[i] ? call->in[0]->shape[i] : 1;
    return count;
}

/* The shape of x without the reduced dimensions, or with 1 for each. */
static mlp_shape reduced_shape(const mlp_tensor *x, const bool reduced[MLP_MAX_DIMS],
                               bool keepdim) {
    mlp_shape shape = {.dtype = x->dtype};
    for (size_t i = 0; i < x->ndim; i++)
        if (!reduced[i] || keepdim)
            shape.shape[shape.ndim++] = reduced[i] ? 1 : x->shape[i];
    return shape;
}

static bool check_sum(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    bool reduced[MLP_MAX_DIMS];
    read_dims(reduced, call);
    out[0] = reduced_shape(call->in[0], reduced, call->options.keepdim);
    if (!mlp_dtype_is_floating(call->in[0]->dtype))
        out[0].dtype = MLP_INT64;
    return true;
}

static bool check_floating_sum(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                               mlp_diagnostic *error) {
    return check_floating(call->in[0], error) && check_sum(call, out, error);
}

static bool check_mean(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_dtype dtype = call->in[0]->dtype;
    if (!mlp_dtype_is_floating(dtype))
        mlp_raises(error,
                   "RuntimeError: mean(): could not infer output dtype. Input dtype must be either "
                   "a floating point or complex dtype. Got: %s",
                   mlp_dtype_word(dtype));
    return check_floating_sum(call, out, error);
}

/* Of int64 and bool. */
static void sum_integers(const mlp_call *call, const mlp_reduced_dims *dims) {
    const mlp_tensor *x = call->in[0];
    mlp_tensor *y = call->out[0];
    for (size_t i = 0; i < y->numel; i++)
        ((int64_t *)y->data)[i] = 0;
    if (mlp_dtype_is_integer(x->dtype))
        mlp_integer_sum(y->data, x->data, dims);
    else
        mlp_bool_sum(y->data, x->data, dims);
}

static void sum_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    if (mlp_dtype_is_floating(x->dtype))
        CALL_KERNEL(call, sum_forward, call->out[0]->data, x->data, &dims);
    else
        sum_integers(call, &dims);
}

static void mean_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, mean_forward, call->out[0]->data, x->data, &dims);
}

static void divided_backward(const mlp_call *call, size_t count) {
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, sum_backward, call->din[0]->data, call->dout->data, &dims, count);
}

static void sum_backward(const mlp_call *call) {
    divided_backward(call, 1);
}

static void mean_backward(const mlp_call *call) {
    divided_backward(call, reduced_count(call));
}

static const char *sum_grad_fn(const mlp_call *call) {
    return call->options.has_dims ? "SumBackward1" : "SumBackward0";
}

static const char *mean_grad_fn(const mlp_call *call) {
    return call->options.has_dims ? "MeanBackward1" : "MeanBackward0";
}

static double terms_of_each(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *y = call->out[0];
    return (double)x->numel / (double)(y->numel ? y->numel : 1);
}

const mlp_operation mlp_sum = {.name = "sum",
                               .formula = "y = sum(x)",
                               .gradient = "dx = dy",
                               .outputs = 1,
                               .traits = MLP_IS_REDUCTION | MLP_IS_BY_MEMORY,
                               .terms = terms_of_each,
                               .as_mean = &mlp_mean,
                               .check = check_sum,
                               .forward = sum_forward,
                               .backward = sum_backward,
                               .compose = compose_sum,
                               .bound = bound_sum,
                               .bound_backward = bound_sum_back,
                               .gradients = 1 << 0,
                               .grad_fn_of = sum_grad_fn};

static double share_of(double sum, double terms) {
    return sum / terms;
}

static const mlp_route by_sum = {.by = &mlp_sum, .of_all = true, .from = share_of};

const mlp_operation mlp_mean = {.name = "mean",
                                .formula = "y = sum(x) / n",
                                .gradient = "dx = dy / n",
                                .outputs = 1,
                                .traits = MLP_IS_REDUCTION | MLP_IS_BY_MEMORY,
                                .terms = terms_of_each,
                                .as_sum = &mlp_sum,
                                .route = &by_sum,
                                .check = check_mean,
                                .forward = mean_forward,
                                .backward = mean_backward,
                                .compose = compose_mean,
                                .bound = bound_mean,
                                .bound_backward = bound_mean_back,
                                .keeps_size = true,
                                .gradients = 1 << 0,
                                .grad_fn_of = mean_grad_fn};

static void mean_beside_forward(const mlp_call *call) {
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, running_mean_of, call->out[0]->data, call->in[0]->data, &dims);
}

const mlp_operation mlp_mean_beside = {.name = "mean",
                                       .formula = "y = sum(x) / n",
                                       .gradient = "dx = dy / n",
                                       .outputs = 1,
                                       .traits = MLP_IS_REDUCTION | MLP_IS_BY_MEMORY,
                                       .terms = terms_of_each,
                                       .as_sum = &mlp_sum,
                                       .check = check_mean,
                                       .forward = mean_beside_forward,
                                       .backward = mean_backward,
                                       .compose = compose_mean,
                                       .bound = bound_mean_beside,
                                       .bound_backward = bound_mean_back,
                                       .keeps_size = true,
                                       .gradients = 1 << 0,
                                       .grad_fn = "VarMeanBackward0"};

/* --- var, std: x; dims, keepdim, correction --- */

/* out[1] is the mean, for backward. */
static bool check_var(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!mlp_dtype_is_floating(call->in[0]->dtype))
        mlp_raises(error,
                   "RuntimeError: std and var only support floating point and complex dtypes");
    if (!check_floating_sum(call, out, error))
        return false;
    out[1] = out[0];
    return true;
}

static void var_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, mean_forward, call->out[1]->data, x->data, &dims);
    CALL_KERNEL(call, var_forward, call->out[0]->data, x->data, call->out[1]->data, &dims,
                call->options.correction);
}

static void std_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, mean_forward, call->out[1]->data, x->data, &dims);
    CALL_KERNEL(call, std_forward, call->out[0]->data, x->data, call->out[1]->data, &dims,
                call->options.correction);
}

/* Of all numbers at once, of which there are no more than the correction. */
static bool is_spread_of_too_few(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    return (!call->options.has_dims || x->ndim == 0) &&
           (double)x->numel <= (double)call->options.correction;
}

/* PyTorch no longer divides by the 0 that is left, but says what would come of it. */
static bool spreads_too_few(const mlp_call *call, bool of_root) {
    if (!is_spread_of_too_few(call) || !mlp_release_has(&call->release, MLP_SPREADS_TOO_FEW))
        return false;
    const mlp_tensor *x = call->in[0];
    const double y = mlp_tensor_get(call->out[0], 0), mean = mlp_tensor_get(call->out[1], 0);
    double dy = mlp_tensor_get(call->dout, 0);
    if (of_root)
        dy = y == 0 ? 0 : dy / (y * 2);
    for (size_t i = 0; i < x->numel; i++)
        mlp_tensor_set(call->din[0], i,
                       dy * (mlp_tensor_get(x, i) == mean ? (double)NAN : (double)INFINITY));
    return true;
}

static void var_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    if (spreads_too_few(call, false))
        return;
    CALL_KERNEL(call, var_backward, call->din[0]->data, call->dout->data, x->data,
                call->out[1]->data, &dims, call->options.correction);
}

static void std_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    if (spreads_too_few(call, true))
        return;
    CALL_KERNEL(call, std_backward, call->din[0]->data, call->dout->data, x->data,
                call->out[1]->data, call->out[0]->data, &dims, call->options.correction);
}

/* PyTorch 1.13 makes a single nan of such a gradient, and then misses its shape. */
static bool spread_check_backward(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    return call->options.has_dims || x->ndim == 0 || x->numel != (size_t)call->options.correction ||
           mlp_release_has(&call->release, MLP_SPREADS_TOO_FEW) ||
           mlp_error(error, "the spread of %zu number%s has no gradient: PyTorch 1.13 refuses it",
                     x->numel, x->numel == 1 ? "" : "s");
}

const mlp_operation mlp_var = {.name = "var",
                               .formula = "y = sum((x - mean(x))^2) / (n - correction)",
                               .gradient = "dx = 2 dy (x - mean(x)) / (n - correction)",
                               .outputs = 2,
                               .traits = MLP_IS_BY_MEMORY,
                               .check = check_var,
                               .forward = var_forward,
                               .backward = var_backward,
                               .compose = compose_var,
                               .bound = bound_var,
                               .bound_backward = bound_var_back,
                               .check_backward = spread_check_backward,
                               .reads = {1 << 0},
                               .gradients = 1 << 0,
                               .grad_fn = "VarBackward0"};

const mlp_operation mlp_std = {.name = "std",
                               .formula = "y = sqrt(sum((x - mean(x))^2) / (n - correction))",
                               .gradient = "dx = dy (x - mean(x)) / (y (n - correction))",
                               .outputs = 2,
                               .traits = MLP_IS_BY_MEMORY,
                               .kinks = kinks_of_zero_result,
                               .check = check_var,
                               .forward = std_forward,
                               .backward = std_backward,
                               .compose = compose_std,
                               .bound = bound_std,
                               .bound_backward = bound_std_back,
                               .check_backward = spread_check_backward,
                               .reads = {1 << 0},
                               .reads_output = true,
                               .gradients = 1 << 0,
                               .grad_fn = "StdBackward0"};

/* --- logsumexp: x; dims, keepdim --- */

/* out[1] are the exponentials, out[2] the largest x, on the way. */
static bool check_logsumexp(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!check_floating_sum(call, out, error))
        return false;
    out[1] = shape_of(call->in[0]);
    out[2] = out[0];
    return true;
}

static void logsumexp_forward(const mlp_call *call) {
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, logsumexp_forward, call->out[0]->data, call->out[1]->data, call->out[2]->data,
                call->in[0]->data, &dims, is_by_mkl(call));
}

static void logsumexp_backward(const mlp_call *call) {
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, logsumexp_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                call->out[0]->data, &dims, is_by_mkl(call));
}

const mlp_operation mlp_logsumexp = {.name = "logsumexp",
                                     .formula = "y = log(sum(exp(x)))",
                                     .gradient = "dx = dy exp(x - y)",
                                     .outputs = 3,
                                     .traits = MLP_IS_BY_LOOP,
                                     .check = check_logsumexp,
                                     .forward = logsumexp_forward,
                                     .backward = logsumexp_backward,
                                     .compose = compose_logsumexp,
                                     .bound = bound_logsumexp,
                                     .bound_backward = bound_logsumexp_back,
                                     .reads = {1 << 0},
                                     .reads_output = true,
                                     .gradients = 1 << 0,
                                     .grad_fn = "LogsumexpBackward0"};

/* --- norm: x; dims, keepdim, p --- */

static void norm_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, norm_forward, call->out[0]->data, x->data, &dims, (int)call->options.p,
                mlp_release_has(&call->release, MLP_ROUNDS_SQUARES));
}

static void norm_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, norm_backward, call->din[0]->data, call->dout->data, x->data,
                call->out[0]->data, &dims, (int)call->options.p);
}

/* Of x = 0 for p = 1, and of y = 0. */
static void norm_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    if (call->options.p == 1)
        kinks_at_zero(call, take, context);
    kinks_of_zero_result(call, take, context);
}

const mlp_operation mlp_norm = {.name = "norm",
                                .formula = "y = [p=1? sum(|x|)][!p=1? sqrt(sum(x^2))]",
                                .gradient = "dx = [p=1? dy sign(x)][!p=1? dy x / y]",
                                .outputs = 1,
                                .traits = MLP_IS_BY_MEMORY,
                                .kinks = norm_kinks,
                                .check = check_floating_sum,
                                .forward = norm_forward,
                                .backward = norm_backward,
                                .compose = compose_norm,
                                .bound = bound_norm,
                                .bound_backward = bound_norm_back,
                                .reads = {1 << 0},
                                .reads_output = true,
                                .gradients = 1 << 0,
                                .grad_fn = "NormBackward1",
                                .later_grad_fn = "LinalgVectorNormBackward0"};

/* --- norm_of_order: the same for any p but 1 and 2 --- */

static bool check_norm_of_order(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                                mlp_diagnostic *error) {
    const double p = call->options.p;
    if (!check_floating_sum(call, out, error))
        return false;
    return reduced_count(call) > 0 || (p >= 0 && !isinf(p)) ||
           mlp_error(error, "a norm of order %g of no numbers is not supported", p);
}

static void norm_of_order_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_reduced_dims dims = reduced_dims(call);
    CALL_KERNEL(call, norm_of_order_forward, call->out[0]->data, x->data, &dims, call->options.p,
                mlp_release_has(&call->release, MLP_ROUNDS_SQUARES));
}

static bool norm_of_order_has_gradient(const mlp_call *call, mlp_diagnostic *error) {
    return call->options.p != 0 ||
           mlp_error(error, "the norm of order 0 is a count, which has no gradient: write "
                            ".detach() before it");
}

/* Where the largest is another one, and wherever a number is 0. */
static void norm_of_order_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const mlp_reduced_dims dims = reduced_dims(call);
    const double *x = call->in[0]->data, *y = call->out[0]->data;
    kinks_at_zero(call, take, context);
    kinks_of_zero_result(call, take, context);
    for (size_t i = 0; i < call->in[0]->numel && isinf(call->options.p); i++)
        take(context, fabs(x[i]) == y[place_of_sum(i, &dims)]);
}

const mlp_operation mlp_norm_of_order = {
    .name = "norm",
    .rounds_factors = true,
    .formula = "y = [p=inf? max(|x|)][p=-inf? min(|x|)][p=0? {how many x are not 0}]"
               "[!p=0|p=inf|p=-inf? sum(|x|^p)^(1 / p)]",
    .gradient =
        "dx = [p=inf|p=-inf? dy sign(x) / {how many |x| equal y} where |x| = y, 0 elsewhere]"
        "[p=0? 0][!p=0|p=inf|p=-inf? dy sign(x) (|x| / y)^(p - 1)]",
    .outputs = 1,
    .traits = MLP_IS_BY_MEMORY,
    .kinks = norm_of_order_kinks,
    .check = check_norm_of_order,
    .forward = norm_of_order_forward,
    .check_backward = norm_of_order_has_gradient,
    .compose = compose_norm,
    .bound = bound_norm_of_order,
    .reads = {1 << 0},
    .reads_output = true,
    .gradients = 1 << 0,
    .grad_fn = "NormBackward1",
    .later_grad_fn = "LinalgVectorNormBackward0"};

const mlp_operation *mlp_norm_by(double p) {
    return p == 1 || p == 2 ? &mlp_norm : &mlp_norm_of_order;
}

/* --- max, min: x, of all its elements --- */

static bool check_extreme(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0].dtype = call->in[0]->dtype;
    if (call->in[0]->numel == 0)
        return mlp_error(
            mlp_raises(
                error,
                "RuntimeError: %s(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.",
                call->operation->name),
            "a tensor without elements has neither max nor min");
    return check_numbers(call->in[0], error);
}

static void extreme_of_all(const mlp_call *call, double sign) {
    const mlp_tensor *x = call->in[0];
    const mlp_dimension all = {.outer = 1, .size = x->numel, .inner = 1, .last_dim = true};
    if (mlp_dtype_is_integer(x->dtype))
        mlp_integer_extreme(call->out[0]->data, NULL, x->data, &all, (int)sign);
    else
        CALL_KERNEL(call, extreme_forward, call->out[0]->data, NULL, x->data, &all, sign);
}

static void max_forward(const mlp_call *call) {
    extreme_of_all(call, 1);
}

static void min_forward(const mlp_call *call) {
    extreme_of_all(call, -1);
}

static void extreme_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    CALL_KERNEL(call, extreme_of_all_backward, call->din[0]->data, call->dout->data, x->data,
                call->out[0]->data, x->numel);
}

/* Which elements equal the extreme of their column: another becomes the largest, or as large. x is
 * [outer, size, inner]. */
static void column_kinks(const mlp_call *call, size_t size, size_t inner, mlp_take_side *take,
                         void *context) {
    const double *x = call->in[0]->data, *y = call->out[0]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        take(context, x[i] == y[i / (size * inner) * inner + i % inner]);
}

static void extreme_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    column_kinks(call, call->in[0]->numel, 1, take, context);
}

const mlp_operation mlp_max = {.name = "max",
                               .formula = "y = max(x)",
                               .gradient =
                                   "dx = dy / {how many x equal y} where x = y, 0 elsewhere",
                               .outputs = 1,
                               .kinks = extreme_kinks,
                               .check = check_extreme,
                               .forward = max_forward,
                               .backward = extreme_backward,
                               .compose = compose_extreme,
                               .bound = bound_max,
                               .bound_backward = bound_max_back,
                               .reads = {1 << 0},
                               .reads_output = true,
                               .gradients = 1 << 0,
                               .grad_fn = "MaxBackward1"};

const mlp_operation mlp_min = {.name = "min",
                               .formula = "y = min(x)",
                               .gradient =
                                   "dx = dy / {how many x equal y} where x = y, 0 elsewhere",
                               .outputs = 1,
                               .kinks = extreme_kinks,
                               .check = check_extreme,
                               .forward = min_forward,
                               .backward = extreme_backward,
                               .compose = compose_extreme,
                               .bound = bound_min,
                               .bound_backward = bound_min_back,
                               .reads = {1 << 0},
                               .reads_output = true,
                               .gradients = 1 << 0,
                               .grad_fn = "MinBackward1"};

/* --- max, min, argmax, argmin along a dimension: x --- */

mlp_dimension extreme_layout(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    if (!call->options.has_dim)
        return (mlp_dimension){.outer = 1, .size = x->numel, .inner = 1, .last_dim = true};
    return split_at(x, (size_t)call->options.dim);
}

static bool check_along(mlp_call *call, mlp_shape *out, mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    mlp_options *options = &call->options;
    bool reduced[MLP_MAX_DIMS];
    if (!check_numbers(x, error) || (options->has_dim && !resolve_dim(&options->dim, x, error)))
        return false;
    for (size_t i = 0; i < MLP_MAX_DIMS; i++)
        reduced[i] = !options->has_dim || (int64_t)i == options->dim;
    *out = reduced_shape(x, reduced, options->keepdim);
    return extreme_layout(call).size > 0 ||
           mlp_error(error, "a dimension without elements has neither max nor min");
}

static bool check_extreme_dim(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    if (!check_along(call, &out[0], error))
        return false;
    out[1] = out[0];
    out[1].dtype = MLP_INT64;
    return true;
}

static bool check_arg(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!check_along(call, &out[0], error))
        return false;
    out[0].dtype = MLP_INT64;
    return true;
}

static void extreme_along(const mlp_call *call, mlp_tensor *y, mlp_tensor *index, double sign) {
    const mlp_dimension l = extreme_layout(call);
    if (mlp_dtype_is_integer(call->in[0]->dtype))
        mlp_integer_extreme(data_of(y), data_of(index), call->in[0]->data, &l, (int)sign);
    else
        CALL_KERNEL(call, extreme_forward, data_of(y), data_of(index), call->in[0]->data, &l, sign);
}

static void max_dim_forward(const mlp_call *call) {
    extreme_along(call, call->out[0], call->out[1], 1);
}

static void min_dim_forward(const mlp_call *call) {
    extreme_along(call, call->out[0], call->out[1], -1);
}

static void argmax_forward(const mlp_call *call) {
    extreme_along(call, NULL, call->out[0], 1);
}

static void argmin_forward(const mlp_call *call) {
    extreme_along(call, NULL, call->out[0], -1);
}

static void extreme_dim_backward(const mlp_call *call) {
    const mlp_dimension l = extreme_layout(call);
    CALL_KERNEL(call, extreme_backward, call->din[0]->data, call->dout->data, call->out[1]->data,
                &l);
}

static void extreme_dim_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const mlp_dimension l = extreme_layout(call);
    column_kinks(call, l.size, l.inner, take, context);
}

const mlp_operation mlp_max_dim = {.name = "max",
                                   .formula = "y = max(x)",
                                   .gradient = "dx = dy where {it stood}, 0 elsewhere",
                                   .outputs = 2,
                                   .kinks = extreme_dim_kinks,
                                   .check = check_extreme_dim,
                                   .forward = max_dim_forward,
                                   .backward = extreme_dim_backward,
                                   .compose = compose_extreme_dim,
                                   .bound = bound_max_dim,
                                   .bound_backward = bound_max_dim_back,
                                   .gradients = 1 << 0,
                                   .grad_fn = "MaxBackward0"};

const mlp_operation mlp_min_dim = {.name = "min",
                                   .formula = "y = min(x)",
                                   .gradient = "dx = dy where {it stood}, 0 elsewhere",
                                   .outputs = 2,
                                   .kinks = extreme_dim_kinks,
                                   .check = check_extreme_dim,
                                   .forward = min_dim_forward,
                                   .backward = extreme_dim_backward,
                                   .compose = compose_extreme_dim,
                                   .bound = bound_min_dim,
                                   .bound_backward = bound_min_dim_back,
                                   .gradients = 1 << 0,
                                   .grad_fn = "MinBackward0"};

const mlp_operation mlp_argmax = {
    .name = "argmax",
    .method_options = "dim/axis: Optional[int] = None, keepdim/keepdims: bool = False",
    .formula = "y = {where the largest x stands}",
    .outputs = 1,
    .check = check_arg,
    .forward = argmax_forward,
    .bound = bound_argmax};

const mlp_operation mlp_argmin = {
    .name = "argmin",
    .method_options = "dim/axis: Optional[int] = None, keepdim/keepdims: bool = False",
    .formula = "y = {where the smallest x stands}",
    .outputs = 1,
    .check = check_arg,
    .forward = argmin_forward,
    .bound = bound_argmin};
