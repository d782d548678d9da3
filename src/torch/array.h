/* Arrays of numpy, and single numbers of them: tensor.numpy(). */
#ifndef MLPSTEP_TORCH_ARRAY_H
#define MLPSTEP_TORCH_ARRAY_H

#include "torch.h"

extern const struct type array_type;

bool is_array(const object *o);
/* Its numbers, in a Tensor without history. */
object *array_tensor(const object *o);
bool array_is_number(const object *o);
/* An array of the Tensor, or the number that it is without dimensions. */
object *array_part(call *c, object *tensor);

/* The name of the dtype that a string, or the type of single numbers, stands for; else NULL. */
const char *array_named_dtype(call *c, const object *o);

/* a op b, of which one is an array; -a, abs(a), ~a. */
object *array_binary(call *c, operator op, object *a, object *b);
object *array_negative(call *c, object *a);
object *array_absolute(call *c, object *a);
object *array_inverted(call *c, object *a);

#endif
