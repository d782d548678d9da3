#include "reader.h"

#include "out_of_memory.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

void reader_give_up(reader *r, mlp_span where) {
    r->error->where = where;
    longjmp(r->failed, 1);
}

void reader_vfail(reader *r, mlp_span where, const char *format, va_list arguments) {
    vsnprintf(r->error->message, sizeof r->error->message, format, arguments);
    reader_give_up(r, where);
}

void reader_fail(reader *r, mlp_span where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    reader_vfail(r, where, format, arguments);
}

void reader_out_of_memory(reader *r) {
    out_of_memory(r->error, r->arena, r->needs);
    r->exhausted = true;
    reader_give_up(r, r->at);
}

/* Of the stack, what is done between two checks may use this much. The test `stack` measures it. */
enum {
    STACK_RESERVE = 24 << 10
};

void reader_limit_stack(reader *r, size_t bytes) {
    r->stack = __builtin_frame_address(0);
    r->stack_bytes = bytes > STACK_RESERVE ? bytes - STACK_RESERVE : 0;
}

void reader_check_stack(reader *r, mlp_span where, const char *what) {
    const uintptr_t here = (uintptr_t)__builtin_frame_address(0), from = (uintptr_t)r->stack;
    if ((here < from ? from - here : here - from) > r->stack_bytes)
        reader_fail(r, where, "%s are nested too deep for the stack of this run (%zu KiB)", what,
                    (r->stack_bytes + STACK_RESERVE) >> 10);
}

void *reader_alloc(reader *r, size_t count, size_t size) {
    void *memory = mlp_arena_alloc(r->arena, count, size);
    if (!memory)
        reader_out_of_memory(r);
    return memory;
}

char *reader_vprintf(reader *r, const char *format, va_list arguments) {
    char *text = mlp_arena_vprintf(r->arena, format, arguments);
    if (!text)
        reader_out_of_memory(r);
    return text;
}

char *reader_printf(reader *r, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = reader_vprintf(r, format, arguments);
    va_end(arguments);
    return text;
}

char *reader_copy(reader *r, const char *text, size_t length) {
    char *copy = mlp_arena_copy(r->arena, text, length);
    if (!copy)
        reader_out_of_memory(r);
    return copy;
}

void reader_unify_newlines(reader *r) {
    if (r->length == 0 || !memchr(r->source, '\r', r->length))
        return;
    char *text = reader_copy(r, r->source, r->length), *to = text;
    for (size_t i = 0; i < r->length; i++)
        if (text[i] != '\r')
            *to++ = text[i];
        else if (i + 1 == r->length || text[i + 1] != '\n')
            *to++ = '\n';
    r->source = text;
    r->length = (size_t)(to - text);
}
