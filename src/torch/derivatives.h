/* A function of the script, differentiated as a whole. */
#ifndef MLPSTEP_TORCH_DERIVATIVES_H
#define MLPSTEP_TORCH_DERIVATIVES_H

#include "function.h"
#include "tensor.h"

/* What becomes of the inputs that a script gives. */
typedef enum {
    WHOLE_DETACHES,      /* they are leaves of their own, which require grad */
    WHOLE_KEEPS_HISTORY, /* only those that require no grad are */
    WHOLE_KEEPS_ALL      /* they are taken as they are */
} whole_inputs;

/* A function, its inputs, and its result for them. */
typedef struct {
    object *function;
    object *inputs; /* a tuple of tensors */
    size_t count;
    bool is_one; /* the script gave one tensor, not several */
    mlp_value **values;
    object *results;   /* a tuple of tensors, one unless the inputs are taken as they are */
    size_t output;     /* which of them ... */
    mlp_value *result; /* ... this is */
    mode_guard guard;
} whole;

/* Calls c->arguments[0]. Nothing that is computed until restore_modes(c, &w->guard) gets an entry;
 * *w must stay where it is until then. */
void whole_begin(call *c, whole *w, object *given, whole_inputs inputs);

/* One tensor, or several, as a tuple; "the %s are tensors". */
object *derivative_tuple(call *c, object *given, const char *what);
/* Zeros in the shape of `like`, but for the number at `at`, if there is such a place. */
mlp_value *derivative_given(call *c, const mlp_value *like, size_t at, double number);

#endif
