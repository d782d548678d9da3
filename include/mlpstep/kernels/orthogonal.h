/* Matrices as products with orthogonal ones, in double, whatever the numbers were: A = Q R by
 * Householder's reflections, with LAPACK's signs; A = U diag(s) V^T by rotations of pairs of columns,
 * with signs of its own.
 * Sources: LAPACK's geqr2 and org2r; M. R. Hestenes, "Inversion of matrices by biorthogonalization",
 * SIAM Journal 6 (1958). */
#ifndef MLPSTEP_KERNELS_ORTHOGONAL_H
#define MLPSTEP_KERNELS_ORTHOGONAL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* q (m, k), r (k, n) of a (m, n), which is overwritten; k is the smaller of m and n. */
void mlp_qr(double *q, double *r, double *a, size_t m, size_t n);

/* u (m, n) holds A, with m >= n, and then the left vectors, 0 where s is; s (n) the singular values,
 * the largest first; v (n, n) the right vectors. */
void mlp_svd(double *u, double *s, double *v, size_t m, size_t n);

#ifdef __cplusplus
}
#endif

#endif
