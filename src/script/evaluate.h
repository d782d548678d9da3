/* Running the tree. */
#ifndef MLPSTEP_SCRIPT_EVALUATE_H
#define MLPSTEP_SCRIPT_EVALUATE_H

#include "value.h"

value *evaluate(script *s, const node *expression);
void execute(script *s, const node *statements);

/* Calls a bound method with the arguments of `call`. */
value *call_bound(script *s, const value *method, const node *call);
/* Calls a def with arguments that are values already. */
value *call_function(script *s, const value *function, value *self, value **arguments, size_t count,
                     mlp_span where);

#endif
