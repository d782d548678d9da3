/* Choosing by whole numbers
 *
 *   index     y[i]       = x[index0[i], index1[i], ...]     dx = sum of dy where x was chosen
 *   gather    y[o, c, i] = x[o, index[o, c, i], i]          likewise
 *
 *   index     x, dx (sizes[0], sizes[1], ..., inner), y, dy (n, inner), each index (n)
 *   gather    x, dx (outer, from, inner), y, dy, index (outer, to, inner)
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

void KERNEL(gather_backward)(real *dx, const real *dy, const mlp_gathered *at) {
    for (size_t i = 0; i < at->outer * at->from * at->inner; i++)
        dx[i] = 0;
    for (size_t i = 0; i < at->outer * at->to * at->inner; i++)
        dx[gathered_place(at, i)] += dy[i];
}
