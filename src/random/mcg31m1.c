#include "mcg31m1.h"

static const uint32_t modulus = UINT32_C(0x7fffffff);
static const uint64_t multiplier = 1132489760;

uint32_t mlp_mcg31m1_seed(uint32_t seed) {
    const uint32_t x = seed % modulus;
    return x ? x : 1;
}

double mlp_mcg31m1_uniform(uint32_t *x) {
    const double u = (double)*x / modulus;
    *x = (uint32_t)(multiplier * *x % modulus);
    return u;
}
