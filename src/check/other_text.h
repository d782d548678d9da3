#ifndef MLPSTEP_CHECK_OTHER_TEXT_H
#define MLPSTEP_CHECK_OTHER_TEXT_H

#include "mlpstep/check.h"

/* Writes what should stand there and what does, as diff has it, behind the indent: lines with < and
 * with >. Long ones are cut, to where they differ, and of many the first ones are written. What must
 * not reach a terminal is escaped, as mlp_text_write does. Under `hint`, without the lines with <. */
void other_text_write(FILE *out, const mlp_other_text *text, const char *indent, bool hint);

#endif
