/* The module math. */
#ifndef MLPSTEP_PYTHON_MATHEMATICS_H
#define MLPSTEP_PYTHON_MATHEMATICS_H

#include "native.h"

/* math.pi and the like; its functions are in native_math. */
void add_math_constants(script *s);

/* What whole() makes of the argument, or the method of its class: floor, ceil and trunc. */
object *math_whole(call *c, double (*whole)(double), const char *special, const char *name);

enum {
    EXACT_PARTS = 64 /* doubles have no room for more that do not overlap */
};

/* An exact sum is numbers that do not overlap, the smallest first. Adds x to it, and returns how many
 * there are then; the sum, rounded once, half to even. */
size_t exact_add(double *parts, size_t count, double x);
double exact_rounded(const double *parts, size_t count);

#endif
