/* Whether an operation's bounds hold (mlpstep/bound.h): of random inputs, what the float32 kernels
 * make of them is held against what the float64 kernels make of the exact ones. */
#ifndef MLPSTEP_TESTS_BOUNDS_H
#define MLPSTEP_TESTS_BOUNDS_H

#include "mlpstep/operation.h"

/* One random number of a kind: its element i of n. */
typedef double drawn_number(size_t i, size_t n);

/* Evenly between 0 and 1, and between -1 and 1. */
double draw_unit(void);
double draw_side(void);

typedef struct {
    drawn_number *draw; /* NULL: the operation goes without this input */
    mlp_dtype dtype;    /* of the float32 call */
    size_t ndim, shape[3];
    double error; /* up to this share of each number it is off; 0: it is exact */
    double off;   /* ... and by up to this */
} drawn_input;

typedef struct {
    const mlp_operation *operation;
    mlp_options options;
    drawn_input in[MLP_MAX_INPUTS];
    bool may_be_infinite; /* an open branch may leave numbers without a bound */
} bound_case;

/* Draws inputs `times` times, and holds all that forward and backward write against its bounds,
 * from other inputs within theirs, too. Says how wide the bounds are. */
void expect_bounds(const bound_case *c, size_t times);

#endif
