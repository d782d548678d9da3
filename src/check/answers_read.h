#ifndef MLPSTEP_CHECK_ANSWERS_READ_H
#define MLPSTEP_CHECK_ANSWERS_READ_H

#include "mlpstep/answers.h"

/* mlp_answers_read, which tells that memory ran out from what is wrong with the text. */
bool answers_read(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                  mlp_diagnostic *error, bool *ran_out);

#endif
