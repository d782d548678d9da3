/* What the hooks of a module are called with in backward: register_full_backward_hook() and
 * register_backward_hook(). */
#ifndef MLPSTEP_TORCH_MODULE_HOOKS_H
#define MLPSTEP_TORCH_MODULE_HOOKS_H

#include "module.h"

/* One call of a module whose gradients are shown to its hooks. */
typedef struct watched watched;

/* `functions` are the hooks, in a tuple. */
watched *watch_call(call *c, nn_module *m, object *functions);
/* The positional arguments, and what was returned, behind nodes of their own that call the hooks. */
object *watch_input(call *c, watched *w, object *input);
object *watch_output(call *c, watched *w, object *output);

/* The old hooks, with what the node that made the result, or its first Tensor, hands on. */
void watch_last_node(call *c, nn_module *m, const object *functions, const object *output);

#endif
