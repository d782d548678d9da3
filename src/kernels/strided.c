/* Views
 *
 *   y[i, j, ...] = x[offset + i stride[0] + j stride[1] + ...]
 *
 *   y    of the sizes shape, x whatever holds those elements
 */
#include "mlpstep/kernels/strided.h"

#include <string.h>

size_t mlp_strided_count(const mlp_strided *view) {
    size_t count = 1;
    for (size_t d = 0; d < view->ndim; d++)
        count *= view->shape[d];
    return count;
}

size_t mlp_strided_place(const mlp_strided *view, size_t i) {
    size_t at = view->offset;
    for (size_t d = view->ndim; d-- > 0; i /= view->shape[d])
        at += i % view->shape[d] * view->stride[d];
    return at;
}

mlp_places mlp_places_of(const mlp_strided *layout) {
    mlp_places memory = {0};
    size_t here = 1;
    for (size_t d = layout ? layout->ndim : 0; d-- > 0; here *= layout->shape[d]) {
        if (layout->stride[d] == 0 || layout->shape[d] == 1)
            continue;
        size_t k = memory.ndim++;
        for (; k > 0 && memory.there[k - 1] < layout->stride[d]; k--) {
            memory.there[k] = memory.there[k - 1];
            memory.here[k] = memory.here[k - 1];
        }
        memory.there[k] = layout->stride[d];
        memory.here[k] = here;
    }
    return memory;
}

void mlp_strided_read(void *y, const void *x, size_t size, const mlp_strided *view) {
    const size_t n = mlp_strided_count(view);
    for (size_t i = 0; i < n; i++)
        memcpy((char *)y + i * size, (const char *)x + mlp_strided_place(view, i) * size, size);
}

void mlp_strided_write(void *x, const void *y, size_t size, const mlp_strided *view) {
    const size_t n = mlp_strided_count(view);
    for (size_t i = 0; i < n; i++)
        memcpy((char *)x + mlp_strided_place(view, i) * size, (const char *)y + i * size, size);
}
