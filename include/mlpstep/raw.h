/* Tensors that a program left as bytes in files, and the list that tells what they are.
 *
 * A line of the list is NAME SHAPE FILE, as w1.weight 3x2 w1.bin; blank lines and what follows a #
 * are skipped. SHAPE is 3x2, [3, 2] or (3, 2), and 1, [] or () of a single number; a NAME of ? stands
 * for the next tensor of the report that has this shape. Blanks in brackets are of the name, or of
 * the shape, and what is behind the shape, to the end of the line, is the file. It has the numbers,
 * last dimension fastest, as little-endian float32, and nothing else. */
#ifndef MLPSTEP_RAW_H
#define MLPSTEP_RAW_H

#include "mlpstep/answers.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_raw mlp_raw;
struct mlp_raw {
    const char *name; /* NULL: ? */
    const char *file;
    mlp_span where, where_file;
    size_t ndim, shape[MLP_MAX_DIMS], numel;
    mlp_raw *next;
};

/* Reads a list of `length` bytes; all it has is the arena's. False with one diagnostic where a line is
 * none of these, where there is no line, or without memory. */
bool mlp_raw_read(mlp_arena *arena, const char *text, size_t length, mlp_raw **first,
                  mlp_diagnostic *error);

/* Adds what is in the file, `length` bytes, behind the other answers, for mlp_check. False where these
 * are not as many as the shape has, or without memory. */
bool mlp_raw_add(mlp_arena *arena, const mlp_raw *raw, const char *bytes, size_t length,
                 mlp_answers *answers, mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
