/* What each answer is an answer to. */
#ifndef MLPSTEP_CHECK_RESOLVE_H
#define MLPSTEP_CHECK_RESOLVE_H

#include "marking.h"

/* Fills the items: value, name, order, numbers. Those that are answers to nothing become faults of
 * the answers, and are items no more. */
bool resolve_answers(marking *m);

#endif
