/* Answers held against a trace: which are right, which are wrong, and why. */
#ifndef MLPSTEP_CHECK_H
#define MLPSTEP_CHECK_H

#include "mlpstep/answers.h"
#include "mlpstep/trace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_verdict {
    MLP_RIGHT,
    MLP_WRONG,
    MLP_CARRIED, /* not the true value, but what follows from the answers before it */
    MLP_BLANK
} mlp_verdict;

/* A slip that reproduces a wrong answer. */
typedef struct mlp_finding mlp_finding;
struct mlp_finding {
    const char *slug;     /* no-dropout-scale */
    const char *sentence; /* the kept values were not divided by 1 - p (0.25) */
    mlp_finding *next;    /* less likely */
};

typedef struct mlp_mark mlp_mark;
struct mlp_mark {
    mlp_verdict verdict;
    const mlp_answer *answer;
    const mlp_value *value;
    size_t differing; /* elements outside their tolerance */
    size_t worst;     /* of them, the one farthest off */
    double given, expected;
    const mlp_value *follows;    /* of a carried answer: the answer it follows from */
    const mlp_finding *findings; /* of a wrong answer; likeliest first */
    mlp_mark *next;
};

/* The tolerance of an element is half a unit of its last decimal, plus one float32 rounding of
 * the true value. An atol or rtol that is not negative replaces the rule: atol + rtol * |true|. */
typedef struct mlp_check_options {
    double atol, rtol;
} mlp_check_options;

typedef struct mlp_marks {
    mlp_mark *first; /* in the order of the step */
    size_t count[4]; /* by verdict */
} mlp_marks;

/* The trace must be finished. NULL with one diagnostic, placed in the answers' text, where a name
 * is not in the trace or a shape does not fit, or without memory. */
mlp_marks *mlp_check(mlp_arena *arena, const mlp_trace *trace, const mlp_answers *answers,
                     const mlp_check_options *options, mlp_diagnostic *error);

typedef enum mlp_check_format {
    MLP_CHECK_TEXT,
    MLP_CHECK_TAP /* TAP version 13 */
} mlp_check_format;

/* Writes the marks; quiet: the last line only. */
void mlp_marks_write(FILE *out, const mlp_marks *marks, mlp_check_format format, bool quiet,
                     bool colour);

#ifdef __cplusplus
}
#endif

#endif
