/* Messages, and the line of the source that they speak of. */
#include "mlpstep/diagnostic.h"

#include "text.h"

#include <stdarg.h>
#include <string.h>

bool mlp_error(mlp_diagnostic *diagnostic, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(diagnostic->message, sizeof diagnostic->message, format, arguments);
    va_end(arguments);
    return false;
}

mlp_diagnostic *mlp_raises(mlp_diagnostic *diagnostic, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(diagnostic->raises, sizeof diagnostic->raises, format, arguments);
    va_end(arguments);
    return diagnostic;
}

/* The end of the line: Python ends one with "\n", "\r\n" or "\r". */
static const char *end_of_line(const char *at, const char *end) {
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    return at;
}

/* The bytes of a line of the source, without its end, and without a byte order mark before it. */
static const char *find_line(const char *source, size_t length, size_t line, mlp_place *near,
                             size_t *bytes) {
    const bool is_behind = near->line > 0 && near->line <= line;
    const char *end = source + length;
    const char *start = source + (is_behind ? near->offset : text_mark_length(source, length));
    for (size_t n = is_behind ? near->line : 1; n < line; n++) {
        start = end_of_line(start, end);
        if (start == end)
            return NULL;
        start += end - start > 1 && start[0] == '\r' && start[1] == '\n' ? 2 : 1;
    }
    *near = (mlp_place){line, (size_t)(start - source)};
    *bytes = (size_t)(end_of_line(start, end) - start);
    return start;
}

/* One line of source may be a megabyte: show at most the part around the caret. */
enum {
    MARGIN = 72,
    WIDEST = 150
};

/* A message may quote the script. */
static void write_message(FILE *out, const char *severity, const char *message) {
    fprintf(out, "%s: ", severity);
    mlp_text_write(out, message);
    fputc('\n', out);
}

/* The part of the line around the caret, and the caret below. A tab stays one. */
static void write_line(FILE *out, mlp_span at, const char *text, size_t bytes) {
    const size_t first = at.column > MARGIN + 1 ? at.column - MARGIN : 1;
    char blank[WIDEST * TEXT_SHOWN + 1] = "", shown[TEXT_SHOWN];
    size_t column = 0, before = 0, below = 0;
    fprintf(out, "%5zu | ", at.line);
    for (size_t i = 0, n; i < bytes; i += n) {
        n = text_show(text + i, bytes - i, shown);
        column += text_begins_character(text[i]);
        if (column < first || column >= first + WIDEST)
            continue;
        const bool tab = text[i] == '\t';
        const size_t width = tab ? 1 : text_count_characters(shown, shown + strlen(shown));
        fputs(tab ? "\t" : shown, out);
        if (column < at.column && before + width < sizeof blank)
            memset(blank + before, tab ? '\t' : ' ', width);
        before += column < at.column ? width : 0;
        below += column >= at.column && column - at.column < at.width ? width : 0;
    }
    fprintf(out, "\n      | %s^", blank);
    for (size_t i = 1; i < below; i++)
        fputc('~', out);
    fputc('\n', out);
}

void mlp_diagnostic_write(FILE *out, const mlp_diagnostic *diagnostic, const char *severity,
                          const char *file, const char *source, size_t length, mlp_place *near) {
    const mlp_span at = diagnostic->where;
    if (at.line == 0) {
        mlp_text_write(out, file);
        fputs(": ", out);
        write_message(out, severity, diagnostic->message);
        return;
    }
    mlp_text_write(out, file);
    fprintf(out, ":%zu:%zu: ", at.line, at.column);
    write_message(out, severity, diagnostic->message);
    mlp_place start = {0};
    size_t bytes = 0;
    const char *text =
        source ? find_line(source, length, at.line, near ? near : &start, &bytes) : NULL;
    if (text)
        write_line(out, at, text, bytes);
}
