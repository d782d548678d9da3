/* Checks of what an operation is given, and the views of tensors that its kernels take. */
#include "row.h"

#include <math.h>
#include <string.h>

void *data_of(const mlp_tensor *tensor) {
    return tensor ? tensor->data : NULL;
}

void *part_of(const mlp_tensor *tensor, size_t at) {
    return tensor ? (char *)tensor->data + at * mlp_dtype_size(tensor->dtype) : NULL;
}

mlp_shape shape_of(const mlp_tensor *tensor) {
    mlp_shape shape = {.dtype = tensor->dtype, .ndim = tensor->ndim};
    memcpy(shape.shape, tensor->shape, sizeof shape.shape);
    return shape;
}

void copy_values(const mlp_tensor *to, const mlp_tensor *from) {
    memcpy(to->data, from->data, from->numel * mlp_dtype_size(from->dtype));
}

void mlp_operation_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    mlp_call wrapped;
    if (x && mlp_dtype_is_integer(x->dtype) && x->dtype != MLP_INT64) {
        wrapped = *call;
        wrapped.options.number = mlp_integer(mlp_wrapped(x->dtype, call->options.number.integer));
        call = &wrapped;
    }
    call->operation->forward(call);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (call->out[i])
            mlp_tensor_wrap(call->out[i]);
}

double number_of(const mlp_call *call) {
    const mlp_number number = call->options.number;
    const bool is_rounded = fabs(number.real) > 0x1p53 && fabs(number.real) < 0x1p63;
    return is_rounded && call->in[0]->dtype == MLP_FLOAT32 ? (float)number.integer : number.real;
}

const mlp_strided *memory_of(const mlp_call *call) {
    return call->loop.scattered ? &call->loop.order : NULL;
}

size_t row_size(const mlp_call *call) {
    size_t n = 1;
    for (size_t i = 0; i < call->options.sizes.count; i++)
        n *= call->options.sizes.size[i];
    return n;
}

bool check_floating(const mlp_tensor *x, mlp_diagnostic *error) {
    if (x->dtype == MLP_BOOL)
        return mlp_error(error, "expected a floating-point tensor, but this one holds bools: write "
                                ".float() behind it");
    return mlp_dtype_is_floating(x->dtype) ||
           mlp_error(error, "expected a floating-point tensor, but this one holds integers: write "
                            "its numbers with a decimal point");
}

bool check_fits(double number, const char *name, const mlp_tensor *x, mlp_diagnostic *error) {
    return mlp_number_fits(mlp_real(number), x->dtype) ||
           mlp_error(error, "%s=%g does not fit in %s", name, number, mlp_dtype_name(x->dtype));
}

bool check_same_dtype(const mlp_tensor *a, const char *a_name, const mlp_tensor *b,
                      const char *b_name, mlp_diagnostic *error) {
    return !b || a->dtype == b->dtype ||
           mlp_error(error, "%s is %s, but %s is %s: give both the same dtype", a_name,
                     mlp_dtype_name(a->dtype), b_name, mlp_dtype_name(b->dtype));
}

bool check_elementwise(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return check_floating(call->in[0], error);
}

bool check_numbers(const mlp_tensor *x, mlp_diagnostic *error) {
    return mlp_dtype_is_floating(x->dtype) || mlp_dtype_is_integer(x->dtype) ||
           mlp_error(error, "expected a tensor of numbers, but this one holds bools: convert it "
                            "with .float() or .long()");
}

bool check_binary(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    out[0] = shape_of(a);
    if (b && !mlp_tensor_same_shape(a, b))
        return mlp_error(error, "one operand has shape %s, the other %s",
                         mlp_shape_text(a_shape, a), mlp_shape_text(b_shape, b));
    return check_numbers(a, error) && check_same_dtype(a, "one operand", b, "the other", error);
}

bool check_floating_binary(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    return check_floating(call->in[0], error) && check_binary(call, out, error);
}

bool resolve_dim(int64_t *dim, const mlp_tensor *x, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT];
    const int64_t ndim = x->ndim ? (int64_t)x->ndim : 1;
    if (*dim < -ndim || *dim >= ndim)
        return mlp_error(
            mlp_raises(error,
                       "IndexError: Dimension out of range (expected to be in range of "
                       "[%lld, %lld], but got %lld)",
                       (long long)-ndim, (long long)ndim - 1, (long long)*dim),
            "dim=%lld is not a dimension of an input of shape %s: it must lie "
            "between %lld and %lld",
            (long long)*dim, mlp_shape_text(shape, x), (long long)-ndim, (long long)ndim - 1);
    if (*dim < 0)
        *dim += ndim;
    return true;
}

mlp_dimension split_at(const mlp_tensor *x, size_t dim) {
    mlp_dimension l = {.outer = 1, .size = 1, .inner = 1, .last_dim = dim + 1 >= x->ndim};
    for (size_t i = 0; i < x->ndim; i++)
        *(i < dim ? &l.outer : i == dim ? &l.size : &l.inner) *= x->shape[i];
    return l;
}
