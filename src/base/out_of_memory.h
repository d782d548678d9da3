/* The message that memory ran out. */
#ifndef MLPSTEP_BASE_OUT_OF_MEMORY_H
#define MLPSTEP_BASE_OUT_OF_MEMORY_H

#include "mlpstep/arena.h"
#include "mlpstep/diagnostic.h"

/* `needs` is how it begins: "the script needs", "the answers need". It says whether the limit of
 * the arena refused the last request, or the system. Returns false. */
bool out_of_memory(mlp_diagnostic *error, const mlp_arena *arena, const char *needs);

#endif
