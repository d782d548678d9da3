/* Choosing by whole numbers
 *
 *   index         y[i]                 = x[index0[i], index1[i], ...]
 *                 dx                   = sum of dy where x was chosen
 *   gather        y[a, b, c]           = x[a, index[a, b, c], c], along any dimension
 *   scatter       x[a, index[a, b, c], c] = y[a, b, c]
 *   scatter_add   x[a, index[a, b, c], c] += y[a, b, c]
 *
 *   index         x, dx (sizes[0], sizes[1], ..., inner), y, dy (n, inner), each index (n)
 *   the others    index of any sizes; x and y as large or larger, but for x along the dimension
 */
#include "mlpstep/kernels/index.h"
#include "chosen.h"
#include "real.h"

void KERNEL(index_backward)(real *dx, const real *dy, const mlp_indices *at) {
    size_t rows = 1;
    for (size_t k = 0; k < at->count; k++)
        rows *= at->sizes[k];
    for (size_t i = 0; i < rows * at->inner; i++)
        dx[i] = 0;
    for (size_t i = 0; i < at->n; i++)
        for (size_t j = 0; j < at->inner; j++)
            dx[chosen_row(at, i) * at->inner + j] += dy[i * at->inner + j];
}

void KERNEL(index_backward_by_frequency)(real *dx, const real *dy, const mlp_indices *at) {
    for (size_t i = 0; i < at->sizes[0] * at->inner; i++)
        dx[i] = 0;
    for (size_t i = 0; i < at->n; i++) {
        size_t count = 0;
        for (size_t k = 0; k < at->n; k++)
            count += chosen_row(at, k) == chosen_row(at, i);
        real *row = dx + chosen_row(at, i) * at->inner;
        for (size_t j = 0; j < at->inner; j++)
            row[j] = real_fma((real)(1 / (double)count), dy[i * at->inner + j], row[j]);
    }
}

void KERNEL(scatter_add)(real *x, const real *y, const mlp_gathered *at) {
    const size_t n = mlp_strided_count(&at->in_y);
    for (size_t i = 0; i < n; i++)
        x[gathered_place(at, i)] += y[mlp_strided_place(&at->in_y, i)];
}
