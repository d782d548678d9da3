#include "mlpstep/diagnostic.h"

#include <stdarg.h>
#include <string.h>

bool mlp_error(mlp_diagnostic *diagnostic, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(diagnostic->message, sizeof diagnostic->message, format, arguments);
    va_end(arguments);
    return false;
}

/* The bytes of a line of the source, without its end. */
static const char *find_line(const char *source, size_t length, size_t line, size_t *bytes) {
    const char *end = source + length, *start = source;
    for (size_t n = 1; n < line; n++) {
        const char *newline = memchr(start, '\n', (size_t)(end - start));
        if (!newline)
            return NULL;
        start = newline + 1;
    }
    const char *newline = memchr(start, '\n', (size_t)(end - start));
    *bytes = (size_t)((newline ? newline : end) - start);
    if (*bytes && start[*bytes - 1] == '\r')
        (*bytes)--;
    return start;
}

static bool begins_character(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* One line of source may be a megabyte: show at most the part around the caret. */
enum {
    MARGIN = 72,
    WIDEST = 150
};

void mlp_diagnostic_write(FILE *out, const mlp_diagnostic *diagnostic, const char *severity,
                          const char *file, const char *source, size_t length) {
    const mlp_span at = diagnostic->where;
    if (at.line == 0) {
        fprintf(out, "%s: %s: %s\n", file, severity, diagnostic->message);
        return;
    }
    fprintf(out, "%s:%zu:%zu: %s: %s\n", file, at.line, at.column, severity, diagnostic->message);
    size_t bytes = 0;
    const char *text = source ? find_line(source, length, at.line, &bytes) : NULL;
    if (!text)
        return;
    const size_t first = at.column > MARGIN + 1 ? at.column - MARGIN : 1;
    char blank[WIDEST + 1] = "";
    size_t column = 0, blanks = 0;
    fprintf(out, "%5zu | ", at.line);
    for (size_t i = 0; i < bytes; i++) {
        column += begins_character(text[i]);
        if (column < first || column >= first + WIDEST)
            continue;
        const unsigned char byte = (unsigned char)text[i];
        /* Control characters of a hostile file must not reach the terminal. */
        fputc((byte < 0x20 && byte != '\t') || byte == 0x7F ? '?' : byte, out);
        if (column < at.column && begins_character(text[i]))
            blank[blanks++] = text[i] == '\t' ? '\t' : ' ';
    }
    fprintf(out, "\n      | %s^", blank);
    for (size_t i = 1; i < at.width && at.column + i < first + WIDEST; i++)
        fputc('~', out);
    fputc('\n', out);
}
