/* The registers of a processor: their width, and a multiply-add in each lane. Private to
 * src/kernels/vector, whose files are compiled for such a processor alone. */
#ifndef MLPSTEP_KERNELS_VECTOR_VEC_H
#define MLPSTEP_KERNELS_VECTOR_VEC_H

#include "../real.h"

#if defined(__AVX512F__)
#include <immintrin.h>
#define VEC_BYTES 64
#elif defined(__AVX2__)
#include <immintrin.h>
#define VEC_BYTES 32
#else
#include <arm_neon.h>
#define VEC_BYTES 16
#endif

/* One register. It may lie anywhere among other numbers. */
typedef real vec __attribute__((vector_size(VEC_BYTES), aligned(sizeof(real)), may_alias));

/* The name of what is compiled for this processor: mlp_multiply_rows_avx2_f32. */
#define NAME_AT(name, level) KERNEL(name##_##level)
#define NAME_EXPANDED(name, level) NAME_AT(name, level)
#define VECTOR_KERNEL(name) NAME_EXPANDED(name, MLP_VECTOR)

enum {
    LANES = VEC_BYTES / sizeof(real)
};

#if defined(MLP_FLOAT64)
#define FLOATS_ELSE_DOUBLES(floats, doubles) doubles
#else
#define FLOATS_ELSE_DOUBLES(floats, doubles) floats
#endif

/* x in each lane. */
static inline vec vec_of(real x) {
#if defined(__AVX512F__)
    return FLOATS_ELSE_DOUBLES(_mm512_set1_ps, _mm512_set1_pd)(x);
#elif defined(__AVX2__)
    return FLOATS_ELSE_DOUBLES(_mm256_set1_ps, _mm256_set1_pd)(x);
#else
    return FLOATS_ELSE_DOUBLES(vdupq_n_f32, vdupq_n_f64)(x);
#endif
}

/* a * b + c in each lane, rounded once. */
static inline vec vec_fma(vec a, vec b, vec c) {
#if defined(__AVX512F__)
    return FLOATS_ELSE_DOUBLES(_mm512_fmadd_ps, _mm512_fmadd_pd)(a, b, c);
#elif defined(__AVX2__)
    return FLOATS_ELSE_DOUBLES(_mm256_fmadd_ps, _mm256_fmadd_pd)(a, b, c);
#else
    return FLOATS_ELSE_DOUBLES(vfmaq_f32, vfmaq_f64)(c, a, b);
#endif
}

static inline vec vec_sqrt(vec x) {
#if defined(__AVX512F__)
    return FLOATS_ELSE_DOUBLES(_mm512_sqrt_ps, _mm512_sqrt_pd)(x);
#elif defined(__AVX2__)
    return FLOATS_ELSE_DOUBLES(_mm256_sqrt_ps, _mm256_sqrt_pd)(x);
#else
    return FLOATS_ELSE_DOUBLES(vsqrtq_f32, vsqrtq_f64)(x);
#endif
}

enum {
#if defined(__AVX2__) && !defined(__AVX512F__)
    INTERLEAVED = LANES / 2
#else
    INTERLEAVED = LANES
#endif
};

/* a and b become the first and the second half of a[0], b[0], a[1], b[1], ...: each run of
 * INTERLEAVED lanes does so by itself. */
static inline void vec_interleave(vec *a, vec *b) {
    const vec x = *a, y = *b;
#if defined(__AVX512F__) && defined(MLP_FLOAT64)
    const __m512i first = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
    const __m512i second = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    *a = _mm512_permutex2var_pd(x, first, y);
    *b = _mm512_permutex2var_pd(x, second, y);
#elif defined(__AVX512F__)
    const __m512i first = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const __m512i second =
        _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    *a = _mm512_permutex2var_ps(x, first, y);
    *b = _mm512_permutex2var_ps(x, second, y);
#elif defined(__AVX2__)
    *a = FLOATS_ELSE_DOUBLES(_mm256_unpacklo_ps, _mm256_unpacklo_pd)(x, y);
    *b = FLOATS_ELSE_DOUBLES(_mm256_unpackhi_ps, _mm256_unpackhi_pd)(x, y);
#else
    *a = FLOATS_ELSE_DOUBLES(vzip1q_f32, vzip1q_f64)(x, y);
    *b = FLOATS_ELSE_DOUBLES(vzip2q_f32, vzip2q_f64)(x, y);
#endif
}

/* The second half of a, and the first one of b, change places: where a half is such a run. */
static inline void vec_exchange_halves(vec *a, vec *b) {
#if defined(__AVX2__) && !defined(__AVX512F__)
    const vec x = *a, y = *b;
    *a = FLOATS_ELSE_DOUBLES(_mm256_permute2f128_ps, _mm256_permute2f128_pd)(x, y, 0x20);
    *b = FLOATS_ELSE_DOUBLES(_mm256_permute2f128_ps, _mm256_permute2f128_pd)(x, y, 0x31);
#else
    (void)a;
    (void)b;
#endif
}

#endif
