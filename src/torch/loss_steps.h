/* Losses and distances that PyTorch composes of operations. Each step on the way has an entry under
 * the name of the module or function: crit.sub. */
#ifndef MLPSTEP_TORCH_LOSS_STEPS_H
#define MLPSTEP_TORCH_LOSS_STEPS_H

#include "module.h"

/* A step of values that are broadcast to one shape; b may be NULL. */
mlp_request loss_request(call *c, const nn_module *m, const mlp_operation *operation, mlp_value *a,
                         mlp_value *b);
/* The same on the way to the last one, whose name ends in the suffix: .sub. */
mlp_value *loss_step(call *c, const nn_module *m, const mlp_operation *operation,
                     const char *suffix, mlp_value *a, mlp_value *b);
mlp_value *loss_step_with(call *c, const nn_module *m, const mlp_operation *operation,
                          const mlp_options *options, const char *suffix, mlp_value *a,
                          mlp_value *b);
/* The losses of the elements, by the operation, and behind it their mean or sum. */
mlp_variable *loss_ended(call *c, const nn_module *m, mlp_reduction reduction,
                         const mlp_operation *operation, const char *suffix, mlp_value *a,
                         mlp_value *b);
/* The same of losses that are computed so. */
mlp_variable *loss_joined(call *c, const nn_module *m, mlp_reduction reduction,
                          const mlp_request *losses, const char *suffix);

/* The option reduction. */
mlp_reduction loss_reduction(call *c, const nn_module *m);
/* An input has its entry before the steps. */
void loss_show(call *c, mlp_value *v);

#endif
