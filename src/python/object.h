/* What a script computes with. */
#ifndef MLPSTEP_PYTHON_OBJECT_H
#define MLPSTEP_PYTHON_OBJECT_H

#include "script.h"

#include "base/nearest.h"
#include "syntax/operator.h"

#include <stdint.h>

struct node; /* of the tree, which only the language sees */

typedef struct object object;
typedef struct binding binding;
typedef struct scope scope;
struct type;
typedef struct native native;
typedef struct call call;
typedef struct user_class user_class;
typedef struct user_function user_function;
typedef struct instance instance;
typedef struct dict_index dict_index;
typedef struct set_order set_order;
typedef struct iterator iterator;

/* Names and what they are bound to, in the order they were first bound. */
struct binding {
    const char *name;
    object *object;
    binding *next;
};

struct scope {
    binding *first, *last;
    size_t count;          /* of them */
    map by_name;           /* where there are more than a few */
    const map *assigned;   /* names that the function assigns somewhere: they are its own */
    const map *globals;    /* names that it declares global */
    const map *nonlocals;  /* names that it declares nonlocal */
    bool is_comprehension; /* a scope of its own inside one, which has what := binds */
    bool is_module;        /* of a module of written.h, which does not see the script's names */
    bool is_kept;          /* what outlives the call refers to it: a function, a generator */
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
    OBJECT_DICT, /* keys and items */
    OBJECT_SET,  /* likewise, each key with itself */
    OBJECT_FROZEN_SET,
    OBJECT_NAMESPACE, /* a module that was imported, by its path */
    OBJECT_NATIVE,    /* a function or class written in C, with the object it belongs to */
    OBJECT_FUNCTION,  /* a def, with the object it is a method of */
    OBJECT_CLASS,
    OBJECT_STATIC_METHOD, /* of a class's members: what it wraps is `self` */
    OBJECT_CLASS_METHOD,  /* likewise */
    OBJECT_PROPERTY,
    OBJECT_NOT_IMPLEMENTED,
    OBJECT_SUPER,
    OBJECT_SLICE,    /* the start:stop:step of an index */
    OBJECT_ELLIPSIS, /* ... */
    OBJECT_LARGE,    /* a whole number that 64 bits do not hold: see large.h */
    OBJECT_RANGE,
    OBJECT_ITERATOR,  /* zip(...), enumerate(...) and the like: see iterate.h */
    OBJECT_INSTANCE,  /* of a class of the script that derives from nothing */
    OBJECT_EXTENSION, /* of a type that a library brings: as.data is the type's own */
    OBJECT_KINDS
} object_kind;

/* A whole number of any size, in digits of 32 bits, the least first, without zeros at the end. */
typedef struct large_number {
    const uint32_t *digits;
    size_t count;
    bool negative;
} large_number;

struct object {
    object_kind kind;
    bool is_ordered; /* a dict that is an OrderedDict */
    bool is_outside; /* a namespace of which nothing is supported: see outside.h */
    /* Of an extension; of a tuple or a dict of a kind of its own; else NULL. */
    const struct type *type;
    union {
        bool boolean;
        int64_t integer;
        large_number large;
        struct {
            double number, off; /* of a float, and how far off it may be: see off.h */
        };
        struct {
            const char *string; /* also a namespace's path */
            size_t bytes, characters;
            char *buffer; /* where the string can grow, see execute.c; else NULL */
            size_t room;  /* of the buffer; 0 from when another may have the string */
        };
        struct {
            object **items;
            union {
                object **keys;      /* of a dict */
                const char **names; /* of a tuple whose elements have names */
            };
            union {
                const char *label; /* what such a tuple is called */
                dict_index *index; /* of a dict with more than a few keys: where each stands */
            };
            size_t count;
            size_t capacity; /* of a list or a dict that grew; 0: no more than count */
        } sequence;
        struct {
            int64_t start, stop, step;
        } range;
        iterator *iterator;
        const native *native;
        user_function *function;
        user_class *class; /* of OBJECT_SUPER: where the search begins */
        struct {
            object *get, *set; /* functions; NULL where it has none */
        } property;
        instance *instance;
        struct {
            object *start, *stop, *step; /* NULL where left out */
        } slice;
        void *data; /* of an extension */
    } as;
    union {
        object *self;     /* of a bound NATIVE, FUNCTION or of SUPER; what a METHOD wraps */
        set_order *order; /* of a set: see set.c */
        object *factory;  /* of a defaultdict: what makes the items that it lacks */
        object *of;       /* of a tuple with names: its class */
    };
};

/* All objects of a function, bound or not, share it. */
struct user_function {
    const struct node *define;
    object **defaults;           /* of its parameters, NULL where one has none */
    scope *scope;                /* where it was defined */
    const user_function *around; /* in which it was defined, or NULL */
    user_class *class;           /* in whose body it was defined, or NULL */
    bool is_context;             /* its calls stand in `with`: contextlib.contextmanager */
    const object *mode;          /* of its decorator, or NULL */
    scope *attributes;           /* NULL where nothing was assigned to one */
    bool is_abstract;            /* see abstract.h */
    /* What it does where it has no body, see made.h; NULL: what its body says. */
    object *(*made)(call *c, const user_function *self, const scope *given);
};

struct user_class {
    const char *name;
    const char *path;      /* its name behind those of what it was defined in: its __qualname__ */
    const char *module;    /* "__main__", or the module of written.h that it is in */
    object *object;        /* itself */
    bool is_written;       /* it or its base is in such a module, which may lack something */
    user_class *metaclass; /* what the class itself does as an object, in written.h; or NULL */
    user_class *base;      /* the first; NULL: `native` */
    object *bases;         /* a tuple of them all, without object; NULL: none */
    user_class **order;   /* where it has several, see order.h: they are ended by NULL; else NULL */
    const native *native; /* the library's class that it or its base derives from, or NULL */
    const struct type *root; /* whose objects its instances are; NULL: it derives from nothing */
    object *fields;          /* of tuples with names: those, as a tuple; NULL: its base's, if any */
    bool checks_abstract;    /* see abstract.h */
    const struct node *body; /* its statements */
    const struct record *record; /* of @dataclass, see dataclass.h; NULL where it has none */
    scope members;
};

/* An object of a class that derives from nothing, or what one of a class that derives from list or
 * the like has beside, see derived.h. */
struct instance {
    user_class *class;
    object attributes; /* a dict */
    object *shared;    /* what self.__dict__ was set to, in place of these; or NULL */
    object *whole;     /* the object that it stands beside, or NULL */
};

/* The instance that it is or has; NULL: none. */
instance *object_instance_of(const object *o);
/* Its attributes: a dict. */
object *instance_attributes(instance *i);

object *object_none(script *s);
object *object_bool(script *s, bool boolean);
object *object_integer(script *s, int64_t integer);
object *object_large(script *s, large_number large);
object *object_float(script *s, double number);
object *object_string(script *s, const char *text);
object *object_sequence(script *s, object_kind kind, size_t count);
/* A dict without items. */
object *object_dict(script *s);
/* An object, without attributes, of a class that derives from nothing. */
object *object_instance(script *s, user_class *class);
/* An object of a library's type. */
object *object_extension(script *s, const struct type *type, void *data);

/* "int", "list", "MLP": the type as Python names it. */
const char *object_type(const object *o);
/* The name of its class, as Python's own messages have it: "NoneType", "method". */
const char *object_class_name(const object *o);
bool object_is_number(const object *o);
bool object_is_sequence(const object *o); /* a list or a tuple */
/* Whether it is an object, or a tuple or dict, of the type. */
bool object_is(const object *o, const struct type *type);
/* Of a bool, a whole number or a float. */
double object_as_number(const object *o);
/* The class of the script that it is an instance of; NULL where there is none. */
user_class *object_class(const object *o);

/* The exception that a script_fail to come is in Python: as script_raises, with any argument. */
script *script_raises_all(script *s, raises class, object *given); /* a tuple of them */
script *script_raises_object(script *s, raises class, object *given);

/* NULL where the name is not bound in this scope (its parents are not asked). */
object *scope_find(const scope *in, const char *name);
void scope_bind(script *s, scope *in, const char *name, object *o);
/* A member of the class or of its bases as it was assigned, NULL where there is none. */
object *class_member(const user_class *class, const char *name);
/* The same of those that stand behind `at` in the order of the class. */
object *class_member_behind(const user_class *class, const user_class *at, const char *name);
/* The same of the classes written in C that it derives from, bound to self. */
object *class_inherited(script *s, const user_class *class, const char *name, object *self);
/* What a member that was found is of self: a function is a method of it. */
object *bind_method(script *s, object *member, object *self);
/* The __qualname__ of a function. */
const char *function_path(script *s, const user_function *f);
/* Something refers to the scope, and to those around it, that may outlive the call. */
void scope_keep(scope *in);
/* Gives back what names are bound by. */
void scope_clear(script *s, scope *in);
/* Considers the names that are bound in the scope, or in the class and its bases. */
void scope_consider(const scope *in, nearest *near);
void class_consider(const user_class *class, nearest *near);

#endif
