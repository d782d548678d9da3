/* The moving half of index.c, which is the same for every type of element, and
 *
 *   choose   y[i] = mask[i] ? a[i] : b[i]     da = dy where mask, 0 elsewhere; db the other way
 *
 *   y, dy, mask, a, b   n elements
 */
#include "chosen.h"
#include "mlpstep/kernels/choose.h"

#include <string.h>

void mlp_index_forward(void *y, const void *x, size_t size, const mlp_indices *at) {
    const size_t row = at->inner * size;
    for (size_t i = 0; i < at->n; i++)
        memcpy((char *)y + i * row, (const char *)x + chosen_row(at, i) * row, row);
}

void mlp_gather_forward(void *y, const void *x, size_t size, const mlp_gathered *at) {
    const size_t n = mlp_strided_count(&at->in_y);
    for (size_t i = 0; i < n; i++)
        memcpy((char *)y + mlp_strided_place(&at->in_y, i) * size,
               (const char *)x + gathered_place(at, i) * size, size);
}

void mlp_scatter_forward(void *x, const void *y, size_t size, const mlp_gathered *at) {
    const size_t n = mlp_strided_count(&at->in_y);
    for (size_t i = 0; i < n; i++)
        memcpy((char *)x + gathered_place(at, i) * size,
               (const char *)y + mlp_strided_place(&at->in_y, i) * size, size);
}

void mlp_scatter_one(void *x, const void *element, size_t size, const mlp_gathered *at) {
    const size_t n = mlp_strided_count(&at->in_y);
    for (size_t i = 0; i < n; i++)
        memcpy((char *)x + gathered_place(at, i) * size, element, size);
}

void mlp_choose_forward(void *y, const bool *mask, const void *a, const void *b, size_t size,
                        size_t n) {
    for (size_t i = 0; i < n; i++)
        memcpy((char *)y + i * size, (const char *)(mask[i] ? a : b) + i * size, size);
}

void mlp_choose_backward(void *dx, const bool *mask, bool chosen, const void *dy, size_t size,
                         size_t n) {
    memset(dx, 0, n * size);
    for (size_t i = 0; i < n; i++)
        if (mask[i] == chosen)
            memcpy((char *)dx + i * size, (const char *)dy + i * size, size);
}
