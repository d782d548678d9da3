/* What the files of the formatting share: texts grow in the script's buffer, and are taken out of
 * it. */
#ifndef MLPSTEP_PYTHON_FORMAT_WRITE_H
#define MLPSTEP_PYTHON_FORMAT_WRITE_H

#include "call.h"

/* Appends the literal of a string, in quotes. */
void write_quoted(call *c, const char *text);

/* Takes what was appended since the buffer's length was `start`. */
const char *take_text(call *c, size_t start);
/* Characters of a UTF-8 text, and the bytes of its first `characters`. */
size_t count_characters(const char *text);
size_t bytes_of_characters(const char *text, size_t characters);
/* chr(code) */
const char *text_of_character(call *c, int64_t code);

#endif
