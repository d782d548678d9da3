/* What a script asks of how a tensor lies in memory, and of its type. */
#include "dtype.h"
#include "operators.h"
#include "tensor.h"

#include "python/identity.h"

static const mlp_value *self_of(call *c) {
    return tensor_value(c, c->self);
}

static object *is_contiguous(call *c) {
    return object_bool(c->script, mlp_value_is_contiguous(self_of(c)));
}

/* Arguments: dim. A dimension of size 0 counts as one of 1. */
static object *stride(call *c) {
    const mlp_strided at = mlp_value_layout(self_of(c));
    if (c->arguments[0]->kind == OBJECT_INTEGER) {
        const size_t dim = tensor_dim_of(c, &self_of(c)->tensor, c->arguments[0]->as.integer, 0);
        return object_integer(c->script, (int64_t)at.stride[dim]);
    }
    object *all = object_sequence(c->script, OBJECT_TUPLE, at.ndim);
    for (size_t i = 0; i < at.ndim; i++)
        all->as.sequence.items[i] = object_integer(c->script, (int64_t)at.stride[i]);
    return all;
}

static object *element_size(call *c) {
    return object_integer(c->script, (int64_t)mlp_dtype_size_in_pytorch(self_of(c)->tensor.dtype));
}

static object *is_floating_point(call *c) {
    return object_bool(c->script, mlp_dtype_is_floating(self_of(c)->tensor.dtype));
}

static object *storage_offset(call *c) {
    return object_integer(c->script, (int64_t)mlp_value_layout(self_of(c)).offset);
}

/* Of the memory that a tensor is in, which opens where something may share it, and of the place. */
static object *data_ptr(call *c) {
    mlp_variable *owner = variable_of(c->self);
    const size_t offset = mlp_value_layout(self_of(c)).offset;
    while (owner->view_of)
        owner = owner->view_of;
    tensor_detached(c, owner);
    return identity_number(c, (uint64_t)(uintptr_t)owner->storage + offset);
}

static object *is_complex(call *c) {
    return object_bool(c->script, false);
}

static object *default_dtype(call *c) {
    return dtype_object(c, torch_of(c)->dtype);
}

static object *is_inference(call *c) {
    return object_bool(c->script, self_of(c)->inference);
}

static object *is_signed(call *c) {
    return object_bool(c->script, dtype_is_signed(self_of(c)->tensor.dtype));
}

/* Arguments: type1, type2. */
static object *promote_types(call *c) {
    return dtype_object(c, dtype_promoted(dtype_of(c->arguments[0]), dtype_of(c->arguments[1])));
}

/* Arguments: tensor1, tensor2, each a Tensor or a number. */
static object *result_type(call *c) {
    for (size_t i = 0; i < 2; i++)
        if (!is_tensor(c->arguments[i]) && !object_is_number(c->arguments[i]))
            call_fail(c, "result_type() takes Tensors and numbers, not a value of type %s",
                      object_type(c->arguments[i]));
    return dtype_object(c, tensor_result_type(c, c->arguments[0], c->arguments[1]));
}

/* 0 for bools, 1 for integers, 2 for floats */
static int category(const object *dtype) {
    const mlp_dtype of = dtype_of(dtype);
    return mlp_dtype_is_floating(of) ? 2 : mlp_dtype_is_integer(of) ? 1 : 0;
}

/* Arguments: from, to. Digits may be lost, but not what kind of numbers they are. */
static object *can_cast(call *c) {
    return object_bool(c->script, category(c->arguments[0]) <= category(c->arguments[1]));
}

const native native_layout_queries[] = {
    {.path = "Tensor.is_inference", .signature = "", .call = is_inference, .is_function = true},
    {.path = "Tensor.is_signed", .signature = "", .call = is_signed, .is_function = true},
    {.path = "torch.promote_types",
     .signature = "type1: dtype, type2: dtype",
     .call = promote_types},
    {.path = "torch.result_type", .signature = "tensor1, tensor2", .call = result_type},
    {.path = "torch.can_cast", .signature = "from_: dtype, to: dtype", .call = can_cast},
    {.path = "Tensor.is_contiguous", .signature = "", .call = is_contiguous},
    {.path = "Tensor.stride", .signature = "dim: Optional[int] = None", .call = stride},
    {.path = "Tensor.element_size", .signature = "", .call = element_size},
    {.path = "Tensor.is_floating_point",
     .signature = "",
     .call = is_floating_point,
     .is_function = true},
    {.path = "Tensor.is_complex", .signature = "", .call = is_complex, .is_function = true},
    {.path = "Tensor.storage_offset", .signature = "", .call = storage_offset},
    {.path = "Tensor.data_ptr", .signature = "", .call = data_ptr},
    {.path = "torch.get_default_dtype", .signature = "", .call = default_dtype},
    {0}};
