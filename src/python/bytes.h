/* Strings of bytes: what struct packs floats into, and str.encode() gives. */
#ifndef MLPSTEP_PYTHON_BYTES_H
#define MLPSTEP_PYTHON_BYTES_H

#include "call.h"

typedef struct bytes {
    const unsigned char *at;
    size_t count;
} bytes;

object *bytes_new(script *s, const unsigned char *at, size_t count);
/* Of a string whose characters are numbers up to 255: what stands in b'...'. */
object *bytes_of_literal(script *s, const char *text);
/* NULL of another object. */
const bytes *bytes_of(const object *o);
/* a in b */
bool bytes_are_in(const bytes *a, const bytes *b);

#endif
