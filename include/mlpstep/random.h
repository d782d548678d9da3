/* Random numbers as PyTorch's CPU generator draws them: the same seed gives the same bits.
 *
 * A generator is a plain value: copying it copies the stream (torch.get_rng_state), and two
 * generators never disturb each other. It must be seeded before it is drawn from. */
#ifndef MLPSTEP_RANDOM_H
#define MLPSTEP_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MLP_GENERATOR_WORDS = 624
};

/* MT19937. */
typedef struct mlp_generator {
    uint32_t state[MLP_GENERATOR_WORDS];
    size_t next; /* the word of state to draw next; MLP_GENERATOR_WORDS when all are used up */
} mlp_generator;

/* torch.manual_seed(seed). Only the low 32 bits count, so 2^32 + 5 is 5. PyTorch takes seeds from
 * -2^63 to 2^64 - 1; a negative one is converted to uint64_t as C converts it. */
void mlp_generator_seed(mlp_generator *g, uint64_t seed);

/* The next 32 bits, and the next two times 32 bits, the earlier ones in the high half. */
uint32_t mlp_generator_random(mlp_generator *g);
uint64_t mlp_generator_random64(mlp_generator *g);

/* tensor.uniform_(from, to): n values of [from, to), from <= to, drawn one after the other as
 * u * (to - from) + from, fused. u has 24 random bits in float (32 bits drawn), 53 in double (64
 * drawn). torch.rand is from = 0, to = 1. */
void mlp_uniform_f32(mlp_generator *g, float *out, size_t n, double from, double to);
void mlp_uniform_f64(mlp_generator *g, double *out, size_t n, double from, double to);

/* What nn.Linear starts from: weight.uniform_(-b, b) with its bound b, then, where there is a
 * bias, bias.uniform_(-b, b) with its own. fan_in is in_features. Source: Linear.reset_parameters,
 * which is kaiming_uniform_(weight, a=sqrt(5)). Both bounds are 1/sqrt(fan_in), computed in
 * different ways that differ in the last bits. fan_in = 0 (a weight without elements) gives 0. */
double mlp_linear_weight_bound(size_t fan_in);
double mlp_linear_bias_bound(size_t fan_in);

/* PyTorch builds disagree about bernoulli_; everything else here is the same in all of them. */
enum mlp_rng {
    MLP_RNG_MKL,   /* builds with Intel's MKL: one random() seeds MCG31m1, which decides them all */
    MLP_RNG_NATIVE /* the others: each element by the low 53 bits of random64() */
};

/* tensor.bernoulli_(keep): mask[i] = 1 with probability keep in [0, 1], else 0; nothing is drawn
 * for n = 0. The same for float and double tensors. Dropout(p) in training is keep = 1 - p,
 * subtracted in double; with p = 0 or p = 1 PyTorch's Dropout does not draw at all. */
void mlp_bernoulli(mlp_generator *g, enum mlp_rng rng, int64_t *mask, size_t n, double keep);

#ifdef __cplusplus
}
#endif

#endif
