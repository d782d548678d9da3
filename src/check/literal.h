/* The value of an answer: tokens in, numbers out. */
#ifndef MLPSTEP_CHECK_LITERAL_H
#define MLPSTEP_CHECK_LITERAL_H

#include "mlpstep/answers.h"

#include "syntax/lexer.h"

/* Reads a number, nested lists, or [torch.]tensor(...) around them, up to the end of the tokens,
 * into the answer's shape and numbers. Does not return where they are anything else. */
void literal_read(reader *in, const token *tokens, mlp_answer *answer);

#endif
