/* The derivative of a function of one number, from its values alone. */
#ifndef MLPSTEP_CHECK_DERIVATIVE_H
#define MLPSTEP_CHECK_DERIVATIVE_H

#include <stdbool.h>

/* What a function gives around x. */
typedef struct {
    double rise; /* f(x + h) - f(x - h) */
    double run;  /* (x + h) - (x - h), which rounding makes another number than 2h */
    bool smooth; /* all are finite, and no kink lies between */
} central_difference;

typedef central_difference difference_function(void *context, double h);

typedef struct {
    double value;
    double error; /* an estimate of what it is wrong by, of truncation and rounding together */
    bool found;   /* false: even the smallest steps were not smooth */
} derivative;

/* Central differences with steps h, h/2, h/4 ..., extrapolated to h = 0 by Richardson's rule in
 * Neville's scheme:
 *
 *   a[j][0] = rise / run with the step h / 2^j
 *   a[j][i] = (4^i a[j][i - 1] - a[j - 1][i - 1]) / (4^i - 1)
 *
 * As in C. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering
 * Software 4 (1982) 75-76 (Numerical Recipes in C, 2nd edition, section 5.7), the error of a[j][i]
 * is estimated by its distance to the two that it was made of, and the best a[j][i] is the result.
 * That estimate may be small by chance, so two more are added: the distance to the best of the next
 * row, and what rounding does to a[j][i], where f(x) is wrong by up to `rounding`. Steps that are
 * not smooth are left out. */
derivative extrapolated_derivative(difference_function *difference, void *context, double x,
                                   double rounding);

#endif
