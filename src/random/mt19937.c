/* MT19937, the Mersenne Twister with 32-bit output.
 *
 * M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform
 * pseudo-random number generator", ACM TOMACS 8 (1998); seeding as in their revision of 2002.
 *
 *   seed:   x[0] = seed,  x[i] = 1812433253 * (x[i-1] ^ (x[i-1] >> 30)) + i
 *   twist:  x[i+624] = x[i+397] ^ A(high bit of x[i], low 31 bits of x[i+1])
 *   A(y):   y >> 1, with 0x9908b0df xored in where y is odd
 */
#include "mlpstep/random.h"

enum {
    N = MLP_GENERATOR_WORDS,
    M = 397
};

void mlp_generator_seed(mlp_generator *g, uint64_t seed) {
    g->state[0] = (uint32_t)seed;
    for (uint32_t i = 1; i < N; i++)
        g->state[i] = UINT32_C(1812433253) * (g->state[i - 1] ^ g->state[i - 1] >> 30) + i;
    g->next = N;
    g->next_normal = 0;
    g->has_next_normal = false;
}

/* Two rounds over the state, x before x[i] being the word in front of it, N - 1 going on at 1:
 *     x[i] = (x[i] ^ 1664525 * (before ^ before >> 30)) + words[j] + j
 *     x[i] = (x[i] ^ 1566083941 * (before ^ before >> 30)) - i */
void mlp_generator_seed_by_words(mlp_generator *g, const uint32_t *words, size_t n) {
    uint32_t *x = g->state;
    size_t i = 1, j = 0;
    mlp_generator_seed(g, 19650218);
    for (size_t k = N > n ? N : n; k > 0; k--) {
        x[i] = (x[i] ^ (x[i - 1] ^ x[i - 1] >> 30) * UINT32_C(1664525)) + words[j] + (uint32_t)j;
        j = j + 1 < n ? j + 1 : 0;
        if (++i == N) {
            x[0] = x[N - 1];
            i = 1;
        }
    }
    for (size_t k = N - 1; k > 0; k--) {
        x[i] = (x[i] ^ (x[i - 1] ^ x[i - 1] >> 30) * UINT32_C(1566083941)) - (uint32_t)i;
        if (++i == N) {
            x[0] = x[N - 1];
            i = 1;
        }
    }
    x[0] = UINT32_C(0x80000000);
}

/* Replaces all N words by the N that follow them. Indices are taken modulo N: words before i are
 * new ones already, which is what the recurrence asks for. */
static void twist(uint32_t *x) {
    for (size_t i = 0; i < N; i++) {
        const uint32_t y = (x[i] & UINT32_C(0x80000000)) | (x[(i + 1) % N] & UINT32_C(0x7fffffff));
        x[i] = x[(i + M) % N] ^ y >> 1 ^ (y & 1 ? UINT32_C(0x9908b0df) : 0);
    }
}

uint32_t mlp_generator_random(mlp_generator *g) {
    if (g->next == N) {
        twist(g->state);
        g->next = 0;
    }
    uint32_t y = g->state[g->next++];
    y ^= y >> 11;
    y ^= y << 7 & UINT32_C(0x9d2c5680);
    y ^= y << 15 & UINT32_C(0xefc60000);
    return y ^ y >> 18;
}

uint64_t mlp_generator_random64(mlp_generator *g) {
    const uint64_t high = mlp_generator_random(g);
    return high << 32 | mlp_generator_random(g);
}
