/* The bytes of a number. */
#ifndef MLPSTEP_CHECK_ELEMENT_H
#define MLPSTEP_CHECK_ELEMENT_H

#include "mlpstep/tensor.h"

typedef struct element_type {
    char kind; /* f, i, u or b */
    bool is_big_endian;
    size_t size;     /* in bytes */
    mlp_dtype dtype; /* whose numbers are written as these are */
} element_type;

/* Of numpy's text for it, as <f4. False where these are no numbers that are read. */
bool element_type_read(element_type *type, const char *text);

double element_read(const element_type *type, const char *bytes);

#endif
