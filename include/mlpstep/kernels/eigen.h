/* Eigenvalues and eigenvectors of a symmetric matrix, by LAPACK's way, so that the vectors have its
 * signs: Householder's reflections to a tridiagonal matrix, then QL or QR with implicit shifts.
 * Sources: LAPACK's syevd for small matrices, sytd2, steqr, ormtr; G. H. Golub, C. F. Van Loan,
 * "Matrix Computations", chapter 8. */
#ifndef MLPSTEP_KERNELS_EIGEN_H
#define MLPSTEP_KERNELS_EIGEN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* v (n, n) holds A, of which only the lower triangle counts, and then an eigenvector in each column;
 * w (n) the eigenvalues, the smallest first. room: n^2 + 3 n. False where it does not converge. */
bool mlp_eigh_f32(float *w, float *v, float *room, size_t n);
bool mlp_eigh_f64(double *w, double *v, double *room, size_t n);

#ifdef __cplusplus
}
#endif

#endif
