/* One run of one script: the language's state, its memory and its way out. A function that cannot
 * go on calls script_fail, which returns to script_run. */
#ifndef MLPSTEP_PYTHON_SCRIPT_H
#define MLPSTEP_PYTHON_SCRIPT_H

#include "mlpstep/cells.h"
#include "mlpstep/printed.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/reader.h"
#include "base/spend.h"

#include "raises.h"

#include <stdint.h>

typedef struct script script;
typedef struct library library;

typedef struct script_options {
    mlp_arena *arena;
    const char *source;
    size_t length;
    const mlp_cell *cells;  /* the source, read into them; or NULL */
    size_t stack;           /* bytes of it that the run may use */
    const char *name;       /* sys.argv[0]; NULL: the empty string */
    FILE *out;              /* where print() writes; NULL: nowhere */
    FILE *errors;           /* the same of sys.stderr */
    mlp_printed *printed;   /* receives what was printed, where the run ends well; may be NULL */
    const library *library; /* what the script can import beside Python's own modules */
    void *state;            /* the library's */
    bool is_python_3_12;    /* or later: OrderedDict({'a': 1}), sum() compensates */
    mlp_budget *budget;     /* what its work is charged to */
    mlp_warning **warnings; /* receives what the script was warned of, in order */
    mlp_diagnostic *error;
} script_options;

/* Runs the script to its end. False with one diagnostic where it is wrong or outside the subset. */
bool script_run(const script_options *options);

/* Ends the run with the message; or, where that is what Python raises, goes on where the script
 * catches it: write script_fail(script_raises(s, VALUE_ERROR, "Python's own message"), where, ...).
 * Without script_raises, what fails cannot be caught: it is outside the subset. */
_Noreturn void script_fail(script *s, mlp_span where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
script *script_raises(script *s, raises class, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Raises it with a message that is Python's own, and good enough to end the run with. */
_Noreturn void script_raise(script *s, mlp_span where, raises class, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with the message already in script_error(). */
_Noreturn void script_give_up(script *s, mlp_span where);
/* Fails where memory ran out. */
_Noreturn void script_out_of_memory(script *s);

/* The place, or, where that is none, being in a module of written.h, that of what the script does. */
mlp_span script_place(const script *s, mlp_span where);
/* From here on, that is the place of what the script does. */
void script_at(script *s, mlp_span where);

/* Around what the script can nest: fails where the stack could not bear it. `what` is a plural. */
void script_enter(script *s, mlp_span where, const char *what);
void script_leave(script *s);
/* The same where only the stack limits it: for the script's own code. */
void script_check_stack(script *s, mlp_span where, const char *what);
/* Counts one call or one turn of a loop: fails where a script would run without end. */
void script_spend(script *s, mlp_span where);
/* The same for so many of them. */
void script_spend_on(script *s, mlp_span where, size_t turns);
/* The same for work on so many numbers, or elements, that is done at one go. Bytes go faster, what
 * takes a function for each of them slower. */
enum {
    BUDGET_BYTES = 16, /* so many count as one number */
    BUDGET_CALL = 16   /* one of them counts as so many numbers */
};
void script_work(script *s, mlp_span where, uint64_t numbers);

/* As mlp_arena_*, but they do not return without memory. */
void *script_alloc(script *s, size_t count, size_t size);
char *script_printf(script *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *script_copy(script *s, const char *text, size_t length);
/* Both, one behind the other: what is done for each of thousands of names. */
char *script_join(script *s, const char *first, const char *second);

mlp_arena *script_arena(script *s);
mlp_diagnostic *script_error(script *s);
/* The state of the library that the script runs with. */
void *script_library_state(script *s);
/* From here on, what the script does may be something else where its library's arithmetic is that
 * of another build: it took a decision on numbers that lies within how far they may be off. */
void script_doubt(script *s);
/* Whether no function of the script is being run. */
bool script_is_at_top(const script *s);

#endif
