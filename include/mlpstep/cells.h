/* A script as people keep it: a notebook, or what was copied out of one, out of a terminal or out of
 * a text. Read into cells, whose statements are Python's, each line with the place it has there. */
#ifndef MLPSTEP_CELLS_H
#define MLPSTEP_CELLS_H

#include "mlpstep/arena.h"
#include "mlpstep/diagnostic.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which expressions that stand alone are shown, as if by print(repr(...)). */
typedef enum mlp_shows {
    MLP_SHOWS_NOTHING, /* a file that python3 runs */
    MLP_SHOWS_LAST,    /* a notebook: the last one of a cell, unless a ; follows */
    MLP_SHOWS_ALL      /* the interpreter: each that stands outside functions */
} mlp_shows;

/* Where a line of a cell stands in the text that it was taken from. */
typedef struct mlp_cell_line {
    size_t line;
    size_t shift; /* what was taken off in front of it, in characters */
} mlp_cell_line;

/* Statements that are read at one go: what is open at their end is not closed by the next ones. */
typedef struct mlp_cell mlp_cell;
struct mlp_cell {
    const char *text; /* `length` bytes */
    size_t length;
    size_t line; /* the number of its first line, which goes on from cell to cell */
    mlp_shows shows;
    size_t number;      /* which one of a notebook's it is, from 1; 0: of no notebook */
    size_t prompt;      /* the number in its In [1]:, or `number`; 0: it has none */
    const char *source; /* what its lines were taken from: itself in a notebook, or the file */
    size_t source_length;
    const mlp_cell_line *lines; /* `line_count`, at least one */
    size_t line_count;
    const mlp_cell *next;
};

typedef struct mlp_cells {
    const mlp_cell *first; /* NULL: the text is a script as it stands */
    mlp_warning *removed;  /* notes of the lines that are not Python's */
} mlp_cells;

/* Reads the text (`length` bytes) of the file of that name into cells, all in the arena. A notebook
 * (format 3 or 4) is told by its name, NAME.ipynb, or, unless that is NAME.py, by beginning with {
 * and having "cells"; other things by their first line. False with one diagnostic, whose place is
 * one in the cells where there are some, else in the text. */
bool mlp_cells_read(mlp_arena *arena, const char *name, const char *text, size_t length,
                    mlp_cells *cells, mlp_diagnostic *error);

/* The cell of a line; NULL where there are no cells or the line is 0. Moves *where to its place in
 * the cell's source. */
const mlp_cell *mlp_cells_find(const mlp_cells *cells, mlp_span *where);

#ifdef __cplusplus
}
#endif

#endif
