#include "npy.h"

#include "base/crc32.h"

#include <math.h>
#include <string.h>

void sink_add(sink *s, const void *bytes, size_t count) {
    s->crc = crc32_extend(s->crc, bytes, count);
    s->size += count;
    if (s->out)
        fwrite(bytes, 1, count, s->out);
}

void sink_add_number(sink *s, uint64_t number, size_t count) {
    unsigned char bytes[sizeof number];
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)(number >> 8 * i & 0xFF);
    sink_add(s, bytes, count);
}

/* What processors make of 0 / 0 differs in its sign: every nan is written as one. */
static uint64_t float_bits(float number) {
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    return isnan(number) ? 0x7FC00000 : bits;
}

static uint64_t double_bits(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return isnan(number) ? 0x7FF8000000000000 : bits;
}

static uint64_t element_bits(const mlp_tensor *tensor, size_t i) {
    if (tensor->dtype == MLP_FLOAT32)
        return float_bits((float)mlp_tensor_get(tensor, i));
    if (tensor->dtype == MLP_FLOAT64)
        return double_bits(mlp_tensor_get(tensor, i));
    return (uint64_t)mlp_tensor_get_int(tensor, i);
}

static const char *type_text(mlp_dtype dtype) {
    static const char *const texts[] = {
        [MLP_FLOAT32] = "<f4", [MLP_FLOAT64] = "<f8", [MLP_INT64] = "<i8", [MLP_BOOL] = "|b1",
        [MLP_INT32] = "<i4",   [MLP_INT16] = "<i2",   [MLP_INT8] = "|i1",  [MLP_UINT8] = "|u1"};
    return texts[dtype];
}

/* Elements begin at a multiple of 64 bytes. */
static void write_header(sink *s, const mlp_tensor *tensor) {
    enum {
        ALIGNMENT = 64,
        BEFORE = 10 /* bytes: a mark, a version and the length of the text */
    };
    char text[64 + 2 * MLP_SHAPE_TEXT];
    size_t length =
        (size_t)snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (",
                         type_text(tensor->dtype));
    for (size_t i = 0; i < tensor->ndim; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%zu%s", i ? " " : "",
                                   tensor->shape[i], i && i + 1 == tensor->ndim ? "" : ",");
    length += (size_t)snprintf(text + length, sizeof text - length, "), }");
    while ((BEFORE + length + 1) % ALIGNMENT != 0)
        text[length++] = ' ';
    text[length++] = '\n';
    sink_add(s, "\x93NUMPY\x01\x00", 8);
    sink_add_number(s, length, 2);
    sink_add(s, text, length);
}

void npy_write(sink *s, const mlp_tensor *tensor) {
    const size_t size = mlp_dtype_size_in_pytorch(tensor->dtype);
    write_header(s, tensor);
    for (size_t i = 0; i < tensor->numel; i++)
        sink_add_number(s, element_bits(tensor, i), size);
}
