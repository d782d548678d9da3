/* Whether the bytes of a script are text, as Python reads it. */
#ifndef MLPSTEP_SYNTAX_ENCODING_H
#define MLPSTEP_SYNTAX_ENCODING_H

#include "base/reader.h"

/* Fails at a byte that is no UTF-8, at a NUL, and where the script names another encoding. The text
 * begins with the line of that number. */
void check_encoding(reader *r, const char *text, size_t length, size_t line);
/* The first two of these. */
void check_bytes(reader *r, const char *text, size_t length, size_t line);

#endif
