/* The text of a tensor as numpy has it: what print(tensor.numpy()) shows. */
#ifndef MLPSTEP_TENSOR_ARRAY_TEXT_H
#define MLPSTEP_TENSOR_ARRAY_TEXT_H

#include "base/buffer.h"

#include "mlpstep/tensor.h"

/* Is told of every number of a text: that of element i begins at out->bytes[start]. */
typedef void array_number(void *context, size_t i, size_t start, size_t length);

/* str(array), or its repr: array([...], dtype=float32). Of no dimension it is the number alone.
 * numpy's rules (numpy/core/arrayprint.py) at its standard options: precision 8, 75 columns,
 * summaries of more than 1000 elements. `number` may be NULL. */
void array_print(buffer *out, const mlp_tensor *array, bool is_repr, array_number *number,
                 void *context);

#endif
