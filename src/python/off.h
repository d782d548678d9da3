/* How far off a float may be. The numbers that a script takes out of its library's arithmetic, as
 * item() does, are those of one build: another build gives x + d, with |d| <= off. What Python
 * computes with them is off by no more than
 *
 *     a + b, a - b    off_a + off_b
 *     a * b           |a| off_b + |b| off_a + off_a off_b
 *     a / b           (off_a + |a / b| off_b) / (|b| - off_b);  inf where off_b >= |b|
 *     -a, abs(a)      off_a
 *     a ** b, a // b, round(a, n), math.f(a)
 *                     the farthest from f(a) that f comes at the ends of the intervals a +- off_a
 *                     and b +- off_b, between which it is monotonic; inf where it is not
 *     a % b           off_a + |a // b| off_b where a // b is the same at those ends, else inf
 *     max, min        what the largest, or smallest, end of an interval is beyond the result
 *
 * (Moore, Kearfott and Cloud, Introduction to Interval Analysis, SIAM 2009, chapter 5), and the
 * roundings of two float64 computations, 2^-52 of the result. An exact number has 0, and so have
 * nan and inf, which stay what they are; numbers that overflow have inf.
 *
 * Where an answer that is no float (that of a comparison, int(a), round(a), a truth) is not the
 * same on the whole interval, the run is in doubt from there on: see script_doubt. So it is where
 * float() or int() reads a finite number out of a string, once the text of any number that may be
 * off has been formed. What else a script asks of such a text is not tracked: its length, its
 * characters, or whether it is equal to another. */
#ifndef MLPSTEP_PYTHON_OFF_H
#define MLPSTEP_PYTHON_OFF_H

#include "object.h"

/* A float, and how far off it is. */
typedef struct estimate {
    double number, off;
} estimate;

/* Of a bool, an integer or a float. */
estimate object_estimate(const object *o);
object *object_estimated(script *s, estimate e);

/* What is computed from a, or from a and b, is `result`: with how far that is off. */
estimate off_binary(operator op, estimate a, estimate b, double result);
/* The same of a function that is monotonic between the ends of the interval. */
estimate off_monotonic(double (*function)(double), estimate a, double result);
/* The same of any, where the function has those values at its extremes, nan where there is none. */
estimate off_between(estimate a, double result, double low, double high);

/* Whether a whole number is made of both ends of the interval that differ. */
bool off_splits(double (*whole)(double), estimate a);
/* Whether a and b could be in either order, or equal or not. */
bool off_meet(estimate a, estimate b);

#endif
