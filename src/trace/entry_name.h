/* Names as a report can have them. */
#ifndef MLPSTEP_TRACE_ENTRY_NAME_H
#define MLPSTEP_TRACE_ENTRY_NAME_H

#include "mlpstep/arena.h"

/* The name, which comes from a script and may hold anything, so that `NAME = VALUE` is one line
 * that is read back as this entry. There are escapes, as \x1b, for what a terminal would not show as
 * it is, for #, for blanks at the ends, for brackets that are not closed, and for an = outside
 * brackets that is no comparison. The name itself where it needs none; NULL without memory. */
const char *entry_name(mlp_arena *arena, const char *name);

#endif
