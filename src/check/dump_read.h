/* What programs write in formats of their own, as answers: JSON, and numpy's .npy and .npz. */
#ifndef MLPSTEP_CHECK_DUMP_READ_H
#define MLPSTEP_CHECK_DUMP_READ_H

#include "mlpstep/answers.h"

#include "base/reader.h"

/* Whether the text is in one of these formats, or is meant to be, by its first bytes. */
bool dump_is(const char *text, size_t length);

/* Reads the source of the reader; a .npy has no name. Does not return where it is none of these
 * formats. */
void dump_read(reader *in, mlp_answers *answers);

#endif
