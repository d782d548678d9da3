/* The numbers that id() and hash() give of what CPython stores somewhere: they differ from run to
 * run, and only tell whether two are equal. */
#ifndef MLPSTEP_PYTHON_IDENTITY_H
#define MLPSTEP_PYTHON_IDENTITY_H

#include "call.h"

/* Whether o is such a number; then *bits, which are equal where the numbers are. */
bool identity_bits(const object *o, uint64_t *bits);
/* Such a number, equal to those of the same bits. */
object *identity_number(call *c, uint64_t bits);

#endif
