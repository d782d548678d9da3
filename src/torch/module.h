/* Modules: instances of torch.nn's classes and of the script's own. */
#ifndef MLPSTEP_TORCH_MODULE_H
#define MLPSTEP_TORCH_MODULE_H

#include "torch.h"

/* What calling a module does: its output from its inputs. */
typedef mlp_variable *nn_apply(call *c, nn_module *m, object **inputs);
/* The same of one whose output may be anything. */
typedef object *nn_pass(call *c, nn_module *m, object **inputs);

/* A class of torch.nn. */
typedef struct nn_class {
    const char *name;    /* Linear */
    const char *file;    /* <class 'torch.nn.modules.linear.Linear'>: linear */
    const char *options; /* its signature */
    /* Checks the options, which m has by now, and makes what the module needs; may be NULL. */
    void (*init)(call *c, nn_module *m);
    nn_apply *apply;
    nn_pass *pass;                  /* in place of apply */
    const char *inputs;             /* the signature of its forward */
    const char *function;           /* its name in torch.nn.functional; NULL: none of this row */
    const mlp_operation *operation; /* what apply_operation applies */
    /* The options in the brackets of its text; "?inplace" only where it is
     * neither False nor None, "=dim" without its name. */
    const char *shown[MLP_MAX_SHOWN + 1];
} nn_class;

/* The tables, each ended by a row without a name. */
extern const nn_class nn_layers[], nn_embeddings[], nn_norms[], nn_losses[], nn_containers[],
    nn_keyed[], nn_distances[], nn_activations[];

/* What is called around a forward, in the order of registration. */
typedef enum module_hook_kind {
    MODULE_FORWARD_PRE_HOOK,
    MODULE_FORWARD_HOOK,
    MODULE_FULL_BACKWARD_HOOK,
    MODULE_BACKWARD_HOOK, /* the old one: a module has one kind of the two */
    MODULE_HOOK_KINDS
} module_hook_kind;
typedef struct module_hook module_hook;

struct nn_module {
    const nn_class *type; /* of torch.nn; NULL: `class` derives from nn.Module itself */
    user_class *class;    /* the script's own, NULL where it is not of one */
    scope options;        /* of a class of torch.nn: its arguments by name, as they are now */
    scope attributes;     /* parameters, children and what the script assigns */
    scope buffers;        /* by register_buffer: a Tensor or None each, NULL of a former one */
    scope transient;      /* the names of those that state_dict() does not have */
    module_hook *hooks[MODULE_HOOK_KINDS];
    bool initialised; /* nn.Module.__init__ was called */
    bool training;
    nn_module *parent; /* which module it was first assigned to, NULL for a model */
    const char *name;  /* the attribute of the parent, or the variable of a model */
    mlp_origin origin;
    const native *forward; /* of its class of torch.nn, once it was called */
    bool warned;           /* of a weight of another shape */
    bool is_lazy;          /* its parameters are made when it is called first */
    nn_module *next;
    size_t walk;     /* the last walk over modules that came by */
    size_t children; /* parts: of most modules, those that are modules */
    binding *found;  /* the child that was looked for last ... */
    size_t found_at; /* ... and its index */
};

extern const struct type module_type;

object *module_object(call *c, nn_module *m);
bool is_module(const object *o);
nn_module *module_of(const object *o);

/* copy.deepcopy(), but for what the parts and hooks are. */
object *module_deep_copied(call *c, object *self, copies *deep);
/* Binds a part, or whatever else, to a name that it may have. */
void module_set_part(call *c, nn_module *m, const char *name, object *v);
/* Gives a copy the hooks of what it is a copy of. */
void module_copy_hooks(call *c, nn_module *to, const nn_module *from, copies *deep);

/* Adds a class to what scripts can name, with its function. */
void module_add_class(call *c, const nn_class *class);
/* An instance, not initialised, which the present call describes. */
nn_module *module_new(call *c, const nn_class *type, user_class *class);
/* What the forward of its class of torch.nn returns. */
nn_pass module_pass;
/* A module called: its forward. */
object *module_call(call *c, object *self, const arguments *given);
/* The same with one Tensor, by another module. */
object *module_apply(call *c, nn_module *m, object *input);

/* A module of the type for one call of the function `name` of torch.nn.functional, with the options
 * that it was given; a type NULL has none. */
nn_module *module_for_call(call *c, const nn_class *type, const char *name);

/* _modules, _parameters or _buffers; NULL of another name. */
object *module_table(call *c, nn_module *m, const char *name);
/* NULL where there is no such attribute. */
object *module_attribute(call *c, object *self, const char *name);
void module_set_attribute(call *c, nn_module *m, const char *name, object *o);
/* del m.name: false where there is no such attribute. */
bool module_remove_attribute(call *c, nn_module *m, const char *name);
/* An option of a torch.nn class, or the attribute that bears its name: the bias of a Linear. NULL
 * where the class has none of that name. */
object *module_option(const nn_module *m, const char *name);
/* Whether it is an argument of __init__ that PyTorch does not keep. */
bool module_forgets(const char *option);
/* Fails where nn.Module has taken the name of an attribute, which is a module or a parameter where
 * is_part, or that of a method of the class or its bases. */
void module_check_attribute(call *c, const char *name, bool is_part);
void module_check_class(call *c, const user_class *class);
/* The present value of such a Tensor; NULL where it is None. */
mlp_value *module_tensor(call *c, const nn_module *m, const char *name);

/* The path in the model: "net.0"; "" for the model itself. */
const char *module_path(call *c, const nn_module *m);
/* What a module is called in comments, messages and the names of its masks: its path in the model,
 * else the variable it was assigned to, else the name of its class. */
const char *module_label(call *c, const nn_module *m);
/* Calls visit for every parameter, in the order of state_dict, with its full name: one that is
 * shared is visited under each of its names. */
typedef void parameter_visit(call *c, const char *name, object *tensor, void *context);
void module_each_parameter(call *c, nn_module *m, const char *prefix, parameter_visit *visit,
                           void *context);
/* The same for what state_dict() has: buffers, too. */
void module_each_state(call *c, nn_module *m, const char *prefix, parameter_visit *visit,
                       void *context);
/* For the parameters, or for all buffers; those of the modules inside where `deep`. */
void module_each_own(call *c, nn_module *m, const char *prefix, bool buffers, bool deep,
                     parameter_visit *visit, void *context);
/* How often module_each_parameter would call it. */
size_t module_count_parameters(call *c, nn_module *m);
/* repr(module), and what stands in its brackets by its class of torch.nn. */
void module_write(call *c, const object *self, buffer *out);
native_call module_extra_repr;

/* nn.Parameter(data, requires_grad). */
object *new_parameter(call *c, const object *data, bool requires_grad);

/* nn.Sequential, nn.ModuleList and the like (contained.h): what they are asked by the language. Of
 * one whose parts have keys, the elements that a loop goes through are these. */
bool module_is_container(const nn_module *m);
size_t container_length(const nn_module *m);
object *container_element(call *c, nn_module *m, size_t index);
object *container_subscript(call *c, nn_module *m, object *index);
void container_assign(call *c, nn_module *m, object *index, object *part);
void container_remove(call *c, nn_module *m, object *index);
object *container_binary(call *c, operator op, object *a, object *b);
object *container_in_place(call *c, operator op, object *self, object *b);
/* Whether the attribute is one of its parts, and counts as a child. */
bool module_holds(const nn_module *m, const object *o);
/* What stands in the brackets of a ParameterList or ParameterDict. */
const char *contained_text(call *c, nn_module *m);

/* A forward with the module's hooks around it, of which it has some. */
typedef object *module_forward(call *c, nn_module *m, const char *name, const arguments *given);
bool module_has_hooks(const nn_module *m);
object *module_call_hooked(call *c, nn_module *m, const char *name, const arguments *given,
                           module_forward *forward);

/* When the script has ended: the names of parameters and origins. */
void modules_name_all(call *c);

/* Brings input and target of a loss to one shape, with PyTorch's warning where they have two. */
void loss_broadcast(call *c, mlp_request *request);
/* The init and the apply of every module that is one operation, its inputs and its options. */
void check_options(call *c, nn_module *m);
nn_apply apply_operation;
/* The same operation called as a function or method: a native whose data is this. */
typedef struct {
    const mlp_operation *operation;
    mlp_origin origin; /* without a name: its steps have none */
} spelled_operation;
native_call call_operation;
/* The same in place. */
native_call call_operation_in_place;

#endif
