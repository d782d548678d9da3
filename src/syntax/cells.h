/* What the files share that read a text into cells: cells.c collects lines, magic.c looks at those
 * of a notebook, notebook.c and paste.c know where lines come from. */
#ifndef MLPSTEP_SYNTAX_CELLS_H
#define MLPSTEP_SYNTAX_CELLS_H

#include "mlpstep/cells.h"

#include "base/buffer.h"
#include "base/reader.h"

/* How far a statement has come at the end of a line. */
typedef struct {
    char quote; /* of a string that goes on, or 0 */
    bool triple;
    size_t depth;
    bool continued; /* by a backslash */
    bool asks;      /* the last of the line is a ? */
} progress;

typedef struct {
    reader reader;
    mlp_cells *cells;
    const mlp_cell **next;
    mlp_warning **next_removed;
    mlp_cell *cell; /* being collected, or NULL */
    buffer text;    /* of it */
    mlp_cell_line *lines;
    size_t line_capacity;
    size_t line; /* the next one's number */
    progress progress;
    bool fails_in_cell; /* so that the place of the error is one of the cells */
    enum {
        TAKES,         /* lines of Python, or of whatever else */
        SKIPS_COMMAND, /* the rest of one that a backslash continues */
        SKIPS_CALL,    /* the rest of a statement */
        SKIPS_CELL
    } state;
} cells_reader;

/* One physical line of a text, without its end. */
typedef struct {
    const char *text;
    size_t length, number;
    size_t shift; /* characters that stood before it */
} text_line;

/* A text whose lines are gone through. */
typedef struct {
    const char *at, *end;
    size_t number;
} text_lines;

bool next_line(text_lines *lines, text_line *line);
/* How many bytes of blanks a line begins with. */
size_t line_indentation(const text_line *line);
bool line_is_blank(const text_line *line);
bool line_begins(const text_line *line, const char *text);
/* The line without its first bytes. */
text_line line_behind(const text_line *line, size_t bytes);

void cell_begin(cells_reader *b, mlp_shows shows, size_t number, const char *source, size_t length);
void cell_add(cells_reader *b, const text_line *line);
void cell_end(cells_reader *b);
/* Notes that the last line added, from `line` on, is not what stands there. */
void cell_note(cells_reader *b, const text_line *line, const char *message);
/* Fails at a line of the cell that was not added yet. */
_Noreturn void cell_fail(cells_reader *b, const text_line *line, const char *message);

/* Adds a line of Python in which notebooks may have theirs. */
void magic_line(cells_reader *b, const text_line *line);
/* Whether a statement begins with the next line. */
bool progress_at_start(const progress *p);
void progress_over(progress *p, const text_line *line);

/* Whether it is a notebook, or what was copied: false leaves the script as it stands. */
bool notebook_is_one(const char *name, const char *text, size_t length);
void notebook_read(cells_reader *b);
void paste_read(cells_reader *b);

#endif
