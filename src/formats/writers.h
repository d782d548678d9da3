/* The formats, each in a file of its own. */
#ifndef MLPSTEP_FORMATS_WRITERS_H
#define MLPSTEP_FORMATS_WRITERS_H

#include "items.h"

/* What needs memory, or refuses, does so before anything is written. */
typedef bool format_writer(FILE *out, const items *all, mlp_arena *arena,
                           const mlp_format_options *options, mlp_diagnostic *error);

format_writer write_json, write_csv, write_npz, write_c;

#endif
