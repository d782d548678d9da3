/* Answers to a script: what somebody says its tensors are, read from text.
 *
 * A sheet holds lines `NAME = value`, where the value is a number, nested lists of numbers, or
 * tensor(...) around them; ? stands for a number that is not answered. A report and a filled
 * worksheet are sheets. Blank lines and what follows a # are skipped, but the headings # forward,
 * # backward and # step say which of the values of a name is meant, and a line # --step=N, which a
 * report of some steps of a training has, that what follows is of that step. Anything else is refused.
 * Where the script has a value NAME, and none of the name NAME.bound, that entry is the bound of a
 * report, which is nobody's answer, and mlp_check skips it.
 *
 * In a sheet people may write numbers as they do on paper:
 *
 *   27/400, 0.15*0.05 + 0.2*0.1, -ln(0.5238), 2^3, 2**3
 *       arithmetic, with ln, log (the natural one, as Python has it), log2, log10, exp, sqrt, pi, e
 *       and brackets; without a value, as 1/0, it is a fault
 *   6.4E-1, 6.4*10^-1, 6.4 x 10^{-1}, with raised digits too; 52.38 % for 0.5238
 *   [1 2 3], 1 2 3, [1; 2; 3]
 *       numbers with blanks or ; between them; with ; or ends of lines between several, rows:
 *       [1, 2; 3, 4] is [[1, 2], [3, 4]]
 *   0,0675 for 0.0675
 *       where no other reading is one: outside of lists, in ( ), where numbers have blanks between
 *       them, or where a 0 and more digits follow a comma (0,0675; 0,05), and no number has a
 *       point. [0,1] is two numbers; [0,25; 0,75] and 1,234 are refused
 *   l = -ln(p[1]) = -ln(0.5238) = 0.6466
 *       the last one is the answer; what stands before it is not looked at
 *   signs of print and full-width characters for - * / and digits, an "almost equal", ~ or : for =,
 *       and quotes, which count for nothing
 *   np.array(...); a ; or a point behind the value; in front of the name a marker, as - or 1.
 *
 * Of a list outside tensor(...) a column stands for a row as well. Anything else is refused, with the
 * character and its place. What programs print has none of this, and of a text that has, it is first
 * asked whether it is a transcript.
 *
 * A line NAME = OTHER, where OTHER is a name that the script has, makes NAME another name of it for
 * the whole sheet, as do the lines that mlp_names_read reads. Without any, W1, b1, z1 and a1 stand for
 * weight, bias and result of the first linear layer, and for what an activation makes of the result;
 * W2 and so on for the next one; where there is one backward, L, loss and J stand for what it begins
 * with. NAME.grad and dNAME are the gradient of each, and so is dL/dNAME. The script's own names
 * go before those that are given, and these before the usual ones. NAME@N, where nothing is called so,
 * is the NAME of step N of the training, the last one there; and NAME as often as the script has NAME,
 * NAME@2 and so on is each of them in order.
 *
 * A line NAME[i][j] = NUMBER, also with : or a blank for the =, is of one element of a tensor, and
 * NAME[i] also of the i-th number of one with more dimensions; NAME NUMBER is of a tensor without. Lines
 * without names, each a list or a number, are tensors of the report in its order, by their shapes,
 * where no line has a name, and a number for one without dimensions first. Numbers may be as C prints
 * them in hexadecimal, 0x1.8p-3, and nan and infinity as C libraries do: NaN, -nan(ind), 1.#INF.
 *
 * A transcript is what a script printed: its tensors are matched in order, and the text around
 * them counts for nothing (where it is known what the script printed, mlp_check_text knows better).
 * A text is a transcript where a tensor(...) stands in it that is not the
 * value of a name, or where it has tensors and its first line, blanks and comments aside, is not
 * NAME = value; any other is a sheet. */
#ifndef MLPSTEP_ANSWERS_H
#define MLPSTEP_ANSWERS_H

#include "mlpstep/trace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A number as it is written. */
typedef struct mlp_written {
    bool given;    /* false: ? */
    bool computed; /* it is written as arithmetic, and `text` is its value */
    bool exact;    /* has no decimals to round: nan, inf, True, False, 0x1.8p-3, and 1. as PyTorch
                      prints whole numbers */
    int decimals;  /* digits behind the point, less the exponent: 2 of 0.52, 4 of 1.5e-3; a bare
                      integer in a list of decimals has as many as the most of them, a bare 0 six.
                      Of arithmetic, of which every number with a point is known to half a unit
                      (one with a single significant digit, as 0.5, and whole ones are exact, and
                      124/1000 is 0.124): as many as half a unit of is no less than what that does to
                      the result, but those of two significant digits at least. It is `exact` where
                      its numbers are */
    double value;  /* the nearest to what is written */
    size_t length; /* of its text, without a sign */
    const char *text;
} mlp_written;

typedef struct mlp_answer mlp_answer;
struct mlp_answer {
    const char *name; /* NULL in a transcript */
    mlp_span where;   /* the name; in a transcript the word tensor */
    mlp_span value;   /* where the value begins */
    mlp_phase section;
    size_t section_count; /* the how manieth section of that phase; 0: under no heading */
    uint64_t step;        /* of the training: below a line # --step=N; 0: below none. Then
                             section_count counts from there */
    size_t ndim, shape[MLP_MAX_DIMS], numel;
    mlp_written *numbers; /* numel of them, last dimension fastest */
    const char *means;    /* of a line NAME = OTHER: the other name; it has no numbers */
    mlp_value *printed;   /* of a transcript that was aligned: whose text stands there */
    bool open;            /* ... where the script need not have gone this way: see mlp_printed */
    bool unread;          /* there was something, but its value is a fault */
    bool is_list;         /* numbers or lists of them, without tensor(...) */
    bool by_hand;         /* it has what only people write: arithmetic, other signs, blanks or ;
                             between numbers */
    bool by_colon;        /* it is NAME: VALUE, which may be a text as well */
    bool by_blank;        /* it is NAME VALUE, which may be one as well */
    bool by_order; /* it is the next tensor of its shape, where the script has none of its name */
    uint64_t in_step; /* of `section`, in this step of the training, from 1 on; 0: not known */
    mlp_answer *next;
};

/* Something wrong in answers: a line that cannot be read, a name that the script does not have. */
typedef struct mlp_fault mlp_fault;
struct mlp_fault {
    mlp_diagnostic diagnostic;
    size_t more; /* further ones of the same message, which are not listed: three are */
    mlp_fault *next;
};

/* With more faults listed than this, a text is refused as a whole. */
#define MLP_MOST_FAULTS 100

typedef struct mlp_answers {
    mlp_answer *first; /* in the order of the text */
    size_t count;
    bool is_transcript;
    bool is_worksheet; /* it has the line # worksheet, which no program fills */
    bool by_program;   /* only programs write so */
    mlp_fault *faults; /* in the order of the text; mlp_check adds to them */
    size_t fault_count;
    size_t more_faults; /* which are not listed: see mlp_fault */
} mlp_answers;

/* Reads `length` bytes of UTF-8, which must live as long as the answers; all else is the arena's.
 * What cannot be read becomes a fault, and the rest is read. False with one diagnostic where the
 * text holds no answer and no fault, where there are too many faults (those that were found are in
 * answers->faults), or without memory. */
bool mlp_answers_read(mlp_arena *arena, const char *text, size_t length, mlp_answers *answers,
                      mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
