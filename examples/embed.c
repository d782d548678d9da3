/* Runs a script from C and walks its values: of each gradient the largest number.
 *
 *   embed plain.py */
#include <mlpstep/script.h>

#include <math.h>

enum {
    MOST = 1 << 20 /* bytes of a script */
};

/* The entries of a report, in its order: sections, formulas, and values, with what these are called.
 */
static void print_gradients(const mlp_trace *trace) {
    for (const mlp_entry *e = trace->first_entry; e; e = e->next) {
        if (e->kind != MLP_ENTRY_VALUE || e->phase != MLP_BACKWARD)
            continue;
        const mlp_tensor *tensor = &e->value->tensor;
        double largest = 0;
        for (size_t i = 0; i < tensor->numel; i++)
            largest = fmax(largest, fabs(mlp_tensor_get(tensor, i)));
        char shape[MLP_SHAPE_TEXT];
        printf("%-24s %-8s %g\n", e->value->label.display, mlp_shape_text(shape, tensor), largest);
    }
}

int main(int argc, char **argv) {
    static char text[MOST];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "usage: embed SCRIPT\n");
        return 2;
    }
    const size_t length = fread(text, 1, sizeof text, file);
    const bool is_whole = feof(file) && !ferror(file);
    fclose(file);
    if (!is_whole) {
        fprintf(stderr, "embed: cannot read %s as a whole\n", argv[1]);
        return 2;
    }

    /* Whatever the run makes lies in the arena, and goes with it. */
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_diagnostic error = {.message = "out of memory"};
    const mlp_script_options options = {.name = argv[1]}; /* float32, and PyTorch 2.6 */
    const mlp_trace *trace =
        arena ? mlp_script_run(arena, text, length, &options, NULL, &error) : NULL;
    if (trace)
        print_gradients(trace);
    else
        mlp_diagnostic_write(stderr, &error, "error", argv[1], text, length, NULL);
    mlp_arena_free(arena);
    if (ferror(stdout) || fclose(stdout) != 0) {
        fprintf(stderr, "embed: cannot write the output\n");
        return 2;
    }
    return trace ? 0 : 2;
}
