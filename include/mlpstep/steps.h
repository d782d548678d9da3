/* Which steps of a training are kept.
 *
 * Step N, counted from 1, ends with the N-th update: optimizer.step(), or updates of leaves under
 * no_grad, as the section `# step` of a report has it. What a script does behind the last update is
 * one more step; a script without an update has one step. */
#ifndef MLPSTEP_STEPS_H
#define MLPSTEP_STEPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MLP_MOST_STEP_RANGES = 64
};

typedef struct mlp_step_range {
    uint64_t first, last; /* both belong to it; from 1 */
} mlp_step_range;

typedef struct mlp_steps {
    mlp_step_range range[MLP_MOST_STEP_RANGES];
    size_t count;
    bool last;    /* and the last one that ends with an update, or the only one */
    uint64_t few; /* or all, where they are no more than this many */
} mlp_steps;

/* What --step takes: N, N-M and last, with commas between them. False, and *steps is undefined, where
 * the text is none of that, or has too many ranges. */
bool mlp_steps_read(mlp_steps *steps, const char *text);
/* Whether step `number` is one of the ranges. */
bool mlp_steps_has(const mlp_steps *steps, uint64_t number);

#ifdef __cplusplus
}
#endif

#endif
