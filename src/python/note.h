/* What was printed, and the numbers whose texts were formed, for whoever holds a text against
 * them. Where nobody asked, only whether there is a text of a number that may be off is kept. */
#ifndef MLPSTEP_PYTHON_NOTE_H
#define MLPSTEP_PYTHON_NOTE_H

#include "off.h"

/* A text was printed. */
void note_printed(script *s, const char *text);
/* The `length` bytes at `text`, which may begin with a sign, are the text of a float. */
void note_float(script *s, const char *text, size_t length, estimate e);
/* They are the text of an object of the library. */
void note_object(script *s, const char *text, size_t length, void *of);
/* Whether anybody asked. */
bool note_is_asked(const script *s);
/* A text that was printed is not known, so that none of it is. */
void note_nothing(script *s);
/* The text that was printed is complete. */
void note_end(script *s);

#endif
