/* The text of a tensor as numpy has it: what print(tensor.numpy()) shows. */
#ifndef MLPSTEP_TENSOR_ARRAY_TEXT_H
#define MLPSTEP_TENSOR_ARRAY_TEXT_H

#include "base/buffer.h"

#include "mlpstep/tensor.h"

/* Is told of every number of a text: that of element i begins at out->bytes[start]. */
typedef void array_number(void *context, size_t i, size_t start, size_t length);

/* numpy.set_printoptions() */
typedef struct {
    int precision;    /* most digits behind the point; 0 to MLP_MAX_PRECISION */
    bool suppress;    /* no exponents but for very large numbers */
    size_t threshold; /* an array of more elements is summarized ... */
    size_t edgeitems; /* ... to so many at each end of a dimension */
    size_t linewidth; /* columns */
    /* numpy 2.3: float32 has an exponent from 1e6 on, where it was 1e8, and as a number 1e16 */
    bool has_precision_limit;
} array_options;

extern const array_options array_default;

/* str(array), or its repr: array([...], dtype=float32). Of no dimension it is the number alone,
 * whatever the options. numpy's rules (numpy/core/arrayprint.py). `number` may be NULL. */
void array_print(buffer *out, const mlp_tensor *array, const array_options *options, bool is_repr,
                 array_number *number, void *context);

#endif
