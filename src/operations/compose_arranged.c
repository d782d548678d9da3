/* Gradients of other arrangements, and of what an index put or added, composed. */
#include "composition.h"
#include "row.h"

/* --- by the same operation once more --- */

static void compose_again(mlp_composition *c, const mlp_operation *operation) {
    c->din[0] = applied_with(c, operation, &c->call->options, c->dout, NULL);
}

void compose_flip(mlp_composition *c) {
    compose_again(c, &mlp_flip);
}

void compose_tril(mlp_composition *c) {
    compose_again(c, &mlp_tril);
}

void compose_triu(mlp_composition *c) {
    compose_again(c, &mlp_triu);
}

/* As far the other way, which is less than once round. */
void compose_roll(mlp_composition *c) {
    const mlp_tensor *x = c->call->in[0];
    mlp_options back = c->call->options;
    const size_t size = back.has_dim ? split_at(x, (size_t)back.dim).size : x->numel;
    back.index = size ? -(back.index % (int64_t)size) : 0;
    c->din[0] = applied_with(c, &mlp_roll, &back, c->dout, NULL);
}

/* --- diagonals, parts --- */

#define PLACES GRADIENT, .numbers = MLP_REARRANGED, .gradients = 1 << 0

/* By what else takes the same part. */
static void compose_slice_again(mlp_composition *c) {
    c->din[0] = applied_with(c, &mlp_slice, &c->call->options, c->dout, NULL);
}

static void compose_diagonal_again(mlp_composition *c) {
    compose_transposed(c);
    called(c, c->din[0], "DiagonalBackward0");
}

static const mlp_operation diagonal_backward = {.name = "diagonal_backward",
                                                .gradient_of = &mlp_diagonal,
                                                .grad_fn = "DiagonalBackwardBackward0",
                                                .compose = compose_transposed,
                                                PLACES};
static const mlp_operation diag_backward = {.name = "diag_backward",
                                            .gradient_of = &mlp_diag,
                                            .grad_fn = "DiagonalBackwardBackward0",
                                            .compose = compose_diagonal_again,
                                            PLACES};
static const mlp_operation split_backward = {.name = "split_backward",
                                             .gradient_of = &mlp_split,
                                             .grad_fn = "CatBackward0",
                                             .compose = compose_slice_again,
                                             PLACES};

static void compose_places(mlp_composition *c, const mlp_operation *operation) {
    c->din[0] = gradient_step(c, operation, c->dout, c->in, MLP_MAX_INPUTS - 1);
}

void compose_split(mlp_composition *c) {
    compose_places(c, &split_backward);
}

void compose_diagonal(mlp_composition *c) {
    compose_places(c, &diagonal_backward);
}

/* Of a vector and of a square, diag() is the way back. */
void compose_diag(mlp_composition *c) {
    const mlp_tensor *x = c->call->in[0];
    if (x->ndim == 1 || x->shape[0] == x->shape[1])
        compose_again(c, &mlp_diag);
    else
        compose_places(c, &diag_backward);
}

/* --- put or added where an index says --- */

/* The gradient of src: dy there. */
static mlp_value *chosen(mlp_composition *c, const mlp_operation *operation) {
    return c->wanted[2] ? applied_with(c, operation, &c->call->options, c->dout, c->in[1]) : NULL;
}

void compose_scatter(mlp_composition *c) {
    const mlp_options zero = {.dim = c->call->options.dim};
    if (c->wanted[0])
        c->din[0] = applied_with(c, &mlp_scatter, &zero, c->dout, c->in[1]);
    c->din[2] = chosen(c, &mlp_gather);
}

void compose_scatter_add(mlp_composition *c) {
    if (c->wanted[0])
        c->din[0] = c->dout;
    c->din[2] = chosen(c, &mlp_gather);
}

void compose_index_add(mlp_composition *c) {
    if (c->wanted[0])
        c->din[0] = c->dout;
    if (c->wanted[2])
        c->din[2] = called(c, chosen(c, &mlp_index_select), "ExpandBackward0");
}
