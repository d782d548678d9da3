/* The entries that somebody chose, by the names of --only. */
#ifndef MLPSTEP_TRACE_CHOSEN_H
#define MLPSTEP_TRACE_CHOSEN_H

#include "mlpstep/trace.h"

/* What is chosen of a trace, of which some values may not count. */
typedef struct chosen {
    const mlp_trace *trace;
    bool (*counts)(const mlp_value *value); /* NULL: each */
    const char *whose;                      /* entries they are, as "the report" */
    bool *value;                            /* by its number: it is chosen ... */
    const char **called; /* ... by a name NAME@N that is not its own; NULL: nobody asks */
} chosen;

/* Adds what is called `name`; if nothing is, what is like it, with * and ?; if nothing is either, of
 * NAME@N, what has that name in step N of the training. False, with one diagnostic, where there is
 * nothing, and without memory. */
bool chosen_add(chosen *c, const char *name, mlp_diagnostic *error);

#endif
