/* Numbers that somebody worked out, read from a text: an answer sheet, a saved report, a filled
 * worksheet, or what PyTorch printed. */
#ifndef MLPSTEP_ANSWERS_H
#define MLPSTEP_ANSWERS_H

#include "mlpstep/arena.h"
#include "mlpstep/diagnostic.h"
#include "mlpstep/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_answer mlp_answer;
struct mlp_answer {
    const char *name;  /* NULL: a tensor that stands alone, in a transcript */
    mlp_tensor tensor; /* float64; 0 where an element is blank */
    bool *given;       /* of each element; false where a ? stands */
    /* Half a unit of the last decimal that is written, of each element: 0.005 for 0.52, and for
     * 5.2e-1 too. 0 for a number without decimal point or exponent, and for nan and inf. */
    double *half_unit;
    mlp_span where; /* of its name, else of its first character */
    mlp_answer *next;
};

typedef struct mlp_answers {
    mlp_answer *first;  /* in the order of the text */
    bool is_transcript; /* no line has the form NAME = VALUE: what is no tensor was passed over */
} mlp_answers;

/* Reads `length` bytes; everything lives in the arena. NULL with one diagnostic where there is
 * nothing to read, a list is ragged, or a line of a sheet is no entry, comment or continuation. */
mlp_answers *mlp_answers_read(mlp_arena *arena, const char *text, size_t length,
                              mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
