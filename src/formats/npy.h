/* A tensor as numpy keeps it in a file: a header and its elements, little-endian. */
#ifndef MLPSTEP_FORMATS_NPY_H
#define MLPSTEP_FORMATS_NPY_H

#include "mlpstep/tensor.h"

#include <stdint.h>
#include <stdio.h>

/* Bytes on their way to a file, or, where it is NULL, on none: counted and summed up. */
typedef struct sink {
    FILE *out;
    uint64_t size;
    uint32_t crc; /* as in a zip */
} sink;

void sink_add(sink *s, const void *bytes, size_t count);
/* The last `count` bytes of the number, the lowest first. */
void sink_add_number(sink *s, uint64_t number, size_t count);

void npy_write(sink *s, const mlp_tensor *tensor);

#endif
