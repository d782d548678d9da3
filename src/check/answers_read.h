#ifndef MLPSTEP_CHECK_ANSWERS_READ_H
#define MLPSTEP_CHECK_ANSWERS_READ_H

#include "mlpstep/answers.h"

/* What is said of a line that is no answer. */
extern const char answers_wanted[];

/* mlp_answers_read, which tells that memory ran out from what is wrong with the text. */
bool answers_read(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                  mlp_diagnostic *error, bool *ran_out);

/* Lines NAME = OTHER, in which OTHER may be -, as it is in no sheet. */
bool answers_read_names(mlp_arena *arena, const char *text, size_t length, mlp_answers *names,
                        mlp_diagnostic *error, bool *ran_out);

/* The lines NAME = tensor(...) of a text, which may be of a script of one's own. What else stands in
 * it counts for nothing. False without any of them, and without memory. */
bool answers_read_dump(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                       mlp_diagnostic *error, bool *ran_out);

/* What a program wrote in a format of its own: see dump.h. */
bool answers_read_format(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                         mlp_diagnostic *error, bool *ran_out);

#endif
