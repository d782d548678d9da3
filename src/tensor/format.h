/* The text of a tensor, into any buffer. */
#ifndef MLPSTEP_TENSOR_FORMAT_H
#define MLPSTEP_TENSOR_FORMAT_H

#include "base/buffer.h"

#include "mlpstep/tensor.h"

/* mlp_tensor_text, into a buffer that keeps its text. */
void tensor_print(buffer *out, const mlp_tensor *tensor, const mlp_print_options *options,
                  mlp_dtype default_dtype, const char *suffix);

#endif
