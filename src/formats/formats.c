/* A trace in, its tensors in the formats of other programs out. */
#include "writers.h"

#include <locale.h>
#include <string.h>

bool mlp_format_write(FILE *out, const mlp_trace *trace, const mlp_format_options *options,
                      mlp_diagnostic *error) {
    static format_writer *const writers[] = {[MLP_FORMAT_JSON] = write_json,
                                             [MLP_FORMAT_CSV] = write_csv,
                                             [MLP_FORMAT_NPZ] = write_npz,
                                             [MLP_FORMAT_C] = write_c};
    items all;
    if (strcmp(localeconv()->decimal_point, ".") != 0)
        return mlp_error(error,
                         "numbers are written in the C locale only: setlocale(LC_NUMERIC, \"C\")");
    return items_collect(&all, trace, options->only, error) &&
           writers[options->format](out, &all, trace->arena, options, error);
}
