/* What the files of the script reader share: one run of one script, its memory and its way
 * out. A function that cannot go on calls script_fail, which returns to mlp_script_run. */
#ifndef MLPSTEP_PYTHON_SCRIPT_H
#define MLPSTEP_PYTHON_SCRIPT_H

#include "mlpstep/script.h"

#include "base/buffer.h"
#include "base/map.h"

#include <setjmp.h>

typedef struct script script;
typedef struct scope scope;
typedef struct frame frame;

enum {
    UNSEEDED = 0,
    SHARED_VALUES = 260 /* None, False, True and the first whole numbers */
};

struct script {
    mlp_arena *arena;
    mlp_trace *trace;
    const char *source;
    size_t length;
    mlp_rng rng;
    mlp_dtype dtype;         /* torch.get_default_dtype() */
    mlp_print_options print; /* torch.set_printoptions() */
    buffer text;             /* texts while they are put together */
    mlp_generator generator;
    FILE *out;          /* where print() writes; NULL: nowhere */
    bool reads_answers; /* no script is run: see mlp_answers_read */
    bool seeded;        /* by the script; until then by UNSEEDED, so that reports do not vary */
    scope *globals;
    frame *frame;              /* the function being run; NULL at the top level */
    struct nn_module *modules; /* all of them, the oldest first */
    struct nn_module **next_module;
    map natives; /* what torch offers, by path: see native.c */
    const char **native_paths;
    size_t native_count;
    mlp_span here; /* the call being evaluated, for messages of what it calls */
    size_t depth;  /* of nested evaluation */
    size_t budget; /* calls and turns of loops left */
    struct object *shared[SHARED_VALUES];
    map signatures; /* those read so far */
    map paths;      /* what torch.nn.functional.relu and the like name, once looked up */
    size_t walk;    /* over parameters, by number: see mlp_variable */
    mlp_diagnostic *error;
    mlp_warning **next_warning;
    jmp_buf failed;
};

_Noreturn void script_fail(script *s, mlp_span where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Fails with the message already in s->error. */
_Noreturn void script_give_up(script *s, mlp_span where);
/* Fails where memory ran out. */
_Noreturn void script_out_of_memory(script *s);
void script_warn(script *s, mlp_span where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Around what the script can nest: fails where the stack could not bear it. `what` is a plural. */
void script_enter(script *s, mlp_span where, const char *what);
void script_leave(script *s);
/* Counts one call or one turn of a loop: fails where a script would run without end. */
void script_spend(script *s, mlp_span where);
/* The same for work that takes as long as `steps` of them. */
void script_spend_on(script *s, mlp_span where, size_t steps);

/* Makes every "\r\n" and "\r" of the source the "\n" that Python reads them as. */
void script_unify_newlines(script *s);

/* As mlp_arena_*, but they do not return without memory. */
void *script_alloc(script *s, size_t count, size_t size);
char *script_printf(script *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *script_copy(script *s, const char *text, size_t length);

#endif
