/* A trace computed once more, with some of its values replaced.
 *
 * A replay has a tensor of its own for every value of the trace, which starts as recorded. Values
 * that are fixed keep what they were given; run recomputes all others. So a wrong number can be
 * carried forward, a mask held while a weight is nudged, or one step done another way. */
#ifndef MLPSTEP_REPLAY_H
#define MLPSTEP_REPLAY_H

#include "mlpstep/trace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_replay mlp_replay;

/* In the dtypes recorded, or with every floating-point value in float64. NULL without memory. */
mlp_replay *mlp_replay_new(mlp_arena *arena, const mlp_trace *trace, bool in_float64);

/* The value's tensor now. Writing to it counts for the steps that read it, until a run computes
 * it anew. */
mlp_tensor *mlp_replay_tensor(mlp_replay *replay, const mlp_value *value);

/* Elements i of the value with given[i] (NULL: all) are numbers[i] from now on, whatever the step
 * that computes it says. Both arrays stay the caller's, who may change numbers between two runs;
 * numbers NULL ends it, and leaves the tensor as it is. */
void mlp_replay_fix(mlp_replay *replay, const mlp_value *value, const double *numbers,
                    const bool *given);
/* Every value is as recorded again, and none is fixed. */
void mlp_replay_reset(mlp_replay *replay);

/* Computes the steps from `first` to `last`, both included; NULL is the first or last of all. */
void mlp_replay_run(mlp_replay *replay, const mlp_step *first, const mlp_step *last);

/* What a step was given and gave, in the replay's tensors: for a backward step the call of the
 * operation's backward, with out and din to be written as the operation's own functions do. */
mlp_call mlp_replay_call(mlp_replay *replay, const mlp_step *step);

#ifdef __cplusplus
}
#endif

#endif
