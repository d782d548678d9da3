/* What the tests of losses share. */
#ifndef MLPSTEP_TESTS_LOSS_H
#define MLPSTEP_TESTS_LOSS_H

#include "fixture.h"
#include "mlpstep/kernels/reduction.h"

/* The case's option reduction=none, mean or sum. */
mlp_reduction fixture_reduction(const fixture *f);

#endif
