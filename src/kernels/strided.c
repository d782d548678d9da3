/* Views
 *
 *   y[i, j, ...] = x[offset + i stride[0] + j stride[1] + ...]
 *
 *   y    of the sizes shape, x whatever holds those elements
 */
#include "mlpstep/kernels/strided.h"

#include <string.h>

static size_t count_of(const mlp_strided *view) {
    size_t count = 1;
    for (size_t d = 0; d < view->ndim; d++)
        count *= view->shape[d];
    return count;
}

/* The place in x of element i of y. */
static size_t place(size_t i, const mlp_strided *view) {
    size_t at = view->offset;
    for (size_t d = view->ndim; d-- > 0; i /= view->shape[d])
        at += i % view->shape[d] * view->stride[d];
    return at;
}

void mlp_strided_read(void *y, const void *x, size_t size, const mlp_strided *view) {
    const size_t n = count_of(view);
    for (size_t i = 0; i < n; i++)
        memcpy((char *)y + i * size, (const char *)x + place(i, view) * size, size);
}

void mlp_strided_write(void *x, const void *y, size_t size, const mlp_strided *view) {
    const size_t n = count_of(view);
    for (size_t i = 0; i < n; i++)
        memcpy((char *)x + place(i, view) * size, (const char *)y + i * size, size);
}
