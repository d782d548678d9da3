/* Tensors one behind the other
 *
 *   y[at + i] = x[i]
 *
 *   dL/dx[i]  = dL/dy[at + i]
 *
 *   x, dx    (outer, part)     in bytes
 *   y, dy    (outer, whole)
 */
#include "mlpstep/kernels/cat.h"

#include <string.h>

void mlp_cat_forward(void *y, const void *x, size_t outer, size_t part, size_t at, size_t whole) {
    for (size_t row = 0; row < outer; row++)
        memcpy((char *)y + row * whole + at, (const char *)x + row * part, part);
}

void mlp_cat_backward(void *dx, const void *dy, size_t outer, size_t part, size_t at,
                      size_t whole) {
    for (size_t row = 0; row < outer; row++)
        memcpy((char *)dx + row * part, (const char *)dy + row * whole + at, part);
}
