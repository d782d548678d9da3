/* A text being read: its memory, and the way out where it is wrong. Scripts and answers are read
 * by way of it. A function that cannot go on calls reader_fail, which returns to where setjmp was
 * called with `failed`. */
#ifndef MLPSTEP_BASE_READER_H
#define MLPSTEP_BASE_READER_H

#include "mlpstep/arena.h"
#include "mlpstep/diagnostic.h"

#include <setjmp.h>
#include <stdarg.h>

typedef struct reader {
    mlp_arena *arena;
    const char *source;
    size_t length;
    const char *needs; /* "the script needs": how the message begins that memory ran out */
    mlp_span at;       /* where that message is to point */
    mlp_diagnostic *error;
    bool exhausted;     /* that was for memory */
    const char *stack;  /* where it stood when nesting began ... */
    size_t stack_bytes; /* ... and how much of it nesting may use: see reader_limit_stack */
    jmp_buf failed;
} reader;

_Noreturn void reader_fail(reader *r, mlp_span where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void reader_vfail(reader *r, mlp_span where, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
/* Fails with the message already in r->error. */
_Noreturn void reader_give_up(reader *r, mlp_span where);
/* Fails where memory ran out. */
_Noreturn void reader_out_of_memory(reader *r);

/* From here on, all that is done for the text shall use at most so many bytes of the stack. */
void reader_limit_stack(reader *r, size_t bytes);
/* Around what can be nested without bound, `what`, a plural: fails where the stack is used up but
 * for what there must be for all else. */
void reader_check_stack(reader *r, mlp_span where, const char *what);

/* Makes every "\r\n" and "\r" of the source the "\n" that Python reads them as. */
void reader_unify_newlines(reader *r);

/* As mlp_arena_*, but they do not return without memory. */
void *reader_alloc(reader *r, size_t count, size_t size);
char *reader_vprintf(reader *r, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
char *reader_printf(reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *reader_copy(reader *r, const char *text, size_t length);

#endif
