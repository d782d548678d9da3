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

/* How many bytes the UTF-8 character at `text` has; 0 where there is none to be shown: control
 * characters and broken sequences of a hostile file must not reach the terminal. */
static size_t character_length(const char *text, size_t bytes) {
    const unsigned char first = (unsigned char)*text;
    if (first < 0x80)
        return (first >= 0x20 && first != 0x7F) || first == '\t';
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > bytes)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (begins_character(text[i]))
            return 0;
    return first == 0xC2 && (unsigned char)text[1] < 0xA0 ? 0 : length;
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
    for (size_t i = 0, n; i < bytes; i += n ? n : 1) {
        n = character_length(text + i, bytes - i);
        column += n || begins_character(text[i]);
        if (column < first || column >= first + WIDEST)
            continue;
        if (n)
            fwrite(text + i, 1, n, out);
        else
            fputc('?', out);
        if (column < at.column && blanks < WIDEST)
            blank[blanks++] = text[i] == '\t' ? '\t' : ' ';
    }
    fprintf(out, "\n      | %s^", blank);
    for (size_t i = 1; i < at.width && at.column + i < first + WIDEST; i++)
        fputc('~', out);
    fputc('\n', out);
}
