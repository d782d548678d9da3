/* The same numbers in another arrangement: dimensions in another order, parts, repetitions. */
#include "operators.h"
#include "tensor.h"

#include "python/format.h"
#include "python/iterate.h"

#include <string.h>

static const mlp_tensor *self_of(call *c) {
    return &tensor_value(c, c->self)->tensor;
}

/* A whole number among several. */
static int64_t whole_number(call *c, const object *o, const char *what) {
    o = tensor_as_whole(c, o);
    if (o->kind != OBJECT_INTEGER)
        call_fail(c, "%s are whole numbers, not of type %s", what, object_type(o));
    return o->as.integer;
}

/* What a script gives as one dimension or as several of them, counted from the first. */
static size_t read_any_dims(call *c, const object *given, size_t dims[MLP_MAX_DIMS]) {
    const mlp_tensor *t = self_of(c);
    const bool several = object_is_sequence(given);
    const size_t count = several ? given->as.sequence.count : 1;
    if (count > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i < count; i++) {
        const object *item = several ? given->as.sequence.items[i] : given;
        dims[i] = tensor_dim_of(c, t, whole_number(c, item, "dimensions"), 0);
    }
    return count;
}

/* The same, each once. */
static size_t read_dims(call *c, const object *given, size_t dims[MLP_MAX_DIMS]) {
    const size_t count = read_any_dims(c, given, dims);
    bool named[MLP_MAX_DIMS] = {false};
    for (size_t i = 0; i < count; i++) {
        if (named[dims[i]])
            call_fail(
                strcmp(c->native->path, "Tensor.permute") == 0
                    ? call_raises(c, RUNTIME_ERROR, "permute(): duplicate dims are not allowed.")
                    : c,
                "dimension %zu is named twice", dims[i]);
        named[dims[i]] = true;
    }
    return count;
}

/* --- dimensions in another order --- */

static object *tensor_permute(call *c) {
    char shape[MLP_SHAPE_TEXT];
    size_t dims[MLP_MAX_DIMS];
    const object *given = c->arguments[0];
    const size_t ndim = self_of(c)->ndim;
    if (given->as.sequence.count != ndim)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "permute(sparse_coo): number of dimensions in the tensor input does "
                              "not match the length of the desired ordering of dimensions i.e. "
                              "input.dim() = %zu is not equal to len(dims) = %zu",
                              ndim, given->as.sequence.count),
                  "permute must name each dimension of shape %s once",
                  mlp_shape_text(shape, self_of(c)));
    mlp_options options = {.order.count = read_dims(c, c->arguments[0], dims)};
    for (size_t i = 0; i < options.order.count; i++)
        options.order.dim[i] = (int64_t)dims[i];
    return tensor_view(c, c->self, &mlp_permute, &options);
}

/* Those that are named go where the others name places; the rest keep their order. */
static object *tensor_movedim(call *c) {
    size_t from[MLP_MAX_DIMS], to[MLP_MAX_DIMS];
    const size_t ndim = self_of(c)->ndim, count = read_dims(c, c->arguments[0], from);
    bool moved[MLP_MAX_DIMS] = {false}, filled[MLP_MAX_DIMS] = {false};
    mlp_options options = {.order.count = ndim};
    if (read_dims(c, c->arguments[1], to) != count)
        call_fail(c, "movedim() takes as many places as dimensions");
    for (size_t i = 0; i < count && ndim; i++) {
        options.order.dim[to[i]] = (int64_t)from[i];
        moved[from[i]] = filled[to[i]] = true;
    }
    for (size_t d = 0, place = 0; d < ndim; d++) {
        if (moved[d])
            continue;
        while (filled[place])
            place++;
        options.order.dim[place++] = (int64_t)d;
    }
    return tensor_view(c, c->self, &mlp_permute, &options);
}

static object *tensor_swap(call *c) {
    const mlp_tensor *t = self_of(c);
    const mlp_options options = {
        .dim0 = (int64_t)tensor_dim_of(c, t, c->arguments[0]->as.integer, 0),
        .dim1 = (int64_t)tensor_dim_of(c, t, c->arguments[1]->as.integer, 0)};
    return tensor_view(c, c->self, &mlp_transpose, &options);
}

/* --- larger by repetition --- */

static size_t size_given(call *c, const object *o, const char *what) {
    return tensor_size_of(c, whole_number(c, o, what));
}

/* In brackets, whatever sequence it is. */
static const char *list_text(call *c, object *sizes) {
    return format_repr(c, iterate_all(c->script, sizes, OBJECT_LIST, c->where));
}

/* What PyTorch raises of the last size that is neither that of the tensor nor stands for its 1. */
static call *raises_expanded(call *c, const mlp_tensor *t, const mlp_sizes *sizes) {
    char shape[MLP_SHAPE_TEXT];
    for (size_t i = 0; i < sizes->count; i++)
        if (c->arguments[0]->as.sequence.items[i]->kind != OBJECT_INTEGER)
            return c; /* a tensor, which its text would not show as a number */
    for (size_t d = t->ndim; d-- > 0;) {
        const size_t to = sizes->count - t->ndim + d;
        if (t->shape[d] != 1 && t->shape[d] != sizes->size[to])
            return call_raises(
                c, RUNTIME_ERROR,
                "The expanded size of the tensor (%zu) must match the existing size (%zu) at "
                "non-singleton dimension %zu.  Target sizes: %s.  Tensor sizes: %s",
                sizes->size[to], t->shape[d], to, list_text(c, c->arguments[0]),
                mlp_shape_text(shape, t));
    }
    return c;
}

/* -1 stands for the size that there is. */
static object *tensor_expand(call *c) {
    const mlp_tensor *t = self_of(c);
    object *sizes = c->arguments[0];
    char shape[MLP_SHAPE_TEXT];
    const size_t count = sizes->as.sequence.count, added = count - t->ndim;
    mlp_options options = {.sizes.count = count};
    if (count > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    if (count < t->ndim)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "expand(torch.%sTensor{%s}, size=%s): the number of sizes provided (%zu) must be greater or equal to the number of dimensions in the tensor (%zu)",
                mlp_dtype_word(t->dtype), mlp_shape_text(shape, t), list_text(c, sizes), count,
                t->ndim),
            "a tensor of %zu dimensions cannot be expanded to %zu sizes", t->ndim, count);
    for (size_t i = 0; i < count; i++) {
        const object *size = sizes->as.sequence.items[i];
        const bool keeps = i >= added && whole_number(c, size, "sizes") == -1;
        options.sizes.size[i] = keeps ? t->shape[i - added] : size_given(c, size, "sizes");
    }
    return tensor_view(raises_expanded(c, t, &options.sizes), c->self, &mlp_expand, &options);
}

static object *tensor_expand_as(call *c) {
    const mlp_tensor *like = &tensor_value(c, c->arguments[0])->tensor;
    return tensor_view(c, c->self, &mlp_expand,
                       &(mlp_options){.sizes = tensor_sizes(like->ndim, like->shape)});
}

static mlp_value *resized(call *c, const mlp_operation *operation, mlp_value *v, mlp_sizes sizes) {
    return tensor_step(
        c,
        &(mlp_request){.operation = operation, .in = {v}, .options.sizes = sizes, .hidden = true});
}

/* A new dimension before each that is repeated; then those in front, one at a time, as the gradient
 * is added up. */
static mlp_value *repeated(call *c, mlp_value *v, const size_t *times, size_t added) {
    const mlp_tensor x = v->tensor;
    mlp_sizes split = {0}, wide = {0};
    for (size_t d = 0; d < x.ndim; d++) {
        if (split.count + 2 > MLP_MAX_DIMS)
            call_fail(c,
                      "a tensor of so many dimensions cannot be repeated here: at most %d, "
                      "with one more for each that is repeated",
                      MLP_MAX_DIMS);
        if (times[added + d] != 1) {
            split.size[split.count++] = 1;
            wide.size[wide.count++] = times[added + d];
        }
        split.size[split.count++] = wide.size[wide.count] = x.shape[d];
        wide.count++;
    }
    if (split.count > x.ndim || added)
        v = resized(c, &mlp_repeat_shape, v, split);
    if (split.count > x.ndim)
        v = resized(c, &mlp_expand, v, wide);
    mlp_sizes whole = {.count = x.ndim};
    for (size_t d = 0; d < x.ndim; d++)
        whole.size[d] = x.shape[d] * times[added + d];
    if (split.count > x.ndim)
        v = resized(c, &mlp_reshape, v, whole);
    for (size_t k = added; k-- > 0;) {
        memmove(whole.size + 1, whole.size, whole.count * sizeof *whole.size);
        whole.size[0] = times[k];
        whole.count++;
        v = resized(c, &mlp_expand, v, whole);
    }
    return v;
}

/* Fails where the result would have more elements than can be counted: times[d] is for the
 * dimensions that are added in front, then for those of t. */
static void check_count(call *c, const mlp_tensor *t, const size_t *times, size_t added) {
    size_t count = 1;
    for (size_t d = 0; d < added + t->ndim; d++) {
        const size_t size = d < added ? 1 : t->shape[d - added];
        if (times[d] && size && (times[d] > SIZE_MAX / size || times[d] * size > SIZE_MAX / count))
            call_fail(c, "a tensor that is repeated so often does not fit in memory");
        count *= times[d] && size ? times[d] * size : 1;
    }
}

/* `lacking` repetitions in front may be left out, as tile() does. */
static object *repeat(call *c, const object *sizes, bool lacking) {
    const mlp_tensor *t = self_of(c);
    const size_t given = sizes->as.sequence.count;
    const size_t count = lacking && given < t->ndim ? t->ndim : given, added = count - t->ndim;
    size_t times[MLP_MAX_DIMS] = {0};
    if (count > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    if (count < t->ndim)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"),
            "repeat() of a tensor of %zu dimensions needs a number for each of them, not "
            "%zu",
            t->ndim, given);
    for (size_t d = 0; d < count; d++)
        times[d] = d < count - given ? 1
                                     : size_given(c, sizes->as.sequence.items[d - (count - given)],
                                                  "repetitions");
    check_count(c, t, times, added);
    mlp_value *v = repeated(c, tensor_value(c, c->self), times, added);
    const mlp_request request = {.operation = &mlp_repeat,
                                 .in = {v},
                                 .options.sizes = tensor_sizes(v->tensor.ndim, v->tensor.shape)};
    return tensor_result(c, &request);
}

static object *tensor_repeat(call *c) {
    return repeat(c, c->arguments[0], false);
}

static object *tensor_tile(call *c) {
    return repeat(c, c->arguments[0], true);
}

/* --- repeat_interleave --- */

/* Which element each one of the result is, as int64. */
static mlp_value *interleaved(call *c, size_t size, const object *repeats) {
    const mlp_tensor *each =
        is_tensor(repeats) ? tensor_numbers(c, repeats) : NULL; /* one for all, or for each */
    const int64_t all = each ? 0 : whole_number(c, repeats, "repetitions");
    size_t count = 0, at = 0;
    if (each && ((each->dtype != MLP_INT64 && each->dtype != MLP_INT32) || each->ndim > 1 ||
                 (each->numel != size && each->numel != 1)))
        call_fail(c,
                  "repeat_interleave() takes a whole number, or as many as there are elements, "
                  "%zu",
                  size);
    if (each)
        tensor_decides(c, tensor_value(c, repeats));
    for (size_t i = 0; i < size; i++) {
        const size_t times =
            tensor_size_of(c, each ? mlp_tensor_get_int(each, each->numel == 1 ? 0 : i) : all);
        if (times > SIZE_MAX - count)
            call_fail(c, "a tensor that is repeated so often does not fit in memory");
        count += times;
    }
    mlp_value *index = tensor_new(c, MLP_INT64, 1, &count, false)->value;
    index->label.hidden = true;
    for (size_t i = 0; i < size; i++) {
        const int64_t times = each ? mlp_tensor_get_int(each, each->numel == 1 ? 0 : i) : all;
        for (int64_t k = 0; k < times; k++)
            ((int64_t *)index->tensor.data)[at++] = (int64_t)i;
    }
    return index;
}

/* As later releases do it where one number is for all: a dimension more, which is repeated. */
static object *interleave_anew(call *c, mlp_value *x, size_t along, size_t times) {
    mlp_sizes sizes = tensor_sizes(x->tensor.ndim, x->tensor.shape), whole = sizes;
    if (sizes.count == MLP_MAX_DIMS)
        call_fail(c, "a tensor of %d dimensions cannot be repeated here", MLP_MAX_DIMS);
    size_t repetitions[MLP_MAX_DIMS + 1] = {times};
    for (size_t d = 0; d < sizes.count; d++)
        repetitions[1 + d] = 1;
    check_count(c, &x->tensor, repetitions, 1);
    for (size_t d = sizes.count++; d > along + 1; d--)
        sizes.size[d] = sizes.size[d - 1];
    sizes.size[along + 1] = 1;
    x = resized(c, &mlp_unsqueeze, x, sizes);
    sizes.size[along + 1] = times;
    x = resized(c, &mlp_clone, resized(c, &mlp_expand, x, sizes), sizes);
    whole.size[along] *= times;
    return tensor_result(c,
                         &(mlp_request){.operation = &mlp_view, .in = {x}, .options.sizes = whole});
}

/* Arguments: repeats, dim. */
static object *tensor_repeat_interleave(call *c) {
    const object *repeats = c->arguments[0], *dim = c->arguments[1];
    mlp_value *x = tensor_value(c, c->self);
    if (dim->kind == OBJECT_NONE)
        x = tensor_flattened(c, x);
    const size_t along =
        dim->kind == OBJECT_NONE ? 0 : tensor_dim_of(c, &x->tensor, dim->as.integer, 0);
    if (x->tensor.ndim == 0)
        x = tensor_flattened(c, x);
    if (!is_tensor(repeats) && release_has(c, MLP_RENAMES_NODES))
        return interleave_anew(c, x, along, size_given(c, repeats, "repetitions"));
    return tensor_result(c,
                         &(mlp_request){.operation = &mlp_index_select,
                                        .in = {x, interleaved(c, x->tensor.shape[along], repeats)},
                                        .options.dim = (int64_t)along});
}

/* --- parts --- */

static mlp_options part(size_t dim, size_t start, size_t length) {
    return (mlp_options){.dim = (int64_t)dim,
                         .start = (int64_t)start,
                         .stop = (int64_t)(start + length),
                         .has_start = true,
                         .has_stop = true};
}

/* Arguments: dim, start, length. */
static object *tensor_narrow(call *c) {
    const mlp_tensor *t = self_of(c);
    const size_t dim = tensor_dim_of(c, t, c->arguments[0]->as.integer, 0);
    int64_t start = whole_number(c, c->arguments[1], "bounds");
    const int64_t length = whole_number(c, c->arguments[2], "bounds");
    if (t->ndim == 0)
        call_fail(c, "a tensor without dimensions cannot be sliced");
    const int64_t size = (int64_t)t->shape[dim];
    if (start < -size || start > size || length < 0 ||
        length > size - (start < 0 ? start + size : start))
        call_fail(c,
                  "narrow() from %lld on, of length %lld, goes beyond dimension %zu of size %lld",
                  (long long)start, (long long)length, dim, (long long)size);
    start += start < 0 ? size : 0;
    const mlp_options options = part(dim, (size_t)start, (size_t)length);
    return tensor_view(c, c->self, &mlp_slice, &options);
}

static object *tensor_unbind(call *c) {
    const mlp_tensor *t = self_of(c);
    const size_t dim = tensor_dim_of(c, t, c->arguments[0]->as.integer, 0);
    if (t->ndim == 0)
        call_fail(c, "a tensor without dimensions has nothing to unbind");
    object *parts = object_sequence(c->script, OBJECT_TUPLE, t->shape[dim]);
    for (size_t i = 0; i < parts->as.sequence.count; i++)
        parts->as.sequence.items[i] = tensor_view(
            c, c->self, &mlp_unbind, &(mlp_options){.dim = (int64_t)dim, .index = (int64_t)i});
    return parts;
}

/* Parts of this size; the last may be smaller. */
static object *split_by(call *c, size_t dim, size_t length) {
    const size_t size = self_of(c)->shape[dim];
    const size_t count = size == 0 ? 1 : (size - 1) / length + 1;
    object *parts = object_sequence(c->script, OBJECT_TUPLE, count);
    for (size_t i = 0; i < count; i++) {
        const size_t start = i * length, left = size - start;
        const mlp_options options = part(dim, start, left < length ? left : length);
        parts->as.sequence.items[i] = tensor_view(c, c->self, &mlp_split, &options);
    }
    return parts;
}

static size_t dim_to_split(call *c, const object *dim) {
    const mlp_tensor *t = self_of(c);
    if (t->ndim == 0)
        call_fail(c, "a tensor without dimensions cannot be split");
    return tensor_dim_of(c, t, dim->as.integer, 0);
}

/* Arguments: chunks, dim. */
static object *tensor_chunk(call *c) {
    const size_t dim = dim_to_split(c, c->arguments[1]), size = self_of(c)->shape[dim];
    const int64_t chunks = c->arguments[0]->as.integer;
    if (chunks < 1)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "chunk expects `chunks` to be greater than 0, got: %lld",
                              (long long)chunks),
                  "chunk() takes the number of chunks, 1 or more");
    if (size == 0)
        call_fail(c, "chunk() of a dimension without elements is not supported");
    return split_by(c, dim, (size - 1) / (size_t)chunks + 1);
}

static object *split_with_sizes(call *c, object *sizes, size_t dim) {
    const size_t count = sizes->as.sequence.count, size = self_of(c)->shape[dim];
    object *parts = object_sequence(c->script, OBJECT_TUPLE, count);
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t length = size_given(c, sizes->as.sequence.items[i], "sizes");
        if (length > size - start)
            call_fail(
                call_raises(
                    c, RUNTIME_ERROR,
                    "split_with_sizes expects split_sizes to sum exactly to %zu (input tensor's size at dimension %zu), but got split_sizes=%s",
                    size, dim, list_text(c, sizes)),
                "the sizes of split() add up to more than dimension %zu has, %zu", dim, size);
        const mlp_options options = part(dim, start, length);
        parts->as.sequence.items[i] = tensor_view(c, c->self, &mlp_split_with_sizes, &options);
        start += length;
    }
    if (start != size)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "split_with_sizes expects split_sizes to sum exactly to %zu (input tensor's size at dimension %zu), but got split_sizes=%s",
                size, dim, list_text(c, sizes)),
            "the sizes of split() add up to %zu, but dimension %zu has %zu", start, dim, size);
    return parts;
}

/* Arguments: split_size, dim. */
static object *tensor_split(call *c) {
    object *sizes = c->arguments[0];
    const size_t dim = dim_to_split(c, c->arguments[1]);
    if (object_is_sequence(sizes))
        return split_with_sizes(c, sizes, dim);
    const size_t length = size_given(c, sizes, "sizes");
    if (length == 0)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "split_size can only be 0 if dimension size is 0, but got dimension size of %zu",
                self_of(c)->shape[dim]),
            "split() takes the size of the parts, 1 or more");
    return split_by(c, dim, length);
}

/* --- turned round, moved along --- */

static object *flip(call *c, const size_t *dims, size_t count) {
    mlp_request request = {.operation = &mlp_flip, .in = {tensor_value(c, c->self)}};
    request.options.has_dims = true;
    for (size_t i = 0; i < count; i++)
        request.options.dims[dims[i]] = true;
    return tensor_result(c, &request);
}

static object *tensor_flip(call *c) {
    size_t dims[MLP_MAX_DIMS];
    const size_t count = read_dims(c, c->arguments[0], dims);
    return flip(c, dims, count);
}

/* fliplr turns dimension 1, flipud 0. */
static object *tensor_flip_named(call *c) {
    const size_t dim = strcmp(strrchr(c->native->path, '.'), ".fliplr") == 0;
    if (self_of(c)->ndim < dim + 1)
        call_fail(c, "%s() takes a tensor of at least %zu dimension%s", c->native->path + 7,
                  dim + 1, dim ? "s" : "");
    return flip(c, &dim, 1);
}

static mlp_request rolled(mlp_value *v, int64_t by) {
    return (mlp_request){.operation = &mlp_roll, .in = {v}, .options.index = by};
}

/* Arguments: shifts, dims. Without dims, all elements are one row. */
static object *tensor_roll(call *c) {
    const object *shifts = c->arguments[0], *given = c->arguments[1];
    if (is_tensor(shifts))
        call_fail(c, "roll() takes whole numbers as shifts, as PyTorch does: write .item() behind "
                     "the tensor");
    const bool several = object_is_sequence(shifts);
    const size_t count = several ? shifts->as.sequence.count : 1;
    object *const *each = several ? shifts->as.sequence.items : &c->arguments[0];
    size_t dims[MLP_MAX_DIMS];
    mlp_value *v = tensor_value(c, c->self);
    const size_t named = object_is_sequence(given) && given->as.sequence.count == 0
                             ? 0
                             : read_any_dims(c, given, dims);
    if (count == 0 || (named ? named != count : count != 1))
        call_fail(c, "roll() takes as many shifts as dimensions");
    mlp_request request = rolled(v, whole_number(c, each[0], "shifts"));
    for (size_t i = 0; i < named; i++) {
        request = rolled(v, whole_number(c, each[i], "shifts"));
        request.options.has_dim = true;
        request.options.dim = (int64_t)dims[i];
        request.hidden = i + 1 < named;
        if (request.hidden)
            v = tensor_step(c, &request);
    }
    return tensor_result(c, &request);
}

/* --- diagonals, triangles --- */

static int64_t diagonal_argument(call *c) {
    return call_argument(c, "diagonal")->as.integer;
}

static object *tensor_diag(call *c) {
    return tensor_result(c, &(mlp_request){.operation = &mlp_diag,
                                           .in = {tensor_value(c, c->self)},
                                           .options.index = diagonal_argument(c)});
}

static object *tensor_diagflat(call *c) {
    return tensor_result(c, &(mlp_request){.operation = &mlp_diag,
                                           .in = {tensor_flattened(c, tensor_value(c, c->self))},
                                           .options.index = c->arguments[0]->as.integer});
}

/* Arguments: offset, dim1, dim2. */
static object *tensor_diagonal(call *c) {
    const mlp_options options = {.index = c->arguments[0]->as.integer,
                                 .dim0 = c->arguments[1]->as.integer,
                                 .dim1 = c->arguments[2]->as.integer};
    return tensor_view(c, c->self, &mlp_diagonal, &options);
}

static object *triangle(call *c, const mlp_operation *operation) {
    const mlp_request request = {.operation = operation,
                                 .in = {tensor_value(c, c->self)},
                                 .options.index = diagonal_argument(c)};
    if (c->native->path[strlen(c->native->path) - 1] != '_')
        return tensor_result(c, &request);
    tensor_changed(c, request, variable_of(c->self));
    return c->self;
}

static object *tensor_tril(call *c) {
    return triangle(c, &mlp_tril);
}

static object *tensor_triu(call *c) {
    return triangle(c, &mlp_triu);
}

/* --- grids --- */

/* Each along a dimension of its own, and repeated along the others. */
static object *meshgrid(call *c) {
    const object *tensors = c->arguments[0], *indexing = c->arguments[1];
    if (tensors->as.sequence.count == 1 && object_is_sequence(tensors->as.sequence.items[0]))
        tensors = tensors->as.sequence.items[0];
    const size_t count = tensors->as.sequence.count;
    if (indexing->kind == OBJECT_NONE)
        call_warn_otherwise(c);
    const bool by_columns =
        indexing->kind == OBJECT_STRING && strcmp(indexing->as.string, "xy") == 0;
    mlp_sizes sizes = {.count = count};
    if (count == 0 || count > MLP_MAX_DIMS)
        call_fail(c, "meshgrid() takes 1 to %d tensors", MLP_MAX_DIMS);
    if (!by_columns && indexing->kind != OBJECT_NONE && strcmp(indexing->as.string, "ij") != 0)
        call_fail(c, "indexing is 'ij' or 'xy'");
    for (size_t i = 0; i < count; i++) {
        const object *item = tensors->as.sequence.items[i];
        if (!is_tensor(item) || tensor_value(c, item)->tensor.ndim > 1)
            call_fail(c, "meshgrid() takes tensors of at most one dimension");
        const size_t place = by_columns && count > 1 && i < 2 ? 1 - i : i;
        sizes.size[place] = tensor_value(c, item)->tensor.numel;
    }
    object *grids = object_sequence(c->script, OBJECT_TUPLE, count);
    for (size_t i = 0; i < count; i++) {
        const size_t place = by_columns && count > 1 && i < 2 ? 1 - i : i;
        mlp_options row = {.sizes.count = count};
        for (size_t d = 0; d < count; d++)
            row.sizes.size[d] = d == place ? sizes.size[d] : 1;
        object *view = tensor_hidden_view(c, tensors->as.sequence.items[i], &mlp_view, &row);
        grids->as.sequence.items[i] =
            tensor_view(c, view, &mlp_expand, &(mlp_options){.sizes = sizes});
    }
    return grids;
}

/* --- functions that take their arguments in another way than the methods --- */

static call as_method(const call *c) {
    call inner = *c;
    inner.self = c->arguments[0];
    inner.arguments = c->arguments + 1;
    return inner;
}

static object *torch_permute(call *c) {
    call inner = as_method(c);
    return tensor_permute(&inner);
}

static object *torch_broadcast_to(call *c) {
    call inner = as_method(c);
    return tensor_expand(&inner);
}

static object *torch_tile(call *c) {
    call inner = as_method(c);
    return tensor_tile(&inner);
}

static object *torch_flip(call *c) {
    call inner = as_method(c);
    return tensor_flip(&inner);
}

static object *torch_split(call *c) {
    call inner = as_method(c);
    return tensor_split(&inner);
}

#define DIMS "*dims: int | dims: sequence"
#define SIZES "*size: int | size: sequence"
#define DIAGONAL "diagonal: int = 0"

const native native_arrange[] = {
    {.path = "Tensor.permute", .signature = DIMS, .call = tensor_permute},
    {.path = "Tensor.movedim",
     .signature = "source, destination",
     .call = tensor_movedim,
     .is_function = true},
    {.path = "Tensor.moveaxis",
     .signature = "source, destination",
     .call = tensor_movedim,
     .is_function = true},
    {.path = "Tensor.swapaxes",
     .signature = "axis0: int, axis1: int",
     .call = tensor_swap,
     .is_function = true},
    {.path = "Tensor.swapdims",
     .signature = "dim0: int, dim1: int",
     .call = tensor_swap,
     .is_function = true},
    {.path = "Tensor.expand", .signature = SIZES, .call = tensor_expand},
    {.path = "Tensor.expand_as", .signature = "other: Tensor", .call = tensor_expand_as},
    {.path = "Tensor.broadcast_to", .signature = SIZES, .call = tensor_expand},
    {.path = "Tensor.repeat",
     .signature = "*repeats: int | repeats: sequence",
     .call = tensor_repeat},
    {.path = "Tensor.tile", .signature = DIMS, .call = tensor_tile},
    {.path = "Tensor.repeat_interleave",
     .signature = "repeats, dim/axis: Optional[int] = None",
     .call = tensor_repeat_interleave,
     .is_function = true},
    {.path = "Tensor.narrow",
     .signature = "dim/axis: int, start, length: int",
     .call = tensor_narrow,
     .is_function = true},
    {.path = "Tensor.unbind",
     .signature = "dim/axis: int = 0",
     .call = tensor_unbind,
     .is_function = true},
    {.path = "Tensor.chunk",
     .signature = "chunks: int, dim/axis: int = 0",
     .call = tensor_chunk,
     .is_function = true},
    {.path = "Tensor.split", .signature = "split_size, dim: int = 0", .call = tensor_split},
    {.path = "torch.permute", .signature = "input: Tensor, dims: sequence", .call = torch_permute},
    {.path = "torch.broadcast_to",
     .signature = "input: Tensor, size: sequence",
     .call = torch_broadcast_to},
    {.path = "torch.tile", .signature = "input: Tensor, dims: sequence", .call = torch_tile},
    {.path = "torch.flip", .signature = "input: Tensor, dims: sequence", .call = torch_flip},
    {.path = "torch.split",
     .signature = "tensor: Tensor, split_size_or_sections, dim: int = 0",
     .call = torch_split},
    {.path = "Tensor.flip", .signature = DIMS, .call = tensor_flip},
    {.path = "Tensor.fliplr", .signature = "", .call = tensor_flip_named, .is_function = true},
    {.path = "Tensor.flipud", .signature = "", .call = tensor_flip_named, .is_function = true},
    {.path = "Tensor.roll",
     .signature = "shifts, dims = ()",
     .call = tensor_roll,
     .is_function = true},
    {.path = "Tensor.diag", .signature = DIAGONAL, .call = tensor_diag, .is_function = true},
    {.path = "Tensor.diagflat",
     .signature = "offset: int = 0",
     .call = tensor_diagflat,
     .is_function = true},
    {.path = "Tensor.diagonal",
     .signature = "offset: int = 0, dim1: int = 0, dim2: int = 1",
     .call = tensor_diagonal,
     .is_function = true},
    {.path = "Tensor.tril", .signature = DIAGONAL, .call = tensor_tril, .is_function = true},
    {.path = "Tensor.triu", .signature = DIAGONAL, .call = tensor_triu, .is_function = true},
    {.path = "Tensor.tril_", .signature = DIAGONAL, .call = tensor_tril},
    {.path = "Tensor.triu_", .signature = DIAGONAL, .call = tensor_triu},
    {.path = "torch.meshgrid",
     .signature = "*tensors, indexing: Optional[str] = None",
     .call = meshgrid},
    {0}};
