/* Norms of vectors and matrices: x.norm(), torch.linalg.norm(A, ord, dim). */
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include "python/format.h"

#include <math.h>
#include <string.h>

/* In the dtype= that is given, which may only be a wider one. */
static mlp_value *floating(call *c, object *tensor, const char *name) {
    const mlp_dtype own = tensor_value(c, tensor)->tensor.dtype;
    const object *given = call_argument(c, "dtype");
    if (!mlp_dtype_is_floating(own))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "linalg.%s: Expected a floating point or complex tensor as input. "
                              "Got %s",
                              name, mlp_dtype_word(own)),
                  "a norm is that of floats: write .float() behind the tensor");
    if (given->kind == OBJECT_NONE)
        return tensor_value(c, tensor);
    const mlp_dtype wanted = dtype_argument(c, given);
    if (wanted != own && wanted != MLP_FLOAT64)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "linalg.vector_norm: the dtype of the input (%s) should be "
                              "convertible without narrowing to the specified dtype (%s)",
                              mlp_dtype_word(own), mlp_dtype_word(wanted)),
                  "dtype= of a norm is no narrower than that of the tensor, %s",
                  mlp_dtype_name(own));
    return tensor_value(c, tensor_cast(c, tensor, wanted));
}

static bool has_extremes(const mlp_tensor *x) {
    for (size_t i = 0; i < x->numel; i++)
        if (isnan(mlp_tensor_get(x, i)))
            return false;
    return x->numel > 0;
}

/* (sum of |x|^p)^(1/p) over the dimensions of the options; by a hidden step. The largest size is
 * found as such, whose gradient has bounds, unless there is a nan. */
static mlp_value *norm_of(call *c, mlp_value *x, double p, mlp_options options) {
    options.p = p;
    if (isinf(p) && has_extremes(&x->tensor))
        return step_on(c, p > 0 ? &mlp_amax : &mlp_amin, step_on(c, &mlp_abs, x, (mlp_options){0}),
                       options);
    return step_on(c, mlp_norm_by(p), x, options);
}

static const char *node_of(call *c) {
    return release_has(c, MLP_RENAMES_NODES) ? mlp_norm.later_grad_fn : mlp_norm.grad_fn;
}

static double number_given(call *c, const object *p) {
    if (!object_is_number(p) || p->kind == OBJECT_BOOL)
        call_fail(c, "the order of a norm is a number, 'fro' or 'nuc', not a %s", object_type(p));
    return option_decides(c, p);
}

static bool is_text(const object *o, const char *text) {
    return o->kind == OBJECT_STRING && strcmp(o->as.string, text) == 0;
}

static mlp_options dims_given(call *c, const mlp_value *x) {
    mlp_options options = {0};
    option_take(c, &options, "keepdim");
    take_dims(c, &options, &x->tensor, call_argument(c, "dim"));
    return options;
}

/* --- torch.norm --- */

/* The root of the sum of squares, as PyTorch takes 'fro' over several dimensions until it gets a
 * norm of its own. */
static object *root_of_squares(call *c, mlp_value *x, mlp_options options) {
    mlp_value *squares = step_of_two(c, &mlp_mul, x, x);
    return step_result(
        c, step_on(c, &mlp_sqrt, step_on(c, &mlp_sum, squares, options), (mlp_options){0}));
}

/* The tensor in the dtype= that is given, if one is. Later releases hand on to vector_norm(). */
static mlp_value *norm_input(call *c, const object *p) {
    const object *given = call_argument(c, "dtype");
    if (given->kind == OBJECT_NONE)
        return tensor_value(c, c->self);
    if (p->kind == OBJECT_STRING)
        call_fail(call_raises(c, VALUE_ERROR, "dtype argument is not supported in %s norm",
                              is_text(p, "nuc") ? "nuclear" : "frobenius"),
                  "dtype= goes with a p that is a number: write p=2");
    if (release_has(c, MLP_RENAMES_NODES))
        return floating(c, c->self, "vector_norm");
    const mlp_dtype dtype = dtype_argument(c, given);
    if (!mlp_dtype_is_floating(dtype))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "norm(): the desired output dtype should be either floating point or "
                              "complex. Got %s instead.",
                              mlp_dtype_word(dtype)),
                  "dtype= of a norm is one of floats, not %s", mlp_dtype_name(dtype));
    return tensor_value(c, tensor_cast(c, c->self, dtype));
}

static object *tensor_norm(call *c) {
    const object *p = call_argument(c, "p"), *dim = call_argument(c, "dim");
    const bool is_cast = call_argument(c, "dtype")->kind != OBJECT_NONE;
    mlp_value *x = norm_input(c, p);
    const mlp_options options = dims_given(c, x);
    const bool several = object_is_sequence(dim) && dim->as.sequence.count > 1;
    const bool frobenius = is_text(p, "fro");
    if (is_text(p, "nuc"))
        call_fail(c, "norm() is supported for p='fro' and numbers, not for 'nuc'");
    if (frobenius && several && !release_has(c, MLP_RENAMES_NODES))
        return root_of_squares(c, x, options);
    const bool by_two = frobenius || p->kind == OBJECT_NONE;
    const char *node = is_cast && !release_has(c, MLP_RENAMES_NODES) ? "NormBackward3" : node_of(c);
    return step_result_of(c, norm_of(c, x, by_two ? 2 : number_given(c, p), options), node);
}

/* --- torch.linalg --- */

static object *vector_norm(call *c, mlp_value *x, double ord, mlp_options options) {
    return step_result_of(c, norm_of(c, x, ord, options), "LinalgVectorNormBackward0");
}

/* Arguments: x, ord, dim, keepdim, dtype. */
static object *linalg_vector_norm(call *c) {
    mlp_value *x = floating(c, c->arguments[0], "vector_norm");
    return vector_norm(c, x, number_given(c, c->arguments[1]), dims_given(c, x));
}

/* The two dimensions of the matrices, the last ones where the script names none. */
static void matrix_dims(call *c, const mlp_value *x, const object *dim, size_t dims[2]) {
    const mlp_tensor *t = &x->tensor;
    if (t->ndim < 2)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "linalg.matrix_norm: The input tensor A must have at least 2 "
                              "dimensions."),
                  "a norm of matrices needs a tensor of two dimensions or more");
    if (dim->kind == OBJECT_NONE) {
        dims[0] = t->ndim - 2;
        dims[1] = t->ndim - 1;
        return;
    }
    if (!object_is_sequence(dim) || dim->as.sequence.count != 2)
        call_fail(c, "the dim of a norm of matrices is a tuple of two dimensions");
    for (size_t i = 0; i < 2; i++) {
        const object *one = dim->as.sequence.items[i];
        if (one->kind != OBJECT_INTEGER)
            call_fail(c, "dim is a tuple of whole numbers");
        dims[i] = tensor_dim_of(c, t, one->as.integer, 0);
    }
    if (dims[0] == dims[1])
        call_fail(c, "dim names a dimension twice");
}

/* The largest sum of sizes in a column (ord 1) or row (inf), or the smallest. */
static object *largest_sum(call *c, mlp_value *x, double ord, const size_t dims[2]) {
    const size_t along = isinf(ord) ? dims[1] : dims[0], other = isinf(ord) ? dims[0] : dims[1];
    const bool keepdim = call_argument(c, "keepdim")->as.boolean;
    mlp_options sums = {.has_dims = true, .keepdim = keepdim}, extreme = sums;
    sums.dims[along] = true;
    extreme.dims[!keepdim && along < other ? other - 1 : other] = true;
    mlp_value *y = norm_of(c, x, 1, sums);
    y->producer->grad_fn = "LinalgVectorNormBackward0";
    return step_result(c, step_on(c, ord > 0 ? &mlp_amax : &mlp_amin, y, extreme));
}

/* The largest singular value (ord 2), the smallest (-2), or the sum of all (nuc, 0 here). */
static object *of_singular_values(call *c, mlp_value *x, double ord) {
    mlp_options all = {.has_dims = true, .dims = {true}};
    if (x->tensor.ndim != 2 || call_argument(c, "keepdim")->as.boolean)
        call_fail(c, "such a norm is supported of one matrix, without keepdim");
    const mlp_request request = {.operation = &mlp_svdvals, .in = {x}, .hidden = true};
    mlp_value *s = tensor_step(c, &request);
    return step_result(c, step_on(c,
                                  ord == 0  ? &mlp_sum
                                  : ord > 0 ? &mlp_amax
                                            : &mlp_amin,
                                  s, all));
}

static object *matrix_norm(call *c, mlp_value *x, const object *ord, const object *dim) {
    size_t dims[2];
    matrix_dims(c, x, dim, dims);
    if (is_text(ord, "fro")) {
        mlp_options both = {.has_dims = true};
        option_take(c, &both, "keepdim");
        both.dims[dims[0]] = both.dims[dims[1]] = true;
        return vector_norm(c, x, 2, both);
    }
    if (is_text(ord, "nuc"))
        return of_singular_values(c, x, 0);
    const double number = number_given(c, ord);
    if (fabs(number) == 2)
        return of_singular_values(c, x, number);
    if (fabs(number) != 1 && !isinf(number))
        call_fail(c, "a norm of matrices is supported for ord 'fro', 'nuc', 1, 2, inf and their "
                     "negatives only");
    return largest_sum(c, x, number, dims);
}

/* Arguments: A, ord, dim, keepdim, dtype. */
static object *linalg_matrix_norm(call *c) {
    mlp_value *x = floating(c, c->arguments[0], "matrix_norm");
    return matrix_norm(c, x, c->arguments[1], c->arguments[2]);
}

/* Arguments: A, ord, dim, keepdim, dtype. */
static object *linalg_norm(call *c) {
    mlp_value *x = floating(c, c->arguments[0], "norm");
    const object *ord = c->arguments[1], *dim = c->arguments[2];
    const bool has_ord = ord->kind != OBJECT_NONE, has_dim = dim->kind != OBJECT_NONE;
    const size_t count = object_is_sequence(dim) ? dim->as.sequence.count : 1;
    if (has_dim && count != 1 && count != 2)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "linalg.norm: If dim is specified, it must be of length 1 or 2. Got "
                              "%s",
                              format_str(c, dim)),
                  "dim is one dimension, or a tuple of two");
    if (!has_dim && has_ord && x->tensor.ndim != 1 && x->tensor.ndim != 2)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "linalg.norm: If dim is not specified but ord is, the input must be "
                              "1D or 2D. Got %zuD.",
                              x->tensor.ndim),
                  "the norm of a tensor of %zu dimensions needs dim=", x->tensor.ndim);
    if (has_ord && (has_dim ? count == 2 : x->tensor.ndim == 2))
        return matrix_norm(c, x, ord, dim);
    return vector_norm(c, x, has_ord ? number_given(c, ord) : 2, dims_given(c, x));
}

#define NORM ", keepdim: bool = False, *, dtype = None"

const native native_vector_norm[] = {
    {.path = "Tensor.norm",
     .signature = "p = 'fro', dim = None, keepdim: bool = False, dtype = None",
     .call = tensor_norm,
     .is_function = true},
    {.path = "torch.linalg.norm",
     .signature = "A: Tensor, ord = None, dim = None" NORM,
     .call = linalg_norm},
    {.path = "torch.linalg.vector_norm",
     .signature = "x: Tensor, ord = 2, dim = None" NORM,
     .call = linalg_vector_norm},
    {.path = "torch.linalg.matrix_norm",
     .signature = "A: Tensor, ord = 'fro', dim = None" NORM,
     .call = linalg_matrix_norm},
    {0}};
