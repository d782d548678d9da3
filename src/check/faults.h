/* What is wrong in answers, all of it. */
#ifndef MLPSTEP_CHECK_FAULTS_H
#define MLPSTEP_CHECK_FAULTS_H

#include "mlpstep/answers.h"

/* Adds the fault behind those that stand before it in the text, or counts it as one more of three
 * that have its message. False, with the diagnostic in
 * *error changed to say so, where there are too many or no memory; `error` may be the fault. */
bool faults_add(mlp_answers *answers, mlp_arena *arena, const mlp_diagnostic *fault,
                mlp_diagnostic *error);

#endif
