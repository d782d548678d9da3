/* What a script computes with, apart from tensors' contents. */
#ifndef MLPSTEP_PYTHON_OBJECT_H
#define MLPSTEP_PYTHON_OBJECT_H

#include "syntax/ast.h"

typedef struct object object;
typedef struct binding binding;
typedef struct native native;
typedef struct nn_module nn_module;
typedef struct user_class user_class;
typedef struct instance instance;
typedef struct optimizer optimizer;
typedef struct iterator iterator;

/* Names and what they are bound to, in the order they were first bound. */
struct binding {
    const char *name;
    object *object;
    binding *next;
};

struct scope {
    binding *first, *last;
    map by_name;
    const map *assigned; /* names that the function assigns somewhere: they are its own */
    const map *globals;  /* names that it declares global */
    scope *parent;
};

typedef enum object_kind {
    OBJECT_NONE,
    OBJECT_BOOL,
    OBJECT_INTEGER,
    OBJECT_FLOAT,
    OBJECT_STRING,
    OBJECT_LIST,
    OBJECT_TUPLE,
    OBJECT_DICT, /* of strings: keys and items; an OrderedDict unless it is plain */
    OBJECT_TENSOR,
    OBJECT_DTYPE,
    OBJECT_NAMESPACE, /* torch.nn and the like, by its path */
    OBJECT_NATIVE,    /* a function or class of torch, with the object it belongs to */
    OBJECT_FUNCTION,  /* a def, with the object it is a method of */
    OBJECT_CLASS,
    OBJECT_SUPER,
    OBJECT_MODULE,
    OBJECT_OPTIMIZER,
    OBJECT_SIZE,     /* torch.Size: a tuple of integers */
    OBJECT_SLICE,    /* the start:stop of an index */
    OBJECT_UNSIGNED, /* a whole number from 2^63 to 2^64-1, which only a seed can be */
    OBJECT_RANGE,
    OBJECT_ITERATOR,  /* zip(...), enumerate(...), parameters(): see iterate.h */
    OBJECT_GRAD_MODE, /* torch.no_grad() and its like, for a with statement */
    OBJECT_DEVICE,    /* torch.device('cpu') */
    OBJECT_INSTANCE,  /* of a class of the script that is no module */
    OBJECT_NODE,      /* the grad_fn of a tensor */
    OBJECT_KINDS
} object_kind;

struct object {
    object_kind kind;
    union {
        bool boolean;
        int64_t integer;
        double number;
        const char *string; /* also a namespace's path */
        struct {
            object **items;
            const char **keys; /* of a dict, or of the tuple that max(dim) returns */
            const char *type;  /* of that tuple: max */
            size_t count;
            size_t capacity; /* of a list or a dict that grew; 0: no more than count */
            bool plain;      /* a dict, and no OrderedDict */
        } sequence;
        struct {
            int64_t start, stop, step;
        } range;
        iterator *iterator;
        struct {
            bool enabled, previous;
            bool at_once; /* set_grad_enabled() works where it is called */
        } grad_mode;
        mlp_variable *tensor;
        mlp_dtype dtype;
        const native *native;
        struct {
            const node *define;
            object **defaults;  /* of its parameters, NULL where one has none */
            scope *scope;       /* where it was defined */
            user_class *class;  /* whose method it is, or NULL */
            const object *mode; /* of its decorator, or NULL */
        } function;
        user_class *class; /* of VALUE_SUPER: where the search begins */
        struct {
            const char *name; /* AddBackward0 */
            const mlp_step *step;
        } node;
        nn_module *module;
        instance *instance;
        optimizer *optimizer;
        struct {
            object *start, *stop; /* NULL where left out */
        } slice;
    } as;
    object *self; /* of a bound NATIVE, FUNCTION or of SUPER */
};

struct user_class {
    const char *name;
    user_class *base; /* NULL: nn.Module, or object where it is plain */
    bool plain;       /* not derived from nn.Module */
    scope members;
};

/* An object of a plain class. */
struct instance {
    user_class *class;
    scope attributes;
};

/* A function being run. */
struct frame {
    scope locals;
    user_class *class; /* for super() */
    object *self;
    const object *mode; /* torch.no_grad() above the def, or NULL */
    frame *caller;
};

object *object_none(script *s);
object *object_bool(script *s, bool boolean);
object *object_integer(script *s, int64_t integer);
object *object_unsigned(script *s, uint64_t integer);
object *object_float(script *s, double number);
object *object_string(script *s, const char *text);
object *object_sequence(script *s, object_kind kind, size_t count);
object *tensor_object(script *s, mlp_variable *variable);
object *module_object(script *s, nn_module *m);
/* The CPU, which is where everything is. */
object *device_object(script *s);

/* "int", "Tensor", "MLP": the type as Python names it. */
const char *object_type(const object *v);
bool object_is_number(const object *v);
/* Made by nn.Parameter or by a module for itself. */
bool is_parameter(const object *v);
bool object_is_sequence(const object *v); /* a list, a tuple or a torch.Size */
/* Of a bool, an integer or a float. */
double object_as_number(const object *v);

/* NULL where the name is not bound in this scope (its parents are not asked). */
object *scope_find(const scope *in, const char *name);
void scope_bind(script *s, scope *in, const char *name, object *v);

/* The name among candidates that `name` is probably a misspelling of; NULL if none is near.
 * Keep the best by calling it with each candidate. */
typedef struct nearest {
    const char *name, *best;
    size_t distance;
} nearest;
void nearest_consider(nearest *n, const char *candidate);
/* "; did you mean 'x'?" or "". */
const char *nearest_hint(script *s, const nearest *n);

#endif
