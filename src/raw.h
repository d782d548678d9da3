/* check --raw: tensors in files of raw numbers. */
#ifndef MLPSTEP_MAIN_RAW_H
#define MLPSTEP_MAIN_RAW_H

#include "mlpstep/raw.h"

#include "source.h"

/* Reads the list, and the files that it names, whose paths begin at the folder of the list. False,
 * told, where one cannot be read, or is not as the list says. */
bool raw_read(mlp_arena *arena, const source *list, mlp_answers *answers, mlp_diagnostic *error);

#endif
