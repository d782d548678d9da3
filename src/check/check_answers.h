/* The two parts of mlp_check. */
#ifndef MLPSTEP_CHECK_CHECK_ANSWERS_H
#define MLPSTEP_CHECK_CHECK_ANSWERS_H

#include "mlpstep/check.h"

/* As mlp_check, but a sheet without answers is marked like any other. */
bool check_answers(mlp_arena *arena, const mlp_trace *trace, mlp_answers *answers,
                   const mlp_check_options *options, mlp_marks *marks, mlp_diagnostic *error);
/* False, with one diagnostic, for a sheet without answers, of which nothing else is wrong. */
bool check_is_answered(const mlp_answers *answers, const mlp_marks *marks, mlp_diagnostic *error);

#endif
