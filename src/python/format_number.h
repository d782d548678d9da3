/* Numbers as Python writes them. */
#ifndef MLPSTEP_PYTHON_FORMAT_NUMBER_H
#define MLPSTEP_PYTHON_FORMAT_NUMBER_H

#include "base/buffer.h"

#include <stdint.h>

enum {
    MAX_FORMAT_WIDTH = 10000 /* of a field, and of a precision */
};

/* repr(value): the shortest text that reads back as the same number. `alternate` keeps the point
 * of 1.e+16. */
void write_float_repr(buffer *out, double value, bool alternate);
/* The value as type e, E, f, F, g or G prints it, or as no type does where a precision is given
 * (type 0); a nan never has a sign. */
void write_float_as(buffer *out, double value, char type, int precision, bool alternate);
/* The digits of |value| in base 2, 8, 10 or 16. */
void write_magnitude(buffer *out, uint64_t magnitude, unsigned base, bool upper);

#endif
