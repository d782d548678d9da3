/* Modules: instances of torch.nn's classes and of the script's own. */
#ifndef MLPSTEP_TORCH_MODULE_H
#define MLPSTEP_TORCH_MODULE_H

#include "python/native.h"

struct nn_module {
    const native *type; /* a class of torch.nn; NULL: `class` is the script's own */
    user_class *class;
    scope options;    /* of a class of torch.nn: its arguments by name, as they are now */
    scope attributes; /* parameters, children and what the script assigns */
    bool initialised; /* nn.Module.__init__ was called */
    bool training;
    nn_module *parent; /* which module it was first assigned to, NULL for a model */
    const char *name;  /* the attribute of the parent, or the variable of a model */
    mlp_origin origin;
    bool warned;                  /* of a weight of another shape */
    const mlp_value *unseeded[2]; /* weight and bias, where no seed was set before */
    nn_module *next;
};

/* An instance, not initialised; the constructing call gives its description. */
nn_module *module_new(script *s, const native *type, user_class *class, const node *call);
/* A class of torch.nn called with the arguments of `call`. */
object *module_construct(script *s, const native *type, const node *call);
/* A module called: its forward. */
object *module_call(script *s, nn_module *m, const node *call);
/* The same with inputs that are values already. */
object *module_apply(script *s, nn_module *m, object **inputs, size_t count);

/* A module of the type for one call of the function `name` of torch.nn.functional, with its options
 * in order; a type NULL has none. */
nn_module *module_for_call(script *s, const native *type, const char *name, object **options);
/* Such a function: the arguments are the inputs and the options of the module it is. */
native_call call_module_function;

/* NULL where there is no such attribute. */
object *module_attribute(script *s, object *self, const char *name);
void module_set_attribute(script *s, nn_module *m, const char *name, object *v, mlp_span where);
/* An option of a torch.nn class, or the attribute that bears its name: the bias of a Linear. NULL
 * where the class has none of that name. */
object *module_option(const nn_module *m, const char *name);

/* The path in the model: "net.0"; "" for the model itself. */
const char *module_path(script *s, const nn_module *m);
/* What a module is called in comments, messages and the names of its masks: its path in the model,
 * else the variable it was assigned to, else the name of its class. */
const char *module_label(script *s, const nn_module *m);
/* Calls visit for every parameter, in the order of state_dict, with its full name: one that is
 * shared is visited under each of its names. */
typedef void parameter_visit(script *s, const char *name, object *tensor, void *context);
void module_each_parameter(script *s, nn_module *m, const char *prefix, parameter_visit *visit,
                           void *context);

/* nn.Sequential and nn.ModuleList: modules in order, which have an index. */
bool module_is_container(const nn_module *m);
size_t container_length(const nn_module *m);
object *container_element(const nn_module *m, size_t index);
void container_set_element(script *s, nn_module *m, size_t index, object *v, mlp_span where);
object *container_slice(script *s, const nn_module *m, size_t start, size_t stop);

/* When the script has ended: the names of parameters and origins. */
void modules_name_all(script *s);

/* The apply of every module that is one operation of one input. */
native_apply apply_operation;
/* The same operation called as a function of torch.nn.functional. */
native_call call_operation;
/* Records an operation for the module, or for nobody (m NULL); fails where shapes do not fit. */
mlp_variable *apply_inputs(script *s, nn_module *m, const mlp_operation *operation,
                           mlp_value *const in[MLP_MAX_INPUTS],
                           const double option[MLP_MAX_OPTIONS]);

/* The same, the output a part of the module's name: loss.log_softmax. */
mlp_variable *apply_named(script *s, nn_module *m, const mlp_operation *operation,
                          mlp_value *const in[MLP_MAX_INPUTS], const double option[MLP_MAX_OPTIONS],
                          const char *suffix);
/* inplace=True: the input holds the result from now on. */
void put_in_place(script *s, mlp_variable *input, mlp_variable *result);

#endif
