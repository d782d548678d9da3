/* Whether a number has the digits that mlpstep/check.h asks of one written by hand. */
#ifndef MLPSTEP_CHECK_DIGITS_H
#define MLPSTEP_CHECK_DIGITS_H

#include "marking.h"

/* Whether a program printed the text: a transcript or a report. */
bool text_is_by_program(const marking *m);
/* Whether it did, or all numbers are as PyTorch prints them. */
bool text_is_printed(const marking *m);

/* Whether somebody may have printed its lines NAME = tensor(...), and not changed them. */
bool text_is_dump(const marking *m);

/* How many digits number i has to have, if it is the truth; 0 where any number of them will do. */
int digits_wanted(const marking *m, const item *it, double truth);
/* Whether number i has them. */
bool number_has_digits(const marking *m, const item *it, size_t i, double truth);
/* The first number that was given and has not; the number of them where all have. */
size_t item_lacks_digits_at(const marking *m, const item *it, const double *truth);

/* Names it as what is wrong with the item's worst number. False without memory. */
bool explain_digits(marking *m, item *it, double truth);

#endif
