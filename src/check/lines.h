/* A text as it was printed: its lines, and in each the numbers and what stands around them.
 *
 * A number is what is not part of a word or of a version (x2, 1.13.0), though letters may touch one
 * with decimals, as in 0.5s; with a sign where none could be an operator. A tensor(...) is one
 * thing, with its numbers, however many lines it has. Two lines that differ in their numbers, and
 * in the blanks around them, at most, have one skeleton. */
#ifndef MLPSTEP_CHECK_LINES_H
#define MLPSTEP_CHECK_LINES_H

#include "mlpstep/answers.h"
#include "mlpstep/printed.h"

#include "base/map.h"
#include "base/reader.h"

typedef struct printed_number {
    mlp_written written;
    bool in_tensor;       /* of one that has a note, or of theirs */
    const mlp_note *note; /* what it was, where that is known; else it is text like any other */
} printed_number;

typedef struct printed_tensor {
    const char *text;
    size_t length;
    size_t first, count; /* of its numbers, within the numbers of the text */
    const mlp_note *note;
} printed_tensor;

typedef struct printed_line {
    const char *text, *end; /* without the newline */
    size_t number, count;   /* of its first line, from 1 on, and how many lines it has */
    const char *skeleton;   /* one string for all lines, of either text, that have it */
    size_t first, numbers;  /* its numbers, those of its tensors too */
    size_t first_tensor, tensors;
} printed_line;

typedef struct printed_lines {
    printed_line *line;
    printed_number *number;
    printed_tensor *tensor;
    size_t count, numbers, tensors;
} printed_lines;

/* Splits the text, which must live as long as the lines; blank lines at its end count for nothing.
 * Skeletons are shared by way of the map,
 * which begins empty. */
printed_lines lines_split(reader *in, map *skeletons, const char *text, size_t length);

/* Whether the lines differ in numbers at most. */
bool lines_are_alike(const printed_line *a, const printed_line *b);

#endif
