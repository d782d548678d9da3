/* Answers held against a trace: which are right, where a mistake began, and which one it was.
 *
 * An answer is right where each number that it gives is the true one as far as it is written: with
 * k decimals, within half a unit of the kth, 0.5 * 10^-k, and one rounding of the tensor's dtype,
 * eps * |t|, of a true value t. True is what the script computes, and for float32 also what float64
 * gives from the decimal numbers that it was given, since a derivation on paper does not round.
 * Integers are compared exactly, and so are nan, inf and the whole numbers that PyTorch prints as
 * 1.
 *
 * No build of PyTorch gives all the bits of another. Of a trace that keeps bounds (see
 * mlpstep/bound.h), a number of the bound e is therefore right, too, within half a unit and 2 e of
 * the recorded one, which is as far as two builds may be from each other. That says something as
 * long as e is no wider than a thousandth of the value, e <= |t| / 1000; where it is wider, or
 * infinite, such a number is undecided: it may be another build's, and it may be a mistake. What is
 * beyond that is wrong; where the bound is infinite, nothing is.
 *
 * A wrong number is not held against what follows from it. The answers are read in the order of
 * the step, and each is also held against what its step gives from the earlier answers: an answer
 * that is not right, but within its tolerance of that, is carried. It follows from rounded
 * numbers u_i, each known within d_i, its own half unit. The tolerance of element j is therefore
 *
 *     0.5 * 10^-k + rounding_j + sum over i of max |f_j(u + d_i e_i) - f_j(u)|, |f_j(u - d_i e_i) - f_j(u)|
 *
 * where f are the steps from those answers to this one: the first-order bound on what the rounding
 * of the answers can do, taken at both ends of each. rounding_j is eps * |f_j|, the difference that
 * it makes to do the steps in the script's dtype instead of float64, and 2 e of the value. Where
 * there are very many u_i, the sum is estimated from some, scattered among them, and the largest
 * estimate counts. An earlier answer that is right, and follows from nothing wrong, counts as its
 * true value, with d_i = 0: whoever computed on had it in full. For those who computed on with what
 * they had written down, an answer is carried too where it is, within its own half unit, f of all
 * the written numbers: it follows from their rounding.
 *
 * A wrong answer is compared with what known slips would give, made in the steps nearest to it: see
 * src/check/slips.c. */
#ifndef MLPSTEP_CHECK_H
#define MLPSTEP_CHECK_H

#include "mlpstep/answers.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_verdict {
    MLP_RIGHT,
    MLP_WRONG,
    MLP_CARRIED,
    MLP_BLANK,
    MLP_UNDECIDED,
    MLP_VERDICTS /* their number */
} mlp_verdict;

/* In place of the rule of decimals and of the bounds: |written - t| <= atol + rtol * |t|. */
typedef struct mlp_tolerance {
    bool replaces; /* false: the rule of decimals */
    double atol, rtol;
} mlp_tolerance;

/* A slip that explains a wrong answer. */
typedef struct mlp_explanation mlp_explanation;
struct mlp_explanation {
    const char *slug, *sentence;
    mlp_explanation *next;
};

/* One answer, marked. */
typedef struct mlp_mark mlp_mark;
struct mlp_mark {
    const mlp_answer *answer;
    const mlp_value *value;
    const char *name; /* of the value */
    mlp_verdict verdict;
    size_t given;         /* numbers that are not ? */
    size_t differing;     /* given ones that are wrong, or carried */
    size_t undecided;     /* given ones that are neither right nor wrong */
    size_t worst;         /* of the differing ones the farthest off; else of the undecided ones */
    double carried_value; /* of a carried answer: what follows at `worst` from the earlier ones */
    const mlp_mark **follows; /* of a carried answer: the answers that it follows from ... */
    size_t follows_count;
    bool follows_rounding; /* ... which are right, but rounded */
    const mlp_explanation *explanations;
};

typedef struct mlp_marks {
    const mlp_mark **mark; /* in the order of the report */
    size_t count;
    size_t of[MLP_VERDICTS]; /* how many have each verdict */
} mlp_marks;

/* Marks the answers to a finished trace. An answer that names what the script does not have, or has
 * another shape, becomes a fault, and is left out of the marks. So is, in a transcript, what stands
 * behind a fault: there the order says what an answer is an answer to. False with one diagnostic
 * where there are too many faults, or without memory. */
bool mlp_check(mlp_arena *arena, const mlp_trace *trace, mlp_answers *answers,
               const mlp_tolerance *tolerance, mlp_marks *marks, mlp_diagnostic *error);

/* Whether nothing is wrong or carried. What is undecided may be right. */
bool mlp_marks_pass(const mlp_marks *marks);

typedef struct mlp_marks_options {
    bool quiet;  /* the last line only */
    bool colour; /* verdicts in colours of a terminal */
} mlp_marks_options;

/* Writes a line for each answer, its verdict, then its name; below, indented, what differs and
 * why; and a last line that counts the verdicts, undecided only where there are such. */
void mlp_marks_write(FILE *out, const mlp_marks *marks, const mlp_marks_options *options);
/* The same in the Test Anything Protocol, version 13: what is blank or undecided is skipped. */
void mlp_marks_write_tap(FILE *out, const mlp_marks *marks);

#ifdef __cplusplus
}
#endif

#endif
