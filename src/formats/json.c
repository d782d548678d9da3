/* A line a tensor, its values nested as its shape is. */
#include "number.h"
#include "writers.h"

#include <inttypes.h>

/* Nothing in a name of an entry needs another escape. */
static void write_string(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text; text++)
        fprintf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    fputc('"', out);
}

static void write_shape(FILE *out, const mlp_tensor *tensor) {
    fputc('[', out);
    for (size_t i = 0; i < tensor->ndim; i++)
        fprintf(out, "%s%zu", i ? ", " : "", tensor->shape[i]);
    fputc(']', out);
}

/* The values of one index of the dimensions before `dim`, from element *i on. */
static void write_values(FILE *out, const mlp_tensor *tensor, size_t dim, size_t *i) {
    static const spelling spelled = {
        .nan = "NaN", .infinity = "Infinity", .yes = "true", .no = "false", .float32 = ""};
    char text[NUMBER_TEXT];
    if (dim == tensor->ndim) {
        number_print(text, tensor, (*i)++, &spelled);
        fputs(text, out);
        return;
    }
    fputc('[', out);
    for (size_t k = 0; k < tensor->shape[dim]; k++) {
        fputs(k ? ", " : "", out);
        write_values(out, tensor, dim + 1, i);
    }
    fputc(']', out);
}

static void write_item(FILE *out, const item *it) {
    size_t i = 0;
    fputs("{\"name\": ", out);
    write_string(out, it->name);
    fprintf(out, ", \"step\": %" PRIu64 ", \"section\": \"%s\", \"dtype\": \"%s\", \"shape\": ",
            it->step, it->section, mlp_dtype_name(it->tensor->dtype));
    write_shape(out, it->tensor);
    fputs(", \"values\": ", out);
    if (it->tensor->numel > 0)
        write_values(out, it->tensor, 0, &i);
    else
        fputs("[]", out); /* whatever its shape: (1000000, 0) is possible, too */
    fputc('}', out);
}

bool write_json(FILE *out, const items *all, mlp_arena *arena, const mlp_format_options *options,
                mlp_diagnostic *error) {
    (void)arena, (void)options, (void)error;
    fputs("{\"tensors\": [", out);
    for (size_t i = 0; i < all->count; i++) {
        fputs(i ? ",\n" : "\n", out);
        write_item(out, &all->item[i]);
    }
    fputs("\n]}\n", out);
    return true;
}
