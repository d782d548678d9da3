/* Covariances, differences, areas and quantiles, computed as PyTorch composes them. */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <math.h>
#include <string.h>

static mlp_value *floating(call *c, const object *tensor, const char *name) {
    mlp_value *x = tensor_value(c, tensor);
    if (!mlp_dtype_is_floating(x->tensor.dtype))
        call_fail(c, "%s() takes floating-point tensors, not %s ones: write .float() behind them",
                  name, mlp_dtype_name(x->tensor.dtype));
    return x;
}

static size_t dim_given(call *c, const mlp_tensor *t, const char *name) {
    return tensor_dim_of(c, t, call_argument(c, name)->as.integer, 0);
}

/* --- cov, corrcoef --- */

static mlp_sizes row_of(size_t count) {
    return (mlp_sizes){2, {1, count}};
}

/* Each row is a variable; the squares are divided by their number less the correction. */
static mlp_value *covariance(call *c, mlp_value *x, double correction) {
    if (x->tensor.ndim > 2)
        call_fail(c, "a covariance is that of the rows of a matrix, not of %zu dimensions",
                  x->tensor.ndim);
    if (x->tensor.ndim < 2)
        x = step_sizes(c, &mlp_view, x, row_of(x->tensor.numel));
    const double count = (double)x->tensor.shape[1];
    mlp_value *mean = step_number(c, &mlp_div, step_sum(c, x, 1), count);
    mean = step_sizes(c, &mlp_unsqueeze, mean, (mlp_sizes){2, {x->tensor.shape[0], 1}});
    mlp_value *apart = step_of_two(c, &mlp_sub, x, mean);
    mlp_value *turned = step_on(c, &mlp_t, apart, (mlp_options){0});
    const mlp_request product = {.operation = &mlp_matmul, .in = {apart, turned}, .hidden = true};
    mlp_value *squares = tensor_step(c, &product);
    mlp_value *y = step_number(c, &mlp_div, squares, fmax(count - correction, 0));
    return x->tensor.shape[0] == 1 ? step_on(c, &mlp_squeeze, y, (mlp_options){0}) : y;
}

/* Arguments: correction. */
static object *tensor_cov(call *c) {
    const double correction = (double)c->arguments[0]->as.integer;
    const char *node = "SqueezeBackward0";
    return step_result_of(c, covariance(c, floating(c, c->self, "cov"), correction), node);
}

static object *tensor_corrcoef(call *c) {
    mlp_value *y = covariance(c, floating(c, c->self, "corrcoef"), 1);
    if (y->tensor.ndim == 0)
        return step_result(c, step_of_two(c, &mlp_div, y, y));
    const size_t n = y->tensor.shape[0];
    mlp_value *spread =
        step_on(c, &mlp_sqrt, step_on(c, &mlp_diag, y, (mlp_options){0}), (mlp_options){0});
    y = step_of_two(c, &mlp_div, y, step_sizes(c, &mlp_view, spread, (mlp_sizes){2, {n, 1}}));
    y = step_of_two(c, &mlp_div, y, step_sizes(c, &mlp_view, spread, row_of(n)));
    const mlp_options limits = {.min = -1, .max = 1, .has_min = true, .has_max = true};
    return step_result(c, step_on(c, &mlp_clamp, y, limits));
}

/* --- differences --- */

/* The earlier ones first, as a compiler evaluates PyTorch's operands: so gradients are added up. */
static mlp_value *difference(call *c, mlp_value *x, size_t dim) {
    const size_t n = x->tensor.shape[dim], first = n ? 1 : 0, last = n ? n - 1 : 0;
    mlp_value *earlier = step_slice(c, x, dim, 0, last), *later = step_slice(c, x, dim, first, n);
    const bool is_bool = x->tensor.dtype == MLP_BOOL;
    return step_of_two(c, is_bool ? &mlp_bitwise_xor : &mlp_sub, later, earlier);
}

/* Arguments: n, dim. */
static object *tensor_diff(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    const int64_t times = call_argument(c, "n")->as.integer;
    if (x->tensor.ndim == 0)
        call_fail(c, "diff() takes tensors of at least one dimension");
    if (times < 1)
        call_fail(c, "diff() is taken once or more, not %lld times", (long long)times);
    const size_t dim = dim_given(c, &x->tensor, "dim");
    for (int64_t i = 0; i < times; i++) {
        script_spend(c->script, c->where);
        x = difference(c, x, dim);
    }
    return step_result(c, x);
}

/* --- areas under points --- */

/* Neighbours along the dimension, added. */
static mlp_value *sums_of_neighbours(call *c, mlp_value *y, size_t dim) {
    const size_t n = y->tensor.shape[dim];
    mlp_value *left = step_slice(c, y, dim, 0, n - 1), *right = step_slice(c, y, dim, 1, n);
    return step_of_two(c, &mlp_add, right, left);
}

/* The differences of x, along that dimension of y. */
static mlp_value *widths(call *c, const object *given, const mlp_tensor *y, size_t dim) {
    mlp_value *x = tensor_value(c, given);
    const mlp_dtype dtype = y->dtype;
    if (x->tensor.ndim == 1) {
        if (x->tensor.numel != y->shape[dim])
            call_fail(
                call_raises(c, RUNTIME_ERROR, "There must be one `x` value for each sample point"),
                "there are %zu values of x for %zu points", x->tensor.numel, y->shape[dim]);
        mlp_sizes sizes = {.count = y->ndim};
        for (size_t i = 0; i < y->ndim; i++)
            sizes.size[i] = i == dim ? x->tensor.numel : 1;
        x = step_sizes(c, &mlp_view, x, sizes);
    } else if (!mlp_tensor_same_shape(&x->tensor, y))
        call_fail(c, "x needs the shape of y, or one dimension");
    return tensor_in_dtype(c, difference(c, x, dim), dtype);
}

static mlp_value *points(call *c, size_t *dim) {
    mlp_value *y = floating(c, call_argument(c, "y"), "trapezoid");
    *dim = dim_given(c, &y->tensor, "dim");
    if (y->tensor.ndim == 0 || y->tensor.shape[*dim] < 2)
        call_fail(c, "an area needs two points or more");
    return y;
}

static double width_given(call *c) {
    const object *dx = call_argument(c, "dx");
    return dx ? option_exact(c, dx) : 1;
}

/* Arguments: x or dx, dim. */
static object *torch_trapezoid(call *c) {
    size_t dim;
    mlp_value *y = points(c, &dim);
    const object *x = call_argument(c, "x");
    if (x) {
        mlp_value *wide = widths(c, x, &y->tensor, dim);
        mlp_value *areas = step_of_two(c, &mlp_mul, sums_of_neighbours(c, y, dim), wide);
        mlp_value *sum = step_number(c, &mlp_div, step_sum(c, areas, dim), 2);
        return step_result_of(c, sum, "DivBackward1");
    }
    mlp_value *last = step_select(c, y, dim, y->tensor.shape[dim] - 1);
    mlp_value *ends = step_of_two(c, &mlp_add, step_select(c, y, dim, 0), last);
    mlp_value *whole = step_sum(c, y, dim);
    mlp_value *sum = step_of_two(c, &mlp_sub, whole, step_number(c, &mlp_mul, ends, 0.5));
    return step_result_of(c, step_number(c, &mlp_mul, sum, width_given(c)), "MulBackward1");
}

static object *torch_cumulative_trapezoid(call *c) {
    size_t dim;
    mlp_value *y = points(c, &dim);
    const object *x = call_argument(c, "x");
    const mlp_options along = {.dim = (int64_t)dim};
    if (!x) {
        mlp_value *sums = sums_of_neighbours(c, y, dim);
        mlp_value *areas = step_number(c, &mlp_mul, sums, width_given(c) / 2);
        return step_result(c, step_on(c, &mlp_cumsum, areas, along));
    }
    mlp_value *wide = widths(c, x, &y->tensor, dim);
    mlp_value *areas = step_of_two(c, &mlp_mul, sums_of_neighbours(c, y, dim), wide);
    mlp_value *sum = step_number(c, &mlp_div, step_on(c, &mlp_cumsum, areas, along), 2);
    return step_result_of(c, sum, "DivBackward1");
}

/* --- distance of two tensors --- */

/* Arguments: other, p. */
static object *tensor_dist(call *c) {
    const double p = option_exact(c, c->arguments[1]);
    mlp_request request = {
        .operation = mlp_dist_by(p),
        .in = {floating(c, c->self, "dist"), floating(c, c->arguments[0], "dist")},
        .options.p = p};
    tensor_broadcast_pair(c, &request.in[0], &request.in[1]);
    return tensor_result(c, &request);
}

/* --- distances of points --- */

/* -2 a b + |a|^2 + |b|^2 in one product: (-2 a, |a|^2, 1) (b, 1, |b|^2). */
static mlp_value *side_by_side(call *c, mlp_value *points, mlp_value *second, mlp_value *third) {
    const mlp_request request = {
        .operation = &mlp_cat, .in = {points, second, third}, .options.dim = 1, .hidden = true};
    return tensor_step(c, &request);
}

static mlp_value *squared_sizes(call *c, mlp_value *x) {
    mlp_options along = {.has_dims = true, .keepdim = true};
    along.dims[1] = true;
    return step_on(c, &mlp_sum, step_number(c, &mlp_pow, x, 2), along);
}

static mlp_value *ones_for(call *c, const mlp_value *x) {
    mlp_value *ones = tensor_new(c, x->tensor.dtype, 2, x->tensor.shape, false)->value;
    tensor_fill(&ones->tensor, mlp_integer(1));
    ones->label.hidden = true;
    return ones;
}

/* As PyTorch computes the distances of many points. */
static object *by_product(call *c, mlp_value *a, mlp_value *b) {
    if ((a->requires_grad || b->requires_grad) && !trace_of(c)->no_grad)
        call_fail(c, "the gradient of cdist() is supported up to 25 points on each side: write "
                     ".detach(), or (a[:, None] - b).norm(dim=2)");
    mlp_value *of_a = squared_sizes(c, a), *of_b = squared_sizes(c, b);
    mlp_value *left = side_by_side(c, step_number(c, &mlp_mul, a, -2), of_a, ones_for(c, of_a));
    mlp_value *right = side_by_side(c, b, ones_for(c, of_b), of_b);
    right = step_on(c, &mlp_t, right, (mlp_options){0});
    const mlp_request product = {.operation = &mlp_matmul, .in = {left, right}, .hidden = true};
    mlp_value *squares = tensor_step(c, &product);
    squares = step_on(c, &mlp_clamp_min, squares, (mlp_options){.has_min = true});
    return step_result(c, step_on(c, &mlp_sqrt, squares, (mlp_options){0}));
}

/* Arguments: x1, x2, p. */
static object *torch_cdist(call *c) {
    mlp_value *a = floating(c, c->arguments[0], "cdist");
    mlp_value *b = floating(c, c->arguments[1], "cdist");
    const double p = option_exact(c, c->arguments[2]);
    if (p != 1 && p != 2)
        call_fail(c, "cdist() is supported for p=1 and p=2 only");
    if (a->tensor.ndim != 2 || b->tensor.ndim != 2)
        call_fail(c, "cdist() is supported of two matrices, whose rows are points");
    const bool many = a->tensor.shape[0] > 25 || b->tensor.shape[0] > 25;
    if (p == 2 && many && a->tensor.shape[1] == b->tensor.shape[1] && a->tensor.shape[1] &&
        a->tensor.dtype == b->tensor.dtype)
        return by_product(c, a, b);
    const mlp_request request = {.operation = &mlp_cdist, .in = {a, b}, .options.p = p};
    return tensor_result(c, &request);
}

/* --- quantile --- */

/* The dimension stands last; without one all elements stand in one row. */
static mlp_value *row_in_order(call *c, mlp_value *x, const object *dim) {
    if (dim->kind == OBJECT_NONE)
        x = tensor_flattened(c, x);
    const size_t ndim = x->tensor.ndim;
    mlp_options last = {.dim = ndim ? (int64_t)ndim - 1 : 0};
    if (ndim > 1) {
        last.dim0 = (int64_t)tensor_dim_of(c, &x->tensor, dim->as.integer, 0);
        last.dim1 = last.dim;
        x = step_on(c, &mlp_transpose, x, last);
    }
    if (!x->tensor.numel)
        call_fail(c, "an empty tensor has no quantiles");
    return step_on(c, &mlp_sort, x, last);
}

/* Where each of the quantiles stands in a row of n, from one number below to the one above: their
 * places, and how far it is on the way, for all rows. */
typedef struct {
    mlp_value *below, *above, *weight;
} between;

static between places_of(call *c, const mlp_tensor *sorted, const mlp_value *q) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sorted->ndim, n = sorted->shape[ndim - 1], count = q->tensor.numel;
    memcpy(shape, sorted->shape, sizeof shape);
    shape[ndim - 1] = count;
    const between b = {tensor_new(c, MLP_INT64, ndim, shape, false)->value,
                       tensor_new(c, MLP_INT64, ndim, shape, false)->value,
                       tensor_new(c, sorted->dtype, ndim, shape, false)->value};
    b.below->label.hidden = b.above->label.hidden = b.weight->label.hidden = true;
    for (size_t i = 0; i < b.below->tensor.numel; i++) {
        double rank = mlp_tensor_get(&q->tensor, i % count) * (double)(n - 1);
        rank = sorted->dtype == MLP_FLOAT32 ? (double)(float)rank : rank;
        if (isnan(mlp_tensor_get(sorted, i / count * n + n - 1))) /* it stands last */
            rank = (double)(n - 1);
        ((int64_t *)b.below->tensor.data)[i] = (int64_t)floor(rank);
        ((int64_t *)b.above->tensor.data)[i] = (int64_t)ceil(rank);
        mlp_tensor_set(&b.weight->tensor, i, rank - floor(rank));
    }
    return b;
}

static mlp_value *quantiles_given(call *c, const object *given, mlp_dtype dtype) {
    mlp_value *q = is_tensor(given) ? tensor_value(c, given) : tensor_constant(c, given, dtype);
    if (q->tensor.dtype != dtype)
        call_fail(c, "q is %s, but the tensor is %s: give both the same dtype",
                  mlp_dtype_name(q->tensor.dtype), mlp_dtype_name(dtype));
    if (q->tensor.ndim > 1)
        call_fail(c, "q is a number or a vector of them");
    for (size_t i = 0; i < q->tensor.numel; i++)
        if (!(mlp_tensor_get(&q->tensor, i) >= 0 && mlp_tensor_get(&q->tensor, i) <= 1))
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  is_tensor(given)
                                      ? "quantile() q values must be in the range [0, 1]"
                                      : "quantile() q must be in the range [0, 1] but got %g",
                                  mlp_tensor_get(&q->tensor, i)),
                      "quantiles lie between 0 and 1");
    return q;
}

static mlp_value *taken(call *c, mlp_value *sorted, mlp_value *places) {
    const mlp_request request = {.operation = &mlp_gather,
                                 .in = {sorted, places},
                                 .options.dim = (int64_t)sorted->tensor.ndim - 1,
                                 .hidden = true};
    return tensor_step(c, &request);
}

/* Arguments: q, dim, keepdim. */
static object *tensor_quantile(call *c) {
    mlp_value *x = floating(c, c->self, "quantile");
    const object *dim = call_argument(c, "dim");
    const mlp_value *q = quantiles_given(c, call_argument(c, "q"), x->tensor.dtype);
    if (x->tensor.ndim > 2 && dim->kind != OBJECT_NONE)
        call_fail(c, "quantile() along a dimension is supported of vectors and matrices");
    mlp_value *sorted = row_in_order(c, x, dim);
    const between b = places_of(c, &sorted->tensor, q);
    const mlp_request mean = {
        .operation = &mlp_lerp,
        .in = {taken(c, sorted, b.below), taken(c, sorted, b.above), b.weight},
        .hidden = true};
    mlp_value *y = tensor_step(c, &mean);
    const size_t ndim = y->tensor.ndim;
    if (ndim == 2) /* those of one q stand in a row */
        y = step_on(c, &mlp_transpose, y, (mlp_options){.dim1 = 1});
    if (call_argument(c, "keepdim")->as.boolean)
        call_fail(c, "keepdim=True is not supported by quantile(): write .unsqueeze() behind it");
    return step_result_of(c, q->tensor.ndim ? y : step_select(c, y, 0, 0), "SqueezeBackward3");
}

#define AREA "y: Tensor, *, dx: number = 1, dim: int = -1 | y: Tensor, x: Tensor, *, dim: int = -1"

const native native_statistics[] = {
    {.path = "Tensor.cov",
     .signature = "*, correction: int = 1",
     .call = tensor_cov,
     .is_function = true},
    {.path = "Tensor.corrcoef", .signature = "", .call = tensor_corrcoef, .is_function = true},
    {.path = "Tensor.diff",
     .signature = "n: int = 1, dim: int = -1",
     .call = tensor_diff,
     .is_function = true},
    {.path = "torch.cdist",
     .signature = "x1: Tensor, x2: Tensor, p: float = 2",
     .call = torch_cdist},
    {.path = "torch.trapz", .signature = AREA, .call = torch_trapezoid},
    {.path = "torch.trapezoid", .signature = AREA, .call = torch_trapezoid},
    {.path = "torch.cumulative_trapezoid", .signature = AREA, .call = torch_cumulative_trapezoid},
    {.path = "Tensor.quantile",
     .signature = "q, dim: Optional[int] = None, keepdim: bool = False",
     .call = tensor_quantile,
     .is_function = true},
    {.path = "Tensor.dist",
     .signature = "other: Tensor, p: float = 2",
     .call = tensor_dist,
     .is_function = true},
    {0}};
