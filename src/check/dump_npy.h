#ifndef MLPSTEP_CHECK_DUMP_NPY_H
#define MLPSTEP_CHECK_DUMP_NPY_H

#include "dump.h"

/* Reads the source of the reader, an archive that is not compressed. */
void dump_read_npz(dump *d);
/* An array of `length` bytes. Messages begin with `label`. */
void dump_read_npy(dump *d, mlp_answer *a, const char *label, const char *bytes, size_t length);

#endif
