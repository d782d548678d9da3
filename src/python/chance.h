/* The generator of Python's module random. */
#ifndef MLPSTEP_PYTHON_CHANCE_H
#define MLPSTEP_PYTHON_CHANCE_H

#include "native.h"

#include "mlpstep/random.h"

struct chance {
    mlp_generator generator;
    bool is_seeded;
    double next_gauss; /* the second number of a pair, kept for the next gauss() */
    bool has_next_gauss;
};

/* The generator of a function that draws, with a warning where the script has not seeded it. */
struct chance *chance_of(call *c);
/* 53 bits of [0, 1). */
double chance_uniform(struct chance *r);
/* A number of the standard normal distribution, as normalvariate() draws it. */
double chance_normal(call *c, struct chance *r);

extern const native native_distributions_of_python[];

#endif
