/* Shape, memory and single elements of a tensor. */
#include "mlpstep/tensor.h"

#include <string.h>

bool mlp_dtype_is_floating(mlp_dtype dtype) {
    return dtype == MLP_FLOAT32 || dtype == MLP_FLOAT64;
}

size_t mlp_dtype_size(mlp_dtype dtype) {
    static const size_t sizes[] = {sizeof(float), sizeof(double), sizeof(int64_t), sizeof(bool)};
    return sizes[dtype];
}

const char *mlp_dtype_name(mlp_dtype dtype) {
    static const char *const names[] = {"float32", "float64", "int64", "bool"};
    return names[dtype];
}

const char *mlp_dtype_word(mlp_dtype dtype) {
    static const char *const words[] = {"Float", "Double", "Long", "Bool"};
    return words[dtype];
}

int64_t mlp_to_int64(double x) {
    return x >= -0x1p63 && x < 0x1p63 ? (int64_t)x : INT64_MIN;
}

bool mlp_tensor_new(mlp_tensor *tensor, mlp_arena *arena, mlp_dtype dtype, size_t ndim,
                    const size_t *shape, mlp_diagnostic *error) {
    if (ndim > MLP_MAX_DIMS)
        return mlp_error(error, "a tensor of %zu dimensions: at most %d are supported", ndim,
                         MLP_MAX_DIMS);
    *tensor = (mlp_tensor){.dtype = dtype, .ndim = ndim, .numel = 1};
    bool empty = false, overflow = false;
    for (size_t i = 0; i < ndim; i++) {
        tensor->shape[i] = shape[i];
        empty |= shape[i] == 0;
        overflow |= !empty && tensor->numel > SIZE_MAX / shape[i]; /* behind a 0, none counts */
        tensor->numel *= shape[i] ? shape[i] : 1;
    }
    tensor->numel = empty ? 0 : tensor->numel;
    if (!overflow)
        tensor->data = mlp_arena_alloc(arena, tensor->numel, mlp_dtype_size(dtype));
    if (tensor->data)
        return true;
    char text[MLP_SHAPE_TEXT];
    if (mlp_arena_starved(arena))
        return mlp_error(error, "a tensor of shape %s needs more memory than the system gives",
                         mlp_shape_text(text, tensor));
    return mlp_error(error, "a tensor of shape %s does not fit in the memory of a run (%zu MiB)",
                     mlp_shape_text(text, tensor), mlp_arena_limit(arena) >> 20);
}

double mlp_tensor_get(const mlp_tensor *tensor, size_t i) {
    switch (tensor->dtype) {
    case MLP_FLOAT32:
        return (double)((const float *)tensor->data)[i];
    case MLP_FLOAT64:
        return ((const double *)tensor->data)[i];
    case MLP_INT64:
        return (double)((const int64_t *)tensor->data)[i];
    case MLP_BOOL:
        break;
    }
    return ((const bool *)tensor->data)[i];
}

int64_t mlp_tensor_get_int(const mlp_tensor *tensor, size_t i) {
    return tensor->dtype == MLP_INT64 ? ((const int64_t *)tensor->data)[i]
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
    case MLP_INT64:
        ((int64_t *)tensor->data)[i] = mlp_to_int64(value);
        return;
    case MLP_BOOL:
        ((bool *)tensor->data)[i] = value != 0;
        return;
    }
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
