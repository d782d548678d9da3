/* What gradients are composed of. Every function takes NULL for a value once the composition has
 * failed, and gives NULL then; shapes are broadcast as in a script. */
#ifndef MLPSTEP_OPERATIONS_COMPOSITION_H
#define MLPSTEP_OPERATIONS_COMPOSITION_H

#include "composed.h"

/* One operation of one or two inputs. */
mlp_value *applied(mlp_composition *c, const mlp_operation *operation, mlp_value *a, mlp_value *b);
mlp_value *applied_with(mlp_composition *c, const mlp_operation *operation,
                        const mlp_options *options, mlp_value *a, mlp_value *b);

/* Input i, as it was before it was broadcast to the others: PyTorch's formulas broadcast it anew
 * wherever they have it, and each of these is a sum of its own on the way back. */
mlp_value *operand(const mlp_composition *c, size_t i);

mlp_value *plus(mlp_composition *c, mlp_value *a, mlp_value *b);
mlp_value *minus(mlp_composition *c, mlp_value *a, mlp_value *b);
mlp_value *times(mlp_composition *c, mlp_value *a, mlp_value *b);
mlp_value *over(mlp_composition *c, mlp_value *a, mlp_value *b);
mlp_value *raised(mlp_composition *c, mlp_value *a, mlp_value *b); /* a to the power of b */
mlp_value *negated(mlp_composition *c, mlp_value *a);
/* With a number in place of b, which PyTorch has other nodes for than for a number in a script. */
mlp_value *plus_number(mlp_composition *c, mlp_value *a, double number);
mlp_value *times_number(mlp_composition *c, mlp_value *a, double number);
mlp_value *over_number(mlp_composition *c, mlp_value *a, double number);
mlp_value *to_power(mlp_composition *c, mlp_value *a, double exponent);
/* 1 where a < number, else 0, without history; of a's type. */
mlp_value *below(mlp_composition *c, mlp_value *a, double number);

/* In the shape of `like`. */
mlp_value *expanded_as(mlp_composition *c, mlp_value *a, const mlp_tensor *like);
/* Under these sizes, by one of the operations of mlp_reshape's kind. */
mlp_value *reshaped(mlp_composition *c, const mlp_operation *operation, mlp_value *a, size_t ndim,
                    const size_t *shape);
/* The sum of all, or, as a dimension of size 1, along one. */
mlp_value *sum_of_all(mlp_composition *c, mlp_value *a);
mlp_value *sum_along(mlp_composition *c, mlp_value *a, size_t dim);

/* A step by one of the rows that are the gradient of another, with the step's options. */
mlp_value *gradient_step(mlp_composition *c, const mlp_operation *operation, mlp_value *dy,
                         mlp_value *const *inputs, size_t count);
/* The same for another dy, within the composition of such a row. */
mlp_value *gradient_again(mlp_composition *c, mlp_value *dy);

/* What multiplies dy in the gradient of gelu's, in its form with tanh. */
mlp_value *gelu_by_tanh_again(mlp_composition *c, mlp_value *x);

/* Names the node of the value as PyTorch does. */
mlp_value *called(mlp_composition *c, mlp_value *value, const char *grad_fn);
/* There is no such gradient of a gradient here: says why. */
void fail_composition(mlp_composition *c, const char *why);
/* Whether some element is the number. */
bool has_number(const mlp_composition *c, const mlp_value *value, double number);

/* What such rows share: check, forward and bound. */
bool check_gradient(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error);
void gradient_forward(const mlp_call *call);
void bound_gradient(const mlp_call *call, const mlp_bounds *bounds);
#define GRADIENT .outputs = 1, .check = check_gradient, .forward = gradient_forward
/* The compose of one that is linear in dy, and whose own gradient is that of dy: where the row is
 * its own transpose; and where its transpose is the row that it is the gradient of. */
compose_function compose_symmetric, compose_transposed;

#endif
