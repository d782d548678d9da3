/* The options of an operation, out of a script's objects. */
#ifndef MLPSTEP_TORCH_OPTIONS_H
#define MLPSTEP_TORCH_OPTIONS_H

#include "torch.h"

/* Of a bool, an integer or a float. */
mlp_number option_number(const object *v);
/* The same where nothing keeps how far the number may be off: where it is, nothing that is computed
 * from here on has a bound. */
double option_exact(call *c, const object *v);
/* The same where the number decides what the script does: where it may be off, the run is in doubt. */
double option_decides(call *c, const object *v);
/* Fails where the number lies beyond the limits of the dtype. */
void option_check_fits(call *c, mlp_number number, mlp_dtype dtype);
/* The same of the number that a script gives. */
void option_check_object(call *c, const object *number, mlp_dtype dtype);
/* What PyTorch raises of such a number; c where that is not known. */
call *option_raises_overflow(call *c, mlp_dtype dtype);
/* Sets the option that has this name: to None, a number, a list of two or more, or the name of a
 * reduction. False where it cannot be that. */
bool option_set(call *c, mlp_options *options, const char *name, const object *v);
/* The same, but fails where it cannot. */
void option_require(call *c, mlp_options *options, const char *name, const object *v);

/* The option as the native function was given it, which has a parameter of this name. */
void option_take(call *c, mlp_options *options, const char *name);

/* 'none', 'mean' or 'sum'. */
mlp_reduction option_reduction(call *c, const object *v);
/* Has reduction say what the arguments size_average and reduce do, which are None from then on. */
void option_read_deprecated(call *c);

#endif
