/* What is near enough: the rules that mlpstep/check.h states. */
#ifndef MLPSTEP_CHECK_TOLERANCE_H
#define MLPSTEP_CHECK_TOLERANCE_H

#include "marking.h"

/* The tolerance for the value of that name in the script that is called so in the answers. */
mlp_tolerance tolerance_for(const marking *m, const char *name, const char *answered);
/* Whether each tolerance is for a name, of the script or of the answers; else what is in m->error says
 * which one is not. */
bool tolerances_have_names(const marking *m);
/* How far from what its author had a number of the item may be. */
double rounding_of(const marking *m, const item *it, const mlp_written *number);
/* How far the number may be from what its author had: half a unit, or, where numbers were cut off,
 * a whole one. */
double rounding_in(const marking *m, const item *it, size_t i);
/* Whether number i is, within that and `more`, the value. */
bool number_is_near(const marking *m, const item *it, size_t i, double value, double more);
/* How far another build's number i may be from the recorded one; 0 where a tolerance was given. */
double builds_differ_by(const item *it, size_t i);
/* Whether a floating-point number is within `allowed` of a value; nan and infinities are only near
 * their like. */
bool float_is_near(double number, double value, double allowed);
/* The verdict on a number that is the true one as far as it is written, or that may be another
 * build's, whose numbers are at most `off` from the true one. */
mlp_verdict verdict_by_bound(bool is_true, bool may_be, double truth, double off);
/* Whether it is right in the dtype of the script, here or in another build. */
bool number_is_as_recorded(const marking *m, const item *it, size_t i);
/* MLP_RIGHT, in the dtype of the script, in exact arithmetic or in that of another build;
 * MLP_UNDECIDED or MLP_WRONG. */
mlp_verdict number_verdict(const marking *m, const item *it, size_t i);
/* What one rounding to the dtype of the script may do to such a number of the item. */
/* The most that the rounding to it in all steps may be, roughly. */
double dtype_reach(const item *it, size_t i, double number);
double dtype_rounding(const item *it, double number);
/* Whether all numbers that were given are the computed ones, each within its bound. */
bool item_is_near(const marking *m, const item *it, const double *value, const double *bound);
/* Whether the value's tensor can hold the numbers: an integer tensor holds no fractions. */
bool item_can_be_fixed(const item *it);

#endif
