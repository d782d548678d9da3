/* A PyTorch script in, a trace out. */
#ifndef MLPSTEP_SCRIPT_H
#define MLPSTEP_SCRIPT_H

#include "mlpstep/printed.h"
#include "mlpstep/trace.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of stack that a run uses where nobody says otherwise: it fits into a thread of 128 KiB,
 * which is what musl gives one. All other functions of the library need less. */
#define MLP_SCRIPT_STACK ((size_t)96 << 10)

typedef struct mlp_cell mlp_cell; /* see mlpstep/cells.h */

typedef struct mlp_script_options {
    mlp_dtype dtype;     /* the default dtype at the start: MLP_FLOAT32 as in PyTorch */
    mlp_release release; /* whose PyTorch the run follows: {0} is 2.6, from pip or conda */
    FILE *print; /* where print() writes; NULL: nowhere. Where it does not take a text, the run
                        ends: ferror tells that from what is wrong with the script */
    FILE *print_errors;    /* the same of what it writes to sys.stderr */
    const char *name;      /* sys.argv[0]: what the script is called; NULL: the empty string */
    mlp_printed *printed;  /* receives what print() writes, and where its numbers come from, in the
                             arena, where the run ends well; NULL: nowhere */
    const mlp_cell *cells; /* the source, read by mlp_cells_read: they are run instead, and places
                              are places in them; or NULL */
    /* Bytes of stack that the run may use; 0: MLP_SCRIPT_STACK. How deep a script may nest calls, lists
     * or modules follows from it; 48 KiB are the least. */
    size_t stack;
    /* What print() writes is all that is asked for: the trace has no entries, which saves their time
     * and memory. */
    bool quiet;
    /* The training steps that the trace holds, which saves the memory of the others; NULL: all. With
     * them, `printed` is left as it is. A step that the script does not take is an error. */
    const mlp_steps *steps;
    bool bounds;            /* every value of the trace gets its bounds, see mlpstep/bound.h */
    double budget;          /* how much work the script may do; 0: MLP_BUDGET */
    const mlp_watch *watch; /* who is told how far it has come; NULL: nobody */
} mlp_script_options;

/* Runs the script (`length` bytes, UTF-8) and records its steps in a new trace in the arena.
 * NULL with one diagnostic where the script is wrong, outside the subset or too large. In both
 * cases *warnings, unless NULL, receives what the script was warned of, in order. Numbers are
 * read as the C locale writes them: refuses another LC_NUMERIC. */
mlp_trace *mlp_script_run(mlp_arena *arena, const char *source, size_t length,
                          const mlp_script_options *options, mlp_warning **warnings,
                          mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
