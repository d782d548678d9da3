/* What each answer is an answer to. */
#ifndef MLPSTEP_CHECK_RESOLVE_H
#define MLPSTEP_CHECK_RESOLVE_H

#include "marking.h"

/* Fills the items: value, name, order, numbers. */
bool resolve_answers(marking *m, const mlp_answers *answers);

#endif
