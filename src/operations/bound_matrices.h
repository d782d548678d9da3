/* The bounds of large products of matrices, which are sums of products themselves. */
#ifndef MLPSTEP_OPERATIONS_BOUND_MATRICES_H
#define MLPSTEP_OPERATIONS_BOUND_MATRICES_H

#include "bounded.h"

#include "mlpstep/kernels/matrix.h"

/* A matrix that takes up elements first ... of a tensor, without gaps. */
typedef struct {
    const mlp_tensor *tensor;
    const double *bound;
    size_t first;
    mlp_matrix matrix;
} bounded_matrix;

/* Whether a b is so large that each sum's terms are not sorted: what is smaller is as sharp as
 * bounded_dot is. */
bool bounded_product_is_large(mlp_matrix a, mlp_matrix b);

/* The bounds of a b, which was computed to elements first ... of c, into `out`. Every row was added
 * to the bias if that is not NULL. The room is the scratch of a call. */
void bounded_multiply(rounding r, double *out, const bounded_matrix *a, const bounded_matrix *b,
                      const bounded_row *bias, bounded_row c, double *room);

#endif
