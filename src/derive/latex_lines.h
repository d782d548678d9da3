/* Equations as the rows of an environment of amsmath: align*, or aligned. */
#ifndef MLPSTEP_DERIVE_LATEX_LINES_H
#define MLPSTEP_DERIVE_LATEX_LINES_H

#include "document.h"
#include "math_latex.h"

typedef struct {
    latex side;    /* what is being written */
    buffer rows;   /* what is */
    size_t width;  /* points that a row may take */
    size_t widest; /* points that one takes */
    size_t column; /* of the last row */
} latex_lines;

/* The rows of the blocks from `first` on that stand below each other, their = in one column. Returns
 * the block behind them. */
const block *latex_add_equations(latex_lines *l, const block *first);
/* The text of a side without the places where it may be broken. */
void latex_put(buffer *out, const char *text);

/* A row of words and mathematics: what is one kind from a part on, and where it ends. */
typedef enum {
    PIECE_WORDS,
    PIECE_CODE,
    PIECE_MATH
} piece_kind;
piece_kind latex_piece(const math *row, size_t first, size_t *end);

#endif
