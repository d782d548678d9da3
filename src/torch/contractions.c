/* Products made of others: tensordot, inner, kron, addmv, baddbmm, multi_dot, matrix_power. */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <string.h>

static const mlp_tensor *numbers_of(call *c, const object *o) {
    return &tensor_value(c, o)->tensor;
}

static object *product(call *c, object *a, object *b) {
    return tensor_binary(c, OPERATOR_MATMUL, a, b);
}

/* --- tensordot, inner --- */

/* The dimensions of both that are added up over. */
typedef struct {
    size_t count, of[2][MLP_MAX_DIMS];
    int64_t given[2][MLP_MAX_DIMS]; /* as the script counts them */
} contracted;

static void take_dims_of(call *c, contracted *over, size_t side, const object *given,
                         const mlp_tensor *t) {
    const bool several = object_is_sequence(given);
    const size_t count = several ? given->as.sequence.count : 1;
    bool named[MLP_MAX_DIMS] = {false};
    if (count > t->ndim || (side && count != over->count))
        call_fail(call_raises(c, RUNTIME_ERROR, "both dimension lists should have same length"),
                  "tensordot() takes as many dimensions of one tensor as of the other");
    over->count = count;
    for (size_t i = 0; i < count; i++) {
        const object *one = several ? given->as.sequence.items[i] : given;
        if (one->kind != OBJECT_INTEGER)
            call_fail(c, "dims of tensordot() is a number, or two lists of dimensions");
        over->given[side][i] = one->as.integer;
        const size_t dim = over->of[side][i] = tensor_dim_of(c, t, one->as.integer, 0);
        if (named[dim])
            call_fail(c, "dimension %zu is named twice", dim);
        named[dim] = true;
    }
}

/* A number of dimensions: the last ones of a, the first ones of b. */
static contracted dims_given(call *c, const object *dims, const mlp_tensor *a,
                             const mlp_tensor *b) {
    contracted over = {0};
    if (object_is_sequence(dims)) {
        if (dims->as.sequence.count != 2)
            call_fail(c, "dims of tensordot() is a number, or two lists of dimensions");
        take_dims_of(c, &over, 0, dims->as.sequence.items[0], a);
        take_dims_of(c, &over, 1, dims->as.sequence.items[1], b);
        return over;
    }
    if (dims->kind != OBJECT_INTEGER || dims->as.integer < 0)
        call_fail(call_raises(c, RUNTIME_ERROR, "tensordot expects dims >= 0, but got dims=%lld",
                              dims->kind == OBJECT_INTEGER ? (long long)dims->as.integer : 0),
                  "dims of tensordot() is a number from 0 on, or two lists of dimensions");
    if ((uint64_t)dims->as.integer > a->ndim || (uint64_t)dims->as.integer > b->ndim)
        call_fail(c, "tensordot() over %lld dimensions needs so many of both tensors",
                  (long long)dims->as.integer);
    over.count = (size_t)dims->as.integer;
    for (size_t i = 0; i < over.count; i++) {
        over.of[0][i] = a->ndim - over.count + i;
        over.of[1][i] = i;
        over.given[0][i] = (int64_t)i - dims->as.integer;
        over.given[1][i] = (int64_t)i;
    }
    return over;
}

/* The tensor as a matrix: what is added up over stands last (side 0) or first (side 1). The sizes of
 * what is left are appended to `left`. */
static object *as_matrix(call *c, object *o, const contracted *over, size_t side, mlp_sizes *left) {
    const mlp_tensor *t = numbers_of(c, o);
    bool is_over[MLP_MAX_DIMS] = {false};
    size_t free_size = 1, size = 1, ndim = 0;
    mlp_options order = {.order.count = t->ndim};
    for (size_t i = 0; i < over->count; i++) {
        is_over[over->of[side][i]] = true;
        size *= t->shape[over->of[side][i]];
        if (side)
            order.order.dim[ndim++] = (int64_t)over->of[side][i];
    }
    for (size_t d = 0; d < t->ndim; d++) {
        if (is_over[d])
            continue;
        if (left->count == MLP_MAX_DIMS)
            call_fail(c, "the result would have more than %d dimensions", MLP_MAX_DIMS);
        left->size[left->count++] = t->shape[d];
        free_size *= t->shape[d];
        order.order.dim[ndim++] = (int64_t)d;
    }
    for (size_t i = 0; i < over->count && !side; i++)
        order.order.dim[ndim++] = (int64_t)over->of[side][i];
    if (t->ndim)
        o = tensor_hidden_view(c, o, &mlp_permute, &order);
    const mlp_sizes matrix = {2, {side ? size : free_size, side ? free_size : size}};
    return tensor_hidden_view(c, o, &mlp_reshape, &(mlp_options){.sizes = matrix});
}

static object *contract(call *c, object *a, object *b, const contracted *over) {
    mlp_sizes left = {0};
    const mlp_tensor *x = numbers_of(c, a), *y = numbers_of(c, b);
    for (size_t i = 0; i < over->count; i++)
        if (x->shape[over->of[0][i]] != y->shape[over->of[1][i]])
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "contracted dimensions need to match, but first has size %zu in "
                                  "dim %lld and second has size %zu in dim %lld",
                                  x->shape[over->of[0][i]], (long long)over->given[0][i],
                                  y->shape[over->of[1][i]], (long long)over->given[1][i]),
                      "the dimensions that are added up over need equal sizes, not %zu and %zu",
                      x->shape[over->of[0][i]], y->shape[over->of[1][i]]);
    object *left_matrix = as_matrix(c, a, over, 0, &left);
    object *right_matrix = as_matrix(c, b, over, 1, &left);
    const mlp_request request = {
        .operation = &mlp_matmul,
        .in = {tensor_value(c, left_matrix), tensor_value(c, right_matrix)},
        .hidden = true};
    mlp_value *y_matrix = tensor_step(c, &request);
    return tensor_result(
        c, &(mlp_request){.operation = &mlp_reshape, .in = {y_matrix}, .options.sizes = left});
}

/* Arguments: a, b, dims. */
static object *torch_tensordot(call *c) {
    object *a = c->arguments[0], *b = c->arguments[1];
    const contracted over = dims_given(c, c->arguments[2], numbers_of(c, a), numbers_of(c, b));
    return contract(c, a, b, &over);
}

/* Over the last dimension of both. */
static object *tensor_inner(call *c) {
    object *other = c->arguments[0];
    const mlp_tensor *a = numbers_of(c, c->self), *b = numbers_of(c, other);
    if (a->ndim == 0 || b->ndim == 0)
        return tensor_binary(c, OPERATOR_MUL, c->self, other);
    const contracted over = {1, {{a->ndim - 1}, {b->ndim - 1}}, {{-1}, {-1}}};
    return contract(c, c->self, other, &over);
}

/* --- kron --- */

/* The tensor with a dimension of size 1 in front of each, or behind it; lacking ones are of size 1. */
static mlp_value *spread_out(call *c, mlp_value *x, size_t ndim, bool behind) {
    const size_t lacking = ndim - x->tensor.ndim;
    mlp_sizes sizes = {.count = 2 * ndim};
    for (size_t d = 0; d < ndim; d++) {
        const size_t size = d < lacking ? 1 : x->tensor.shape[d - lacking];
        sizes.size[2 * d] = behind ? size : 1;
        sizes.size[2 * d + 1] = behind ? 1 : size;
    }
    return step_sizes(c, &mlp_reshape, x, sizes);
}

static object *tensor_kron(call *c) {
    mlp_value *a = tensor_value(c, c->self), *b = tensor_value(c, c->arguments[0]);
    const size_t ndim = a->tensor.ndim > b->tensor.ndim ? a->tensor.ndim : b->tensor.ndim;
    const mlp_dtype dtype = tensor_result_type(c, c->self, c->arguments[0]);
    if (2 * ndim > MLP_MAX_DIMS)
        call_fail(c, "kron() is supported of tensors of at most %d dimensions", MLP_MAX_DIMS / 2);
    a = spread_out(c, tensor_in_dtype(c, a, dtype), ndim, true);
    b = spread_out(c, tensor_in_dtype(c, b, dtype), ndim, false);
    mlp_value *y = step_of_two(c, &mlp_mul, a, b);
    mlp_sizes sizes = {.count = ndim};
    for (size_t d = 0; d < ndim; d++)
        sizes.size[d] = y->tensor.shape[2 * d] * y->tensor.shape[2 * d + 1];
    return step_result_of(c, step_sizes(c, &mlp_view, y, sizes), "UnsafeViewBackward0");
}

/* --- several in a row --- */

static void check_chain(call *c, const object *all, const char *name) {
    const size_t count = object_is_sequence(all) ? all->as.sequence.count : 0;
    if (count < 2)
        call_fail(c, "%s() takes two tensors or more", name);
    for (size_t i = 0; i < count; i++) {
        const object *o = all->as.sequence.items[i];
        const size_t ndim = is_tensor(o) ? numbers_of(c, o)->ndim : 0;
        if (ndim != 2 && !(ndim == 1 && (i == 0 || i == count - 1)))
            call_fail(c, "%s() takes matrices, and a vector only first or last", name);
    }
}

enum {
    LINKS = 16 /* of a chain: an order is sought in a table of their squares */
};

/* How many multiplications the parts from..to take at least, and where to part them first. */
typedef struct {
    double cost[LINKS][LINKS];
    size_t parted[LINKS][LINKS];
} orders;

static void find_order(orders *o, mlp_value *const *all, size_t count) {
    for (size_t length = 1; length < count; length++)
        for (size_t from = 0; from + length < count; from++) {
            const size_t to = from + length;
            o->parted[from][to] = from;
            for (size_t k = from; k < to; k++) {
                const double rows = (double)all[from]->tensor.shape[0],
                             columns = (double)all[to]->tensor.shape[1];
                const double cost = o->cost[from][k] + o->cost[k + 1][to] +
                                    rows * (double)all[k]->tensor.shape[1] * columns;
                /* Of three with equal costs PyTorch multiplies the first two first. */
                if (k > from &&
                    (cost > o->cost[from][to] || (count != 3 && cost == o->cost[from][to])))
                    continue;
                o->cost[from][to] = cost;
                o->parted[from][to] = k;
            }
        }
}

static mlp_value *chained(call *c, const orders *o, mlp_value *const *all, size_t from, size_t to) {
    if (from == to)
        return all[from];
    const size_t k = o->parted[from][to];
    script_enter(c->script, c->where, "products");
    const mlp_request request = {.operation = &mlp_matmul,
                                 .in = {chained(c, o, all, from, k), chained(c, o, all, k + 1, to)},
                                 .hidden = true};
    mlp_value *y = tensor_step(c, &request);
    script_leave(c->script);
    return y;
}

/* In the order that takes the fewest multiplications, as PyTorch does: of matrices, the last of
 * which is then seen as what there would be of vectors. */
static object *multiplied(call *c, const object *tensors, const char *name) {
    orders o = {0};
    mlp_value *all[LINKS] = {NULL};
    mlp_sizes shape = {0};
    check_chain(c, tensors, name);
    const size_t count = tensors->as.sequence.count;
    if (count > LINKS)
        call_fail(c, "%s() is supported of at most %d tensors", name, LINKS);
    for (size_t i = 0; i < count; i++) {
        all[i] = tensor_value(c, tensors->as.sequence.items[i]);
        const size_t n = all[i]->tensor.numel;
        if (all[i]->tensor.ndim == 1)
            all[i] = step_sizes(c, &mlp_unsqueeze, all[i], (mlp_sizes){2, {i ? n : 1, i ? 1 : n}});
        else if (i == 0 || i == count - 1)
            shape.size[shape.count++] = all[i]->tensor.shape[i != 0];
    }
    find_order(&o, all, count);
    return step_result(c, step_sizes(c, &mlp_view, chained(c, &o, all, 0, count - 1), shape));
}

/* Arguments: tensors. */
static object *linalg_multi_dot(call *c) {
    return multiplied(c, c->arguments[0], "multi_dot");
}

static object *torch_chain_matmul(call *c) {
    return multiplied(c, c->arguments[0], "chain_matmul");
}

/* --- powers of a matrix --- */

static object *identity_like(call *c, const mlp_tensor *t) {
    mlp_variable *v = tensor_new(c, t->dtype, 2, t->shape, false);
    for (size_t i = 0; i < t->shape[0]; i++)
        mlp_tensor_set(&v->value->tensor, i * (t->shape[0] + 1), 1);
    return variable_object(c, v);
}

/* By squares, but for the third power. Arguments: n. */
static object *tensor_matrix_power(call *c) {
    const mlp_tensor *t = numbers_of(c, c->self);
    int64_t n = c->arguments[0]->as.integer;
    if (t->ndim != 2 || t->shape[0] != t->shape[1])
        call_fail(c, "a power is that of a square matrix");
    if (n < 0)
        call_fail(c, "a negative power of a matrix is not supported: take that of its "
                     ".inverse()");
    if (n == 0 && tensor_value(c, c->self)->requires_grad && !trace_of(c)->no_grad)
        call_fail(c, "the power 0 of a matrix has no gradient here: write torch.eye()");
    if (n == 0)
        return identity_like(c, t);
    if (n == 1)
        return tensor_result(
            c, &(mlp_request){.operation = &mlp_clone, .in = {tensor_value(c, c->self)}});
    if (n == 3)
        return product(c, product(c, c->self, c->self), c->self);
    object *square = NULL, *y = NULL;
    for (; n > 0; n /= 2) {
        square = square ? product(c, square, square) : c->self;
        if (n % 2)
            y = y ? product(c, y, square) : square;
    }
    return y;
}

#define POWER .signature = "n: int", .call = tensor_matrix_power

const native native_contractions[] = {
    {.path = "torch.tensordot",
     .signature = "a: Tensor, b: Tensor, dims = 2",
     .call = torch_tensordot},
    {.path = "Tensor.inner",
     .signature = "other: Tensor",
     .call = tensor_inner,
     .is_function = true},
    {.path = "Tensor.kron", .signature = "other: Tensor", .call = tensor_kron, .is_function = true},
    {.path = "torch.linalg.multi_dot", .signature = "tensors", .call = linalg_multi_dot},
    {.path = "torch.chain_matmul", .signature = "*matrices", .call = torch_chain_matmul},
    {.path = "Tensor.matrix_power", POWER, .is_function = true},
    {0}};
