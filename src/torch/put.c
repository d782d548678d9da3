/* Elements set by where they stand: index_copy, index_fill, put_, index_put_, masked_scatter,
 * fill_diagonal_; and take(), which reads them. All are steps that put numbers at places, which are
 * counted in the order of the elements. */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <string.h>

/* What is put where: values, or one number. */
typedef struct {
    mlp_value *places, *values;
    mlp_number number;
} written;

static object *put(call *c, const written *w, const char *node) {
    const bool in_place = c->native->path[strlen(c->native->path) - 1] == '_';
    mlp_request request = {.operation = &mlp_index_put,
                           .in = {tensor_value(c, c->self), w->places, w->values},
                           .options.number = w->number,
                           .hidden = !in_place};
    const mlp_dtype dtype = request.in[0]->tensor.dtype;
    if (w->values && w->values->tensor.dtype != dtype)
        call_fail(c, "%s() takes values of the tensor's own dtype, %s, not %s",
                  c->native->path + strlen("Tensor."), mlp_dtype_name(dtype),
                  mlp_dtype_name(w->values->tensor.dtype));
    if (!in_place)
        return step_result_of(c, tensor_step(c, &request), node);
    if (w->values && mlp_values_overlap(request.in[0], w->values))
        call_fail(c, "this changes numbers that it reads at other places: write .clone() behind "
                     "what is read");
    mlp_variable *variable = tensor_changed(c, request, variable_of(c->self));
    if (!variable->view_of)
        variable->value->producer->grad_fn = node;
    return c->self;
}

static mlp_value *new_places(call *c, size_t ndim, const size_t *shape) {
    mlp_value *places = tensor_new(c, MLP_INT64, ndim, shape, false)->value;
    places->label.hidden = true;
    return places;
}

/* One of the places in a tensor of so many elements, counted from the end where it is negative. */
static int64_t place_of(call *c, int64_t place, size_t count) {
    const int64_t found = place < 0 ? place + (int64_t)count : place;
    if (found < 0 || (size_t)found >= count)
        call_fail(call_raises(c, INDEX_ERROR,
                              "out of range: tried to access index %lld on a tensor of %zu "
                              "elements.",
                              (long long)place, count),
                  "element %lld is asked for, but there are %zu", (long long)place, count);
    return found;
}

static const mlp_value *indices_given(call *c, const object *given) {
    const mlp_value *index = tensor_read(c, given);
    if (!mlp_dtype_is_integer(index->tensor.dtype) || index->tensor.dtype == MLP_BOOL)
        call_fail(c, "an index is a tensor of int64, not of %s",
                  mlp_dtype_name(index->tensor.dtype));
    tensor_decides(c, index);
    return index;
}

/* --- along a dimension: index_copy, index_fill --- */

/* The places of what the index names along dim; *shape becomes that of all of them. */
static mlp_value *places_along(call *c, mlp_shape *shape) {
    const mlp_tensor *x = &tensor_value(c, c->self)->tensor;
    const mlp_tensor *index = &indices_given(c, call_argument(c, "index"))->tensor;
    const size_t dim = tensor_dim_of(c, x, call_argument(c, "dim")->as.integer, 0);
    if (index->ndim > 1 || x->ndim == 0)
        call_fail(c, "the index is a vector, and the tensor has a dimension");
    *shape = (mlp_shape){.dtype = MLP_INT64, .ndim = x->ndim};
    memcpy(shape->shape, x->shape, sizeof shape->shape);
    shape->shape[dim] = index->numel;
    mlp_value *places = new_places(c, shape->ndim, shape->shape);
    size_t inner = 1;
    for (size_t d = dim + 1; d < x->ndim; d++)
        inner *= x->shape[d];
    for (size_t i = 0; i < places->tensor.numel; i++) {
        const size_t which = i / inner % index->numel, outer = i / inner / index->numel;
        const int64_t given = mlp_tensor_get_int(index, which);
        if (given < 0 || (size_t)given >= x->shape[dim])
            call_fail(call_raises(c, INDEX_ERROR,
                                  "index %lld is out of bounds for dimension %zu "
                                  "with size %zu",
                                  (long long)given, dim, x->shape[dim]),
                      "index %lld is out of range for dimension %zu of size %zu", (long long)given,
                      dim, x->shape[dim]);
        ((int64_t *)places->tensor.data)[i] =
            (int64_t)((outer * x->shape[dim] + (size_t)given) * inner + i % inner);
    }
    return places;
}

/* Arguments: dim, index, source. */
static object *index_copy(call *c) {
    mlp_shape shape;
    char wanted[MLP_SHAPE_TEXT], given[MLP_SHAPE_TEXT];
    mlp_value *places = places_along(c, &shape);
    mlp_value *source = tensor_value(c, call_argument(c, "source"));
    if (!mlp_tensor_same_shape(&places->tensor, &source->tensor))
        call_fail(c, "index_copy() takes a source of shape %s here, not of %s",
                  mlp_shape_text(wanted, &places->tensor), mlp_shape_text(given, &source->tensor));
    const written w = {.places = places, .values = source};
    return put(c, &w, "IndexCopyBackward0");
}

/* A number, or a tensor without dimensions. */
static mlp_number number_given(call *c, const object *value, const char *name) {
    const mlp_dtype dtype = tensor_value(c, c->self)->tensor.dtype;
    if (is_tensor(value)) {
        const mlp_value *v = tensor_read(c, value);
        if (v->tensor.ndim != 0 || (v->requires_grad && !trace_of(c)->no_grad))
            call_fail(c, "%s() takes a number, or a tensor without dimensions and gradient", name);
        value = tensor_item(c, value);
    }
    if (!object_is_number(value))
        call_fail(c, "%s() takes a number, not a value of type %s", name, object_type(value));
    const mlp_number number = option_number(value);
    option_check_fits(c, number, dtype);
    return number;
}

/* Arguments: dim, index, value. */
static object *index_fill(call *c) {
    mlp_shape shape;
    written w = {.places = places_along(c, &shape)};
    w.number = number_given(c, call_argument(c, "value"), "index_fill");
    return put(c, &w, "IndexFillBackward0");
}

/* --- by places: put_, take, index_put_, masked_scatter --- */

/* Arguments: index, source, accumulate. */
static object *put_at(call *c) {
    const mlp_value *index = indices_given(c, c->arguments[0]);
    mlp_value *source = tensor_value(c, c->arguments[1]);
    const mlp_tensor *t = &index->tensor;
    if (c->arguments[2]->as.boolean)
        call_fail(c, "accumulate=True is not supported by put(): write index_put_(), or +=");
    if (source->tensor.numel != t->numel)
        call_fail(call_raises(c, INDEX_ERROR,
                              "put_(): Expected source and index to have the same number of "
                              "elements, but got source.numel() = %zu, index.numel() = %zu",
                              source->tensor.numel, t->numel),
                  "put() takes as many values as places");
    mlp_value *places = new_places(c, t->ndim, t->shape);
    for (size_t i = 0; i < t->numel; i++)
        ((int64_t *)places->tensor.data)[i] =
            place_of(c, mlp_tensor_get_int(t, i), tensor_value(c, c->self)->tensor.numel);
    if (!mlp_tensor_same_shape(t, &source->tensor))
        source = step_sizes(c, &mlp_reshape, source, tensor_sizes(t->ndim, t->shape));
    const written w = {.places = places, .values = source};
    return put(c, &w, "PutBackward0");
}

/* Arguments: index. */
static object *tensor_take(call *c) {
    const mlp_tensor *t = &indices_given(c, c->arguments[0])->tensor;
    mlp_value *x = tensor_flattened(c, tensor_value(c, c->self));
    mlp_value *places = new_places(c, 1, &t->numel);
    for (size_t i = 0; i < t->numel; i++)
        ((int64_t *)places->tensor.data)[i] =
            place_of(c, mlp_tensor_get_int(t, i), x->tensor.numel);
    const mlp_request request = {.operation = &mlp_index_select, .in = {x, places}, .hidden = true};
    mlp_value *y = tensor_step(c, &request);
    if (t->ndim != 1)
        y = step_sizes(c, &mlp_reshape, y, tensor_sizes(t->ndim, t->shape));
    return step_result_of(c, y, "TakeBackward0");
}

/* x[indices] += values where an index may name an element several times. */
static object *accumulated(call *c, object *index, object *values) {
    mlp_value *x = tensor_value(c, c->self);
    mlp_variable *numbered = tensor_new(c, MLP_INT64, x->tensor.ndim, x->tensor.shape, false);
    numbered->value->label.hidden = true;
    for (size_t i = 0; i < x->tensor.numel; i++)
        ((int64_t *)numbered->value->tensor.data)[i] = (int64_t)i;
    mlp_value *places =
        tensor_value(c, tensor_index_hidden(c, variable_object(c, numbered), index));
    const mlp_tensor *t = &places->tensor;
    const mlp_shape shape = {.ndim = t->ndim, .shape = {0}};
    mlp_value *v = tensor_value(c, values);
    mlp_shape wide = shape;
    memcpy(wide.shape, t->shape, sizeof wide.shape);
    const mlp_request request = {.operation = &mlp_index_add,
                                 .in = {tensor_flattened(c, x), tensor_flattened(c, places),
                                        tensor_flattened(c, tensor_expanded(c, v, &wide))},
                                 .hidden = true};
    mlp_value *y = step_sizes(c, &mlp_reshape, tensor_step(c, &request),
                              tensor_sizes(x->tensor.ndim, x->tensor.shape));
    y->producer->grad_fn = "IndexPutBackward0";
    y->label.hidden = false;
    if (!mlp_trace_show(trace_of(c), y->producer->phase, y))
        script_out_of_memory(c->script);
    tensor_assign(c, variable_of(c->self), y);
    return c->self;
}

/* Arguments: indices, values, accumulate. */
static object *index_put(call *c) {
    object *index = c->arguments[0], *values = c->arguments[1];
    if (!object_is_sequence(index))
        call_fail(c, "index_put_() takes a tuple of tensors, one for each dimension");
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, index->as.sequence.count);
    for (size_t i = 0; i < index->as.sequence.count; i++)
        tuple->as.sequence.items[i] = index->as.sequence.items[i];
    if (c->arguments[2]->as.boolean)
        return accumulated(c, tuple, values);
    tensor_assign_elements(c, c->self, tuple, values);
    return c->self;
}

/* Of a copy. Arguments: indices, values, accumulate. */
static object *index_put_of_copy(call *c) {
    const mlp_request copy = {
        .operation = &mlp_clone, .in = {tensor_value(c, c->self)}, .hidden = true};
    c->self = variable_object(c, tensor_computed(c, &copy));
    return index_put(c);
}

/* The first values go where the mask is True. Arguments: mask, source. */
static object *masked_scatter(call *c) {
    mlp_value *x = tensor_value(c, c->self), *mask = tensor_value(c, c->arguments[0]);
    mlp_value *source = tensor_flattened(c, tensor_value(c, c->arguments[1]));
    mlp_value *index[MLP_MAX_DIMS];
    mlp_shape shape = {.ndim = x->tensor.ndim};
    memcpy(shape.shape, x->tensor.shape, sizeof shape.shape);
    if (mask->tensor.dtype != MLP_BOOL)
        call_fail(c, "masked_scatter() takes a mask of bools, but this one is %s",
                  mlp_dtype_name(mask->tensor.dtype));
    tensor_nonzero(c, tensor_flattened(c, tensor_expanded(c, mask, &shape)), index);
    const size_t count = index[0]->tensor.numel;
    if (source->tensor.numel < count)
        call_fail(
            call_raises(c, RUNTIME_ERROR, "Number of elements of source < number of ones in mask"),
            "masked_scatter() takes at least as many values as the mask has True: %zu, not "
            "%zu",
            count, source->tensor.numel);
    const written w = {.places = index[0], .values = step_slice(c, source, 0, 0, count)};
    return put(c, &w, "MaskedScatterBackward0");
}

/* --- fill_diagonal_ --- */

/* Arguments: fill_value, wrap. */
static object *fill_diagonal(call *c) {
    const mlp_value *of = tensor_value(c, c->self);
    const mlp_tensor *x = &of->tensor;
    size_t step = 1, size = x->ndim ? x->shape[0] : 0, row = 1;
    if (x->ndim < 2)
        call_fail(call_raises(c, RUNTIME_ERROR, "dimensions must larger than 1"),
                  "fill_diagonal_() takes a tensor of two dimensions or more");
    if (of->requires_grad && !trace_of(c)->no_grad)
        call_fail(c, "fill_diagonal_() has no gradient here: write torch.where() with a mask of "
                     "torch.eye()");
    for (size_t d = x->ndim; d-- > 1; step += row) {
        if (x->ndim > 2 && x->shape[d] != x->shape[0])
            call_fail(
                call_raises(c, RUNTIME_ERROR, "all dimensions of input must be of equal length"),
                "more than two dimensions need to be of one size");
        row *= x->shape[d];
        size = x->shape[d] < size ? x->shape[d] : size;
    }
    if (c->arguments[1]->as.boolean && x->ndim == 2 && x->shape[0] > x->shape[1] && x->numel)
        size = (x->numel + step - 1) / step;
    written w = {.places = new_places(c, 1, &size)};
    for (size_t i = 0; i < size; i++)
        ((int64_t *)w.places->tensor.data)[i] = (int64_t)(i * step);
    w.number = number_given(c, c->arguments[0], "fill_diagonal_");
    return put(c, &w, NULL);
}

#define INDEX_COPY "dim/axis: int, index: Tensor, source: Tensor"
#define INDEX_FILL "dim/axis: int, index: Tensor, value"
#define PUT "index: Tensor, source: Tensor, accumulate: bool = False"
#define MASKED_SCATTER "mask: Tensor, source: Tensor"

const native native_put[] = {
    {.path = "Tensor.index_copy", .signature = INDEX_COPY, .call = index_copy, .is_function = true},
    {.path = "Tensor.index_copy_", .signature = INDEX_COPY, .call = index_copy},
    {.path = "Tensor.index_fill", .signature = INDEX_FILL, .call = index_fill, .is_function = true},
    {.path = "Tensor.index_fill_", .signature = INDEX_FILL, .call = index_fill},
    {.path = "Tensor.put", .signature = PUT, .call = put_at, .is_function = true},
    {.path = "Tensor.put_", .signature = PUT, .call = put_at},
    {.path = "Tensor.take", .signature = "index: Tensor", .call = tensor_take, .is_function = true},
    {.path = "Tensor.index_put_",
     .signature = "indices, values: Tensor, accumulate: bool = False",
     .call = index_put},
    {.path = "Tensor.index_put",
     .signature = "indices, values: Tensor, accumulate: bool = False",
     .call = index_put_of_copy,
     .is_function = true},
    {.path = "Tensor.masked_scatter",
     .signature = MASKED_SCATTER,
     .call = masked_scatter,
     .is_function = true},
    {.path = "Tensor.masked_scatter_", .signature = MASKED_SCATTER, .call = masked_scatter},
    {.path = "Tensor.fill_diagonal_",
     .signature = "fill_value, wrap: bool = False",
     .call = fill_diagonal},
    {0}};
