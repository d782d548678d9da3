/* The bounds of solutions and determinants. Whoever eliminates with pivots solves a system that is
 * off by at most about 8 n^2 roundings of its largest numbers; what that moves is bounded by the
 * inverse, which is found for it. */
#include "bounds.h"

#include "row.h"

#include "mlpstep/kernels/lu.h"

#include <math.h>

/* The inverse of A, in the scratch of the call. */
static const double *inverse_of(const mlp_call *call, const mlp_bounds *bounds) {
    const size_t n = call->in[0]->shape[0];
    double *inverse = bounds->scratch;
    for (size_t i = 0; i < n * n; i++)
        inverse[i] = i % (n + 1) == 0;
    mlp_lu_solve(inverse, call->out[1]->data, call->out[2]->data, n, n, false);
    return inverse;
}

/* How far each element of A may be off, together with the roundings. */
static double matrix_off(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const double n = (double)call->in[0]->shape[0];
    double off = 0, largest = 0;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded a = bounded_at(call->in[0], bounds->in[0], i);
        off = fmax(off, a.bound);
        largest = fmax(largest, bounded_size(a));
    }
    return off + 8 * n * n * r.unit * largest;
}

/* The largest sum of the sizes in a row of the inverse. */
static double norm_of(const double *inverse, size_t n) {
    double norm = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += fabs(inverse[i * n + j]);
        norm = fmax(norm, sum);
    }
    return norm;
}

/* Twice what moves to first order, where that is little. */
void bound_solve(const mlp_call *call, const mlp_bounds *bounds) {
    const size_t n = call->in[0]->shape[0];
    const size_t columns = call->in[1]->ndim == 2 ? call->in[1]->shape[1] : 1;
    const double *inverse = inverse_of(call, bounds);
    const double off = matrix_off(call, bounds);
    const bool steady = off * (double)n * norm_of(inverse, n) < 0.1;
    for (size_t i = 0; i < n * columns; i++) {
        double moved = 0, size = 0;
        for (size_t k = 0; k < n; k++)
            size += fabs(mlp_tensor_get(call->out[0], k * columns + i % columns));
        for (size_t j = 0; j < n; j++)
            moved += fabs(inverse[i / columns * n + j]) *
                     (off * size + bounds->in[1][j * columns + i % columns]);
        bounds->out[0][i] = steady ? 2 * moved : INFINITY;
    }
}

/* Its slopes are det A times the elements of the inverse. */
void bound_det(const mlp_call *call, const mlp_bounds *bounds) {
    const size_t n = call->in[0]->shape[0];
    const double *inverse = inverse_of(call, bounds);
    const double off = matrix_off(call, bounds), det = fabs(mlp_tensor_get(call->out[0], 0));
    const bool steady = off * (double)n * norm_of(inverse, n) < 0.1;
    double sum = 0;
    for (size_t i = 0; i < n * n; i++)
        sum += fabs(inverse[i]);
    bounds->out[0][0] = steady ? 2 * det * sum * off : INFINITY;
}

/* Not told: an infinite bound, but where all is exact, as of an identity. */
void bound_cholesky(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const size_t n = call->in[0]->shape[0];
        bounds->out[0][i] = i % n > i / n ? 0 : INFINITY;
    }
}

/* --- trace --- */

static size_t diagonal_step(const mlp_tensor *x) {
    return x->shape[1] + 1;
}

static size_t diagonal_size(const mlp_tensor *x) {
    return x->shape[0] < x->shape[1] ? x->shape[0] : x->shape[1];
}

void bound_trace(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_tensor *x = call->in[0];
    const size_t n = diagonal_size(x);
    bounded *terms = bounded_room(bounds);
    double open = 0;
    for (size_t i = 0; i < n; i++) {
        terms[i] = bounded_at(x, bounds->in[0], i * diagonal_step(x));
        open += terms[i].bound;
    }
    bounds->out[0][0] = mlp_dtype_is_floating(x->dtype)
                            ? bounded_sum(rounding_to(x->dtype), terms, n, false).bound
                        : open > 0 ? INFINITY
                                   : 0;
}

void bound_trace_back(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_tensor *x = call->in[0];
    for (size_t i = 0; i < diagonal_size(x); i++)
        bounds->din[0][i * diagonal_step(x)] = bounds->dout[0];
}
