/* Parts of a tensor, and other sizes for it: tensor_split, unflatten, atleast_2d, ravel, rot90,
 * broadcast_tensors. */
#include "operators.h"
#include "steps.h"
#include "tensor.h"

#include <string.h>

static const mlp_tensor *numbers_of(call *c, const object *o) {
    return &tensor_value(c, o)->tensor;
}

static int64_t whole(call *c, const object *o, const char *what) {
    o = tensor_as_whole(c, o);
    if (o->kind != OBJECT_INTEGER)
        call_fail(c, "%s are whole numbers, not of type %s", what, object_type(o));
    return o->as.integer;
}

/* --- tensor_split, hsplit, vsplit, dsplit --- */

static object *part(call *c, size_t dim, size_t start, size_t stop) {
    const mlp_options options = {.dim = (int64_t)dim,
                                 .start = (int64_t)start,
                                 .stop = (int64_t)stop,
                                 .has_start = true,
                                 .has_stop = true};
    return tensor_view(c, c->self, &mlp_slice, &options);
}

/* The first ones are larger by one where the size is no multiple. */
static object *split_in(call *c, int64_t sections, size_t dim) {
    const size_t size = numbers_of(c, c->self)->shape[dim];
    if (sections < 1)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "number of sections must be larger than 0, got %lld",
                              (long long)sections),
                  "a tensor is split into 1 part or more");
    const size_t count = tensor_size_of(c, sections), least = size / count, more = size % count;
    object *parts = object_sequence(c->script, OBJECT_TUPLE, count);
    for (size_t i = 0, start = 0; i < count; i++) {
        const size_t stop = start + least + (i < more ? 1 : 0);
        parts->as.sequence.items[i] = part(c, dim, start, stop);
        start = stop;
    }
    return parts;
}

/* A place of a slice, counted from the end where it is negative. */
static size_t place_in(int64_t place, size_t size) {
    if (place < 0)
        place += (int64_t)size;
    return place < 0 ? 0 : (size_t)place < size ? (size_t)place : size;
}

static object *split_at_places(call *c, const object *places, size_t dim) {
    const size_t count = places->as.sequence.count, size = numbers_of(c, c->self)->shape[dim];
    object *parts = object_sequence(c->script, OBJECT_TUPLE, count + 1);
    size_t start = 0;
    for (size_t i = 0; i <= count; i++) {
        const size_t stop =
            i < count ? place_in(whole(c, places->as.sequence.items[i], "places"), size) : size;
        parts->as.sequence.items[i] = part(c, dim, start, stop < start ? start : stop);
        start = stop;
    }
    return parts;
}

static object *split(call *c, const object *how, size_t dim) {
    if (object_is_sequence(how))
        return split_at_places(c, how, dim);
    return split_in(c, whole(c, how, "sections"), dim);
}

/* Arguments: indices_or_sections, dim. */
static object *tensor_split_anyhow(call *c) {
    const mlp_tensor *t = numbers_of(c, c->self);
    if (t->ndim == 0)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "tensor_split expected at least a 1-dimensional tensor, but got a "
                              "tensor with 0 dims"),
                  "a tensor without dimensions cannot be split");
    return split(c, c->arguments[0], tensor_dim_of(c, t, c->arguments[1]->as.integer, 0));
}

/* hsplit() along dimension 1, or 0 of a vector, vsplit() along 0, dsplit() along 2. */
static object *split_by_name(call *c) {
    const char *name = strrchr(c->native->path, '.') + 1;
    const mlp_tensor *t = numbers_of(c, c->self);
    const size_t least = *name == 'h' ? 1 : *name == 'v' ? 2 : 3;
    const size_t dim = *name == 'h' ? t->ndim > 1 : *name == 'v' ? 0 : 2;
    const object *how = c->arguments[0];
    if (t->ndim < least)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "torch.%s requires a tensor with at least %zu dimension, but got a "
                              "tensor with %zu dimensions!",
                              name, least, t->ndim),
                  "%s() takes a tensor of at least %zu dimension%s", name, least,
                  least > 1 ? "s" : "");
    if (how->kind == OBJECT_INTEGER && how->as.integer > 0 &&
        t->shape[dim] % (size_t)how->as.integer != 0)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "torch.%s attempted to split along dimension %zu, but the size of "
                              "the dimension %zu is not divisible by the split_size %lld!",
                              name, dim, t->shape[dim], (long long)how->as.integer),
                  "%s() makes parts of one size: write torch.tensor_split for others", name);
    return split(c, how, dim);
}

/* --- sizes --- */

/* One of the sizes may be -1. Arguments: dim, sizes. */
static object *tensor_unflatten(call *c) {
    const mlp_tensor *t = numbers_of(c, c->self);
    const size_t dim = tensor_dim_of(c, t, whole(c, c->arguments[0], "dimensions"), 0);
    const object *sizes = c->arguments[1];
    if (!object_is_sequence(sizes) || sizes->as.sequence.count == 0)
        call_fail(call_raises(c, RUNTIME_ERROR, "unflatten: sizes must be non-empty"),
                  "unflatten() takes a tuple of sizes");
    const size_t count = sizes->as.sequence.count;
    mlp_sizes shape = {.count = t->ndim - 1 + count};
    size_t known = 1, open = MLP_MAX_DIMS;
    if (t->ndim == 0 || count > MLP_MAX_DIMS || shape.count > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions, and unflatten() needs one", MLP_MAX_DIMS);
    for (size_t d = 0; d < shape.count; d++)
        shape.size[d] = d < dim ? t->shape[d] : d < dim + count ? 0 : t->shape[d + 1 - count];
    for (size_t i = 0; i < count; i++) {
        const int64_t size = whole(c, sizes->as.sequence.items[i], "sizes");
        if (size == -1 && open == MLP_MAX_DIMS)
            open = dim + i;
        else
            known *= shape.size[dim + i] = tensor_size_of(c, size);
    }
    if (open < MLP_MAX_DIMS && known)
        known *= shape.size[open] = t->shape[dim] / known;
    if (known != t->shape[dim])
        call_fail(c, "the sizes of unflatten() must make up %zu, the size of dimension %zu",
                  t->shape[dim], dim);
    return tensor_view(c, c->self, &mlp_view, &(mlp_options){.sizes = shape});
}

/* With dimensions of size 1 for those that lack. */
static object *with_dims(call *c, object *o, size_t least) {
    const mlp_tensor *t = numbers_of(c, o);
    mlp_sizes sizes = tensor_sizes(t->ndim, t->shape);
    if (t->ndim >= least)
        return o;
    if (t->ndim == 0) {
        sizes = (mlp_sizes){least, {1, 1, 1}};
        return tensor_view(c, o, &mlp_reshape, &(mlp_options){.sizes = sizes});
    }
    if (t->ndim == 1) {
        o = tensor_view(c, o, &mlp_unsqueeze, &(mlp_options){.sizes = {2, {1, t->shape[0]}}});
        sizes = (mlp_sizes){2, {1, t->shape[0]}};
    }
    if (least == 3) {
        sizes.size[2] = 1;
        sizes.count = 3;
        o = tensor_view(c, o, &mlp_unsqueeze, &(mlp_options){.sizes = sizes});
    }
    return o;
}

/* torch.atleast_2d(a, b) or ([a, b]) gives a tuple, of one tensor that. Arguments: tensors. */
static object *torch_atleast(call *c) {
    const size_t least = (size_t)(strchr(c->native->path, '_')[1] - '0');
    const object *all = c->arguments[0];
    const bool several =
        all->as.sequence.count == 1 && object_is_sequence(all->as.sequence.items[0]);
    if (several)
        all = all->as.sequence.items[0];
    for (size_t i = 0; i < all->as.sequence.count; i++)
        if (!is_tensor(all->as.sequence.items[i]))
            call_fail(c, "%s() takes tensors", c->native->path);
    if (all->as.sequence.count == 1 && !several)
        return with_dims(c, all->as.sequence.items[0], least);
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, all->as.sequence.count);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        tuple->as.sequence.items[i] = with_dims(c, all->as.sequence.items[i], least);
    return tuple;
}

static object *tensor_ravel(call *c) {
    const mlp_value *v = tensor_value(c, c->self);
    object *o = c->self;
    const mlp_options row = {.sizes = {1, {v->tensor.numel}}};
    if (!mlp_value_is_contiguous(v))
        o = tensor_result(c, &(mlp_request){.operation = &mlp_contiguous,
                                            .in = {tensor_value(c, o)},
                                            .hidden = true});
    return tensor_view(c, o, &mlp_view, &row);
}

/* Arguments: tensors. */
static object *torch_broadcast_tensors(call *c) {
    const object *all = c->arguments[0];
    mlp_shape shape = {0};
    if (all->as.sequence.count == 1 && object_is_sequence(all->as.sequence.items[0]))
        all = all->as.sequence.items[0];
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        mlp_tensor so_far = {.ndim = shape.ndim};
        memcpy(so_far.shape, shape.shape, sizeof so_far.shape);
        if (!is_tensor(all->as.sequence.items[i]))
            call_fail(c, "broadcast_tensors() takes tensors");
        if (!mlp_broadcast(&shape, &so_far, numbers_of(c, all->as.sequence.items[i]),
                           script_error(c->script)))
            call_give_up(c);
    }
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, all->as.sequence.count);
    const mlp_options wide = {.sizes = tensor_sizes(shape.ndim, shape.shape)};
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        object *o = all->as.sequence.items[i];
        const mlp_tensor *t = numbers_of(c, o);
        const bool fits = t->ndim == shape.ndim &&
                          memcmp(t->shape, shape.shape, shape.ndim * sizeof *t->shape) == 0;
        tuple->as.sequence.items[i] = fits ? o : tensor_view(c, o, &mlp_expand, &wide);
    }
    return tuple;
}

/* --- rot90 --- */

static mlp_value *flipped(call *c, mlp_value *x, size_t dim) {
    mlp_options options = {.has_dims = true};
    options.dims[dim] = true;
    return step_on(c, &mlp_flip, x, options);
}

/* Arguments: k, dims: a quarter turn, k times, from the first towards the second. */
static object *tensor_rot90(call *c) {
    mlp_value *x = tensor_value(c, c->self);
    const object *dims = c->arguments[1];
    const int64_t turns = (c->arguments[0]->as.integer % 4 + 4) % 4;
    size_t d[2] = {0, 1};
    if (dims->kind != OBJECT_NONE && (!object_is_sequence(dims) || dims->as.sequence.count != 2))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "expected total rotation dims == 2, but got dims = %zu",
                              object_is_sequence(dims) ? dims->as.sequence.count : 1),
                  "rot90() turns two dimensions");
    if (x->tensor.ndim < 2)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "expected total dims >= 2, but got total dims = %zu", x->tensor.ndim),
                  "rot90() takes a tensor of two dimensions or more");
    for (size_t i = 0; i < 2 && dims->kind != OBJECT_NONE; i++)
        d[i] = tensor_dim_of(c, &x->tensor, whole(c, dims->as.sequence.items[i], "dimensions"), 0);
    if (d[0] == d[1])
        call_fail(c, "rot90() turns two dimensions that differ");
    if (turns == 0)
        x = step_on(c, &mlp_clone, x, (mlp_options){0});
    if (turns == 1 || turns == 2)
        x = flipped(c, x, d[1]);
    if (turns == 3 || turns == 2)
        x = flipped(c, x, d[0]);
    if (turns % 2)
        x = step_on(c, &mlp_transpose, x,
                    (mlp_options){.dim0 = (int64_t)d[0], .dim1 = (int64_t)d[1]});
    return step_result_of(c, x, "Rot90Backward0");
}

#define SPLIT "indices_or_sections"

const native native_parts[] = {
    {.path = "Tensor.tensor_split",
     .signature = SPLIT ", dim: int = 0",
     .call = tensor_split_anyhow,
     .is_function = true},
    {.path = "Tensor.hsplit", .signature = SPLIT, .call = split_by_name, .is_function = true},
    {.path = "Tensor.vsplit", .signature = SPLIT, .call = split_by_name, .is_function = true},
    {.path = "Tensor.dsplit", .signature = SPLIT, .call = split_by_name, .is_function = true},
    {.path = "Tensor.unflatten", .signature = "dim, sizes", .call = tensor_unflatten},
    {.path = "torch.atleast_1d", .signature = "*tensors", .call = torch_atleast},
    {.path = "torch.atleast_2d", .signature = "*tensors", .call = torch_atleast},
    {.path = "torch.atleast_3d", .signature = "*tensors", .call = torch_atleast},
    {.path = "Tensor.ravel", .signature = "", .call = tensor_ravel, .is_function = true},
    {.path = "torch.broadcast_tensors", .signature = "*tensors", .call = torch_broadcast_tensors},
    {.path = "Tensor.rot90",
     .signature = "k: int = 1, dims = None",
     .call = tensor_rot90,
     .is_function = true},
    {0}};
