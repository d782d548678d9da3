/* Answers that are not lines of a text: what those of all such formats have in common. */
#ifndef MLPSTEP_CHECK_DUMP_H
#define MLPSTEP_CHECK_DUMP_H

#include "mlpstep/answers.h"

#include "base/reader.h"

/* The answers so far. */
typedef struct dump {
    reader *in;
    mlp_answers *answers;
    mlp_answer **next;
} dump;

/* A new answer behind the others, without numbers. */
mlp_answer *dump_add(dump *d, const char *name);

/* Notes where in the report a value of its name is meant: in the section of that name, forward,
 * backward or step, of that step of the training. False where no section is called so. */
bool dump_place(mlp_answer *a, const char *section, uint64_t step);
/* The same where the name begins with it, as forward/x or 2/forward/x, and takes that off. */
void dump_place_by_name(mlp_answer *a);

/* The number, of that dtype, as it would be written: the shortest text that reads back to it. */
mlp_written dump_number(reader *in, double value, mlp_dtype dtype);

/* Takes each null, which stands for no number, as the nan that writers of JSON make a null of. */
void dump_take_nulls(mlp_answers *answers);

/* Gives a number that is written with fewer digits than others of its text as many as these have, or
 * `least`, as one that has lost its zeros: 0.5 beside 0.123457 is 0.500000. A whole number, to which
 * others of one digit tell nothing, has six at least. Not where numbers keep their zeros, or all have
 * as many decimals, two or more (four, beside a `least`). */
void dump_share_digits(mlp_answers *answers, int least);

#endif
