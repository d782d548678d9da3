/* A trace that keeps only some steps of a training: see mlpstep/steps.h. */
#ifndef MLPSTEP_TRACE_KEEP_H
#define MLPSTEP_TRACE_KEEP_H

#include "mlpstep/steps.h"
#include "mlpstep/trace.h"

/* The last ones up to a place in the trace; NULL: none. */
typedef struct {
    mlp_step *step;
    mlp_entry *entry;
    mlp_echo *echo;
    mlp_sweep *sweep;
} trace_mark;

struct mlp_keeping {
    mlp_steps wanted;
    uint64_t number;      /* of the training step that runs now */
    bool left_out;        /* it is not kept */
    trace_mark kept;      /* how far the trace is kept for good; up to `held` it is so ... */
    trace_mark held;      /* ... as long as no other update is made: it may have been the last */
    bool holds;           /* there is such a part */
    mlp_step *update;     /* the last step of an update in the list, behind which the next training
                             step begins; NULL: none */
    size_t update_values; /* how many values there were then */
    uint64_t last;        /* the step that is held in the place of few; 0: none */
    size_t begun;         /* earlier values are given to what is kept now */
};

/* Whether what is computed now gets no entry. */
bool trace_leaves_out(const mlp_trace *trace);
/* Whether the value comes to the steps that are kept from one that is not. */
bool keep_is_given(const mlp_trace *trace, const mlp_value *value);
/* Has to know of every step that was added ... */
void keep_note_step(mlp_trace *trace, mlp_step *step);
/* ... and of the first that is to be shown behind an update. False without memory. */
bool keep_next(mlp_trace *trace);
/* Shows what a backward step reads that a training step before computed. False without memory. */
bool keep_show_read(mlp_trace *trace, const mlp_step *step);
/* Lets go, between two statements, of what the steps that are kept do not need. */
void keep_settle(mlp_trace *trace);
/* The script has ended: lets go of all that is not wanted. */
void keep_end(mlp_trace *trace);
/* Makes a trace of its own of what is left: values that it does not compute are given, and are
 * numbered anew. False without memory. */
bool keep_close(mlp_trace *trace);

/* Takes what lies behind `from`, up to `to`, out of the trace; to NULL: all of it. */
void trace_cut(mlp_trace *trace, const trace_mark *from, const trace_mark *to);
/* The same of its steps alone. */
void trace_cut_steps(mlp_trace *trace, mlp_step *from, mlp_step *to);

#endif
