/* Matrix product, of one of a batch of small ones
 *
 *   c[i,j] = sum over p of a[i,p] b[p,j]
 *
 *   c (m, n), a (m, k), b (k, n)
 *
 * In order, every product rounded.
 */
#include "mlpstep/kernels/mv.h"
#include "real.h"

void KERNEL(small_matmul)(real *c, const real *a, mlp_matrix a_matrix, const real *b,
                          mlp_matrix b_matrix) {
    const size_t m = a_matrix.rows, n = b_matrix.columns, k = a_matrix.columns;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            real sum = 0;
            for (size_t p = 0; p < k; p++)
                sum += a[mlp_matrix_place(a_matrix, i, p)] * b[mlp_matrix_place(b_matrix, p, j)];
            c[i * n + j] = sum;
        }
}
