/* One number or another, as a mask of bools says. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/choose.h"

#include <string.h>

static bool check_mask(const mlp_tensor *mask, const mlp_tensor *x, const char *name,
                       mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT], mask_shape[MLP_SHAPE_TEXT];
    if (mask->dtype != MLP_BOOL)
        return mlp_error(
            strcmp(name, "where") == 0
                ? mlp_raises(
                      error,
                      "RuntimeError: where expected condition to be a boolean tensor, but got a tensor with dtype %s",
                      mlp_dtype_word(mask->dtype))
                : error,
            "%s takes a mask of bools, but this one is %s: write a comparison, or "
            ".bool() behind it",
            name, mlp_dtype_name(mask->dtype));
    return mlp_tensor_same_shape(mask, x) ||
           mlp_error(error, "%s of a tensor of shape %s needs a mask of that shape, not of %s",
                     name, mlp_shape_text(shape, x), mlp_shape_text(mask_shape, mask));
}

/* --- where: mask, a, b --- */

static bool check_where(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[1], *b = call->in[2];
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(a, b))
        return mlp_error(error, "one operand has shape %s, the other %s",
                         mlp_shape_text(a_shape, a), mlp_shape_text(b_shape, b));
    out[0] = shape_of(a);
    return check_mask(call->in[0], a, "where", error) &&
           check_same_dtype(a, "one operand", b, "the other", error);
}

static void where_forward(const mlp_call *call) {
    const mlp_tensor *a = call->in[1];
    mlp_choose_forward(call->out[0]->data, call->in[0]->data, a->data, call->in[2]->data,
                       mlp_dtype_size(a->dtype), a->numel);
}

static void where_backward(const mlp_call *call) {
    const mlp_tensor *dy = call->dout;
    for (size_t k = 1; k <= 2; k++)
        if (call->din[k])
            mlp_choose_backward(call->din[k]->data, call->in[0]->data, k == 1, dy->data,
                                mlp_dtype_size(dy->dtype), dy->numel);
}

const mlp_operation mlp_where = {
    .name = "where",
    .symbols = "condition a b",
    .formula = "y = a where {the condition is true}, b elsewhere",
    .gradient = "da = dy where {the condition is true}, 0 elsewhere; db = dy - da",
    .outputs = 1,
    .numbers = MLP_REARRANGED,
    .check = check_where,
    .forward = where_forward,
    .backward = where_backward,
    .compose = compose_where,
    .reads = {0, 1 << 0, 1 << 0},
    .gradients = 1 << 1 | 1 << 2,
    .grad_fn = "WhereBackward0",
    .elementwise = true};

/* --- masked_fill: x, mask, value without dimensions or NULL; a number for all --- */

static bool check_masked_fill(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *value = call->in[2];
    out[0] = shape_of(x);
    return check_mask(call->in[1], x, "masked_fill", error) &&
           check_same_dtype(x, "the tensor", value, "the value", error);
}

static void masked_fill_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *value = call->in[2];
    const bool *mask = call->in[1]->data;
    const size_t size = mlp_dtype_size(x->dtype);
    copy_values(call->out[0], x);
    for (size_t i = 0; i < x->numel; i++)
        if (mask[i] && value)
            memcpy((char *)call->out[0]->data + i * size, value->data, size);
        else if (mask[i])
            mlp_number_set(call->out[0], i, call->options.number);
}

static void masked_fill_backward(const mlp_call *call) {
    const mlp_tensor *dy = call->dout;
    mlp_choose_backward(call->din[0]->data, call->in[1]->data, false, dy->data,
                        mlp_dtype_size(dy->dtype), dy->numel);
}

static const char *masked_fill_grad_fn(const mlp_call *call) {
    return call->in[2] ? "MaskedFillBackward1" : "MaskedFillBackward0";
}

const mlp_operation mlp_masked_fill = {
    .name = "masked_fill",
    .symbols = "x mask value",
    .formula = "y = [value? value][!value? number] where {mask is true}, x elsewhere",
    .gradient = "dx = 0 where {mask is true}, dy elsewhere[value? ; dvalue = sum(dy - dx)]",
    .outputs = 1,
    .numbers = MLP_REARRANGED,
    .check = check_masked_fill,
    .forward = masked_fill_forward,
    .backward = masked_fill_backward,
    .compose = compose_masked_fill,
    .bound = bound_masked_fill,
    .reads = {1 << 1},
    .gradients = 1 << 0,
    .grad_fn_of = masked_fill_grad_fn};
