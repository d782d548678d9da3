/* The bounds of eigenvalues, singular values and what is made of them. Each such value moves by no
 * more than the matrix does, by Weyl's theorem. Of vectors nothing is told. */
#include "bounds.h"

#include "row.h"

#include "mlpstep/kernels/lu.h"

#include <math.h>

/* How far A may be off, as the length of all its elements, with the roundings of an algorithm that
 * takes A to pieces. */
static double matrix_moves(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_tensor *a = call->in[0];
    double off = 0, size = 0;
    for (size_t i = 0; i < a->numel; i++) {
        const bounded x = bounded_at(a, bounds->in[0], i);
        off += x.bound * x.bound;
        size += bounded_size(x) * bounded_size(x);
    }
    const double n = (double)(a->shape[0] + a->shape[1]);
    return 1.5 * sqrt(off) + 8 * n * rounding_to(a->dtype).unit * sqrt(size);
}

static void leave_open(const mlp_call *call, const mlp_bounds *bounds, size_t from) {
    for (size_t k = from; k < call->operation->outputs; k++)
        for (size_t i = 0; i < call->out[k]->numel; i++)
            bounds->out[k][i] = INFINITY;
}

static void all_move(const mlp_call *call, const mlp_bounds *bounds) {
    const double moves = matrix_moves(call, bounds);
    for (size_t i = 0; i < call->out[0]->numel; i++)
        bounds->out[0][i] = moves;
    leave_open(call, bounds, 1);
}

void bound_eigh(const mlp_call *call, const mlp_bounds *bounds) {
    all_move(call, bounds);
}

void bound_svdvals(const mlp_call *call, const mlp_bounds *bounds) {
    all_move(call, bounds);
}

void bound_unknown(const mlp_call *call, const mlp_bounds *bounds) {
    leave_open(call, bounds, 0);
}

void bound_unknown_back(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t i = 0; i < call->in[0]->numel; i++)
        bounds->din[0][i] = INFINITY;
}

/* To first order by three times |y|^2 times what A moves, of full rank; without it, by anything. */
void bound_pinv(const mlp_call *call, const mlp_bounds *bounds) {
    const double moves = matrix_moves(call, bounds), *s = call->out[3]->data;
    const size_t k = call->out[3]->numel;
    const double least = k ? s[k - 1] : 0;
    for (size_t i = 0; i < call->out[0]->numel; i++)
        bounds->out[0][i] = moves < 0.1 * least ? 6 * moves / (least * least) : INFINITY;
    leave_open(call, bounds, 1);
}

/* The sum of the sizes in the inverse, which is found for it; infinite where A may be singular. */
static double steepness(const mlp_call *call, const mlp_bounds *bounds) {
    const size_t n = call->in[0]->shape[0];
    double *inverse = bounds->scratch, sum = 0;
    for (size_t i = 0; i < n * n; i++)
        inverse[i] = i % (n + 1) == 0;
    mlp_lu_solve(inverse, call->out[1]->data, call->out[2]->data, n, n, false);
    for (size_t i = 0; i < n * n; i++)
        sum += fabs(inverse[i]);
    return matrix_moves(call, bounds) * sum < 0.1 ? sum : (double)INFINITY;
}

void bound_logabsdet(const mlp_call *call, const mlp_bounds *bounds) {
    const double y = fabs(mlp_tensor_get(call->out[0], 0));
    bounds->out[0][0] = 2 * matrix_moves(call, bounds) * steepness(call, bounds) +
                        4 * rounding_to(call->in[0]->dtype).unit * (1 + y);
    leave_open(call, bounds, 1);
}

void bound_sign_of_det(const mlp_call *call, const mlp_bounds *bounds) {
    bounds->out[0][0] = isfinite(steepness(call, bounds)) ? 0 : (double)INFINITY;
    leave_open(call, bounds, 1);
}
