/* The moving half of index.c, which is the same for every type of element. */
#include "chosen.h"

#include <string.h>

void mlp_index_forward(void *y, const void *x, size_t size, const mlp_indices *at) {
    const size_t row = at->inner * size;
    for (size_t i = 0; i < at->n; i++)
        memcpy((char *)y + i * row, (const char *)x + chosen_row(at, i) * row, row);
}

void mlp_gather_forward(void *y, const void *x, const int64_t *index, size_t size, size_t outer,
                        size_t from, size_t to, size_t inner) {
    for (size_t i = 0; i < outer * to * inner; i++)
        memcpy((char *)y + i * size,
               (const char *)x + gathered_place(index, i, from, to, inner) * size, size);
}
