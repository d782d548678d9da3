/* Pairs and places: cartesian_prod, combinations, tril_indices, isin, block_diag. */
#include "dtype.h"
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <string.h>

static const mlp_tensor *numbers_of(call *c, const object *o) {
    return &tensor_value(c, o)->tensor;
}

static mlp_value *hidden_indices(call *c, size_t count) {
    mlp_value *v = tensor_new(c, MLP_INT64, 1, &count, false)->value;
    v->label.hidden = true;
    return v;
}

static mlp_value *picked(call *c, mlp_value *x, mlp_value *index) {
    const mlp_request request = {.operation = &mlp_index_select, .in = {x, index}, .hidden = true};
    return tensor_step(c, &request);
}

/* The columns as a matrix. */
static object *beside(call *c, mlp_value **columns, size_t count) {
    return step_result(c, tensor_stacked_along(c, columns, count, 1));
}

/* --- all pairs --- */

/* The vector along dimension `at` of a grid of these sizes, and repeated along the others, as
 * PyTorch does it: so its gradient is added up. In one row. */
static mlp_value *along_grid(call *c, mlp_value *x, size_t at, const mlp_sizes *grid) {
    mlp_sizes line = {.count = grid->count};
    size_t numel = 1;
    for (size_t d = 0; d < grid->count; d++) {
        line.size[d] = d == at ? grid->size[d] : 1;
        numel *= grid->size[d];
    }
    x = step_sizes(c, &mlp_expand, step_sizes(c, &mlp_reshape, x, line), *grid);
    return step_sizes(c, &mlp_reshape, x, (mlp_sizes){1, {numel}});
}

/* Fails where a grid of these sizes cannot be counted. */
static void check_grid(call *c, const mlp_sizes *grid) {
    size_t numel = 1;
    for (size_t d = 0; d < grid->count; d++) {
        if (grid->size[d] && numel > SIZE_MAX / grid->size[d])
            script_out_of_memory(c->script);
        numel *= grid->size[d];
    }
}

/* Arguments: tensors. Of one tensor it is that. */
static object *torch_cartesian_prod(call *c) {
    const object *all = c->arguments[0];
    mlp_sizes grid = {.count = all->as.sequence.count};
    mlp_value *columns[MLP_MAX_DIMS];
    if (grid.count == 0 || grid.count > MLP_MAX_DIMS)
        call_fail(c, "cartesian_prod() takes 1 to %d vectors", MLP_MAX_DIMS);
    for (size_t i = 0; i < grid.count; i++) {
        const object *o = all->as.sequence.items[i];
        if (!is_tensor(o) || numbers_of(c, o)->ndim != 1)
            call_fail(c, "cartesian_prod() takes vectors");
        if (numbers_of(c, o)->dtype != numbers_of(c, all->as.sequence.items[0])->dtype)
            call_fail(c, "cartesian_prod() takes vectors of one dtype");
        grid.size[i] = numbers_of(c, o)->numel;
    }
    if (grid.count == 1)
        return all->as.sequence.items[0];
    check_grid(c, &grid);
    for (size_t i = 0; i < grid.count; i++)
        columns[i] = along_grid(c, tensor_value(c, all->as.sequence.items[i]), i, &grid);
    return beside(c, columns, grid.count);
}

/* --- combinations --- */

/* The next choice of `r` places below n, in order; false behind the last. */
static bool next_choice(size_t *chosen, size_t r, size_t n, bool repeats) {
    for (size_t i = r; i-- > 0;) {
        const size_t limit = repeats ? n - 1 : n - r + i;
        if (chosen[i] >= limit)
            continue;
        chosen[i]++;
        for (size_t k = i + 1; k < r; k++)
            chosen[k] = repeats ? chosen[i] : chosen[k - 1] + 1;
        return true;
    }
    return false;
}

static size_t count_choices(call *c, size_t *chosen, size_t r, size_t n, bool repeats) {
    size_t count = n > 0 && (repeats || r <= n);
    for (size_t i = 0; i < r; i++)
        chosen[i] = repeats ? 0 : i;
    while (count && next_choice(chosen, r, n, repeats)) {
        script_work(c->script, c->where, r);
        count++;
    }
    for (size_t i = 0; i < r; i++)
        chosen[i] = repeats ? 0 : i;
    return count;
}

/* Arguments: input, r, with_replacement. */
static object *torch_combinations(call *c) {
    mlp_value *x = tensor_value(c, c->arguments[0]);
    const int64_t r = c->arguments[1]->as.integer;
    const bool repeats = c->arguments[2]->as.boolean;
    const size_t n = x->tensor.numel;
    if (x->tensor.ndim != 1)
        call_fail(c, "combinations() takes a vector");
    if (r < 1 || r > MLP_MAX_DIMS)
        call_fail(c, "combinations() of %lld numbers are not supported: from 1 to %d are",
                  (long long)r, MLP_MAX_DIMS);
    mlp_sizes grid = {.count = (size_t)r};
    for (size_t i = 0; i < grid.count; i++)
        grid.size[i] = n;
    check_grid(c, &grid);
    size_t chosen[MLP_MAX_DIMS];
    const size_t count = count_choices(c, chosen, grid.count, n, repeats);
    mlp_value *index = hidden_indices(c, count), *columns[MLP_MAX_DIMS];
    for (size_t k = 0; k < count; k++) {
        size_t at = 0;
        for (size_t i = 0; i < grid.count; i++)
            at = at * n + chosen[i];
        ((int64_t *)index->tensor.data)[k] = (int64_t)at;
        next_choice(chosen, grid.count, n, repeats);
    }
    for (size_t i = 0; i < grid.count; i++)
        columns[i] = picked(c, along_grid(c, x, i, &grid), index);
    return beside(c, columns, grid.count);
}

/* --- triangles --- */

/* Arguments: row, col, offset, and more. The rows and columns of a triangle's places. */
static object *indices_of_triangle(call *c) {
    const bool lower = strstr(c->native->path, "tril") != NULL;
    const size_t rows = tensor_size_of(c, c->arguments[0]->as.integer);
    const size_t columns = tensor_size_of(c, c->arguments[1]->as.integer);
    const int64_t offset = c->arguments[2]->as.integer;
    if (rows && columns > SIZE_MAX / rows)
        script_out_of_memory(c->script);
    check_device(c, call_argument(c, "device"));
    const mlp_dtype dtype = dtype_argument(c, call_argument(c, "dtype"));
    if (call_argument(c, "dtype")->kind != OBJECT_NONE && dtype != MLP_INT64)
        call_fail(c, "indices are int64 here: leave dtype= out");
    script_work(c->script, c->where, rows * columns);
    size_t count = 0;
    for (size_t pass = 0;; pass++) {
        mlp_variable *v =
            pass ? tensor_new(c, MLP_INT64, 2, (const size_t[]){2, count}, false) : NULL;
        size_t at = 0;
        for (size_t i = 0; i < rows * columns; i++) {
            const int64_t above = (int64_t)(i % columns) - (int64_t)(i / columns);
            if (lower ? above > offset : above < offset)
                continue;
            if (v) {
                ((int64_t *)v->value->tensor.data)[at] = (int64_t)(i / columns);
                ((int64_t *)v->value->tensor.data)[count + at] = (int64_t)(i % columns);
            }
            at++;
        }
        count = at;
        if (v)
            return variable_object(c, v);
    }
}

/* --- isin --- */

static mlp_value *numbers_given(call *c, object *o) {
    if (!is_tensor(o) && !object_is_number(o))
        call_fail(c, "isin() takes tensors, or a number and a tensor");
    return is_tensor(o) ? tensor_value(c, o) : tensor_from(c, o, NULL, false)->value;
}

/* Arguments: elements, test_elements, assume_unique, invert. */
static object *torch_isin(call *c) {
    const mlp_value *x = numbers_given(c, c->arguments[0]),
                    *set = numbers_given(c, c->arguments[1]);
    const mlp_tensor *t = &x->tensor, *s = &set->tensor;
    const bool invert = c->arguments[3]->as.boolean;
    if (!is_tensor(c->arguments[0]) && !is_tensor(c->arguments[1]))
        call_fail(c, "isin() takes at least one tensor");
    mlp_variable *v = tensor_new(c, MLP_BOOL, t->ndim, t->shape, false);
    script_work(c->script, c->where, t->numel * (1 + s->numel));
    tensor_decides(c, x);
    tensor_decides(c, set);
    for (size_t i = 0; i < t->numel; i++) {
        bool found = false;
        for (size_t k = 0; k < s->numel && !found; k++)
            found = mlp_tensor_get(t, i) == mlp_tensor_get(s, k);
        ((bool *)v->value->tensor.data)[i] = found != invert;
    }
    return variable_object(c, v);
}

/* --- block_diag --- */

static mlp_value *zeros(call *c, mlp_dtype dtype, size_t rows, size_t columns) {
    mlp_value *v = tensor_new(c, dtype, 2, (const size_t[]){rows, columns}, false)->value;
    v->label.hidden = true;
    return v;
}

static mlp_value *joined(call *c, mlp_value *a, mlp_value *b, int64_t dim) {
    const mlp_request request = {
        .operation = &mlp_cat, .in = {a, b}, .options.dim = dim, .hidden = true};
    return tensor_step(c, &request);
}

/* As a matrix: a vector is a row. */
static mlp_value *as_block(call *c, const object *o, mlp_dtype dtype) {
    if (!is_tensor(o) || numbers_of(c, o)->ndim > 2)
        call_fail(c, "block_diag() takes tensors of at most two dimensions");
    mlp_value *x = tensor_value(c, o);
    if (x->tensor.dtype != dtype)
        call_fail(c, "block_diag() takes tensors of one dtype");
    if (x->tensor.ndim == 2)
        return x;
    return step_sizes(c, &mlp_reshape, x, (mlp_sizes){2, {1, x->tensor.numel}});
}

/* Arguments: tensors. */
static object *torch_block_diag(call *c) {
    const object *all = c->arguments[0];
    if (all->as.sequence.count == 0 || !is_tensor(all->as.sequence.items[0]))
        call_fail(c, "block_diag() takes tensors");
    const mlp_dtype dtype = numbers_of(c, all->as.sequence.items[0])->dtype;
    mlp_value *y =
        step_on(c, &mlp_clone, as_block(c, all->as.sequence.items[0], dtype), (mlp_options){0});
    for (size_t i = 1; i < all->as.sequence.count; i++) {
        mlp_value *x = as_block(c, all->as.sequence.items[i], dtype);
        const mlp_tensor top = y->tensor, low = x->tensor;
        mlp_value *right = zeros(c, dtype, top.shape[0], low.shape[1]);
        mlp_value *left = zeros(c, dtype, low.shape[0], top.shape[1]);
        y = joined(c, joined(c, y, right, 1), joined(c, left, x, 1), 0);
    }
    return step_result_of(c, y, "BlockDiagBackward0");
}

#define TRIANGLE                                                                        \
    .signature = "row: int, col: int, offset: int = 0, *, dtype = None, device = None", \
    .call = indices_of_triangle

const native native_pairs[] = {
    {.path = "torch.cartesian_prod", .signature = "*tensors", .call = torch_cartesian_prod},
    {.path = "torch.combinations",
     .signature = "input: Tensor, r: int = 2, with_replacement: bool = False",
     .call = torch_combinations},
    {.path = "torch.tril_indices", TRIANGLE},
    {.path = "torch.triu_indices", TRIANGLE},
    {.path = "torch.isin",
     .signature = "elements, test_elements, *, assume_unique: bool = False, "
                  "invert: bool = False",
     .call = torch_isin},
    {.path = "torch.block_diag", .signature = "*tensors", .call = torch_block_diag},
    {0}};
