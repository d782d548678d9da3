/* Matrix product
 *
 *   c[i,j] = sum over p of a[i,p] b[p,j]
 */
#include "mlpstep/kernels/matmul.h"
#include "real.h"

void KERNEL(matmul)(real *c, const real *a, size_t a_row, size_t a_column, const real *b,
                    size_t b_row, size_t b_column, size_t m, size_t n, size_t k) {
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            real sum = 0;
            for (size_t p = 0; p < k; p++)
                sum = real_fma(a[i * a_row + p * a_column], b[p * b_row + j * b_column], sum);
            c[i * n + j] = 0 + sum; /* -0, of products too small for a real, becomes 0 */
        }
}
