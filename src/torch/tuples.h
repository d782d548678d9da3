/* The tuples of torch that are more: torch.Size, and those whose elements have names. */
#ifndef MLPSTEP_TORCH_TUPLES_H
#define MLPSTEP_TORCH_TUPLES_H

#include "torch.h"

/* torch.Size of the sizes. */
object *size_object(call *c, size_t ndim, const size_t *shape);

/* torch.return_types.max and the like: two elements, which are attributes too. */
object *return_type(call *c, const char *label, const char *const names[2], object *first,
                    object *second);
/* The same of more elements. */
object *return_type_of(call *c, const char *label, const char *const *names, object *const *items,
                       size_t count);
/* What load_state_dict() returns: its two lists of keys. */
object *incompatible_keys(call *c, object *missing, object *unexpected);

#endif
