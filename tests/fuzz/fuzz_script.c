/* Whatever the bytes, a script, notebook or copied session that is run ends with a trace or one
 * diagnostic, what it prints can be written, and a report of the trace too. */
#include "mlpstep/cells.h"
#include "mlpstep/report.h"
#include "mlpstep/script.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void report(const mlp_trace *trace) {
    FILE *out = fopen("/dev/null", "w");
    mlp_diagnostic error;
    if (!out || !mlp_report_write(out, trace, &(mlp_report_options){.precision = 6}, &error))
        abort();
    fclose(out);
}

static void render(const char *source, size_t length, const mlp_cells *cells,
                   const mlp_diagnostic *error) {
    FILE *out = fopen("/dev/null", "w");
    mlp_diagnostic moved = *error;
    const mlp_cell *cell = mlp_cells_find(cells, &moved.where);
    if (!out || error->message[0] == '\0')
        abort();
    mlp_diagnostic_write(out, &moved, "error", "fuzz.py", cell ? cell->source : source,
                         cell ? cell->source_length : length, NULL);
    fclose(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *source = (const char *)data;
    mlp_arena *arena = mlp_arena_new((size_t)32 << 20);
    mlp_diagnostic error;
    mlp_warning *warnings;
    FILE *print = fopen("/dev/null", "w");
    static const mlp_build builds[] = {MLP_WHEEL, MLP_NATIVE, MLP_WHEEL_AVX512};
    mlp_script_options options = {
        .print = print,
        .dtype = size % 2 ? MLP_FLOAT64 : MLP_FLOAT32,
        .release = {size % 5 ? 0 : 2, size % 5 ? 0 : 11, builds[size % 3]}};
    if (!arena || !print)
        abort();
    mlp_cells cells;
    const bool read = mlp_cells_read(arena, "fuzz", source, size, &cells, &error);
    options.cells = cells.first;
    const mlp_trace *trace =
        read ? mlp_script_run(arena, source, size, &options, &warnings, &error) : NULL;
    if (trace)
        report(trace);
    else
        render(source, size, &cells, &error);
    mlp_arena_free(arena);
    fclose(print);
    return 0;
}
