/* A row an element. */
#include "number.h"
#include "writers.h"

#include <inttypes.h>
#include <string.h>

static void write_field(FILE *out, const char *text) {
    if (!strpbrk(text, "\",")) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++)
        fprintf(out, *text == '"' ? "\"%c" : "%c", *text);
    fputc('"', out);
}

static void write_numbers(FILE *out, const size_t *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%zu", i ? " " : "", numbers[i]);
}

/* Of the next element in storage order. */
static void advance(size_t *index, const mlp_tensor *tensor) {
    for (size_t dim = tensor->ndim; dim-- > 0 && ++index[dim] == tensor->shape[dim];)
        index[dim] = 0;
}

static void write_item(FILE *out, const item *it, const spelling *spelled) {
    const mlp_tensor *tensor = it->tensor;
    size_t index[MLP_MAX_DIMS] = {0};
    char text[NUMBER_TEXT];
    for (size_t i = 0; i < tensor->numel; i++, advance(index, tensor)) {
        fprintf(out, "%" PRIu64 ",%s,", it->step, it->section);
        write_field(out, it->name);
        fprintf(out, ",%s,", mlp_dtype_name(tensor->dtype));
        write_numbers(out, tensor->shape, tensor->ndim);
        fputc(',', out);
        write_numbers(out, index, tensor->ndim);
        number_print(text, tensor, i, spelled);
        fprintf(out, ",%s\n", text);
    }
}

bool write_csv(FILE *out, const items *all, mlp_arena *arena, const mlp_format_options *options,
               mlp_diagnostic *error) {
    const spelling spelled = {.nan = "nan",
                              .infinity = "inf",
                              .yes = "1",
                              .no = "0",
                              .float32 = "",
                              .digits = options->digits,
                              .hex = options->hex};
    (void)arena, (void)error;
    fputs("step,section,name,dtype,shape,index,value\n", out);
    for (size_t i = 0; i < all->count; i++)
        write_item(out, &all->item[i], &spelled);
    return true;
}
