#ifndef MLPSTEP_CHECK_DUMP_JSON_H
#define MLPSTEP_CHECK_DUMP_JSON_H

#include "dump.h"

/* Reads the source of the reader: what `mlpstep run --format=json` writes, {"tensors": [{"name": ...,
 * "section": ..., "step": ..., "shape": ..., "values": ...}, ...]}; or an object of names, each with
 * nested lists or with an object that has shape and values, and, where it is wanted, one more around
 * those of a section. */
void dump_read_json(dump *d);

#endif
