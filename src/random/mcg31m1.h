/* MCG31m1, the multiplicative congruential generator of Intel's MKL (VSL_BRNG_MCG31):
 *
 *   x[i+1] = 1132489760 * x[i] mod (2^31 - 1),  u[i] = x[i] / (2^31 - 1),  u[0] being drawn too
 *
 * Source: Intel, "Notes for oneMKL Vector Statistics"; the multiplier is P. L'Ecuyer's,
 * "Tables of linear congruential generators of different sizes and good lattice structure",
 * Mathematics of Computation 68 (1999). */
#ifndef MLPSTEP_RANDOM_MCG31M1_H
#define MLPSTEP_RANDOM_MCG31M1_H

#include <stdint.h>

/* x[0] from a seed: the seed modulo 2^31 - 1, with 1 in place of 0, from which nothing follows. */
uint32_t mlp_mcg31m1_seed(uint32_t seed);

/* u in (0, 1); moves *x on. */
double mlp_mcg31m1_uniform(uint32_t *x);

#endif
