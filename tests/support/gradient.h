/* Finite differences for the backward of a float64 kernel. */
#ifndef MLPSTEP_TESTS_GRADIENT_H
#define MLPSTEP_TESTS_GRADIENT_H

#include <stddef.h>

/* L as a function of the values a test lets vary; `context` is the test's own. */
typedef double (*scalar_function)(void *context);

/* Fails, naming the element, unless gradient[i] is dL/dx[i] for all n values of x within 1e-7,
 * relative or absolute: central differences at two steps, Richardson-extrapolated. x is varied
 * in place and restored. */
void expect_gradient(const char *name, scalar_function loss, void *context, double *x,
                     const double *gradient, size_t n);

#endif
