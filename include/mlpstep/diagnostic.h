/* What went wrong, and where in the input. */
#ifndef MLPSTEP_DIAGNOSTIC_H
#define MLPSTEP_DIAGNOSTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A place in the input: line and column count from 1, the column and the width
 * in characters. line 0: no place. */
typedef struct mlp_span {
    size_t line, column, width;
} mlp_span;

typedef struct mlp_diagnostic {
    mlp_span where;
    char message[512]; /* one sentence, no newline, no full stop */
    char raises[512];  /* what PyTorch raises for it, "IndexError: ...", where that is known */
} mlp_diagnostic;

/* A warning, or what follows it. */
typedef struct mlp_warning mlp_warning;
struct mlp_warning {
    mlp_diagnostic diagnostic;
    mlp_warning *next;
};

/* Fills the message as printf does, cutting what does not fit; `where` is left
 * alone. Returns false, so that a failing function can end in `return mlp_error(...)`. */
bool mlp_error(mlp_diagnostic *diagnostic, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says what PyTorch raises for what the mlp_error to come refuses; returns the diagnostic, as its
 * first argument. */
mlp_diagnostic *mlp_raises(mlp_diagnostic *diagnostic, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes a text that may come from anywhere so that it neither ends the line nor tells the terminal
 * anything: control characters, those that turn the direction of the text, and bytes that are not
 * UTF-8 as escapes, \n, \x1b or \u202e. */
void mlp_text_write(FILE *out, const char *text);

/* Of the names, ended by NULL, the one that `name` is probably a misspelling of; NULL if none is. */
const char *mlp_nearest_name(const char *name, const char *const *names);

/* Where a line of the source begins, in bytes. Zeroed, it is none. */
typedef struct mlp_place {
    size_t line, offset;
} mlp_place;

/* Writes the diagnostic in the form of compilers, with the line of `source` it
 * speaks of and a caret below:
 *
 *   mine.py:14:14: error: w2 takes 3 features, but h has 2
 *      14 |         o = self.w2(h)
 *         |              ^~
 *
 * File name, message and line are written as by mlp_text_write. severity is "error" or
 * "warning". source may be NULL where there is none. Of many diagnostics of one source, in the order
 * of its lines, each begins to look for its line at that of the one before, which is left in *near;
 * near may be NULL. */
void mlp_diagnostic_write(FILE *out, const mlp_diagnostic *diagnostic, const char *severity,
                          const char *file, const char *source, size_t length, mlp_place *near);

#ifdef __cplusplus
}
#endif

#endif
