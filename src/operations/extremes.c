/* The extremes over dimensions whose gradient is shared (amax, amin), and distances of points. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/distance.h"

#include <math.h>
#include <string.h>

/* --- amax, amin: x; dims, keepdim --- */

static bool check_extremes(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    const mlp_options *o = &call->options;
    out[0] = (mlp_shape){.dtype = x->dtype};
    for (size_t i = 0; i < x->ndim; i++) {
        const bool reduced = !o->has_dims || o->dims[i];
        if (!reduced || o->keepdim)
            out[0].shape[out[0].ndim++] = reduced ? 1 : x->shape[i];
        if (reduced && x->shape[i] == 0)
            return mlp_error(error, "an empty tensor has no extreme");
    }
    return check_numbers(x, error);
}

size_t extreme_place(const mlp_call *call, size_t i) {
    const mlp_tensor *x = call->in[0];
    size_t place = 0, step = 1;
    for (size_t d = x->ndim; d-- > 0; i /= x->shape[d])
        if (call->options.has_dims && !call->options.dims[d]) {
            place += i % x->shape[d] * step;
            step *= x->shape[d];
        }
    return place;
}

/* Whether the element is beyond the result so far, on the side of sign; nan is beyond all. */
static bool is_beyond(const mlp_tensor *x, size_t i, const mlp_tensor *y, size_t k, int sign) {
    if (mlp_dtype_is_integer(x->dtype)) {
        const int64_t a = mlp_tensor_get_int(x, i), b = mlp_tensor_get_int(y, k);
        return sign > 0 ? a > b : a < b;
    }
    const double a = mlp_tensor_get(x, i), b = mlp_tensor_get(y, k);
    return isnan(a) || (sign > 0 ? a > b : a < b);
}

static void extremes(const mlp_call *call, int sign) {
    const mlp_tensor *x = call->in[0];
    mlp_tensor *y = call->out[0];
    const size_t size = mlp_dtype_size(x->dtype);
    for (size_t i = x->numel; i-- > 0;) /* some element of each */
        memcpy((char *)y->data + extreme_place(call, i) * size, (const char *)x->data + i * size,
               size);
    for (size_t i = 0; i < x->numel; i++)
        if (is_beyond(x, i, y, extreme_place(call, i), sign))
            memcpy((char *)y->data + extreme_place(call, i) * size,
                   (const char *)x->data + i * size, size);
}

static void amax_forward(const mlp_call *call) {
    extremes(call, 1);
}

static void amin_forward(const mlp_call *call) {
    extremes(call, -1);
}

static void extremes_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const double *x = call->in[0]->data, *y = call->out[0]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        take(context, x[i] == y[extreme_place(call, i)]);
}

#define EXTREMES                                                                         \
    .gradient = "dx = dy / {how many x equal y} where x = y, 0 elsewhere", .outputs = 1, \
    .kinks = extremes_kinks, .check = check_extremes, .compose = compose_extremes,       \
    .bound = bound_extremes, .reads = {1 << 0}, .reads_output = true, .gradients = 1 << 0

const mlp_operation mlp_amax = {.name = "amax",
                                EXTREMES,
                                .formula = "y = max(x)",
                                .forward = amax_forward,
                                .grad_fn = "AmaxBackward0"};

const mlp_operation mlp_amin = {.name = "amin",
                                EXTREMES,
                                .formula = "y = min(x)",
                                .forward = amin_forward,
                                .grad_fn = "AminBackward0"};

/* --- cdist: points a (n, k) and b (m, k); p of 1 or 2 --- */

static bool check_points(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    if (a->ndim != 2 || b->ndim != 2 || a->shape[1] != b->shape[1])
        return mlp_error(error, "points are rows of two matrices with as many columns");
    out[0] = (mlp_shape){a->dtype, 2, {a->shape[0], b->shape[0]}};
    return check_floating(a, error) && check_same_dtype(a, "one matrix", b, "the other", error);
}

static mlp_points points_of(const mlp_call *call) {
    return (mlp_points){.n = call->in[0]->shape[0],
                        .m = call->in[1]->shape[0],
                        .k = call->in[0]->shape[1],
                        .squared = call->options.p == 2};
}

static void cdist_forward(const mlp_call *call) {
    const mlp_points points = points_of(call);
    CALL_KERNEL(call, distance_forward, call->out[0]->data, call->in[0]->data, call->in[1]->data,
                &points);
}

static void cdist_backward(const mlp_call *call) {
    const mlp_points points = points_of(call);
    if (call->din[0])
        CALL_KERNEL(call, distance_backward, call->din[0]->data, call->dout->data,
                    call->out[0]->data, call->in[0]->data, call->in[1]->data, &points, false);
    if (call->din[1])
        CALL_KERNEL(call, distance_backward, call->din[1]->data, call->dout->data,
                    call->out[0]->data, call->in[0]->data, call->in[1]->data, &points, true);
}

static double points_work(const mlp_tensor *x, const mlp_tensor *y) {
    return (double)y->numel * (double)x->shape[1];
}

const mlp_operation mlp_cdist = {
    .name = "cdist",
    .formula = "y[i, j] = [p=1? sum(|a[i] - b[j]|)][!p=1? sqrt(sum((a[i] - b[j])^2))]",
    .gradient = "da[i] = [p=1? sum(dy[i, j] sign(a[i] - b[j]))][!p=1? sum(dy[i, "
                "j] (a[i] - b[j]) / y[i, j])]",
    .outputs = 1,
    .kinks = kinks_of_zero_result,
    .work = points_work,
    .check = check_points,
    .forward = cdist_forward,
    .backward = cdist_backward,
    .bound = bound_cdist,
    .bound_backward = bound_cdist_back,
    .reads = {3, 3},
    .reads_output = true,
    .gradients = 3,
    .grad_fn = "CdistBackward0"};
