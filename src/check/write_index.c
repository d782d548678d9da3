#include "write_index.h"

void write_index(FILE *out, const mlp_tensor *shape, size_t at) {
    size_t stride = shape->numel;
    fputc('[', out);
    for (size_t d = 0; d < shape->ndim; d++) {
        stride /= shape->shape[d];
        fprintf(out, "%s%zu", d ? ", " : "", at / stride % shape->shape[d]);
    }
    fputc(']', out);
}
