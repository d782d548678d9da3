/* tensor[index]: integers, slices, None, and tensors or lists of integers or bools. */
#include "operators.h"
#include "tensor.h"

#include "mlpstep/bound.h"

#include "python/iterate.h"
#include "python/special.h"

#include <math.h>
#include <string.h>

/* What an index has been turned into so far: a view, and the dimension the next item is about. */
typedef struct {
    object *view;
    size_t dim;
    size_t selected, inserted; /* dimensions of the tensor that are gone; new ones */
    size_t left;               /* how many dimensions ... stands for */
    bool slices; /* the last item was a slice of everything, a step that is still to be done */
    size_t sliced_dim; /* ... along this dimension */
    int skipped;       /* slices of everything that nobody sees, but PyTorch's graph has */
} cursor;

/* One step; a report shows only where the last one leads. */
static void advance(call *c, cursor *at, const mlp_operation *operation,
                    const mlp_options *options) {
    mlp_value *out = tensor_step(c, &(mlp_request){.operation = operation,
                                                   .in = {tensor_value(c, at->view)},
                                                   .options = *options,
                                                   .hidden = true});
    mlp_variable *view =
        mlp_trace_view(trace_of(c), variable_of(at->view), out, script_error(c->script));
    if (!view)
        call_give_up(c);
    out->producer->slices = at->skipped;
    at->view = variable_object(c, view);
    at->slices = false;
    at->skipped = 0;
}

static size_t size_at(call *c, const cursor *at) {
    const mlp_tensor *t = &tensor_value(c, at->view)->tensor;
    char shape[MLP_SHAPE_TEXT];
    const size_t ndim = t->ndim + at->selected - at->inserted; /* of the tensor indexed */
    if (at->dim >= t->ndim)
        call_fail(
            ndim == 0
                ? call_raises(
                      c, INDEX_ERROR,
                      "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number")
                : call_raises(c, INDEX_ERROR, "too many indices for tensor of dimension %zu", ndim),
            "too many indices for a tensor of shape %s", mlp_shape_text(shape, t));
    return t->shape[at->dim];
}

static call *raises_index(call *c, int64_t index, size_t dim, int64_t size) {
    return call_raises(c, INDEX_ERROR,
                       "index %lld is out of bounds for dimension %zu with size %lld",
                       (long long)index, dim, (long long)size);
}

static void select_one(call *c, cursor *at, int64_t index) {
    const int64_t size = (int64_t)size_at(c, at);
    if (index < -size || index >= size)
        call_fail(raises_index(c, index, at->dim + at->selected - at->inserted, size),
                  "index %lld is out of range for dimension %zu of size %lld", (long long)index,
                  at->dim, (long long)size);
    advance(c, at, &mlp_select,
            &(mlp_options){.dim = (int64_t)at->dim, .index = index < 0 ? index + size : index});
    at->selected++;
}

/* Where a slice begins or ends, as Python cuts it to the size. */
static int64_t bound(call *c, object *v, int64_t size, int64_t fallback) {
    if (!v || v->kind == OBJECT_NONE)
        return fallback;
    int64_t at;
    v = special_index(c, v);
    if (v->kind != OBJECT_INTEGER && v->kind != OBJECT_BOOL)
        call_fail(c, "a slice of a tensor has integers as its bounds, not a %s", object_type(v));
    at = v->kind == OBJECT_BOOL ? v->as.boolean : v->as.integer;
    if (at < 0)
        at = at < -size ? 0 : at + size;
    return at > size ? size : at;
}

/* From start to stop. */
static void advance_slice(call *c, cursor *at, size_t dim, int64_t start, int64_t stop,
                          int64_t step) {
    advance(c, at, &mlp_slice,
            &(mlp_options){.dim = (int64_t)dim,
                           .start = start,
                           .stop = stop < start ? start : stop,
                           .step = step,
                           .has_start = true,
                           .has_stop = true});
}

static int64_t step_of(call *c, object *v) {
    if (!v || v->kind == OBJECT_NONE)
        return 1;
    v = special_index(c, v);
    if (v->kind != OBJECT_INTEGER && v->kind != OBJECT_BOOL)
        call_fail(c, "a slice of a tensor has an integer as its step, not a %s", object_type(v));
    const int64_t step = v->kind == OBJECT_BOOL ? v->as.boolean : v->as.integer;
    if (step < 1)
        call_fail(call_raises(c, VALUE_ERROR, "step must be greater than zero"),
                  "a step in a slice of a tensor must be 1 or more: write .flip(dim) for the "
                  "other order");
    return step;
}

static bool is_number(const object *bound, int64_t number) {
    return bound && bound->kind == OBJECT_INTEGER && bound->as.integer == number;
}

/* Between commas, PyTorch takes [0:3] of three for nothing at all, but not [:]. */
static bool is_nothing(const object *slice, int64_t size) {
    const object *start = slice->as.slice.start;
    const bool from_first = !start || start->kind == OBJECT_NONE || is_number(start, 0);
    return from_first && is_number(slice->as.slice.stop, size);
}

/* A slice of everything is done only where it is the last thing that happens: else nobody could
 * see it. */
static void take_slice(call *c, cursor *at, const object *slice, bool several) {
    const int64_t size = (int64_t)size_at(c, at);
    const int64_t step = step_of(c, slice->as.slice.step);
    const int64_t start = bound(c, slice->as.slice.start, size, 0);
    const int64_t stop = bound(c, slice->as.slice.stop, size, size);
    if (start > 0 || stop < size || step > 1) {
        advance_slice(c, at, at->dim, start, stop, step);
    } else if (!several || !is_nothing(slice, size)) {
        at->slices = true;
        at->skipped++;
        at->sliced_dim = at->dim;
    }
    at->dim++;
}

static void insert_dim(call *c, cursor *at) {
    const mlp_tensor *t = &tensor_value(c, at->view)->tensor;
    mlp_options options = {.sizes.count = t->ndim + 1};
    if (t->ndim == MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i <= t->ndim; i++)
        options.sizes.size[i] = i == at->dim ? 1 : t->shape[i > at->dim ? i - 1 : i];
    advance(c, at, &mlp_unsqueeze, &options);
    at->inserted++;
    at->dim++;
}

/* --- by tensors of integers --- */

/* The tensors of an index, each for one dimension of what the rest of the index leaves. */
typedef struct {
    mlp_value *index[MLP_MAX_INDICES];
    size_t dim[MLP_MAX_INDICES];
    size_t count;
} chosen;

static bool is_list(const object *v) {
    return v->kind == OBJECT_LIST || v->kind == OBJECT_RANGE;
}

static bool is_advanced(call *c, const object *v) {
    if (is_list(v))
        return true;
    if (!is_tensor(v))
        return false;
    const mlp_tensor *t = &tensor_value(c, v)->tensor;
    return t->ndim > 0 || t->dtype == MLP_BOOL || t->dtype == MLP_UINT8;
}

/* The tensor that stands in an index, or that a list in it stands for. */
static mlp_value *tensor_of(call *c, object *v) {
    const mlp_dtype int64 = MLP_INT64;
    if (is_tensor(v))
        return tensor_value(c, v);
    const object *list = iterate_all(c->script, v, OBJECT_LIST, c->where);
    const bool empty = list->as.sequence.count == 0;
    mlp_value *index = tensor_from(c, list, empty ? &int64 : NULL, false)->value;
    index->label.hidden = true;
    return index;
}

static void choose(call *c, chosen *all, const cursor *at, size_t dim, mlp_value *index) {
    if (all->count == sizeof all->index / sizeof *all->index)
        call_fail(c, "an index may hold up to %zu tensors or lists",
                  sizeof all->index / sizeof *all->index);
    const mlp_tensor *x = &tensor_value(c, at->view)->tensor;
    const int64_t size = (int64_t)x->shape[dim];
    for (size_t i = 0; i < index->tensor.numel; i++) {
        const int64_t chosen_at = mlp_tensor_get_int(&index->tensor, i);
        if (chosen_at < -size || chosen_at >= size)
            call_fail(raises_index(c, chosen_at, all->count, size),
                      "index %lld is out of range for dimension %zu of size %lld",
                      (long long)chosen_at, dim, (long long)size);
    }
    all->dim[all->count] = dim;
    all->index[all->count++] = index;
}

static call *raises_mask(call *c, const cursor *at, const mlp_tensor *mask, const mlp_tensor *x) {
    char shape[MLP_SHAPE_TEXT], mask_shape[MLP_SHAPE_TEXT];
    if (at->dim + mask->ndim > x->ndim)
        return call_raises(c, INDEX_ERROR, "too many indices for tensor of dimension %zu", x->ndim);
    size_t d = 0;
    while (mask->shape[d] == x->shape[at->dim + d])
        d++;
    return call_raises(
        c, INDEX_ERROR,
        "The shape of the mask %s at index %zu does not match the shape of the indexed "
        "tensor %s at index %zu",
        mlp_shape_text(mask_shape, mask), d, mlp_shape_text(shape, x), at->dim + d);
}

static void check_mask(call *c, const cursor *at, const mlp_tensor *mask) {
    const mlp_tensor *x = &tensor_value(c, at->view)->tensor;
    char shape[MLP_SHAPE_TEXT], mask_shape[MLP_SHAPE_TEXT];
    bool fits = at->dim + mask->ndim <= x->ndim;
    if (mask->ndim > MLP_MAX_INDICES || mask->ndim == 0)
        call_fail(c, "a mask has 1 to %d dimensions", MLP_MAX_INDICES);
    for (size_t d = 0; fits && d < mask->ndim; d++)
        fits = mask->shape[d] == x->shape[at->dim + d];
    if (!fits)
        call_fail(raises_mask(c, at, mask, x),
                  "a mask of shape %s does not fit a tensor of shape %s",
                  mlp_shape_text(mask_shape, mask), mlp_shape_text(shape, x));
}

static size_t count_nonzero(call *c, const mlp_value *v) {
    const mlp_tensor *t = &v->tensor;
    size_t count = 0;
    for (size_t i = 0; i < t->numel; i++) {
        if (mlp_value_bound(v, i) > 0 && !(fabs(mlp_tensor_get(t, i)) > 2 * mlp_value_bound(v, i)))
            tensor_decides(c, v);
        count += mlp_tensor_get(t, i) != 0;
    }
    return count;
}

void tensor_nonzero(call *c, const mlp_value *v, mlp_value **index) {
    const mlp_tensor *t = &v->tensor;
    const size_t count = count_nonzero(c, v), dims = t->ndim ? t->ndim : 1;
    size_t at = 0;
    script_work(c->script, c->where, t->numel);
    for (size_t d = 0; d < dims; d++) {
        index[d] = tensor_new(c, MLP_INT64, 1, &count, false)->value;
        index[d]->label.hidden = true;
    }
    for (size_t i = 0; i < t->numel; i++) {
        size_t rest = i;
        if (mlp_tensor_get(t, i) == 0)
            continue;
        for (size_t d = t->ndim; d-- > 0; rest /= t->shape[d])
            ((int64_t *)index[d]->tensor.data)[at] = (int64_t)(rest % t->shape[d]);
        at++;
    }
}

static void take_tensor(call *c, chosen *all, cursor *at, object *item) {
    mlp_value *unfolded[MLP_MAX_DIMS], *index = tensor_of(c, item);
    const mlp_tensor *t = &index->tensor;
    if (t->dtype == MLP_BOOL) {
        check_mask(c, at, t);
        tensor_nonzero(c, index, unfolded); /* one list for each of its dimensions */
        for (size_t d = 0; d < t->ndim; d++)
            choose(c, all, at, at->dim++, unfolded[d]);
        return;
    }
    if (t->dtype == MLP_UINT8)
        call_fail(c, "PyTorch takes an index of uint8 for a mask, and deprecates it: write .bool() "
                     "or .long() behind it");
    if (t->dtype != MLP_INT64)
        call_fail(call_raises(c, INDEX_ERROR,
                              "tensors used as indices must be long, byte or bool tensors"),
                  "a tensor is indexed by integers, not by %s numbers", mlp_dtype_name(t->dtype));
    size_at(c, at);
    choose(c, all, at, at->dim++, index);
}

static void raises_indices(call *c, const chosen *all) {
    const char *shapes = "";
    char shape[MLP_SHAPE_TEXT];
    for (size_t i = 0; i < all->count; i++)
        shapes = script_printf(c->script, "%s%s%s", shapes, i ? ", " : "",
                               mlp_shape_text(shape, &all->index[i]->tensor));
    call_raises(c, INDEX_ERROR,
                "shape mismatch: indexing tensors could not be broadcast together with shapes %s",
                shapes);
}

/* All tensors of an index are broadcast to one shape. */
static void broadcast(call *c, chosen *all) {
    mlp_shape shape = {0};
    for (size_t i = 0; i < all->count; i++) {
        mlp_tensor so_far = {.ndim = shape.ndim};
        memcpy(so_far.shape, shape.shape, sizeof so_far.shape);
        if (!mlp_broadcast(&shape, &so_far, &all->index[i]->tensor, script_error(c->script))) {
            raises_indices(c, all);
            call_give_up(c);
        }
    }

    for (size_t i = 0; i < all->count; i++) {
        const mlp_tensor *t = &all->index[i]->tensor;
        const bool same =
            t->ndim == shape.ndim && memcmp(t->shape, shape.shape, t->ndim * sizeof *t->shape) == 0;
        if (!same)
            all->index[i] = tensor_step(
                c, &(mlp_request){.operation = &mlp_expand,
                                  .in = {all->index[i]},
                                  .options.sizes = tensor_sizes(shape.ndim, shape.shape),
                                  .hidden = true});
    }
}

/* The dimensions of x that are chosen from come first: false where they do already. */
static bool order_dims(const chosen *all, size_t ndim, mlp_order *order) {
    bool taken[MLP_MAX_DIMS] = {false}, changed = false;
    for (size_t i = 0; i < all->count; i++) {
        taken[all->dim[i]] = true;
        order->dim[order->count++] = (int64_t)all->dim[i];
    }
    for (size_t d = 0; d < ndim; d++)
        if (!taken[d])
            order->dim[order->count++] = (int64_t)d;
    for (size_t d = 0; d < ndim; d++)
        changed = changed || order->dim[d] != (int64_t)d;
    return changed;
}

/* Where the dimensions that were chosen from stood side by side behind others, the result has what
 * was chosen in their place; else in front. */
static bool restore_dims(const chosen *all, size_t chosen_ndim, size_t ndim, mlp_order *order) {
    const size_t before = all->dim[0];
    for (size_t i = 1; i < all->count; i++)
        if (all->dim[i] != before + i)
            return false;
    order->count = ndim;
    for (size_t d = 0; d < ndim; d++)
        order->dim[d] = (int64_t)(d < before                 ? chosen_ndim + d
                                  : d < before + chosen_ndim ? d - before
                                                             : d);
    return before > 0;
}

static mlp_value *permuted(call *c, const mlp_operation *operation, mlp_value *x,
                           const mlp_order *order) {
    return tensor_step(
        c,
        &(mlp_request){.operation = operation, .in = {x}, .options.order = *order, .hidden = true});
}

static object *index_by_tensors(call *c, const cursor *at, chosen *all, bool hidden) {
    mlp_request request = {.operation = &mlp_index, .hidden = true};
    mlp_value *x = tensor_value(c, at->view);
    mlp_order order = {0};
    broadcast(c, all);
    if (order_dims(all, x->tensor.ndim, &order))
        x = permuted(c, &mlp_permute, x, &order);
    request.in[0] = x;
    memcpy(request.in + 1, all->index, all->count * sizeof *request.in);
    const size_t chosen_ndim = all->index[0]->tensor.ndim;
    const size_t ndim = chosen_ndim + x->tensor.ndim - all->count;
    mlp_value *out = tensor_step(c, &request);
    out->producer->slices = at->skipped;
    if (restore_dims(all, chosen_ndim, ndim, &order))
        out = permuted(c, &mlp_index_order, out, &order);
    out->label.hidden = hidden;
    mlp_variable *result = mlp_trace_variable(trace_of(c), out, out->requires_grad);
    if (!result || !mlp_trace_show(trace_of(c), out->producer->phase, out))
        script_out_of_memory(c->script);
    return variable_object(c, result);
}

/* --- all of it --- */

static void take(call *c, cursor *at, object *item, bool several) {
    if (is_tensor(item) && !mlp_dtype_is_floating(tensor_value(c, item)->tensor.dtype))
        item = tensor_item(c, item);
    if (item->kind == OBJECT_INTEGER)
        select_one(c, at, item->as.integer);
    else if (item->kind == OBJECT_SLICE)
        take_slice(c, at, item, several);
    else if (item->kind == OBJECT_NONE)
        insert_dim(c, at);
    else if (item->kind == OBJECT_ELLIPSIS)
        at->dim += at->left;
    else
        call_fail(
            item->kind == OBJECT_FLOAT
                ? call_raises(
                      c, INDEX_ERROR,
                      "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)")
            : item->kind == OBJECT_STRING
                ? call_raises(c, TYPE_ERROR, "new(): invalid data type 'str'")
                : c,
            "a tensor is indexed by integers, slices, None and tensors of "
            "integers, not by a %s",
            object_type(item));
}

/* PyTorch takes a short list that holds more than numbers for a tuple: x[[[0, 1], [2, 3]]]. */
static bool is_tuple(const object *index) {
    enum {
        SHORT = 32
    };
    if (index->kind == OBJECT_TUPLE)
        return true;
    if (index->kind != OBJECT_LIST || index->as.sequence.count >= SHORT)
        return false;
    for (size_t i = 0; i < index->as.sequence.count; i++) {
        const object *item = index->as.sequence.items[i];
        if (item->kind == OBJECT_NONE || item->kind == OBJECT_SLICE ||
            item->kind == OBJECT_ELLIPSIS || is_tensor(item) || item->kind == OBJECT_RANGE ||
            object_is_sequence(item))
            return true;
    }
    return false;
}

/* How many dimensions the items of an index are about, beside those of a `...`. */
static size_t dimensions_of(call *c, object *const *items, size_t count) {
    size_t dims = 0, rests = 0;
    for (size_t i = 0; i < count; i++) {
        const object *item = items[i];
        const mlp_tensor *t = is_tensor(item) ? &tensor_value(c, item)->tensor : NULL;
        rests += item->kind == OBJECT_ELLIPSIS ? 1 : 0;
        if (item->kind != OBJECT_ELLIPSIS && item->kind != OBJECT_NONE)
            dims += t && t->dtype == MLP_BOOL ? t->ndim : 1;
    }
    if (rests > 1)
        call_fail(c, "an index of a tensor holds one '...' at most");
    return dims;
}

/* Before any of them is looked at, as in PyTorch. */
static void check_few(call *c, const object *a, size_t dims, bool is_unknown) {
    const mlp_tensor *t = &tensor_value(c, a)->tensor;
    char shape[MLP_SHAPE_TEXT];
    if ((t->ndim > 0 || is_unknown) && dims > t->ndim)
        call_fail(
            call_raises(c, INDEX_ERROR, "too many indices for tensor of dimension %zu", t->ndim),
            "too many indices for a tensor of shape %s", mlp_shape_text(shape, t));
}

static object *index_of(call *c, object *a, object *index, bool hidden) {
    const bool several = is_tuple(index);
    object *const *items = several ? index->as.sequence.items : &index;
    const size_t count = several ? index->as.sequence.count : 1;
    const size_t dims = dimensions_of(c, items, count);
    const size_t ndim = tensor_value(c, a)->tensor.ndim;
    check_few(c, a, dims, index->kind == OBJECT_FLOAT);
    cursor at = {.view = a, .left = ndim > dims ? ndim - dims : 0};
    chosen all = {0};
    for (size_t i = 0; i < count; i++) {
        if (is_advanced(c, items[i]))
            take_tensor(c, &all, &at, items[i]);
        else
            take(c, &at, items[i], several);
    }
    if (all.count)
        return index_by_tensors(c, &at, &all, hidden);
    if (hidden)
        return at.view;
    at.skipped -= at.slices ? 1 : 0;
    if (at.slices)
        advance_slice(c, &at, at.sliced_dim, 0,
                      (int64_t)tensor_value(c, at.view)->tensor.shape[at.sliced_dim], 1);
    if (at.view == a)
        advance(c, &at, &mlp_as_alias, &(mlp_options){0});
    mlp_value *v = tensor_value(c, at.view);
    v->label.hidden = false;
    if (!mlp_trace_show(trace_of(c), v->producer->phase, v))
        script_out_of_memory(c->script);
    return at.view;
}

object *tensor_index(call *c, object *a, object *index) {
    return index_of(c, a, index, false);
}

object *tensor_index_hidden(call *c, object *a, object *index) {
    return index_of(c, a, index, true);
}
