/* Analytic gradients against numerical ones, both in float64 on the replayed trace. */
#ifndef MLPSTEP_GRADCHECK_H
#define MLPSTEP_GRADCHECK_H

#include "mlpstep/trace.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_gradcheck_verdict {
    MLP_GRADIENT_RIGHT,
    MLP_GRADIENT_WRONG,
    MLP_GRADIENT_KINKED /* right but for elements whose step crosses a kink */
} mlp_gradcheck_verdict;

/* One leaf of one backward(). */
typedef struct mlp_gradcheck mlp_gradcheck;
struct mlp_gradcheck {
    mlp_gradcheck_verdict verdict;
    const mlp_value *leaf;
    double absolute, relative; /* the largest differences, kinks left out */
    size_t at;                 /* the element of the largest relative one */
    size_t kinks;              /* elements left out */
    mlp_gradcheck *next;
};

/* The leaves in the order their gradients were computed. NULL with a diagnostic where the trace
 * has no backward(), or without memory. */
mlp_gradcheck *mlp_gradcheck_run(mlp_arena *arena, const mlp_trace *trace, mlp_diagnostic *error);
/* One line each. */
void mlp_gradcheck_write(FILE *out, const mlp_gradcheck *checks);

#ifdef __cplusplus
}
#endif

#endif
