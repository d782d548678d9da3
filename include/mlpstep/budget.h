/* How much work a run may do, so that none goes on without end. */
#ifndef MLPSTEP_BUDGET_H
#define MLPSTEP_BUDGET_H

#include "mlpstep/watch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Work is counted in numbers that are computed, read or moved. */
typedef struct mlp_budget {
    double limit, left;
    const mlp_watch *watch; /* who is told of it; NULL: nobody */
    double untold;          /* work since then */
    mlp_progress progress;
} mlp_budget;

/* What a run may do where nobody says otherwise: about a minute's work. */
#define MLP_BUDGET 2e10
/* A call, or one turn of a loop, takes as long as so many numbers. */
#define MLP_BUDGET_TURN 1000

#ifdef __cplusplus
}
#endif

#endif
