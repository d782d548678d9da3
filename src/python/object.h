/* What a script computes with, apart from tensors' contents. */
#ifndef MLPSTEP_PYTHON_OBJECT_H
#define MLPSTEP_PYTHON_OBJECT_H

#include "syntax/ast.h"

typedef struct value value;
typedef struct binding binding;
typedef struct native native;
typedef struct module module;
typedef struct user_class user_class;
typedef struct instance instance;
typedef struct optimizer optimizer;
typedef struct iterator iterator;

/* Names and what they are bound to, in the order they were first bound. */
struct binding {
    const char *name;
    value *value;
    binding *next;
};

struct scope {
    binding *first, *last;
    map by_name;
    const map *assigned; /* names that the function assigns somewhere: they are its own */
    const map *globals;  /* names that it declares global */
    scope *parent;
};

typedef enum value_kind {
    VALUE_NONE,
    VALUE_BOOL,
    VALUE_INTEGER,
    VALUE_FLOAT,
    VALUE_STRING,
    VALUE_LIST,
    VALUE_TUPLE,
    VALUE_DICT, /* of strings: keys and items; an OrderedDict unless it is plain */
    VALUE_TENSOR,
    VALUE_DTYPE,
    VALUE_NAMESPACE, /* torch.nn and the like, by its path */
    VALUE_NATIVE,    /* a function or class of torch, with the object it belongs to */
    VALUE_FUNCTION,  /* a def, with the object it is a method of */
    VALUE_CLASS,
    VALUE_SUPER,
    VALUE_MODULE,
    VALUE_OPTIMIZER,
    VALUE_SIZE,     /* torch.Size: a tuple of integers */
    VALUE_SLICE,    /* the start:stop of an index */
    VALUE_UNSIGNED, /* a whole number from 2^63 to 2^64-1, which only a seed can be */
    VALUE_RANGE,
    VALUE_ITERATOR,  /* zip(...), enumerate(...), parameters(): see iterate.h */
    VALUE_GRAD_MODE, /* torch.no_grad() and its like, for a with statement */
    VALUE_DEVICE,    /* torch.device('cpu') */
    VALUE_INSTANCE,  /* of a class of the script that is no module */
    VALUE_NODE,      /* the grad_fn of a tensor */
    VALUE_KINDS
} value_kind;

struct value {
    value_kind kind;
    union {
        bool boolean;
        int64_t integer;
        double number;
        const char *string; /* also a namespace's path */
        struct {
            value **items;
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
            value **defaults;  /* of its parameters, NULL where one has none */
            scope *scope;      /* where it was defined */
            user_class *class; /* whose method it is, or NULL */
            const value *mode; /* of its decorator, or NULL */
        } function;
        user_class *class; /* of VALUE_SUPER: where the search begins */
        struct {
            const char *name; /* AddBackward0 */
            const mlp_step *step;
        } node;
        module *module;
        instance *instance;
        optimizer *optimizer;
        struct {
            value *start, *stop; /* NULL where left out */
        } slice;
    } as;
    value *self; /* of a bound NATIVE, FUNCTION or of SUPER */
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
    value *self;
    const value *mode; /* torch.no_grad() above the def, or NULL */
    frame *caller;
};

value *value_none(script *s);
value *value_bool(script *s, bool boolean);
value *value_integer(script *s, int64_t integer);
value *value_unsigned(script *s, uint64_t integer);
value *value_float(script *s, double number);
value *value_string(script *s, const char *text);
value *value_sequence(script *s, value_kind kind, size_t count);
value *value_tensor(script *s, mlp_variable *variable);
value *value_module(script *s, module *m);
/* The CPU, which is where everything is. */
value *value_device(script *s);

/* "int", "Tensor", "MLP": the type as Python names it. */
const char *value_type(const value *v);
bool value_is_number(const value *v);
/* Made by nn.Parameter or by a module for itself. */
bool value_is_parameter(const value *v);
bool value_is_sequence(const value *v); /* a list, a tuple or a torch.Size */
/* Of a bool, an integer or a float. */
double value_as_number(const value *v);

/* NULL where the name is not bound in this scope (its parents are not asked). */
value *scope_find(const scope *in, const char *name);
void scope_bind(script *s, scope *in, const char *name, value *v);

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
