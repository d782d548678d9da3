/* The numbers of an answer whose value is known. */
#ifndef MLPSTEP_CHECK_RESOLVE_NUMBERS_H
#define MLPSTEP_CHECK_RESOLVE_NUMBERS_H

#include "marking.h"

/* A tensor without numbers. */
mlp_tensor answer_shape(const mlp_answer *a);

/* All below: false without memory. An answer that they refuse is left out, with a fault. */

/* A single ? leaves a tensor of any shape blank. */
bool spread_blank(marking *m, item *it);

bool check_shape(marking *m, item *it);

/* A port has all numbers of a tensor, or none. */
bool check_whole(marking *m, item *it);

bool take_numbers(marking *m, item *it);

#endif
