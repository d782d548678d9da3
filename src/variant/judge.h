/* Whether a variant is as good an exercise as the given script, see mlpstep/variant.h. */
#ifndef MLPSTEP_VARIANT_JUDGE_H
#define MLPSTEP_VARIANT_JUDGE_H

#include "mlpstep/trace.h"

/* Why it is not, to stand behind "the last one"; NULL: it is. The arena is for what it takes. */
const char *judge_variant(mlp_arena *arena, const mlp_trace *given, const mlp_trace *variant);

#endif
