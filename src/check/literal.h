/* The value of an answer: tokens in, numbers out. */
#ifndef MLPSTEP_CHECK_LITERAL_H
#define MLPSTEP_CHECK_LITERAL_H

#include "mlpstep/answers.h"

#include "syntax/lexer.h"

/* Reads a number, nested lists, or [torch.]tensor(...) around them, up to the end of the tokens,
 * into the answer's shape and numbers; in a sheet, arithmetic too, rows, and numbers that
 * stand beside each other, of which answer->by_hand tells. Does not return where they are anything
 * else. */
void literal_read(reader *in, const token *tokens, bool is_sheet, mlp_answer *answer);

#endif
