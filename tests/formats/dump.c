/* What a header of --format=c holds, a line a tensor: its bits, for read_back.py. C and C++. */
#include "tensors.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The element as an unsigned number of its own size. */
static uint64_t element(const mlpstep_tensor *t, size_t i, const char *dtype) {
    const char *data = (const char *)t->data;
    uint64_t wide = 0;
    uint32_t bits = 0;
    uint16_t half = 0;
    bool is = false;
    if (strcmp(dtype, "float64") == 0 || strcmp(dtype, "int64") == 0) {
        memcpy(&wide, data + 8 * i, 8);
        return wide;
    }
    if (strcmp(dtype, "float32") == 0 || strcmp(dtype, "int32") == 0) {
        memcpy(&bits, data + 4 * i, 4);
        return bits;
    }
    if (strcmp(dtype, "int16") == 0) {
        memcpy(&half, data + 2 * i, 2);
        return half;
    }
    if (strcmp(dtype, "bool") == 0) {
        memcpy(&is, data + i * sizeof is, sizeof is);
        return is;
    }
    return (unsigned char)data[i];
}

int main(void) {
    for (const mlpstep_tensor *t = mlpstep_tensors; t->name; t++) {
        printf("%s\t%" PRIu64 "\t%s\t%s\t", t->name, t->step, t->section, t->dtype);
        for (size_t i = 0; i < t->ndim; i++)
            printf("%zu ", t->shape[i]);
        printf("\t");
        for (size_t i = 0; i < t->numel; i++)
            printf("%" PRIx64 " ", element(t, i, t->dtype));
        printf("\n");
    }
    return 0;
}
