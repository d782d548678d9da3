/* Answers held against a trace: which are right, where a mistake began, and which one it was.
 *
 * An answer is right where each number that it gives is the true one as far as it is written: with
 * k decimals, within half a unit of the kth, 0.5 * 10^-k, and one rounding to float32, 2^-23 |t|, of
 * a true value t; in float64 that rounding counts for a hundredth of the half unit at most. True is
 * what the script computes, and for float32 also what float64 gives from the decimal numbers that
 * it was given, since a derivation on paper does not round. Integers are compared exactly, and so
 * are nan, inf and the whole numbers that PyTorch prints as 1.
 *
 * No build of PyTorch gives all the bits of another. Of a trace that keeps bounds (see
 * mlpstep/bound.h), a number of the bound e is therefore right, too, within half a unit and 2 e of
 * the recorded one, which is as far as two builds may be from each other. That says something as
 * long as e is no wider than a thousandth of the value, e <= |t| / 1000; where it is wider, or
 * infinite, such a number is undecided: it may be another build's, and it may be a mistake. What is
 * beyond that is wrong; where the bound is infinite, nothing is. This goes for a saved report as for
 * every other text: what another build may have printed passes, and what is undecided does.
 *
 * What the script gives, as its inputs and first weights, is nobody's answer: it is not marked. A
 * text that gives it otherwise is of another exercise. In a sheet that is a fault; in a text that a
 * program printed, as lines NAME = tensor(...) with four decimals may be, too, it differs, and all
 * that follows from it is carried.
 *
 * A number that somebody wrote by hand has to tell something: at least min_digits significant
 * digits, or as many as the true number has when it is rounded to six decimals, if these are fewer. 0
 * is right only where those are none. A number with four decimals, as PyTorch prints it (in 1.5000e-03
 * those in front of the e), is not by hand, whatever min_digits is, and 0.0000 is such a one; nor is
 * any in a transcript, or in a report: a text without a line # worksheet, but with a heading
 * # forward, # backward or # step, and with what the script gives, in which all numbers stand in
 * tensor(...) and all decimal ones have the same number of decimals, two or more.
 *
 * A wrong number is not held against what follows from it. The answers are read in the order of
 * the step, and each is also held against what its step gives from the earlier answers: an answer
 * that is not right, but within its tolerance of that, is carried. It follows from rounded
 * numbers u_i, each known within d_i, its own half unit. The tolerance of element j is therefore
 *
 *     0.5 * 10^-k + rounding_j
 *         + sum over i of max |f_j(u + d_i e_i) - f_j(u)|, |f_j(u - d_i e_i) - f_j(u)|
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
 * What is left open on the way, blank or not in the sheet at all, may have been computed on with as
 * its author writes: with so many significant digits, or decimals, as most of his numbers have, if
 * four have, and one decimal at least; cut off, where more of his answers were cut off than rounded.
 * An answer is carried where it is, within its own half unit, what follows so from the written
 * numbers.
 *
 * An answer is carried if it follows by any of these ways: as the script computes it; by the routes
 * that the operations name (mlp_route): a loss over log_softmax(x) by the answer for softmax(x), and
 * its gradient likewise, a weight by its new momentum buffer, or by Adam's new averages where both are
 * answered; and past one answer that is not right, from what comes before that.
 *
 * Who makes a slip makes it again: at each parameter and each step of an optimizer, in the gradient
 * of a loss and wherever the loss is computed again, in dropout forward and backward, at each gradient
 * that is not set to zero. It is wrong once. An answer that follows only if the slip was made again is
 * carried, and repeats it.
 *
 * Numbers may have been cut off, not rounded. That is asked where rounding does not explain an answer:
 * it was cut off if its numbers are what is left, behind their last digits, of the true ones, or of
 * what follows from all that is written. The first such answer is wrong, and named; the others have
 * the same slip, and are carried. Behind a mistake half a unit counts as a whole one, and what is
 * within that is carried. Nobody cuts off and rounds by turns: where more answers were rounded so far,
 * this does not count, nor in slips. An answer was rounded if rounding explains it, and cutting
 * off, by the script's way and by routes, does not. Whole numbers, and what a program printed, are
 * never cut off.
 *
 * A wrong answer is compared with what known slips would give, made in the steps nearest to it: see
 * src/check/slips.c. If several explain it, that one goes first which, made again, explains most
 * other answers that are not right, less those that are right and would not be, of the same backward
 * or up to the optimizer's next step; where more speaks against all of them, one of writing. A slip of
 * writing is also looked for in what follows from the numbers as they are written.
 *
 * Before all of these an answer is held against what has its name in other steps of the training: what
 * is right there is wrong, and the step is named. What a parameter was in the step before, where the
 * answer says of which step it is, was not updated.
 *
 * Few digits fit one of many slips by chance. A slip that gives value v, where t is right and w is
 * written, within d, does so with the chance
 *
 *     product over the numbers that are wrong of d / max(|t|, |v|, |w|)
 *
 * without the likeliest to tell of a row that has the sum 0 or 1 anyhow. These chances are added up
 * over all slips, in all their variants and in all steps, in the order in which they are tried: the
 * step itself first, then those before it, one by one. A slip is named where the sum, up to it, is at
 * most 0.02; or, where three computed answers before it are right or carried, 0.05. Slips of writing,
 * and other steps, whose product is over all numbers of the answer, and those that are made most often,
 * are weighed by themselves: up to 0.02, or 0.1. A habit that explains another answer, too, as above,
 * needs none. */
#ifndef MLPSTEP_CHECK_H
#define MLPSTEP_CHECK_H

#include "mlpstep/answers.h"
#include "mlpstep/printed.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_verdict {
    MLP_RIGHT,
    MLP_WRONG,
    MLP_CARRIED,
    MLP_BLANK,     /* some of its numbers, at least, while none is wrong or carried */
    MLP_UNDECIDED, /* a number, or a way, that another build of PyTorch need not have */
    MLP_DIFFERENT, /* text of a transcript; what the script gives, in what a program printed */
    MLP_VERDICTS   /* their number */
} mlp_verdict;

/* In place of the rule of decimals and of the bounds: |written - t| <= atol + rtol * |t|. Then
 * nothing is undecided. */
typedef struct mlp_tolerance {
    bool replaces; /* false: the rule of decimals */
    double atol, rtol;
} mlp_tolerance;

/* The same for what has a name like that, in the script or in the answers: * stands for any
 * characters, ? for one. */
typedef struct mlp_name_tolerance {
    const char *like;
    size_t length;    /* of `like` */
    bool is_relative; /* it is rtol, not atol */
    double tolerance;
} mlp_name_tolerance;

typedef struct mlp_check_options {
    mlp_tolerance tolerance;
    const mlp_name_tolerance *named; /* `named_count` of them, of which a later one goes before an
                                        earlier one, and both before `tolerance` */
    size_t named_count;
    bool port;      /* the answers are of a program that does what the script does: see below ... */
    bool parts;     /* ... and may have some elements of a tensor alone, or inputs alone */
    int min_digits; /* of a number written by hand; 0 asks for none. Not beside a tolerance that
                         replaces the rule of decimals */
    const mlp_answers *names; /* from mlp_names_read; NULL: none */
    bool require_all; /* a blank fails, and so does a value that is missing in a sheet: it is marked
                         as blank */
} mlp_check_options;

/* Of a port a number is right within 2 e of the recorded one, and what its decimals leave open; of one
 * that is written in full, as in hexadecimal, no more. Where e is infinite it is undecided, and
 * else, however wide e is, right or wrong. What was written by a program is never a transcript, and a
 * number with fewer digits than others has lost zeros: 0.5 beside 0.123457 is 0.500000, and beside
 * 0.62, 0.50. The most digits of any number with a point count; a whole number has six where these are
 * fewer than two. A null of JSON
 * is nan; a tensor has all its numbers, or none; and without any number that is computed there is
 * nothing to mark. In every text, a number that rounds to the float32 of the script is right. */

/* A slip that explains a wrong answer. */
typedef struct mlp_explanation mlp_explanation;
struct mlp_explanation {
    const char *slug, *sentence;
    mlp_explanation *next;
};

/* Text of a transcript that is not the script's: lines, with their newlines but the last one.
 * Either may be NULL. */
typedef struct mlp_other_text {
    const char *expected, *found;
    size_t expected_length, found_length;
} mlp_other_text;

/* One answer, marked. */
typedef struct mlp_mark mlp_mark;
struct mlp_mark {
    const mlp_answer *answer;
    const mlp_value *value; /* NULL: of a line, or of lines, of a transcript */
    const char *name;       /* of the value, or the line with its number */
    const char *place;      /* backward, step 2: which of several computed values of that name it
                               is; NULL: there is one */
    size_t order;           /* of the value in the report */
    mlp_verdict verdict;
    const mlp_verdict *verdicts; /* of a port: of each number; NULL of others */
    size_t given;                /* numbers that are not ? */
    size_t differing;            /* given ones that are wrong, carried, or of too few digits */
    size_t undecided;            /* given ones that are neither right nor wrong */
    size_t worst;         /* of the differing ones the farthest off; else of the undecided ones */
    double carried_value; /* of a carried answer: what follows at `worst` from the earlier ones */
    const mlp_mark **follows; /* of a carried answer: the answers that it follows from ... */
    size_t follows_count;
    bool follows_rounding; /* ... which are right, but rounded */
    bool repeats;          /* ... and it does not follow from that one: the same slip was made */
    /* It is a zero, a nan, an infinity or, where no slip explains that, a copy of what it comes
     * from, throughout, and wrong; or it is carried from such answers alone. */
    bool is_cheap;
    const mlp_explanation *explanations;
    /* Of the numbers of a line that stand outside tensors: the true one at `worst` with its bound,
     * and the decimals to write it with, -1 where it is not as exact as text. */
    double truth, bound;
    int decimals;
    const mlp_other_text *text; /* of lines that differ in text */
};

typedef struct mlp_marks {
    const mlp_mark *
        *mark; /* in the order of the report; of a transcript that was aligned, of the text */
    size_t count;
    const mlp_mark *
        *of_values; /* `values_count` of them: those of tensors, and what the script gives,
                                   too, in the order of the report; but not what is missing */
    size_t values_count;
    size_t of[MLP_VERDICTS]; /* how many have each verdict */
    size_t given;            /* values that the script gives, and that are as it gives them */
    bool require_all;        /* as it was asked for */
    bool by_program;         /* a program printed it: nothing was rounded on the way */
    bool port;               /* as it was asked for */
    size_t cheap;            /* how many of the carried ones are cheap */
    bool unanswered;         /* a sheet in which no number is an answer */
    size_t lines_left;       /* around tensors that were copied: lines that count for nothing */
} mlp_marks;

/* Reads a file of lines NAME = OTHER, for the options of a check of the same script. What is wrong
 * with them becomes faults in names->faults; the text must live as long as the names. False with one
 * diagnostic where it is no such file, where there are too many faults, or without memory. */
bool mlp_names_read(mlp_arena *arena, const mlp_trace *trace, const char *text, size_t length,
                    mlp_answers *names, mlp_diagnostic *error);

/* Marks the answers to a finished trace. An answer that names what the script does not have, or has
 * another shape, becomes a fault, and is left out of the marks. So is, in a transcript, what stands
 * behind a fault: there the order says what an answer is an answer to. False with one diagnostic
 * where there are too many faults, where a sheet is without answers, or without memory. */
bool mlp_check(mlp_arena *arena, const mlp_trace *trace, mlp_answers *answers,
               const mlp_check_options *options, mlp_marks *marks, mlp_diagnostic *error);

/* A text of which nobody has said yet what it is. */
typedef struct mlp_text {
    const char *text; /* `length` bytes, which live as long as the answers */
    size_t length;
    const mlp_printed *printed; /* what the script printed; NULL, or without a text: not known */
    const char *name; /* of its file, which is that of the tensor in a .npy; NULL: it has none */
    const mlp_check_options *options;
} mlp_text;

/* Reads a text and marks it. It may be JSON, or of the bytes of a .npy or .npz, not compressed, as
 * src/check/dump_json.h and src/check/dump_npy.h say, which only programs write. Else it is a transcript where most of its lines are lines that the script
 * prints, in their order, but for numbers, or where it is what mlp_answers_read calls one, with as
 * many lines and tensors as the script prints; and where it cannot be read as a sheet, or nothing
 * is wrong with it as a transcript; else it is what mlp_answers_read takes it for. But where all
 * its tensors are values of names that the script has, NAME = tensor(...), these tell which they
 * are, and not their order; and where as much is not right of the tensors alone as of the lines
 * that are the script's, the tensors alone are marked.
 *
 * A transcript is aligned with what the script prints: lines that differ in their numbers alone
 * belong together. Tensors are marked like other answers. Of the other numbers, those of a line are
 * one answer, by the same rule, but that the rounding to float32 counts for 2 e at most; one that
 * does not come from a float, as that of an epoch, has to be the same. Lines that have no
 * counterpart are marks, too. */
bool mlp_check_text(mlp_arena *arena, const mlp_trace *trace, const mlp_text *text,
                    mlp_answers *answers, mlp_marks *marks, mlp_diagnostic *error);

/* Whether nothing is wrong and nothing differs, and, where all is required, nothing is blank. Where
 * nothing is wrong, what is carried follows from the rounding of right numbers: that is no mistake of
 * somebody who computes by hand, but it is one of a program. What is undecided may be right; of a port
 * it is not known to be, and does not pass. */
bool mlp_marks_pass(const mlp_marks *marks);

typedef struct mlp_marks_options {
    bool quiet;             /* the last line only */
    bool only_wrong;        /* no line for what is right */
    bool hint;              /* where and of what kind a mistake is, but no number, and no line of a
                               transcript, that should stand there */
    bool colour;            /* verdicts in colours of a terminal */
    const char *right_with; /* the release under which all is right, for a line before the last one;
                               NULL: none is known */
} mlp_marks_options;

/* Writes a line for each answer, its verdict, then its name, with its place if it has one; below,
 * indented, what differs and why; and a last line that counts the verdicts, undecided only where
 * there are such, and of the carried ones those that are cheap. Of a port: the first that is
 * off, with both numbers, how far they are from each other, absolute, relative and in units in the
 * last place, and the slips that give it; the names of what follows from it; then what is off beside
 * that. */
void mlp_marks_write(FILE *out, const mlp_marks *marks, const mlp_marks_options *options);
/* The same in the Test Anything Protocol, version 13: what is undecided, or blank where not all is
 * required, is skipped. Of the options, only `hint` counts. */
void mlp_marks_write_tap(FILE *out, const mlp_marks *marks, const mlp_marks_options *options);

/* A text of a port that was marked. */
typedef struct mlp_marked {
    const char *name; /* of its file */
    const mlp_marks *marks;
} mlp_marked;

/* Writes where two of them, of one trace, first differ, in the order of the report, with both numbers
 * and that of the script, what else differs, and what one of them has only; and a last line that
 * counts these. Whether there is nothing of all that. Numbers are alike where they are within what
 * the decimals of both leave open, or where both are right; a nan and a number are not, nor are a
 * number and a ?. Where they differ, neither is wrong, and one is undecided, so is the difference. */
bool mlp_marked_compare(FILE *out, const mlp_marked text[2]);

/* One of many texts, and what came of it. */
typedef struct mlp_sheet {
    const char *name;              /* of its file */
    const mlp_answers *answers;    /* with their faults; NULL: the file could not be read */
    const mlp_marks *marks;        /* NULL: none, because of the faults or of the refusal */
    const mlp_diagnostic *refusal; /* of the whole; NULL: none */
} mlp_sheet;

typedef enum mlp_sheet_status {
    MLP_SHEET_PASSES,
    MLP_SHEET_FAILS,
    MLP_SHEET_HAS_FAULTS, /* and what is without is marked */
    MLP_SHEET_IS_REFUSED
} mlp_sheet_status;

mlp_sheet_status mlp_sheet_find_status(const mlp_sheet *sheet);

/* Sheets one by one, into one document of any number of them. In each, texts may hold anything: what
 * must not reach a terminal is escaped, and so is what is not UTF-8.
 *
 * TAP, version 13: its points, numbered on from `before`, each with the name of the sheet before
 * its own. That a sheet has faults, or is refused, is a point of its own that failed. The document
 * begins with the line TAP version 13 and ends with the plan, 1..N. Returns how many points it
 * wrote. */
size_t mlp_sheet_write_tap(FILE *out, const mlp_sheet *sheet, size_t before,
                           const mlp_marks_options *options);

/* CSV as RFC 4180 quotes it, lines ended by \n: a header, and of each sheet a row: its name; pass,
 * fail, faults or refused; how many answers are right, wrong, carried, of these cheap, blank,
 * undecided and different, empty where it is refused; the number of its faults; the first answer
 * that is wrong or differs, the likeliest slip of that one. With only_wrong sheets that pass have
 * no row. */
void mlp_sheet_write_csv_header(FILE *out);
void mlp_sheet_write_csv(FILE *out, const mlp_sheet *sheet, const mlp_marks_options *options);

/* A JSON object, without a newline in it or at its end. Members:
 *
 *   sheet, status           as in CSV
 *   right, wrong, carried, blank, undecided, differs, cheap, given_values, lines_left
 *                           as in mlp_marks; not where the sheet is refused
 *   right_with              the option's; null
 *   marks                   in their order; with only_wrong those that are not right
 *   faults                  each with line, column (0: of no place) and message, and with more
 *                           where so many others of that message are not listed; the refusal is
 *                           the last
 *
 * and of a mark:
 *
 *   name, place             place is null where one value has the name
 *   line                    of the sheet, 0 for what is missing there
 *   verdict                 right, wrong, carried, blank, undecided, differs
 *   numbers, given, differing, undecided
 *                           how many it has, of these not ?, of these differing, undecided
 *   worst                   where some are either: {index: [1, 0], or number: 2 of a line; given:
 *                           the number; written: its text; expected: the true one; bound: of
 *                           undecided ones, see mlpstep/bound.h}; else null
 *   follows, follows_rounding, follows_value
 *                           of carried ones: the answers, each with name and place; whether from
 *                           their rounding; what follows from them at `worst`
 *   cheap                   true or false
 *   slips                   each with slug and sentence, the likeliest first
 *   text                    of lines of a transcript that differ: {expected, found}; else null
 *
 * With `hint`, expected and follows_value are left out. Numbers are the shortest that stand for the
 * value in its dtype; nan, inf and -inf are strings. */
void mlp_sheet_write_json(FILE *out, const mlp_sheet *sheet, const mlp_marks_options *options);

#ifdef __cplusplus
}
#endif

#endif
