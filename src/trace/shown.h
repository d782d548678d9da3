/* The entries that are to be shown, in their order, and where each of them stands: what a report and
 * every other format of the same values go through. */
#ifndef MLPSTEP_TRACE_SHOWN_H
#define MLPSTEP_TRACE_SHOWN_H

#include "mlpstep/trace.h"

typedef struct shown {
    const mlp_entry *entry; /* a value or a formula; NULL before the first */
    mlp_phase section;
    uint64_t step;       /* the training step, from 1 */
    bool begins_section; /* it is the first that is shown of its section ... */
    bool begins_step;    /* ... or of its step, in a trace that keeps some of them */
    /* Of the walk itself. */
    const mlp_trace *trace;
    const bool *wanted; /* by the number of a value; NULL: all, and the formulas */
    const char **called;
    bool to_fill; /* what a worksheet has: what is given, and what it asks for */
    const mlp_step *formula;
} shown;

/* `only` are names of entries, ended by NULL, or what they are like: see chosen.h; NULL: all, and the
 * formulas, which never fails. False, with one diagnostic, for a name that no entry has, and without
 * memory. */
bool shown_begin(shown *s, const mlp_trace *trace, const char *const *only, bool to_fill,
                 mlp_diagnostic *error);
/* The name to show of its value: its own, or NAME@N, by which it was chosen: the own one may be that of
 * several. */
const char *shown_name(const shown *s);
/* Goes to the next entry; false where there is none. */
bool shown_next(shown *s);

#endif
