/* What must not outlive a function of the script that is left by an exception. */
#ifndef MLPSTEP_TORCH_FUNCTION_H
#define MLPSTEP_TORCH_FUNCTION_H

#include "torch.h"

#include "python/attempt.h"

/* The modes of the trace, as they were when it was pushed. */
typedef struct {
    unwinding unwinding;
    mlp_trace *trace;
    bool no_grad, sweeping, inside, quiet;
} mode_guard;

void guard_modes(call *c, mode_guard *guard);
/* Gives them back. */
void restore_modes(call *c, mode_guard *guard);

#endif
