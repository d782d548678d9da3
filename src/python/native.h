/* What torch offers: one table row for each function, class and method, under the name and
 * with the signature Python has for it. */
#ifndef MLPSTEP_PYTHON_NATIVE_H
#define MLPSTEP_PYTHON_NATIVE_H

#include "object.h"

enum {
    MAX_ARGUMENTS = 16
};

/* Called with the arguments in the order of the signature, defaults filled in. callee->self is
 * the object of a method, or the module that a class of torch.nn is to set up. */
typedef object *native_call(script *s, const object *callee, object **arguments);
/* What calling a module does: its output from its inputs. */
typedef mlp_variable *native_apply(script *s, nn_module *m, object **inputs);

struct native {
    const char *path; /* torch.tensor, Tensor.backward, print */
    /* As Python declares it, without self: "data, *, requires_grad: bool = False". A type is
     * checked; bool, int, uint64, float, str, Tensor, list and Optional[...] of them are known.
     * "*size" takes the positional arguments that are left, as one tuple, "**values" the keyword
     * arguments, as one dict. list takes anything that can be iterated over. */
    const char *signature;
    native_call *call; /* NULL: accepted, and does nothing, since it cannot change a result */
    /* Of a class of torch.nn: */
    native_apply *apply;
    const char *function;           /* its name in torch.nn.functional, where there is one */
    const char *inputs;             /* the signature of its forward */
    const mlp_operation *operation; /* what apply_operation applies */
    /* Of a method of Tensor: torch.NAME(input, ...) is the same. */
    bool is_function;
    const native *of; /* of a function that is a method or a module: that one */
};

/* The tables, each ended by a row without a path. */
extern const native native_python[], native_types[], native_math[], native_module[], native_torch[],
    native_random[], native_tensor[], native_named[], native_reduce[], native_cat[],
    native_queries[], native_nn[], native_losses[], native_containers[], native_init[],
    native_optim[];

/* The row, or NULL. */
const native *native_find(script *s, const char *path);
/* Considers the last parts of all paths that begin with prefix and a dot. */
void native_consider(script *s, nearest *n, const char *prefix);
/* The value that a path names: a namespace, a dtype or a native. NULL if there is none. */
object *native_value(script *s, const char *path, object *self);

/* Binds the arguments of a call to a signature: types checked, defaults filled in, each
 * misfit a diagnostic. `name` is what messages call the callee. */
void signature_bind(script *s, const char *name, const char *signature, const node *call,
                    object **arguments);
/* The value as it can take the place of an argument. */
object *signature_check(script *s, const char *name, const char *signature, const char *argument,
                        object *v, mlp_span where);
/* Names of the parameters in order, for attributes such as in_features; returns their number. */
size_t signature_names(script *s, const char *signature, const char *names[MAX_ARGUMENTS]);

#endif
