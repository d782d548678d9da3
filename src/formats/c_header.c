/* A header of C and C++: an array for each tensor, and a table of all. */
#include "identifier.h"
#include "number.h"
#include "writers.h"

#include "base/out_of_memory.h"

#include <inttypes.h>
#include <string.h>

enum {
    LINE = 100
};

static const char begin[] =
    "/* The tensors of a training step, in the order in which mlpstep computed them. For one source\n"
    " * file: what includes it has arrays of its own. */\n"
    "#ifndef MLPSTEP_TENSORS_H\n"
    "#define MLPSTEP_TENSORS_H\n"
    "\n"
    "#include <math.h>\n"
    "#include <stddef.h>\n"
    "#include <stdint.h>\n"
    "#ifndef __cplusplus\n"
    "#include <stdbool.h>\n"
    "#endif\n"
    "\n"
    "typedef struct mlpstep_tensor {\n"
    "    const char *name, *section; /* as a report has them: \"w1.weight\", \"forward\" */\n"
    "    uint64_t step;              /* of the training, from 1 */\n"
    "    const char *dtype;          /* \"float32\": data are floats; likewise \"float64\", \"int64\",\n"
    "                                   \"int32\", \"int16\", \"int8\", \"uint8\", \"bool\" */\n"
    "    size_t ndim, shape[8];      /* the first ndim count */\n"
    "    size_t numel;\n"
    "    const void *data; /* the last dimension fastest; NULL: there are no elements */\n"
    "} mlpstep_tensor;\n"
    "\n";

static const char *type_name(mlp_dtype dtype) {
    static const char *const names[] = {
        [MLP_FLOAT32] = "float", [MLP_FLOAT64] = "double", [MLP_INT64] = "int64_t",
        [MLP_BOOL] = "bool",     [MLP_INT32] = "int32_t",  [MLP_INT16] = "int16_t",
        [MLP_INT8] = "int8_t",   [MLP_UINT8] = "uint8_t"};
    return names[dtype];
}

/* Without what begins a trigraph, whatever else reads it as it is meant. */
static void write_string(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            fprintf(out, "\\%03o", (unsigned)(unsigned char)*text);
        else
            fprintf(out, strchr("\"\\?", *text) ? "\\%c" : "%c", *text);
    fputc('"', out);
}

static void write_array(FILE *out, const mlp_tensor *tensor, const char *identifier,
                        const spelling *spelled) {
    char text[NUMBER_TEXT];
    if (tensor->numel == 0)
        return;
    int column = fprintf(out, "static const %s %s[%zu] = {", type_name(tensor->dtype), identifier,
                         tensor->numel);
    for (size_t i = 0; i < tensor->numel; i++) {
        const int length = number_print(text, tensor, i, spelled);
        const bool fits = column + length + 3 <= LINE; /* and what separates it from others */
        fputs(i ? "," : "", out);
        column = fits ? column + length + 2 : 4 + length;
        fprintf(out, "%s%s", !fits ? "\n    " : i ? " " : "", text);
    }
    fputs("};\n", out);
}

static void write_row(FILE *out, const item *it, const char *name, const char *identifier) {
    const mlp_tensor *tensor = it->tensor;
    fputs("    {", out);
    write_string(out, name);
    fprintf(out, ", \"%s\", %" PRIu64 ", \"%s\", %zu, {", it->section, it->step,
            mlp_dtype_name(tensor->dtype), tensor->ndim);
    for (size_t i = 0; i < tensor->ndim; i++)
        fprintf(out, "%s%zu", i ? ", " : "", tensor->shape[i]);
    fprintf(out, "%s}, %zu, %s},\n", tensor->ndim ? "" : "0", tensor->numel,
            tensor->numel ? identifier : "NULL");
}

typedef struct names {
    const char *identifier, *shown;
} names;

static names *make_names(const items *all, mlp_arena *arena) {
    map taken = {0};
    names *made = mlp_arena_alloc(arena, all->count, sizeof *made);
    for (size_t i = 0; made && i < all->count; i++) {
        made[i].identifier = identifier_new(&taken, arena, all, &all->item[i]);
        made[i].shown = short_name(arena, all->item[i].name);
        if (!made[i].identifier || !made[i].shown)
            return NULL;
    }
    return made;
}

bool write_c(FILE *out, const items *all, mlp_arena *arena, const mlp_format_options *options,
             mlp_diagnostic *error) {
    const spelling spelled = {.nan = "NAN",
                              .infinity = "INFINITY",
                              .yes = "true",
                              .no = "false",
                              .least_int64 = "INT64_MIN",
                              .float32 = "f",
                              .digits = options->digits,
                              .hex = options->hex};
    const names *made = make_names(all, arena);
    if (!made)
        return out_of_memory(error, arena, "the tensors need");
    fputs(begin, out);
    for (size_t i = 0; i < all->count; i++)
        write_array(out, all->item[i].tensor, made[i].identifier, &spelled);
    fputs("\n/* All of them; a name of NULL ends it. */\n"
          "static const mlpstep_tensor mlpstep_tensors[] = {\n",
          out);
    for (size_t i = 0; i < all->count; i++)
        write_row(out, &all->item[i], made[i].shown, made[i].identifier);
    fputs("    {NULL, NULL, 0, NULL, 0, {0}, 0, NULL}};\n\n#endif\n", out);
    return true;
}
