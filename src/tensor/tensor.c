/* Shape, memory and single elements of a tensor. */
#include "mlpstep/tensor.h"

#include "base/out_of_memory.h"

#include <stdio.h>
#include <string.h>

bool mlp_dtype_is_floating(mlp_dtype dtype) {
    return dtype == MLP_FLOAT32 || dtype == MLP_FLOAT64;
}

/* What is told of a dtype; least and most of integers only. */
typedef struct {
    const char *name, *word;
    size_t size; /* in PyTorch */
    int64_t least, most;
} dtype_row;

static const dtype_row rows[MLP_DTYPES] = {
    [MLP_FLOAT32] = {"float32", "Float", 4, 0, 0},
    [MLP_FLOAT64] = {"float64", "Double", 8, 0, 0},
    [MLP_INT64] = {"int64", "Long", 8, INT64_MIN, INT64_MAX},
    [MLP_BOOL] = {"bool", "Bool", 1, 0, 0},
    [MLP_INT32] = {"int32", "Int", 4, INT32_MIN, INT32_MAX},
    [MLP_INT16] = {"int16", "Short", 2, INT16_MIN, INT16_MAX},
    [MLP_INT8] = {"int8", "Char", 1, INT8_MIN, INT8_MAX},
    [MLP_UINT8] = {"uint8", "Byte", 1, 0, UINT8_MAX},
};

bool mlp_dtype_is_integer(mlp_dtype dtype) {
    return rows[dtype].most != 0;
}

size_t mlp_dtype_size(mlp_dtype dtype) {
    return mlp_dtype_is_integer(dtype) ? sizeof(int64_t) : rows[dtype].size;
}

size_t mlp_dtype_size_in_pytorch(mlp_dtype dtype) {
    return rows[dtype].size;
}

const char *mlp_dtype_name(mlp_dtype dtype) {
    return rows[dtype].name;
}

const char *mlp_dtype_word(mlp_dtype dtype) {
    return rows[dtype].word;
}

int64_t mlp_dtype_least(mlp_dtype dtype) {
    return rows[dtype].least;
}

int64_t mlp_dtype_most(mlp_dtype dtype) {
    return rows[dtype].most;
}

int64_t mlp_to_int64(double x) {
    return x >= -0x1p63 && x < 0x1p63 ? (int64_t)x : INT64_MIN;
}

int64_t mlp_wrapped(mlp_dtype dtype, int64_t number) {
    const dtype_row *row = &rows[dtype];
    if (row->size == sizeof number)
        return number;
    const int64_t range = row->most - row->least + 1; /* 2^bits */
    const int64_t bits = (int64_t)((uint64_t)number % (uint64_t)range);
    return bits > row->most ? bits - range : bits;
}

int64_t mlp_to_integer(mlp_dtype dtype, double x) {
    if (dtype == MLP_INT64 || dtype == MLP_UINT8)
        return mlp_wrapped(dtype, mlp_to_int64(x));
    const bool is_near = x > INT32_MIN - 1.0 && x < INT32_MAX + 1.0;
    return mlp_wrapped(dtype, is_near ? (int64_t)x : INT32_MIN);
}

static bool lack_memory(const mlp_tensor *tensor, const mlp_arena *arena, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT], needs[sizeof shape + sizeof "a tensor of shape  needs"];
    snprintf(needs, sizeof needs, "a tensor of shape %s needs", mlp_shape_text(shape, tensor));
    return out_of_memory(error, arena, needs);
}

typedef void *take_numbers(mlp_arena *arena, size_t count, size_t size);

static bool new_tensor(mlp_tensor *tensor, mlp_arena *arena, take_numbers *take, mlp_dtype dtype,
                       size_t ndim, const size_t *shape, mlp_diagnostic *error) {
    if (ndim > MLP_MAX_DIMS)
        return mlp_error(error, "a tensor of %zu dimensions: at most %d are supported", ndim,
                         MLP_MAX_DIMS);
    *tensor = (mlp_tensor){.dtype = dtype, .ndim = ndim, .numel = 1};
    bool empty = false, overflow = false;
    for (size_t i = 0; i < ndim; i++) {
        tensor->shape[i] = shape[i];
        empty |= shape[i] == 0;
        const size_t size = shape[i] ? shape[i] : 1;
        const bool large = __builtin_mul_overflow(tensor->numel, size, &tensor->numel);
        overflow |= large && !empty; /* behind a 0, none counts */
    }
    tensor->numel = empty ? 0 : tensor->numel;
    overflow |= tensor->numel > SIZE_MAX / 2 / mlp_dtype_size(dtype);
    char text[MLP_SHAPE_TEXT];
    if (overflow)
        return mlp_error(error, "a tensor of shape %s does not fit in the memory of this processor",
                         mlp_shape_text(text, tensor));
    tensor->data = take(arena, tensor->numel, mlp_dtype_size(dtype));
    return tensor->data || lack_memory(tensor, arena, error);
}

bool mlp_tensor_new(mlp_tensor *tensor, mlp_arena *arena, mlp_dtype dtype, size_t ndim,
                    const size_t *shape, mlp_diagnostic *error) {
    return new_tensor(tensor, arena, mlp_arena_numbers, dtype, ndim, shape, error);
}

bool mlp_tensor_new_unset(mlp_tensor *tensor, mlp_arena *arena, mlp_dtype dtype, size_t ndim,
                          const size_t *shape, mlp_diagnostic *error) {
    return new_tensor(tensor, arena, mlp_arena_unset, dtype, ndim, shape, error);
}

bool mlp_tensor_zeros(mlp_tensor *tensor, mlp_arena *arena, mlp_dtype dtype, size_t ndim,
                      const size_t *shape, mlp_diagnostic *error) {
    return new_tensor(tensor, arena, mlp_arena_zeros, dtype, ndim, shape, error);
}

double mlp_tensor_get(const mlp_tensor *tensor, size_t i) {
    switch (tensor->dtype) {
    case MLP_FLOAT32:
        return (double)((const float *)tensor->data)[i];
    case MLP_FLOAT64:
        return ((const double *)tensor->data)[i];
    case MLP_BOOL:
        return ((const bool *)tensor->data)[i];
    default:
        return (double)((const int64_t *)tensor->data)[i];
    }
}

int64_t mlp_tensor_get_int(const mlp_tensor *tensor, size_t i) {
    return mlp_dtype_is_integer(tensor->dtype) ? ((const int64_t *)tensor->data)[i]
                                               : mlp_to_int64(mlp_tensor_get(tensor, i));
}

void mlp_tensor_set(mlp_tensor *tensor, size_t i, double value) {
    switch (tensor->dtype) {
    case MLP_FLOAT32:
        ((float *)tensor->data)[i] = (float)value;
        return;
    case MLP_FLOAT64:
        ((double *)tensor->data)[i] = value;
        return;
    case MLP_BOOL:
        ((bool *)tensor->data)[i] = value != 0;
        return;
    default:
        ((int64_t *)tensor->data)[i] = mlp_to_integer(tensor->dtype, value);
        return;
    }
}

void mlp_tensor_set_int(mlp_tensor *tensor, size_t i, int64_t value) {
    ((int64_t *)tensor->data)[i] = mlp_wrapped(tensor->dtype, value);
}

void mlp_tensor_wrap(mlp_tensor *tensor) {
    const bool is_narrow = mlp_dtype_is_integer(tensor->dtype) && tensor->dtype != MLP_INT64;
    for (size_t i = 0; is_narrow && i < tensor->numel; i++)
        mlp_tensor_set_int(tensor, i, ((const int64_t *)tensor->data)[i]);
}

bool mlp_tensor_same_shape(const mlp_tensor *a, const mlp_tensor *b) {
    return a->ndim == b->ndim && memcmp(a->shape, b->shape, a->ndim * sizeof a->shape[0]) == 0;
}

const char *mlp_shape_text(char *text, const mlp_tensor *tensor) {
    size_t used = 0;
    text[used++] = '[';
    for (size_t i = 0; i < tensor->ndim; i++)
        used += (size_t)snprintf(text + used, MLP_SHAPE_TEXT - used, "%s%zu", i ? ", " : "",
                                 tensor->shape[i]);
    text[used++] = ']';
    text[used] = '\0';
    return text;
}
