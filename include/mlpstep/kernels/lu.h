/* Square matrices as products P A = L U of a lower and an upper one, by Gauss with partial pivoting.
 * In double, whatever the numbers were: LAPACK's roundings are not followed.
 * Source: LAPACK's getrf and getrs, potrf. */
#ifndef MLPSTEP_KERNELS_LU_H
#define MLPSTEP_KERNELS_LU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* lu (n, n) holds A and then U with L, whose diagonal is 1, below it; in step i row i changed places
 * with row pivot[i]. Returns the column, from 1, in which U first has a 0 on its diagonal, else 0. */
size_t mlp_lu_factor(double *lu, int64_t *pivot, size_t n);
/* x (n, columns) holds B and then the solution of A X = B; of transposed, of the transpose of A. */
void mlp_lu_solve(double *x, const double *lu, const int64_t *pivot, size_t n, size_t columns,
                  bool transposed);
double mlp_lu_det(const double *lu, const int64_t *pivot, size_t n);

/* l (n, n) holds A and then the lower matrix whose product with its transpose is A. Returns the
 * order, from 1, of the leading part of A that is not positive definite, else 0. */
size_t mlp_cholesky(double *l, size_t n);

#ifdef __cplusplus
}
#endif

#endif
