/* Text in an arena, by whichever way that gives its memory. */
#include "mlpstep/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    SHORT = 128
};

char *mlp_arena_copy(mlp_arena *arena, const char *text, size_t length) {
    char *copy = length < SIZE_MAX ? mlp_arena_numbers(arena, length + 1, 1) : NULL;
    if (copy && length)
        memcpy(copy, text, length);
    return copy;
}

char *mlp_arena_vprintf(mlp_arena *arena, const char *format, va_list arguments) {
    char shorter[SHORT]; /* most texts are, and are formatted once */
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(shorter, sizeof shorter, format, arguments);
    char *text = length < 0 ? NULL : mlp_arena_numbers(arena, (size_t)length + 1, 1);
    if (text && length < SHORT)
        memcpy(text, shorter, (size_t)length);
    else if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *mlp_arena_printf(mlp_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = mlp_arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}
