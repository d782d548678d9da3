/* Sums, means and extremes: x.sum(dim=1), torch.max(x). */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

static object *apply(call *c, const mlp_operation *operation, mlp_value *x,
                     const mlp_options *options) {
    return variable_object(
        c,
        tensor_computed(c, &(mlp_request){.operation = operation, .in = {x}, .options = *options}));
}

/* --- sum, mean --- */

void take_dims(call *c, mlp_options *options, const mlp_tensor *t, const object *dim) {
    if (!dim)
        return;
    const bool several = object_is_sequence(dim);
    object *const *items = several ? dim->as.sequence.items : (object *const *)&dim;
    const size_t count = several ? dim->as.sequence.count : dim->kind != OBJECT_NONE;
    options->has_dims = true;
    for (size_t i = 0; i < count; i++) {
        if (items[i]->kind != OBJECT_INTEGER)
            call_fail(c, "dim takes a dimension or a tuple of them, not a %s",
                      object_type(items[i]));
        bool *named = &options->dims[tensor_dim_of(c, t, items[i]->as.integer, 0)];
        if (*named)
            call_fail(c, "dim names a dimension twice");
        *named = true;
    }
    for (size_t i = 0; i < t->ndim && count == 0; i++)
        options->dims[i] = true;
}

static void check_result_type(call *c, mlp_dtype dtype, const char *what) {
    if (dtype == MLP_BOOL)
        call_fail(c,
                  "%s of bools in bools is not supported: write any() or all(), or another dtype",
                  what);
    if (!mlp_dtype_is_floating(dtype) && tensor_value(c, c->self)->requires_grad &&
        !trace_of(c)->no_grad)
        call_fail(c, "%s in %s has no gradient: write .detach() before it", what,
                  mlp_dtype_name(dtype));
}

static object *reduce(call *c, const mlp_operation *operation) {
    const object *self = c->self, *dtype = call_argument(c, "dtype");
    if (is_dtype(dtype))
        check_result_type(c, dtype_of(dtype), "a sum");
    if (dtype->kind != OBJECT_NONE)
        self = tensor_cast(c, c->self, dtype_argument(c, dtype));
    mlp_value *x = tensor_value(c, self);
    mlp_options options = {0};
    option_take(c, &options, "keepdim");
    take_dims(c, &options, &x->tensor, call_argument(c, "dim"));
    object *result = apply(c, operation, x, &options); /* of integers in int64 */
    return dtype->kind != OBJECT_NONE ? tensor_cast(c, result, x->tensor.dtype) : result;
}

static object *tensor_sum(call *c) {
    return reduce(c, &mlp_sum);
}

static object *tensor_mean(call *c) {
    return reduce(c, &mlp_mean);
}

/* --- products, and what keeps each number on the way --- */

/* In the dtype= that is given; bools are counted as integers, and these in int64. */
static mlp_value *in_its_dtype(call *c, const char *what) {
    const object *dtype = call_argument(c, "dtype");
    const mlp_dtype own = tensor_value(c, c->self)->tensor.dtype;
    const mlp_dtype wanted = dtype->kind != OBJECT_NONE   ? dtype_argument(c, dtype)
                             : mlp_dtype_is_floating(own) ? own
                                                          : MLP_INT64;
    if (dtype->kind != OBJECT_NONE)
        check_result_type(c, wanted, what);
    return tensor_value(c, tensor_cast(c, c->self, wanted));
}

static object *cumulative(call *c, const mlp_operation *operation) {
    mlp_value *x = in_its_dtype(c, "a running sum or product");
    mlp_options options = {0};
    options.dim = (int64_t)tensor_dim_of(c, &x->tensor, call_argument(c, "dim")->as.integer, 0);
    return apply(c, operation, x, &options);
}

static object *tensor_cumsum(call *c) {
    return cumulative(c, &mlp_cumsum);
}

static object *tensor_cumprod(call *c) {
    return cumulative(c, &mlp_cumprod);
}

static const char *type_word(mlp_dtype dtype) {
    return dtype == MLP_FLOAT32   ? "float"
           : dtype == MLP_FLOAT64 ? "double"
           : dtype == MLP_INT64   ? "long int"
                                  : mlp_dtype_name(dtype);
}

/* In place, in the dtype that it has. */
static object *cumulative_in_place(call *c, const mlp_operation *operation) {
    const object *dtype = call_argument(c, "dtype");
    const mlp_tensor *t = &tensor_value(c, c->self)->tensor;
    mlp_request request = {.operation = operation};
    if (t->dtype == MLP_BOOL)
        call_fail(call_raises(c, RUNTIME_ERROR, "\"%s_out_cpu\" not implemented for 'Bool'",
                              operation->name),
                  "%s_() of bools is not supported: write .long() before it", operation->name);
    if (dtype->kind != OBJECT_NONE && dtype_argument(c, dtype) != t->dtype)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Bad in-place call: input tensor dtype %s and output tensor dtype %s "
                              "should match",
                              type_word(t->dtype), type_word(dtype_argument(c, dtype))),
                  "a tensor of %s cannot hold a result of %s in place", mlp_dtype_name(t->dtype),
                  mlp_dtype_name(dtype_argument(c, dtype)));
    request.options.dim = (int64_t)tensor_dim_of(c, t, call_argument(c, "dim")->as.integer, 0);
    return variable_object(c, tensor_changed(c, request, variable_of(c->self)));
}

static object *tensor_cumsum_(call *c) {
    return cumulative_in_place(c, &mlp_cumsum);
}

static object *tensor_cumprod_(call *c) {
    return cumulative_in_place(c, &mlp_cumprod);
}

static object *tensor_prod(call *c) {
    mlp_value *x = in_its_dtype(c, "a product");
    const object *dim = call_argument(c, "dim");
    mlp_options options = {.has_dim = dim != NULL};
    if (dim)
        options.dim = (int64_t)tensor_dim_of(c, &x->tensor, dim->as.integer, 0);
    option_take(c, &options, "keepdim");
    return apply(c, &mlp_prod, x, &options);
}

/* --- var, std --- */

static object *spread(call *c, const mlp_operation *operation) {
    mlp_value *x = tensor_value(c, c->self);
    const object *dim = call_argument(c, "dim"), *unbiased = call_argument(c, "unbiased");
    const object *correction = call_argument(c, "correction");
    mlp_options options = {0};
    option_require(c, &options, "correction",
                   correction->kind == OBJECT_NONE ? unbiased : correction);
    option_take(c, &options, "keepdim");
    if (dim && object_is_sequence(dim) && dim->as.sequence.count == 0)
        call_fail(c, "no dimensions, (), are not supported here: leave dim out");
    if (dim && dim->kind != OBJECT_NONE)
        take_dims(c, &options, &x->tensor, dim);
    return apply(c, operation, x, &options);
}

static object *tensor_std(call *c) {
    return spread(c, &mlp_std);
}

static object *tensor_var(call *c) {
    return spread(c, &mlp_var);
}

/* Both, of one step in PyTorch. */
static object *spread_and_mean(call *c, const mlp_operation *operation, const char *node) {
    mlp_value *x = tensor_value(c, c->self);
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    object *of_spread = spread(c, operation);
    mlp_options options = {0};
    option_take(c, &options, "keepdim");
    take_dims(c, &options, &x->tensor, call_argument(c, "dim"));
    object *mean = apply(c, &mlp_mean_beside, x, &options);
    pair->as.sequence.items[0] = of_spread;
    pair->as.sequence.items[1] = mean;
    for (size_t i = 0; i < 2; i++)
        variable_of(pair->as.sequence.items[i])->value->producer->grad_fn = node;
    return pair;
}

static object *tensor_std_mean(call *c) {
    return spread_and_mean(c, &mlp_std, "StdMeanBackward0");
}

static object *tensor_var_mean(call *c) {
    return spread_and_mean(c, &mlp_var, "VarMeanBackward0");
}

static object *tensor_logsumexp(call *c) {
    const object *dim = call_argument(c, "dim");
    mlp_options options = {0};
    mlp_value *x = tensor_value(c, c->self);
    if (dim->kind == OBJECT_NONE)
        call_fail(c, "logsumexp() takes a dimension or a tuple of them");
    if (!mlp_dtype_is_floating(x->tensor.dtype))
        x = tensor_value(c, tensor_cast(c, c->self, torch_of(c)->dtype));
    option_take(c, &options, "keepdim");
    take_dims(c, &options, &x->tensor, dim);
    return apply(c, &mlp_logsumexp, x, &options);
}

/* --- max, min --- */

/* torch.return_types.max: the values, and where they stand. */
static object *values_and_indices(call *c, const mlp_operation *operation, mlp_value *x,
                                  const mlp_options *options) {
    static const char *const names[] = {"values", "indices"};
    object *values = apply(c, operation, x, options);
    mlp_value *indices = variable_of(values)->value->producer->out[1];
    mlp_variable *variable = mlp_trace_variable(trace_of(c), indices, false);
    if (!variable || !mlp_trace_show(trace_of(c), indices->producer->phase, indices))
        script_out_of_memory(c->script);
    indices->leaf = true;
    return return_type(c, operation->name, names, values, variable_object(c, variable));
}

static object *value_and_index(call *c, const mlp_operation *operation, mlp_value *x,
                               const object *dim) {
    mlp_options options = {.dim = (int64_t)tensor_dim_of(c, &x->tensor, dim->as.integer, 0),
                           .has_dim = true};
    option_take(c, &options, "keepdim");
    return values_and_indices(c, operation, x, &options);
}

/* Arguments: dim, keepdim, other. */
static object *extreme(call *c, const mlp_operation *all, const mlp_operation *along,
                       const mlp_operation *between) {
    mlp_value *x = tensor_value(c, c->self);
    object *dim = call_argument(c, "dim"), *other = call_argument(c, "other");
    if (other)
        return tensor_pairwise(c, between, c->self, other);
    if (!dim)
        return apply(c, all, x, &(mlp_options){0});
    return value_and_index(c, along, x, dim);
}

static object *tensor_max(call *c) {
    return extreme(c, &mlp_max, &mlp_max_dim, &mlp_maximum);
}

static object *tensor_min(call *c) {
    return extreme(c, &mlp_min, &mlp_min_dim, &mlp_minimum);
}

static object *shared_extreme(call *c, const mlp_operation *operation) {
    mlp_value *x = tensor_value(c, c->self);
    mlp_options options = {0};
    option_take(c, &options, "keepdim");
    take_dims(c, &options, &x->tensor, call_argument(c, "dim"));
    return apply(c, operation, x, &options);
}

static object *tensor_amax(call *c) {
    return shared_extreme(c, &mlp_amax);
}

static object *tensor_amin(call *c) {
    return shared_extreme(c, &mlp_amin);
}

/* Arguments: dim, keepdim. Both, of one step in PyTorch. */
static object *tensor_aminmax(call *c) {
    static const char *const names[] = {"min", "max"};
    const object *dim = call_argument(c, "dim");
    mlp_value *x = tensor_value(c, c->self);
    mlp_options options = {.has_dims = dim->kind != OBJECT_NONE};
    if (x->tensor.numel == 0)
        call_fail(c, "a tensor without elements has neither max nor min");
    if (x->requires_grad && !trace_of(c)->no_grad && !release_has(c, MLP_RENAMES_NODES))
        call_fail(c, "aminmax() has no gradient: write .detach() before it, or amin() and amax()");
    if (options.has_dims)
        options.dims[tensor_dim_of(c, &x->tensor, dim->as.integer, 0)] = true;
    option_take(c, &options, "keepdim");
    object *least = apply(c, &mlp_amin, x, &options), *most = apply(c, &mlp_amax, x, &options);
    variable_of(least)->value->producer->grad_fn = "AminmaxBackward0";
    variable_of(most)->value->producer->grad_fn = "AminmaxBackward0";
    return return_type(c, "aminmax", names, least, most);
}

/* --- in order of size --- */

static mlp_options order_of(call *c, const mlp_value *x) {
    const int64_t dim = call_argument(c, "dim")->as.integer;
    return (mlp_options){.dim = (int64_t)tensor_dim_of(c, &x->tensor, dim, 0)};
}

static mlp_options sorting_of(call *c, const mlp_value *x) {
    const object *stable = call_argument(c, "stable");
    mlp_options options = order_of(c, x);
    option_take(c, &options, "descending");
    options.stable = stable->kind == OBJECT_BOOL;
    if (options.stable && !stable->as.boolean)
        call_fail(c, "stable=False is what is done without it: leave it out");
    return options;
}

static object *tensor_sort(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    const mlp_options options = sorting_of(c, x);
    return values_and_indices(c, &mlp_sort, x, &options);
}

static object *tensor_msort(call *c) {
    return apply(c, &mlp_sort, tensor_value(c, c->self), &(mlp_options){0});
}

static object *tensor_argsort(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    const mlp_options options = sorting_of(c, x);
    return apply(c, &mlp_argsort, x, &options);
}

static object *tensor_topk(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    mlp_options options = order_of(c, x);
    option_take(c, &options, "k");
    options.descending = call_argument(c, "largest")->as.boolean;
    options.unsorted = !call_argument(c, "sorted")->as.boolean;
    return values_and_indices(c, &mlp_topk, x, &options);
}

/* Arguments: k, dim, keepdim. */
static object *tensor_kthvalue(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    mlp_options options = order_of(c, x);
    option_take(c, &options, "k");
    option_take(c, &options, "keepdim");
    return values_and_indices(c, &mlp_kthvalue, x, &options);
}

/* Arguments: dim, keepdim. */
static object *tensor_mode(call *c) {
    return value_and_index(c, &mlp_mode, tensor_value(c, c->self), call_argument(c, "dim"));
}

/* Arguments: dim. */
static object *tensor_cummax(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    const mlp_options options = order_of(c, x);
    return values_and_indices(c, &mlp_cummax, x, &options);
}

static object *tensor_cummin(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    const mlp_options options = order_of(c, x);
    return values_and_indices(c, &mlp_cummin, x, &options);
}

static object *tensor_median(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    const object *dim = call_argument(c, "dim");
    return dim ? value_and_index(c, &mlp_median_dim, x, dim)
               : apply(c, &mlp_median, x, &(mlp_options){0});
}

/* keepdim asks for a dimension to keep, as dim=None also is. */
#define KEEPDIM "keepdim/keepdims: bool = False"
#define DIMS "*, dtype = None | dim/axis, " KEEPDIM ", *, dtype = None"
#define PROD "*, dtype = None | dim/axis: int, " KEEPDIM ", *, dtype = None"
#define CUMULATIVE "dim/axis: int, *, dtype = None"
#define SPREAD                                                                \
    "unbiased: bool = True | dim/axis, unbiased: bool = True, " KEEPDIM " | " \
    "dim/axis, *, correction: Optional[int] = None, " KEEPDIM
#define MEAN_TOO                                                                                      \
    "input: Tensor, unbiased: bool = True | input: Tensor, dim/axis, unbiased: bool = True, " KEEPDIM \
    " | input: Tensor, dim/axis, *, correction: Optional[int] = None, " KEEPDIM
#define SORT                                             \
    "dim/axis: int = -1, descending: bool = False | *, " \
    "stable: Optional[bool] = None, dim/axis: int = -1, descending: bool = False"
#define SHARED "dim/axis = (), " KEEPDIM
#define EXTREME "| dim/axis: int, " KEEPDIM " | other: Tensor"

/* torch.std_mean(x), which is no method. */
static object *of_input(call *c) {
    native_call *const *method = c->native->data;
    call inner = *c;
    inner.self = c->arguments[0];
    return (*method)(&inner);
}

static native_call *const STD_MEAN = tensor_std_mean, *const VAR_MEAN = tensor_var_mean;

const native native_reduce[] = {
    {.path = "Tensor.sum", .signature = DIMS, .call = tensor_sum, .is_function = true},
    {.path = "Tensor.mean", .signature = DIMS, .call = tensor_mean, .is_function = true},
    {.path = "Tensor.prod", .signature = PROD, .call = tensor_prod, .is_function = true},
    {.path = "Tensor.cumsum", .signature = CUMULATIVE, .call = tensor_cumsum, .is_function = true},
    {.path = "Tensor.cumprod",
     .signature = CUMULATIVE,
     .call = tensor_cumprod,
     .is_function = true},
    {.path = "Tensor.cumsum_", .signature = CUMULATIVE, .call = tensor_cumsum_},
    {.path = "Tensor.cumprod_", .signature = CUMULATIVE, .call = tensor_cumprod_},
    {.path = "Tensor.std", .signature = SPREAD, .call = tensor_std, .is_function = true},
    {.path = "Tensor.var", .signature = SPREAD, .call = tensor_var, .is_function = true},
    {.path = "torch.std_mean", .signature = MEAN_TOO, .call = of_input, .data = &STD_MEAN},
    {.path = "torch.var_mean", .signature = MEAN_TOO, .call = of_input, .data = &VAR_MEAN},
    {.path = "Tensor.aminmax",
     .signature = "*, dim: Optional[int] = None, " KEEPDIM,
     .call = tensor_aminmax,
     .is_function = true},
    {.path = "Tensor.logsumexp",
     .signature = "dim/axis, " KEEPDIM,
     .call = tensor_logsumexp,
     .is_function = true},
    {.path = "Tensor.sort", .signature = SORT, .call = tensor_sort, .is_function = true},
    {.path = "Tensor.argsort", .signature = SORT, .call = tensor_argsort, .is_function = true},
    {.path = "Tensor.topk",
     .signature = "k: int, dim/axis: int = -1, largest: bool = True, sorted: bool = True",
     .call = tensor_topk,
     .is_function = true},
    {.path = "Tensor.median",
     .signature = "| dim/axis: int, " KEEPDIM,
     .call = tensor_median,
     .is_function = true},
    {.path = "Tensor.kthvalue",
     .signature = "k: int, dim/axis: int = -1, " KEEPDIM,
     .call = tensor_kthvalue,
     .is_function = true},
    {.path = "Tensor.mode",
     .signature = "dim/axis: int = -1, " KEEPDIM,
     .call = tensor_mode,
     .is_function = true},
    {.path = "Tensor.cummax",
     .signature = "dim/axis: int",
     .call = tensor_cummax,
     .is_function = true},
    {.path = "Tensor.cummin",
     .signature = "dim/axis: int",
     .call = tensor_cummin,
     .is_function = true},
    {.path = "Tensor.msort", .signature = "", .call = tensor_msort, .is_function = true},
    {.path = "Tensor.amax", .signature = SHARED, .call = tensor_amax, .is_function = true},
    {.path = "Tensor.amin", .signature = SHARED, .call = tensor_amin, .is_function = true},
    {.path = "Tensor.max", .signature = EXTREME, .call = tensor_max, .is_function = true},
    {.path = "Tensor.min", .signature = EXTREME, .call = tensor_min, .is_function = true},
    {0}};
