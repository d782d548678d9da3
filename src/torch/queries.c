/* What is asked of whole tensors: whether they are equal or close, whether any element is true,
 * their type, and their classes as rows of 0 and 1. */
#include "operators.h"
#include "tensor.h"

#include "mlpstep/bound.h"

#include "python/off.h"

#include <math.h>
#include <string.h>

/* --- equal, allclose --- */

static void check_dtypes(call *c, const mlp_tensor *a, const mlp_tensor *b, const char *name) {
    if (a->dtype != b->dtype)
        call_fail(call_raises(c, RUNTIME_ERROR, "%s did not match %s", mlp_dtype_word(a->dtype),
                              mlp_dtype_word(b->dtype)),
                  "%s() takes tensors of one dtype, not %s and %s", name, mlp_dtype_name(a->dtype),
                  mlp_dtype_name(b->dtype));
}

static double element(const mlp_tensor *t, size_t i, mlp_dtype dtype) {
    const double x = mlp_tensor_get(t, i);
    return dtype == MLP_FLOAT32 ? (float)x : x;
}

/* In the type that they have together. */
static bool is_equal(const mlp_tensor *a, const mlp_tensor *b, size_t i, size_t k) {
    const mlp_dtype dtype = dtype_promoted(a->dtype, b->dtype);
    return mlp_dtype_is_floating(dtype) ? element(a, i, dtype) == element(b, k, dtype)
                                        : mlp_tensor_get_int(a, i) == mlp_tensor_get_int(b, k);
}

static object *tensor_equal(call *c) {
    const mlp_value *of_a = tensor_read(c, c->self), *of_b = tensor_read(c, c->arguments[0]);
    const mlp_tensor *a = &of_a->tensor, *b = &of_b->tensor;
    bool equal = mlp_tensor_same_shape(a, b);
    if (equal && of_a != of_b) {
        tensor_decides(c, of_a);
        tensor_decides(c, of_b);
    }
    script_work(c->script, c->where, equal ? 2 * a->numel : 0);
    for (size_t i = 0; i < a->numel && equal; i++)
        equal = is_equal(a, b, i, i);
    return object_bool(c->script, equal);
}

/* Where an element of `shape` stands in a tensor that is broadcast to it. */
static size_t broadcast_index(const mlp_tensor *t, const mlp_shape *shape, size_t i) {
    size_t at = 0, stride = 1;
    for (size_t d = 0; d < t->ndim; d++) {
        const size_t size = t->shape[t->ndim - 1 - d], whole = shape->shape[shape->ndim - 1 - d];
        at += size == 1 ? 0 : i % whole * stride;
        stride *= size;
        i /= whole;
    }
    return at;
}

/* How far off the difference may be that is allowed where the other number is no larger than y. */
static double allowed_off(estimate relative, estimate absolute, double y) {
    return absolute.off + (relative.off > 0 ? relative.off * y : 0);
}

/* Arguments: other, rtol, atol, equal_nan. */
static object *tensor_allclose(call *c) {
    const mlp_value *of_a = tensor_read(c, c->self), *of_b = tensor_read(c, c->arguments[0]);
    const mlp_tensor *a = &of_a->tensor, *b = &of_b->tensor;
    const estimate relative = object_estimate(c->arguments[1]);
    const estimate absolute = object_estimate(c->arguments[2]);
    const double rtol = relative.number, atol = absolute.number;
    const bool equal_nan = c->arguments[3]->as.boolean;
    const mlp_options options = {.rtol = rtol, .atol = atol, .equal_nan = equal_nan};
    const mlp_dtype dtype = mlp_dtype_is_floating(a->dtype) ? a->dtype : torch_of(c)->dtype;
    mlp_shape shape;
    check_dtypes(c, a, b, "allclose");
    if (!(rtol >= 0 && atol >= 0))
        call_fail(c, "rtol and atol of allclose() must not be negative");
    if (a->dtype == MLP_BOOL)
        call_fail(c, "allclose() of bools is not supported: write torch.equal()");
    if (!mlp_broadcast(&shape, a, b, script_error(c->script)))
        call_give_up(c);
    uint64_t numel = 1;
    for (size_t d = 0; d < shape.ndim; d++)
        numel *= shape.shape[d];
    if (equal_nan && numel != a->numel)
        call_fail(c, "allclose() with equal_nan needs the first tensor to have the larger shape");
    script_work(c->script, c->where, numel * (2 + a->ndim + b->ndim)); /* see broadcast_index */
    bool close = true;
    for (size_t i = 0; i < numel && close; i++) {
        const size_t k = broadcast_index(a, &shape, i), l = broadcast_index(b, &shape, i);
        const double x = mlp_tensor_get(a, k), y = mlp_tensor_get(b, l);
        const double off = 2 * (mlp_value_bound(of_a, k) + (1 + rtol) * mlp_value_bound(of_b, l)) +
                           allowed_off(relative, absolute, fabs(y) + 2 * mlp_value_bound(of_b, l));
        if (off > 0 && !(fabs(fabs(x - y) - atol - rtol * fabs(y)) > off))
            script_doubt(c->script);
        close = is_equal(a, b, k, l) || mlp_is_close(dtype, x, y, &options);
    }
    return object_bool(c->script, close);
}

/* --- any, all --- */

static mlp_value *hidden_step(call *c, const mlp_operation *operation, mlp_value *of,
                              const mlp_options *options) {
    return tensor_step(
        c, &(mlp_request){.operation = operation, .in = {of}, .options = *options, .hidden = true});
}

/* Of all elements, or along the dimension that is given. */
static mlp_options counted_dims(call *c, const mlp_tensor *t) {
    const object *dim = call_argument(c, "dim"), *keepdim = call_argument(c, "keepdim");
    mlp_options options = {0};
    if (!dim || dim->kind == OBJECT_NONE)
        return options;
    options.has_dims = options.dims[tensor_dim_of(c, t, dim->as.integer, 0)] = true;
    options.keepdim = keepdim && keepdim->as.boolean;
    return options;
}

/* 1 for each element that compares so with 0, as integers. */
static mlp_value *compared(call *c, const mlp_operation *compare) {
    const mlp_options zero = {.number = mlp_integer(0)}, int64 = {.dtype = MLP_INT64};
    mlp_value *v = tensor_value(c, c->self);
    if (v->tensor.dtype == MLP_BOOL)
        v = hidden_step(c, &mlp_to, v, &int64);
    return hidden_step(c, &mlp_to, hidden_step(c, compare, v, &zero), &int64);
}

/* How many elements are zero, or not, counted by `compare` with 0, and whether that many are: of
 * uint8, which was PyTorch's bool once, as 0 or 1. */
static object *count(call *c, const mlp_operation *compare, const mlp_operation *compare_count) {
    const bool is_uint8 = tensor_value(c, c->self)->tensor.dtype == MLP_UINT8;
    const mlp_options zero = {.number = mlp_integer(0)};
    const mlp_options dims = counted_dims(c, &tensor_value(c, c->self)->tensor);
    mlp_value *v = hidden_step(c, &mlp_sum, compared(c, compare), &dims);
    object *result = variable_object(
        c,
        tensor_computed(c, &(mlp_request){.operation = compare_count, .in = {v}, .options = zero}));
    return is_uint8 ? tensor_cast(c, result, MLP_UINT8) : result;
}

static object *tensor_any(call *c) {
    return count(c, &mlp_ne, &mlp_gt);
}

static object *tensor_all(call *c) {
    return count(c, &mlp_eq, &mlp_eq);
}

static object *tensor_count_nonzero(call *c) {
    const mlp_options dims = counted_dims(c, &tensor_value(c, c->self)->tensor);
    mlp_value *v = compared(c, &mlp_ne);
    return variable_object(
        c, tensor_computed(c, &(mlp_request){.operation = &mlp_sum, .in = {v}, .options = dims}));
}

/* --- type --- */

static const char *const types[MLP_DTYPES] = {
    [MLP_FLOAT32] = "torch.FloatTensor", [MLP_FLOAT64] = "torch.DoubleTensor",
    [MLP_INT64] = "torch.LongTensor",    [MLP_BOOL] = "torch.BoolTensor",
    [MLP_INT32] = "torch.IntTensor",     [MLP_INT16] = "torch.ShortTensor",
    [MLP_INT8] = "torch.CharTensor",     [MLP_UINT8] = "torch.ByteTensor"};

const char *tensor_type_name(mlp_dtype dtype) {
    return types[dtype];
}

/* type() is the name of the type; type(dtype), or of a type's name, is the tensor as that. */
static object *type_method(call *c) {
    const object *wanted = c->arguments[0];
    if (wanted->kind == OBJECT_NONE)
        return object_string(c->script, types[tensor_value(c, c->self)->tensor.dtype]);
    if (is_dtype(wanted))
        return tensor_cast(c, c->self, dtype_of(wanted));
    const char *name = wanted->kind == OBJECT_STRING                    ? wanted->as.string
                       : wanted->kind == OBJECT_NATIVE && !wanted->self ? wanted->as.native->path
                                                                        : "";
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i], name) == 0)
            return tensor_cast(c, c->self, (mlp_dtype)i);
    call_fail(c, "type() takes a dtype, such as torch.float64, or the name of a type");
}

static object *type_name(call *c) {
    const object *o = c->arguments[0];
    if (!is_tensor(o))
        call_fail(c, "typename() of a value of type %s is not supported: write type(o).__name__",
                  object_type(o));
    return object_string(c->script, types[tensor_value(c, o)->tensor.dtype]);
}

static object *torch_is_tensor(call *c) {
    return object_bool(c->script, is_tensor(c->arguments[0]));
}

/* --- one_hot --- */

static int64_t count_classes(call *c, const mlp_tensor *labels, int64_t given) {
    int64_t largest = -1;
    for (size_t i = 0; i < labels->numel; i++) {
        const int64_t label = mlp_tensor_get_int(labels, i);
        if (label < 0)
            call_fail(call_raises(c, RUNTIME_ERROR, "Class values must be non-negative."),
                      "one_hot() takes classes from 0 on, not %lld", (long long)label);
        largest = label > largest ? label : largest;
    }
    if (given == -1 && largest < 0)
        call_fail(c, "one_hot() of an empty tensor needs num_classes");
    if (given < -1 || given == 0)
        call_fail(c, "num_classes of one_hot() must be at least 1, or -1");
    if (given != -1 && largest >= given)
        call_fail(call_raises(c, RUNTIME_ERROR, "Class values must be smaller than num_classes."),
                  "one_hot() found the class %lld, but num_classes is %lld", (long long)largest,
                  (long long)given);
    if (largest == INT64_MAX)
        script_out_of_memory(c->script);
    return given == -1 ? largest + 1 : given;
}

/* Where a label may be another one, so may its row. */
static double *one_hot_bound(call *c, const mlp_value *labels, size_t classes) {
    if (!labels->bound)
        return NULL;
    double *bound = script_alloc(c->script, labels->tensor.numel * classes, sizeof *bound);
    for (size_t i = 0; i < labels->tensor.numel * classes; i++)
        bound[i] = mlp_value_bound(labels, i / classes) > 0 ? INFINITY : 0;
    return bound;
}

static object *one_hot(call *c) {
    const mlp_value *of = tensor_value(c, c->arguments[0]);
    const mlp_tensor *labels = &of->tensor;
    const int64_t given = c->arguments[1]->as.integer;
    size_t shape[MLP_MAX_DIMS];
    if (labels->dtype != MLP_INT64)
        call_fail(call_raises(c, RUNTIME_ERROR, "one_hot is only applicable to index tensor."),
                  "one_hot() takes an int64 tensor of classes, not a %s one",
                  mlp_dtype_name(labels->dtype));
    if (labels->ndim == MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    const size_t classes = tensor_size_of(c, count_classes(c, labels, given));
    if (given == -1)
        tensor_decides(c, of);
    memcpy(shape, labels->shape, labels->ndim * sizeof *shape);
    shape[labels->ndim] = classes;
    mlp_variable *v = tensor_new(c, MLP_INT64, labels->ndim + 1, shape, false);
    for (size_t i = 0; i < labels->numel; i++)
        ((int64_t *)v->value->tensor.data)[i * classes + (size_t)mlp_tensor_get_int(labels, i)] = 1;
    tensor_set_bound(v->value, one_hot_bound(c, of, classes));
    return variable_object(c, v);
}

#define ALONG "| dim/axis: int, keepdim/keepdims: bool = False"

const native native_queries[] = {
    {.path = "Tensor.equal",
     .signature = "other: Tensor",
     .call = tensor_equal,
     .is_function = true},
    {.path = "Tensor.allclose",
     .signature = "other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, "
                  "equal_nan: bool = False",
     .call = tensor_allclose,
     .is_function = true},
    {.path = "Tensor.any", .signature = ALONG, .call = tensor_any, .is_function = true},
    {.path = "Tensor.all", .signature = ALONG, .call = tensor_all, .is_function = true},
    {.path = "Tensor.count_nonzero",
     .signature = "dim: Optional[int] = None",
     .call = tensor_count_nonzero,
     .is_function = true},
    {.path = "Tensor.type", .signature = "dtype = None", .call = type_method},
    {.path = "torch.typename", .signature = "o", .call = type_name},
    {.path = "torch.is_tensor", .signature = "obj", .call = torch_is_tensor},
    {.path = "torch.nn.functional.one_hot",
     .signature = "input: Tensor, num_classes: int = -1",
     .call = one_hot},
    {0}};
