/* Mathematics as Unicode text, in a line that may be broken. */
#ifndef MLPSTEP_DERIVE_MATH_TEXT_H
#define MLPSTEP_DERIVE_MATH_TEXT_H

#include "math.h"

#include "base/buffer.h"

/* Bytes within the text: a line may end there, and the lower the number the better. */
enum {
    BREAK_EQUAL = 1,
    BREAK_TERM,  /* before + or -, behind a comma */
    BREAK_WORD,  /* between words */
    BREAK_INNER, /* the same within brackets, and within those */
    BREAK_LAST = 8
};

void math_write_text(buffer *b, const math *m);
/* How many columns of a terminal the text takes; breaks take none. */
size_t text_columns(const char *from, const char *to);

#endif
