/* The fields of a run, for the files of the language alone. */
#ifndef MLPSTEP_PYTHON_RUN_H
#define MLPSTEP_PYTHON_RUN_H

#include "native_index.h"
#include "object.h"

typedef struct frame frame;
typedef struct attempt attempt;
typedef struct unwinding unwinding;
typedef struct descent descent;
struct chance; /* the state of the module random */

/* A function being run. */
struct frame {
    scope locals;
    user_class *class;             /* for super() */
    const user_function *function; /* what is run; of a class, what is around */
    user_class *body;              /* the class whose body is run, or NULL */
    object *self;
    const object *mode;          /* what its decorator enters around it, or NULL */
    frame *caller;               /* of a free one, the next */
    size_t depth;                /* of calls of functions of the script, this one counted */
    struct resumable *resumable; /* of a def that yields: see resumable.h; else NULL */
    bool is_comprehension;       /* no function, but a scope of its own inside one, or at the top */
};

enum {
    SHARED_OBJECTS = 260 /* None, False, True and the first whole numbers */
};

struct script {
    reader reader;
    const library *library;
    void *library_state;
    bool is_python_3_12;
    const char *name;     /* sys.argv[0], or NULL */
    FILE *out;            /* where print() writes; NULL: nowhere */
    FILE *errors;         /* the same of sys.stderr */
    buffer text;          /* texts while they are put together */
    mlp_printed *printed; /* receives what is printed, also where `out` does not; or NULL */
    buffer printed_text;
    mlp_note *last_note;
    size_t noted;    /* bytes */
    mlp_shows shows; /* of the cell being run, */
    size_t prompt;   /* and its number; 0: none */
    scope *globals;
    frame *frame;       /* the function being run; NULL at the top level */
    frame *free_frames; /* those of calls that have ended, and what their names were bound by */
    binding *free_bindings;
    native_index index;   /* all that can be imported or called, see native_index.h ... */
    map natives;          /* ... and those that were, by path: see native.c */
    map identities;       /* what id() and hash() gave, see identity.h */
    map written;          /* the modules of written.h that have been run */
    map settings;         /* those natives that a script may set, as they were at first */
    map names;            /* strings that are keys of many dicts: see script_name */
    map signatures;       /* those read so far */
    attempt *attempt;     /* the innermost, see attempt.h; NULL: what fails ends the run */
    descent *descent;     /* the innermost, see format.h */
    unwinding *unwinding; /* what is to be undone if it fails */
    object *raises;       /* the exception that the failure to come is in Python, or NULL */
    object *raised;       /* the exception on its way to who catches it, or NULL */
    object *handled;      /* the exception whose handler runs, or NULL */
    struct resumable
        *last_resumable;   /* the call of a def that yields that was made last, or NULL */
    size_t depth;          /* of nested evaluation */
    struct chance *chance; /* NULL before it is asked for */
    const char *module;    /* the one of written.h that is being loaded; NULL: none */
    const char *starred;   /* "random or string": whose import * leaves names out; or NULL */
    bool is_postponed;     /* annotations are not evaluated: from __future__ import annotations */
    bool in_doubt;         /* see script_doubt */
    bool has_open_text; /* one was formed of a float that may be off, or of the library's object */
    mlp_budget *budget;
    object *shared[SHARED_OBJECTS];
    mlp_warning **next_warning;
    object *on_warning; /* what the module warnings does with those of the library, or NULL */
    map warned;         /* the warnings, by place and message */
};

#endif
