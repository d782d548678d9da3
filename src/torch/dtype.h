/* torch.float32 and the other dtypes, and torch.device. */
#ifndef MLPSTEP_TORCH_DTYPE_H
#define MLPSTEP_TORCH_DTYPE_H

#include "torch.h"

void add_dtypes(call *c);

bool dtype_is_signed(mlp_dtype dtype);
bool is_dtype(const object *o);
mlp_dtype dtype_of(const object *o);
object *dtype_object(call *c, mlp_dtype dtype);
/* The dtype= argument; the default dtype where it is None. */
mlp_dtype dtype_argument(call *c, const object *o);

/* The CPU, which is where everything is. */
object *device_object(call *c);
/* Refuses a device other than the CPU. */
void check_device(call *c, const object *o);

/* Refuses a memory_format other than that of the tensor itself, torch.preserve_format. */
void check_memory_format(call *c, const object *o);

#endif
