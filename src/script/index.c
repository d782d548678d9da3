/* tensor[index]: integers, slices, None, and tensors or lists of integers or bools. */
#include "module.h"
#include "operators.h"
#include "tensor.h"

#include <math.h>

/* What an index has been turned into so far: a view, and the dimension the next item is about. */
typedef struct {
    value *view;
    size_t dim;
} cursor;

/* One step; a report shows only where the last one leads. */
static void advance(script *s, cursor *c, const mlp_operation *operation,
                    const double option[MLP_MAX_OPTIONS]) {
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, c->view)};
    mlp_value *out = mlp_trace_apply(s->trace, operation, NULL, in, option, NULL, s->error);
    mlp_variable *view = out ? mlp_trace_view(s->trace, c->view->as.tensor, out, s->error) : NULL;
    if (!view)
        script_give_up(s, s->here);
    out->hidden = true;
    c->view = value_tensor(s, view);
}

static size_t size_at(script *s, const cursor *c) {
    const mlp_tensor *t = &tensor_value(s, c->view)->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (c->dim >= t->ndim)
        script_fail(s, s->here, "too many indices for a tensor of shape %s",
                    mlp_shape_text(shape, t));
    return t->shape[c->dim];
}

static void select_one(script *s, cursor *c, int64_t index) {
    const int64_t size = (int64_t)size_at(s, c);
    if (index < -size || index >= size)
        script_fail(s, s->here, "index %lld is out of range for dimension %zu of size %lld",
                    (long long)index, c->dim, (long long)size);
    advance(s, c, &mlp_select,
            (double[MLP_MAX_OPTIONS]){(double)c->dim, (double)(index < 0 ? index + size : index)});
}

/* Where a slice begins or ends, as Python cuts it to the size. */
static int64_t bound(script *s, const value *v, int64_t size, int64_t fallback) {
    if (!v || v->kind == VALUE_NONE)
        return fallback;
    int64_t at;
    if (v->kind == VALUE_TENSOR)
        v = tensor_item(s, v);
    if (v->kind != VALUE_INTEGER && v->kind != VALUE_BOOL)
        script_fail(s, s->here, "a slice of a tensor has integers as its bounds, not a %s",
                    value_type(v));
    at = v->kind == VALUE_BOOL ? v->as.boolean : v->as.integer;
    if (at < 0)
        at = at < -size ? 0 : at + size;
    return at > size ? size : at;
}

static void take_slice(script *s, cursor *c, const value *slice) {
    const int64_t size = (int64_t)size_at(s, c);
    const int64_t start = bound(s, slice->as.slice.start, size, 0);
    const int64_t stop = bound(s, slice->as.slice.stop, size, size);
    if (start > 0 || stop < size)
        advance(s, c, &mlp_slice,
                (double[MLP_MAX_OPTIONS]){(double)c->dim, (double)start,
                                          (double)(stop < start ? start : stop)});
    c->dim++;
}

static void insert_dim(script *s, cursor *c) {
    const mlp_tensor *t = &tensor_value(s, c->view)->tensor;
    double sizes[MLP_MAX_OPTIONS];
    if (t->ndim == MLP_MAX_DIMS)
        script_fail(s, s->here, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i < MLP_MAX_OPTIONS; i++)
        sizes[i] = i > t->ndim   ? (double)NAN
                   : i == c->dim ? 1
                                 : (double)t->shape[i > c->dim ? i - 1 : i];
    advance(s, c, &mlp_unsqueeze, sizes);
    c->dim++;
}

/* --- by tensors of integers --- */

static bool is_list(const value *v) {
    return v->kind == VALUE_LIST;
}

static bool is_advanced(script *s, const value *v) {
    if (is_list(v))
        return true;
    if (v->kind != VALUE_TENSOR)
        return false;
    const mlp_tensor *t = &tensor_value(s, v)->tensor;
    return t->ndim > 0 || t->dtype == MLP_BOOL;
}

static mlp_value *integers(script *s, value *v) {
    mlp_value *index =
        v->kind == VALUE_TENSOR ? tensor_value(s, v) : tensor_from(s, v, NULL, false)->value;
    if (index->tensor.dtype != MLP_INT64)
        script_fail(s, s->here, "a tensor is indexed by integers, not by %s numbers",
                    mlp_dtype_name(index->tensor.dtype));
    index->hidden = index->hidden || v->kind != VALUE_TENSOR;
    return index;
}

/* A mask of bools stands for the indices of its true elements, one list for each dimension. */
static size_t unfold_mask(script *s, const mlp_tensor *mask, mlp_value **index) {
    size_t count = 0, at = 0;
    if (mask->ndim > MLP_MAX_INPUTS - 1 || mask->ndim == 0)
        script_fail(s, s->here, "a mask has 1 to %d dimensions", MLP_MAX_INPUTS - 1);
    for (size_t i = 0; i < mask->numel; i++)
        count += mlp_tensor_get(mask, i) != 0;
    for (size_t d = 0; d < mask->ndim; d++) {
        index[d] = tensor_new(s, MLP_INT64, 1, &count, false)->value;
        index[d]->hidden = true;
    }
    for (size_t i = 0; i < mask->numel; i++) {
        size_t rest = i;
        if (mlp_tensor_get(mask, i) == 0)
            continue;
        for (size_t d = mask->ndim; d-- > 0; rest /= mask->shape[d])
            ((int64_t *)index[d]->tensor.data)[at] = (int64_t)(rest % mask->shape[d]);
        at++;
    }
    return mask->ndim;
}

static void check_mask(script *s, const mlp_tensor *x, const mlp_tensor *mask) {
    char shape[MLP_SHAPE_TEXT], mask_shape[MLP_SHAPE_TEXT];
    bool fits = mask->ndim <= x->ndim;
    for (size_t d = 0; fits && d < mask->ndim; d++)
        fits = mask->shape[d] == x->shape[d];
    if (!fits)
        script_fail(s, s->here, "a mask of shape %s does not fit a tensor of shape %s",
                    mlp_shape_text(mask_shape, mask), mlp_shape_text(shape, x));
}

static void check_range(script *s, const mlp_tensor *x, mlp_value *const *index, size_t count) {
    for (size_t d = 0; d < count; d++)
        for (size_t i = 0; i < index[d]->tensor.numel; i++) {
            const int64_t at = mlp_tensor_get_int(&index[d]->tensor, i);
            const int64_t size = (int64_t)x->shape[d];
            if (at < -size || at >= size)
                script_fail(s, s->here, "index %lld is out of range for dimension %zu of size %lld",
                            (long long)at, d, (long long)size);
        }
}

static value *index_by_tensors(script *s, value *a, value *const *items, size_t count) {
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, a)};
    const mlp_tensor *x = &in[0]->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (count == 1 && items[0]->kind == VALUE_TENSOR &&
        tensor_value(s, items[0])->tensor.dtype == MLP_BOOL) {
        const mlp_tensor *mask = &tensor_value(s, items[0])->tensor;
        check_mask(s, x, mask);
        count = unfold_mask(s, mask, in + 1);
    } else {
        for (size_t i = 0; i < count; i++) {
            if (i >= MLP_MAX_INPUTS - 1 || !is_advanced(s, items[i]))
                script_fail(s, s->here,
                            "an index that mixes tensors or lists with anything else is not "
                            "supported: index in two steps");
            in[i + 1] = integers(s, items[i]);
        }
    }
    if (count > x->ndim)
        script_fail(s, s->here, "too many indices for a tensor of shape %s",
                    mlp_shape_text(shape, x));
    check_range(s, x, in + 1, count);
    return value_tensor(s, apply_inputs(s, NULL, &mlp_index, in, (double[MLP_MAX_OPTIONS]){0}));
}

/* --- all of it --- */

static void take(script *s, cursor *c, value *item) {
    if (item->kind == VALUE_TENSOR && !mlp_dtype_is_floating(tensor_value(s, item)->tensor.dtype))
        item = tensor_item(s, item);
    if (item->kind == VALUE_INTEGER)
        select_one(s, c, item->as.integer);
    else if (item->kind == VALUE_SLICE)
        take_slice(s, c, item);
    else if (item->kind == VALUE_NONE)
        insert_dim(s, c);
    else
        script_fail(s, s->here,
                    "a tensor is indexed by integers, slices, None and tensors of "
                    "integers, not by a %s",
                    value_type(item));
}

value *tensor_index(script *s, value *a, value *index, mlp_span where) {
    s->here = where;
    const bool is_tuple = index->kind == VALUE_TUPLE;
    value *const *items = is_tuple ? index->as.sequence.items : &index;
    const size_t count = is_tuple ? index->as.sequence.count : 1;
    for (size_t i = 0; i < count; i++)
        if (is_advanced(s, items[i]))
            return index_by_tensors(s, a, items, count);
    cursor c = {.view = a};
    for (size_t i = 0; i < count; i++)
        take(s, &c, items[i]);
    if (c.view == a)
        return a; /* x[:] */
    mlp_value *v = tensor_value(s, c.view);
    v->hidden = false;
    if (!mlp_trace_show(s->trace, v->producer->phase, v))
        script_out_of_memory(s);
    return c.view;
}
