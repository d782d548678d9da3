/* The moving half of index.c, which is the same for every type of element. */
#include "chosen.h"

#include <string.h>

void mlp_index_forward(void *y, const void *x, size_t size, const mlp_indices *at) {
    const size_t row = at->inner * size;
    for (size_t i = 0; i < at->n; i++)
        memcpy((char *)y + i * row, (const char *)x + chosen_row(at, i) * row, row);
}

void mlp_gather_forward(void *y, const void *x, size_t size, const mlp_gathered *at) {
    for (size_t i = 0; i < at->outer * at->to * at->inner; i++)
        memcpy((char *)y + i * size, (const char *)x + gathered_place(at, i) * size, size);
}
