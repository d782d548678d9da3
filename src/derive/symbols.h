/* What the values of a trace are called in a derivation. */
#ifndef MLPSTEP_DERIVE_SYMBOLS_H
#define MLPSTEP_DERIVE_SYMBOLS_H

#include "math.h"

#include "mlpstep/trace.h"

typedef struct {
    const math *symbol;
    const char
        *name; /* in the script, or the expression there; of a loss's own softmax: the report's */
    const mlp_value *value; /* the first one that is called so */
} symbol_row;

typedef struct {
    mlp_arena *arena;
    const mlp_trace *trace;
    const math **of;        /* by the values' numbers; NULL: it has none */
    const mlp_value **loss; /* likewise: whose gradient it is; NULL: of none, or of several */
    symbol_row *rows;       /* in the order in which they come */
    size_t count;
    size_t losses; /* that a backward() began with */
} symbols;

/* False without memory. */
bool symbols_make(symbols *s, const mlp_trace *trace);
/* The symbol of a value: of a gradient that has an entry, the derivative of the loss; of a value
 * without one its name. NULL without memory. */
const math *symbol_of(const symbols *s, const mlp_value *value);
/* Whether derivations speak of the value: it has an entry, and people go by it on paper. */
bool symbol_is_shown(const mlp_value *value);
/* Whether the report calls it NAME.grad. */
bool symbol_is_gradient(const mlp_value *value);
/* Whether it is a mask that dropout has drawn. */
bool symbol_is_mask(const mlp_value *value);

#endif
