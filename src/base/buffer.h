/* Text that grows: kept in an arena, or passed on to a file as it comes. */
#ifndef MLPSTEP_BASE_BUFFER_H
#define MLPSTEP_BASE_BUFFER_H

#include "mlpstep/arena.h"

#include <stdbool.h>
#include <stdio.h>

/* With `out`, text goes there and nothing is kept; else it lies in the arena, and bytes[length] is
 * 0. Once memory ran out nothing is added any more. */
typedef struct buffer {
    mlp_arena *arena;
    FILE *out;
    char *bytes; /* NULL before the first text */
    size_t length, capacity;
    bool failed;
} buffer;

void buffer_add(buffer *b, const char *text, size_t length);
void buffer_text(buffer *b, const char *text);
/* `count` times the character. */
void buffer_fill(buffer *b, char character, size_t count);
void buffer_printf(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
