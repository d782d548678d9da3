/* Functions, classes and methods written in C: one table row for each, under the name and with the
 * signature that Python has for it. */
#ifndef MLPSTEP_PYTHON_NATIVE_H
#define MLPSTEP_PYTHON_NATIVE_H

#include "call.h"

enum {
    MAX_ARGUMENTS = 16
};

/* What a row computes: c has the bound arguments. */
typedef object *native_call(call *c);

struct native {
    const char *path; /* math.sqrt, list.append, print */
    /* As Python declares it, without self: "data, /, *, copy: bool = False". A type is checked; bool,
     * int, uint64, float, str, sequence, list, the name of a library's type and Optional[...] of
     * them are known. index is an int or a bool, number an int or a float, float any of them,
     * sequence a list or a tuple, and list anything that can be iterated over. "dim/axis" has a
     * second name. "*size" takes the positional arguments that are left, as one tuple, with a type
     * one or more of them; "**values" the keyword arguments, as one dict.
     *
     * Of several ways to call it, "| dim: int, keepdim: bool = False", the first counts that fits.
     * Its arguments are all parameters of all of them; one that its call has no place for has the
     * default that another has, or is NULL. */
    const char *signature;
    native_call *call;    /* NULL: accepted, and does nothing, since it cannot change a result */
    const char *declared; /* of what Python's own `def` binds: what its TypeErrors call it, such as
                             Linear.__init__; self counts among its arguments */
    const char *class_name; /* of a class: as its repr has it */
    const char *name;       /* its __name__, where that is not the end of the path */
    bool is_type;           /* isinstance() takes it */
    bool is_class_method;   /* self is the class that it is looked up in */
    bool is_bound;          /* a method whose text tells what it is bound to, not an address */
    const struct type *instances; /* all whose objects are instances of the class, else NULL */
    const struct type *root; /* of a class that others may derive from: what their objects are */
    bool is_function;        /* for the library: the method is a function of it, too ... */
    bool takes_number;       /* ... which takes a number in the object's place */
    const void *data;        /* for the library */
};

/* Makes the row of a path, which lives as long as the run, when that is asked for first. NULL where it
 * puts the object there itself. */
typedef const native *native_make(call *c, const char *path, const void *data);

/* The language's own tables, each ended by a row without a path. */
extern const native native_builtins[], native_text_methods[], native_text_search[],
    native_text_fields[], native_list_methods[], native_dict_methods[], native_math[],
    native_math_more[], native_sorting[], native_elements[], native_dict[], native_sets[],
    native_integers[], native_outside[], native_generators[], native_contexts[];
/* Those of its modules. */
extern const native native_collections[], native_deque[], native_named_tuple[], native_copy[],
    native_dataclass[], native_dataclass_functions[], native_functools[], native_memo[],
    native_itertools[], native_combinatorics[], native_abstract[], native_math_special[],
    native_text_tables[], native_clock[], native_json[], native_python_statistics[],
    native_identity[], native_kinds[], native_bytes[], native_struct[], native_float_methods[],
    native_derived[], native_int_methods[];

/* Adds a row, which must live as long as the run; all rows of a table; what a path stands for; the
 * same of one that a script may set, to another object of the kind. */
void native_add(script *s, const native *row);
void native_add_table(script *s, const native *table);
void native_constant(script *s, const char *path, object *o);
void native_setting(script *s, const char *path, object *o);
/* Adds space.name, or space where name is NULL, whose row is yet to be made. */
void native_defer(script *s, const char *space, const char *name, native_make *make,
                  const void *data);
/* Adds a module of which nothing is supported, and those around it: it can be imported under any
 * name, and what is looked for in it is refused by its own path. */
void native_namespace(script *s, const char *path);
/* real, imag, numerator and denominator of a number; NULL: another name. */
object *number_attribute(script *s, object *o, const char *name);
/* What the modules operator, random, string and textwrap have. */
void native_add_operators(script *s);
void native_add_chance(script *s);
void native_add_text_modules(script *s);
/* The language's own. */
void native_add_python(script *s);

/* Whether the path is that of a class whose methods can be called with their object in front, or
 * begins with it and a dot: str.lower('A'). */
bool native_has_plain_methods(const char *path);
/* The row, or NULL. */
const native *native_find(script *s, const char *path);
/* Considers the last parts of all paths that begin with prefix and a dot. */
void native_consider(script *s, nearest *n, const char *prefix);
/* The names of what there is in a module, some of them several times; *at is 0 at first. NULL at
 * their end. */
const char *native_next(script *s, const char *space, size_t *at);
/* What a path names: a namespace, a constant or a native, bound to self unless that is NULL. NULL
 * if there is none. */
object *native_object(script *s, const char *path, object *self);
/* The row, which need not be one that was added, bound to self. */
object *native_bound(script *s, const native *row, object *self);
/* What `space`.`name` names, as native_object. */
object *native_member(script *s, const char *space, const char *name, object *self);
/* Whether a script may set what the path stands for; what it stands for from now on. */
bool native_is_setting(script *s, const char *path);
void native_set(script *s, const char *path, object *o);

/* Binds the arguments of a call to a signature: types checked, defaults filled in, each
 * misfit a diagnostic. `name` is what messages call the callee, `row` says what is raised; it may
 * be NULL, and has this signature or that of another way to call the same. */
void signature_bind(call *c, const char *name, const native *row, const char *signature,
                    const arguments *given, object **bound);
/* The object as it can take the place of an argument. */
object *signature_check(call *c, const char *name, const char *signature, const char *argument,
                        object *o);
/* The default of parameter i, an empty tuple of "*size"; NULL where it has none. */
object *signature_default(script *s, const char *signature, size_t i);
/* Names of the parameters in order, for attributes; returns their number. */
size_t signature_names(script *s, const char *signature, const char *names[MAX_ARGUMENTS]);

#endif
