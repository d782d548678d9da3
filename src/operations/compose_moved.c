/* Gradients of what moves numbers, composed: others that move them back. */
#include "composition.h"

#include <string.h>

void compose_same(mlp_composition *c) {
    c->din[0] = c->dout;
}

/* --- the same numbers under other sizes --- */

static void compose_sizes(mlp_composition *c, const mlp_operation *operation) {
    const mlp_tensor *x = c->call->in[0];
    c->din[0] = reshaped(c, operation, c->dout, x->ndim, x->shape);
}

void compose_reshape(mlp_composition *c) {
    compose_sizes(c, &mlp_reshape);
}

void compose_repeat_shape(mlp_composition *c) {
    compose_sizes(c, &mlp_reshape);
    called(c, c->din[0], "SumBackward1");
}

/* What was repeated once at most is handed on as it is. */
void compose_repeat(mlp_composition *c) {
    const bool is_once = mlp_tensor_same_shape(c->call->in[0], c->call->out[0]);
    if (is_once)
        c->din[0] = c->dout;
    else
        compose_sizes(c, &mlp_reshape);
}

void compose_unsqueeze(mlp_composition *c) {
    compose_sizes(c, &mlp_squeeze_dim);
}

void compose_unsqueeze_part(mlp_composition *c) {
    compose_sizes(c, &mlp_squeeze_dim);
    called(c, c->din[0], "SelectBackward0");
}

void compose_squeeze(mlp_composition *c) {
    compose_sizes(c, &mlp_unsqueeze);
}

/* --- expand --- */

void compose_expand(mlp_composition *c) {
    const mlp_tensor *x = c->call->in[0], *y = c->call->out[0];
    const size_t added = y->ndim - x->ndim;
    mlp_options options = {.has_dims = true, .keepdim = true};
    bool sums = false;
    for (size_t d = 0; d < y->ndim; d++) {
        options.dims[d] = d < added || (x->shape[d - added] == 1 && y->shape[d] != 1);
        sums = sums || options.dims[d];
    }
    if (x->ndim == 0) {
        c->din[0] = added ? sum_of_all(c, c->dout) : c->dout;
        return;
    }
    c->din[0] = sums ? applied_with(c, &mlp_sum, &options, c->dout, NULL) : c->dout;
    if (added)
        c->din[0] = reshaped(c, &mlp_view, c->din[0], x->ndim, x->shape);
}

/* --- dimensions in another order --- */

void compose_permute(mlp_composition *c) {
    const mlp_order *order = &c->call->options.order;
    mlp_options back = {.order.count = order->count};
    for (size_t d = 0; d < order->count; d++)
        back.order.dim[order->dim[d]] = (int64_t)d;
    c->din[0] = applied_with(c, &mlp_permute, &back, c->dout, NULL);
}

void compose_transpose(mlp_composition *c) {
    c->din[0] = applied_with(c, &mlp_transpose, &c->call->options, c->dout, NULL);
}

void compose_t(mlp_composition *c) {
    c->din[0] = applied(c, &mlp_t, c->dout, NULL);
}

/* --- some of the numbers --- */

#define PLACES GRADIENT, .bound = bound_gradient, .gradients = 1 << 0

/* By another operation that chooses the same, or by the same under another name. */
static void compose_select_again(mlp_composition *c) {
    c->din[0] = applied_with(c, &mlp_select, &c->call->options, c->dout, NULL);
}

static void compose_index_select_again(mlp_composition *c) {
    compose_transposed(c);
    called(c, c->din[0], "ExpandBackward0");
}

static void compose_embedding_again(mlp_composition *c) {
    compose_transposed(c);
    called(c, c->din[0], "ViewBackward0");
}

static const mlp_operation select_backward = {.name = "select_backward",
                                              .gradient_of = &mlp_select,
                                              .grad_fn = "SelectBackwardBackward0",
                                              .compose = compose_transposed,
                                              PLACES};
static const mlp_operation unbind_backward = {.name = "unbind_backward",
                                              .gradient_of = &mlp_unbind,
                                              .grad_fn = "StackBackward0",
                                              .compose = compose_select_again,
                                              PLACES};
static const mlp_operation slice_backward = {.name = "slice_backward",
                                             .gradient_of = &mlp_slice,
                                             .grad_fn = "SliceBackwardBackward0",
                                             .compose = compose_transposed,
                                             PLACES};
static const mlp_operation index_backward = {.name = "index_backward",
                                             .gradient_of = &mlp_index,
                                             .reads = {1 << 2 | 1 << 3 | 1 << 4},
                                             .grad_fn = "IndexPutImplBackward0",
                                             .later_grad_fn = "IndexPutBackward0",
                                             .compose = compose_transposed,
                                             PLACES};
static const mlp_operation gather_backward = {.name = "gather_backward",
                                              .gradient_of = &mlp_gather,
                                              .reads = {1 << 2},
                                              .grad_fn = "ScatterAddBackward0",
                                              .compose = compose_transposed,
                                              PLACES};

static const mlp_operation index_select_backward = {.name = "index_select_backward",
                                                    .gradient_of = &mlp_index_select,
                                                    .reads = {1 << 2},
                                                    .grad_fn = "IndexAddBackward0",
                                                    .compose = compose_index_select_again,
                                                    PLACES};
static const mlp_operation masked_select_backward = {.name = "masked_select_backward",
                                                     .gradient_of = &mlp_masked_select,
                                                     .reads = {1 << 2 | 1 << 3 | 1 << 4},
                                                     .grad_fn = "MaskedScatterBackward0",
                                                     .compose = compose_transposed,
                                                     PLACES};

static const mlp_operation embedding_backward = {.name = "embedding_dense_backward",
                                                 .gradient_of = &mlp_embedding,
                                                 .reads = {1 << 2},
                                                 .grad_fn = "EmbeddingDenseBackwardBackward0",
                                                 .compose = compose_embedding_again,
                                                 PLACES};

static void compose_places(mlp_composition *c, const mlp_operation *operation) {
    c->din[0] = gradient_step(c, operation, c->dout, c->in, MLP_MAX_INPUTS - 1);
}

void compose_select(mlp_composition *c) {
    compose_places(c, &select_backward);
}

void compose_unbind(mlp_composition *c) {
    compose_places(c, &unbind_backward);
}

void compose_slice(mlp_composition *c) {
    compose_places(c, &slice_backward);
}

void compose_index(mlp_composition *c) {
    compose_places(c, &index_backward);
}

void compose_embedding(mlp_composition *c) {
    if (c->call->options.ignore_index >= 0 || c->call->options.by_frequency)
        fail_composition(c, "there is no gradient of the gradient of an embedding with padding_idx "
                            "or scale_grad_by_freq here: leave these out");
    compose_places(c, &embedding_backward);
}

void compose_gather(mlp_composition *c) {
    compose_places(c, &gather_backward);
}

void compose_index_select(mlp_composition *c) {
    compose_places(c, &index_select_backward);
}

void compose_masked_select(mlp_composition *c) {
    compose_places(c, &masked_select_backward);
}

/* The places count through all elements, as in one row of them. */
void compose_index_put(mlp_composition *c) {
    mlp_value *const cleared[MLP_MAX_INPUTS] = {c->dout, c->in[1]};
    if (c->wanted[0] && c->call->options.inplace) /* all were set */
        c->din[0] = c->filled(c, c->dout, 0);
    else if (c->wanted[0])
        c->din[0] = c->compute(c, &mlp_index_put, &(mlp_options){0}, cleared);
    if (c->wanted[2] && !c->failed) {
        const size_t numel = c->call->in[0]->numel;
        mlp_value *const taken[MLP_MAX_INPUTS] = {reshaped(c, &mlp_reshape, c->dout, 1, &numel),
                                                  c->in[1]};
        c->din[2] = c->failed ? NULL : c->compute(c, &mlp_index, &(mlp_options){0}, taken);
    }
}

/* dy where the mask says so, and 0 elsewhere, or the other way round. */
static mlp_value *where(mlp_composition *c, mlp_value *mask, bool is_true) {
    mlp_value *zeros = c->filled(c, c->dout, 0);
    mlp_value *const in[MLP_MAX_INPUTS] = {mask, is_true ? c->dout : zeros,
                                           is_true ? zeros : c->dout};
    return c->failed ? NULL : c->compute(c, &mlp_where, &(mlp_options){0}, in);
}

void compose_where(mlp_composition *c) {
    if (c->wanted[2])
        c->din[2] = where(c, c->in[0], false);
    if (c->wanted[1])
        c->din[1] = where(c, c->in[0], true);
}

void compose_masked_fill(mlp_composition *c) {
    c->din[0] = called(c, where(c, c->in[1], false), "MaskedFillBackward0");
}

/* The gradient of what was chosen along a dimension, as the largest, is where it stands. */
void compose_extreme_dim(mlp_composition *c) {
    const mlp_tensor *x = c->call->in[0];
    const size_t dim = (size_t)c->call->options.dim;
    size_t shape[MLP_MAX_DIMS];
    memcpy(shape, x->shape, sizeof shape);
    if (x->ndim)
        shape[dim] = 1;
    mlp_value *dy = c->dout, *index = c->out[1];
    if (c->call->out[1]->ndim != x->ndim) {
        dy = reshaped(c, &mlp_unsqueeze, dy, x->ndim, shape);
        index = reshaped(c, &mlp_unsqueeze, index, x->ndim, shape);
    }
    mlp_value *const inputs[] = {c->in[0], index};
    c->din[0] = called(c, gradient_step(c, &gather_backward, dy, inputs, 2), "ScatterBackward0");
}

/* The indices may name a place several times. */
void compose_so_far(mlp_composition *c) {
    compose_extreme_dim(c);
    called(c, c->din[0], "ScatterAddBackward0");
}

/* --- several as one --- */

static void compose_parts(mlp_composition *c, const char *grad_fn) {
    mlp_options options = {.dim = c->call->options.dim, .has_start = true, .has_stop = true};
    for (size_t i = 0; i < MLP_MAX_PARTS && c->call->in[i]; i++) {
        options.start = options.stop;
        options.stop += (int64_t)c->call->in[i]->shape[options.dim];
        if (c->wanted[i])
            c->din[i] = called(c, applied_with(c, &mlp_slice, &options, c->dout, NULL), grad_fn);
    }
}

void compose_cat(mlp_composition *c) {
    compose_parts(c, "SliceBackward0");
}

void compose_stack(mlp_composition *c) {
    compose_parts(c, "SelectBackward0");
}
