/* What a library hands over to be known to scripts: the other half of the joint, beside type.h. */
#ifndef MLPSTEP_PYTHON_LIBRARY_H
#define MLPSTEP_PYTHON_LIBRARY_H

#include "native.h"
#include "type.h"

/* What is raised of an argument of another type: "function(): argument 'x' (position 1) must be
 * type, not list"; or, with an attribute, that it has none of that name. */
typedef struct misfit {
    const char *function, *type, *attribute;
    const char *given; /* the type of the argument; NULL: its class's name */
    bool is_handed_on; /* by its place, however it was given */
} misfit;

struct library {
    /* Adds its natives and constants, with native_add and native_constant. */
    void (*add)(call *c);
    void (*doubt)(script *s); /* it is in doubt from now on: see script_doubt */
    void (*settle)(call *c);  /* before what nothing points to is given out again */
    void (*finish)(call *c);  /* when the script has ended */
    const char *const *roots; /* what an import may begin with, ended by NULL */
    /* Other modules that scripts import, separated by blanks, of which nothing is supported. */
    const char *others;
    /* The paths that have members and are no modules, ended by NULL. */
    const char *const *instances;

    /* What to write instead of a path that it does not have; NULL where nothing is known, "" where
     * the path is known to mean something that is not supported. */
    const char *(*instead)(const char *path);
    /* Whether the library has the path where it is whole, as far as is known. */
    bool (*has)(script *s, const char *path);
    /* Whether the object, one of its own, has no such attribute where the library is whole; false
     * where that is not known. */
    bool (*lacks)(call *c, const object *o, const char *name);
    /* The same for a module that cannot be imported at all. */
    const char *(*instead_of_import)(const char *path);

    /* The modules of its own exceptions, GRADCHECK_ERROR and LIN_ALG_ERROR. */
    const char *errors[2];

    /* What the native raises where an argument is not of this type; false where that is
     * not known. */
    bool (*misfit)(script *s, const native *row, const char *type, const object *given,
                   misfit *says);

    const char *imports; /* "only ... can be imported" */
    const char *base;    /* the class that a script's classes derive from, as scripts write it */
    const char *signed_ones; /* what a sign may stand before: "numbers and ..." */
};

#endif
