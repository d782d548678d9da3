/* Random numbers as PyTorch's CPU generator draws them: the same seed gives the same bits.
 *
 * A generator is a plain value: copying it copies the stream (torch.get_rng_state), and two
 * generators never disturb each other. It must be seeded before it is drawn from. */
#ifndef MLPSTEP_RANDOM_H
#define MLPSTEP_RANDOM_H

#include <stdbool.h>
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
    double next_normal; /* the second number of a pair, kept for the next small mlp_normal */
    bool has_next_normal;
} mlp_generator;

/* torch.manual_seed(seed). Only the low 32 bits count, so 2^32 + 5 is 5. PyTorch takes seeds from
 * -2^63 to 2^64 - 1; a negative one is converted to uint64_t as C converts it. */
void mlp_generator_seed(mlp_generator *g, uint64_t seed);

/* The seed of Matsumoto and Nishimura's init_by_array, of n words, n > 0: what Python's
 * random.seed(k) gives the low and the high word of |k|, or only one where the high is 0. */
void mlp_generator_seed_by_words(mlp_generator *g, const uint32_t *words, size_t n);

/* The next 32 bits, and the next two times 32 bits, the earlier ones in the high half. */
uint32_t mlp_generator_random(mlp_generator *g);
uint64_t mlp_generator_random64(mlp_generator *g);

/* tensor.uniform_(from, to): n values of [from, to), from <= to, drawn one after the other as
 * u * (to - from) + from, fused. u has 24 random bits in float (32 bits drawn), 53 in double (64
 * drawn). torch.rand is from = 0, to = 1. */
void mlp_uniform_f32(mlp_generator *g, float *out, size_t n, double from, double to);
void mlp_uniform_f64(mlp_generator *g, double *out, size_t n, double from, double to);

/* tensor.normal_(mean, std): n normal numbers, std >= 0. torch.randn is mean = 0, std = 1. By Box
 * and Muller, for a contiguous tensor:
 *
 *   n < 16   one by one, in double, then rounded to the type. A pair takes u = the next uniform
 *            double, then v; r = sqrt(-2 log(1 - v)), or with by_log1p, MLP_DRAWS_BY_LOG1P in
 *            release.h, r = sqrt(-2 log1p(-v)), which differs in last bits; first r cos(2 pi u),
 *            then r sin(2 pi u). The second waits in the generator for the next small call, of
 *            either type, whatever else is drawn before that; mlp_generator_seed forgets it.
 *   n >= 16  n uniform numbers of the type, then in each block of 16 the pairs u = x[i],
 *            v = x[i + 8]; r = sqrt(-2 log(1 - u)); x[i] = r cos(2 pi v), x[i + 8] = r sin(2 pi v).
 *            Where 16 does not divide n, the last 16 are drawn and made once more.
 *
 * Each number then becomes fma(number, std, mean). float has the bits of PyTorch 1.13 on x86-64 with
 * AVX2 or better: its blocks use the approximations of log, sin and cos that PyTorch has there. On
 * ARM it has the C library's, and rounds 2 pi v later: with std = 1 a number may differ by 2.5e-6.
 * double uses the C library's everywhere, as PyTorch does, and is within 1e-14 where C libraries
 * differ. */
void mlp_normal_f32(mlp_generator *g, float *out, size_t n, double mean, double std, bool by_log1p);
void mlp_normal_f64(mlp_generator *g, double *out, size_t n, double mean, double std,
                    bool by_log1p);

/* How far each of the numbers that the generator, as it is, would draw so may be from the one that
 * another build of PyTorch draws, where arithmetic is as in bound.h: a build may round the product
 * of a uniform number itself, as those without fused operations do, and the functions of a normal
 * one are good to two units in the last place. 0 where all draw the same. The generator goes on as
 * if the numbers had been drawn. */
void mlp_uniform_bounds_f32(mlp_generator *g, double *bound, size_t n, double from, double to);
void mlp_uniform_bounds_f64(mlp_generator *g, double *bound, size_t n, double from, double to);
void mlp_normal_bounds_f32(mlp_generator *g, double *bound, size_t n, double mean, double std);
void mlp_normal_bounds_f64(mlp_generator *g, double *bound, size_t n, double mean, double std);

/* torch.randint(low, high), also with a floating-point dtype, and tensor.random_(low, high): n
 * integers of [low, high), low < high. Each is low + random() % (high - low); where high - low >=
 * wide, random64() stands for random(). wide is 2^32 or, by MLP_DRAWS_WIDE_EARLY in release.h,
 * 2^28. */
void mlp_randint(mlp_generator *g, int64_t *out, size_t n, int64_t low, int64_t high,
                 uint64_t wide);

/* torch.randperm(n): 0 to n - 1, shuffled: for each i < n - 1 in order, element i changes places
 * with element i + random() % (n - i). n is less than MLP_RANDPERM_LIMIT, (2^32 - 1) / 20, from
 * which on PyTorch shuffles otherwise. */
enum {
    MLP_RANDPERM_LIMIT = 214748364
};
void mlp_randperm(mlp_generator *g, int64_t *out, size_t n);

/* Whether a PyTorch build has MKL, and draws by it, decides what bernoulli_ with one probability
 * draws, and nothing else here: MLP_DRAWS_WITHOUT_MKL in release.h. */
typedef enum mlp_rng {
    MLP_RNG_MKL,   /* by Intel's MKL: one random() seeds MCG31m1, which decides them all */
    MLP_RNG_NATIVE /* the others: each element by the low 53 bits of random64() */
} mlp_rng;

/* tensor.bernoulli_(keep), torch.bernoulli(tensor, keep): mask[i] = 1 with probability keep in
 * [0, 1], else 0; nothing is drawn for n = 0. The same for tensors of every type. Dropout(p) in
 * training is keep = 1 - p, subtracted in double; with p = 0 or p = 1 PyTorch's Dropout does not
 * draw at all. */
void mlp_bernoulli(mlp_generator *g, mlp_rng rng, int64_t *mask, size_t n, double keep);

/* torch.bernoulli(keep), tensor.bernoulli_(keep) where keep is a tensor of n probabilities in
 * [0, 1]: mask[i] is whether a number as of torch.rand, of keep's type, is below keep[i]. The same
 * in all builds. */
void mlp_bernoulli_each_f32(mlp_generator *g, int64_t *mask, const float *keep, size_t n);
void mlp_bernoulli_each_f64(mlp_generator *g, int64_t *mask, const double *keep, size_t n);

/* tensor.exponential_(lambda), lambda > 0: n numbers, in double, that are to be rounded to the type
 * of the tensor, which is_wide says is double. Each is -log(1 - u) / lambda, u being a number of 53
 * random bits; with MKL -log(u) / lambda, u being a number of MCG31m1, which random() seeds, or
 * random64() for double. */
void mlp_exponential(mlp_generator *g, mlp_rng rng, double *out, size_t n, double lambda,
                     bool is_wide);

/* torch.nn.init.calculate_gain(nonlinearity, negative_slope). false where PyTorch knows no such
 * nonlinearity. Only "leaky_relu" has a slope, whose square must be finite; PyTorch takes 0.01 when
 * none is given. */
bool mlp_init_gain(const char *nonlinearity, double negative_slope, double *gain);

/* The standard deviations of torch.nn.init: xavier_normal_ is normal_(0, std), and kaiming_normal_
 * likewise; xavier_uniform_ and kaiming_uniform_ are uniform_(-b, b) with b =
 * mlp_init_uniform_bound(std). A Linear's weight has fan_in = in_features, fan_out = out_features;
 * fan is one of these, by the argument mode. No fan may be 0. */
double mlp_init_xavier_std(size_t fan_in, size_t fan_out, double gain);
double mlp_init_kaiming_std(size_t fan, double gain);
double mlp_init_uniform_bound(double std);

/* What nn.Linear starts from: weight.uniform_(-b, b) with its bound b, then, where there is a
 * bias, bias.uniform_(-b, b) with its own. fan_in is in_features. Source: Linear.reset_parameters,
 * which is kaiming_uniform_(weight, a=sqrt(5)). Both bounds are 1/sqrt(fan_in), computed in
 * different ways that differ in the last bits. fan_in = 0 (a weight without elements) gives 0. */
double mlp_linear_weight_bound(size_t fan_in);
double mlp_linear_bias_bound(size_t fan_in);

/* torch.nn.init.orthogonal_: the columns of A, (m, n) with n <= m, become orthonormal, A = Q R, with
 * a positive diagonal of R. `room` is for n (n + 1) numbers. The Frobenius norm of the inverse of R is
 * returned: by so much, at most, Q moves with A. LAPACK finds Q by reflections, in the type of the
 * weight: with other roundings. */
double mlp_init_orthogonal(double *a, double *room, size_t m, size_t n);

#ifdef __cplusplus
}
#endif

#endif
