/* Mathematics as LaTeX, with amsmath: for pdflatex, or for MathJax in a page of Markdown. */
#ifndef MLPSTEP_DERIVE_MATH_LATEX_H
#define MLPSTEP_DERIVE_MATH_LATEX_H

#include "math.h"

#include "base/buffer.h"

#include <stdbool.h>

typedef struct {
    buffer b;
    size_t points; /* how wide it is, about, in a font of 10 points */
    bool markdown; /* Markdown may take a backslash before a sign away: none stands there */
    bool in_line;  /* ... least of all within a line: rows of a matrix end otherwise */
    bool split;    /* each word may begin a line */
} latex;

/* Where the line may be broken stands a byte LATEX_BREAK, the points so far, and LATEX_BROKEN; within
 * \\text{ } the first one is LATEX_WORD_BREAK. */
enum {
    LATEX_BREAK = 1,
    LATEX_WORD_BREAK,
    LATEX_BROKEN
};
#define LATEX_BREAKS "\1\2"

typedef enum {
    TEXT_WORDS,
    TEXT_CODE, /* in a font of one width */
    TEXT_NAME  /* the same, and it may be broken behind a dot */
} text_use;

void math_write_latex(latex *l, const math *m);
/* The parts of a row from the first one up to `end`. */
void math_write_latex_parts(latex *l, const math *row, size_t first, size_t end);
/* A text outside of mathematics, for pdflatex alone. What its fonts do not have is written as
 * u4e2d. */
void latex_write_text(buffer *b, const char *text, text_use use);

#endif
