#include "buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

enum {
    FIRST = 256
};

/* Makes room for `more` bytes and the 0 after them; doubling keeps the copying in proportion. */
static bool reserve(buffer *b, size_t more) {
    if (b->failed || more >= SIZE_MAX / 2 - b->length) {
        b->failed = true;
        return false;
    }
    const size_t needed = b->length + more + 1;
    if (needed <= b->capacity)
        return true;
    const size_t doubled = b->capacity ? b->capacity * 2 : FIRST;
    const size_t capacity = doubled > needed ? doubled : needed;
    char *bytes = mlp_arena_numbers(b->arena, capacity, 1);
    b->failed = !bytes;
    if (!bytes)
        return false;
    if (b->length)
        memcpy(bytes, b->bytes, b->length);
    b->bytes = bytes;
    b->capacity = capacity;
    return true;
}

void buffer_add(buffer *b, const char *text, size_t length) {
    if (b->out) {
        fwrite(text, 1, length, b->out);
        return;
    }
    if (!reserve(b, length))
        return;
    memcpy(b->bytes + b->length, text, length);
    b->length += length;
    b->bytes[b->length] = '\0';
}

void buffer_text(buffer *b, const char *text) {
    buffer_add(b, text, strlen(text));
}

void buffer_fill(buffer *b, char character, size_t count) {
    char run[64];
    memset(run, character, sizeof run);
    for (size_t n; count && !b->failed; count -= n) {
        n = count < sizeof run ? count : sizeof run;
        buffer_add(b, run, n);
    }
}

void buffer_printf(buffer *b, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    if (b->out) {
        vfprintf(b->out, format, arguments);
    } else {
        const int length = vsnprintf(NULL, 0, format, arguments);
        if (length < 0)
            b->failed = true;
        else if (reserve(b, (size_t)length))
            b->length += (size_t)vsnprintf(b->bytes + b->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    va_end(arguments);
}
