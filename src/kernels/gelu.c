/* GELU
 *
 *   y     = x Phi(x)            Phi(x) = (1 + erf(x / sqrt 2)) / 2
 *   dL/dx = dL/dy (Phi(x) + x exp(-x^2 / 2) / sqrt(2 pi))
 *
 * and in tanh's form, with T = tanh(sqrt(2 / pi) (x + 0.044715 x^3)),
 *
 *   y     = x (1 + T) / 2
 *   dL/dx = dL/dy ((1 + T) / 2 + x / 2 (1 - T^2) sqrt(2 / pi) (1 + 3 0.044715 x^2))
 *
 * In float32, PyTorch has the first form computed by oneDNN, unless x is a single number or does not
 * stand one number behind the other, as a transpose or a column. oneDNN's erf is
 * formula 7.1.26 of Abramowitz and Stegun, good to 1.5e-7, and its exp another one than PyTorch's.
 * Since its third version it has, on processors with AVX-512, an erf of 24 polynomials instead,
 * good to 6e-7, which the gradient does not use.
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/gelu.h"
#include "elementary.h"

static const real HALF = (real)0.5;
static const double ONE_OVER_SQRT2 = 0.70710678118654752440,
                    TWO_OVER_SQRT_PI = 1.12837916709551257390;

/* --- by erf, as PyTorch itself computes it --- */

static real value(real x) {
    return x * HALF * (1 + KERNEL(real_erf_scalar)(x * (real)ONE_OVER_SQRT2));
}

static real vector_value(real x) {
    return x * HALF * (1 + KERNEL(real_erf)(x * (real)ONE_OVER_SQRT2));
}

static real slope(real x) {
    const real density =
        (real)(TWO_OVER_SQRT_PI * ONE_OVER_SQRT2 * 0.5) * KERNEL(real_exp_scalar)(x * x * -HALF);
    return real_fma(HALF, 1 + KERNEL(real_erf_scalar)(x * (real)ONE_OVER_SQRT2), x * density);
}

static real vector_slope(real x) {
    const real density = (real)(TWO_OVER_SQRT_PI * ONE_OVER_SQRT2 * 0.5);
    return real_fma(x, KERNEL(real_exp)(x * x * -HALF) * density,
                    HALF * (1 + KERNEL(real_erf)(x * (real)ONE_OVER_SQRT2)));
}

/* --- by oneDNN --- */

#ifndef MLP_FLOAT64

/* exp(x) of x <= 0: 0 below the logarithm of the smallest normal number. */
static real onednn_exp(real x) {
    const real least = -87.3365478515625F;
    if (isnan(x))
        return x;
    if (x < least)
        return 0;
    const real whole = floorf(x * 1.44269502F + 0.5F);
    const real rest = real_fma(-whole, 0.693147182F, x);
    real y = 0.00828929059F;
    y = real_fma(y, rest, 0.0418978221F);
    y = real_fma(y, rest, 0.166676521F);
    y = real_fma(y, rest, 0.499991506F);
    y = real_fma(y, rest, 0.999999701F);
    y = real_fma(y, rest, 1);
    return y * ldexpf(1, (int)whole - 1) * 2;
}

/* erf(x), of x and exp(-x^2) */
static real onednn_erf(real x, real power) {
    const real t = 1 / real_fma(0.3275911F, fabsf(x), 1);
    real r = 1.061405429F;
    r = real_fma(r, t, -1.453152027F);
    r = real_fma(r, t, 1.421413741F);
    r = real_fma(r, t, -0.284496736F);
    r = real_fma(r, t, 0.254829592F);
    const real size = real_fma(-power * t, r, 1);
    return signbit(x) ? -size : size;
}

/* erf(x / sqrt 2), by powers of |x|: four pieces for each power of two, from 1/8 on. */
static const real PIECES[][6] = {{0x1.04ef24p-26F, 0x1.98843ep-1F, 0x1.6bc99ep-17F, -0x1.108aep-3F,
                                  0x1.e12f46p-12F, 0x1.36c0ap-6F},
                                 {0x1.039818p-24F, 0x1.98840ep-1F, 0x1.e5ff12p-16F, -0x1.10c736p-3F,
                                  0x1.b08bb8p-11F, 0x1.2f1a22p-6F},
                                 {0x1.a47a94p-23F, 0x1.988396p-1F, 0x1.18477cp-14F, -0x1.11306ep-3F,
                                  0x1.63f46ap-10F, 0x1.25d0ap-6F},
                                 {0x1.35889ap-21F, 0x1.988276p-1F, 0x1.2ea6b8p-13F, -0x1.11e812p-3F,
                                  0x1.19df7p-9F, 0x1.1a0b16p-6F},
                                 {0x1.e6db1p-20F, 0x1.987f5ap-1F, 0x1.56556p-12F, -0x1.13572ap-3F,
                                  0x1.ca756cp-9F, 0x1.0908a8p-6F},
                                 {0x1.dd0452p-18F, 0x1.98745ep-1F, 0x1.c1f5b6p-11F, -0x1.16cdap-3F,
                                  0x1.95ca4ep-8F, 0x1.d9ac46p-7F},
                                 {0x1.714776p-16F, 0x1.985a8p-1F, 0x1.f372cp-10F, -0x1.1c8014p-3F,
                                  0x1.442e24p-7F, 0x1.990496p-7F},
                                 {0x1.cf4426p-15F, 0x1.9828d4p-1F, 0x1.dca922p-9F, -0x1.249bfp-3F,
                                  0x1.d8b08p-7F, 0x1.54f26ap-7F},
                                 {0x1.800676p-13F, 0x1.978682p-1F, 0x1.149d8ap-7F, -0x1.37bc04p-3F,
                                  0x1.814e06p-6F, 0x1.c1672p-8F},
                                 {0x1.54b43ap-11F, 0x1.95a118p-1F, 0x1.4b5518p-6F, -0x1.5e3392p-3F,
                                  0x1.3b9832p-5F, 0x1.0ca358p-9F},
                                 {0x1.c6b0c6p-10F, 0x1.91f19ep-1F, 0x1.4271b2p-5F, -0x1.92637ep-3F,
                                  0x1.c6cadap-5F, -0x1.465ea6p-9F},
                                 {0x1.f051e4p-9F, 0x1.8bf58ep-1F, 0x1.0e6fa8p-4F, -0x1.d0bf78p-3F,
                                  0x1.2ab20ep-4F, -0x1.a85f4p-8F},
                                 {0x1.116296p-7F, 0x1.809c0ep-1F, 0x1.bf6ccp-4F, -0x1.1392bep-2F,
                                  0x1.7f322p-4F, -0x1.58a6ccp-7F},
                                 {0x1.a2bda6p-7F, 0x1.77301ep-1F, 0x1.1e4f56p-3F, -0x1.2d9794p-2F,
                                  0x1.aa7ed2p-4F, -0x1.92593cp-7F},
                                 {-0x1.a0646cp-9F, 0x1.91bfe6p-1F, 0x1.280096p-4F, -0x1.008954p-2F,
                                  0x1.6fb9dep-4F, -0x1.54f54cp-7F},
                                 {-0x1.1b1cbcp-4F, 0x1.f16436p-1F, -0x1.1dfbd6p-3F, -0x1.0aa1e4p-3F,
                                  0x1.c73d7cp-5F, -0x1.aaba08p-8F},
                                 {-0x1.1579b2p-2F, 0x1.760e08p+0F, -0x1.3b2d86p-1F, 0x1.9fad42p-4F,
                                  -0x1.ddbc9p-11F, -0x1.0474ecp-10F},
                                 {-0x1.183344p-1F, 0x1.033864p+1F, -0x1.13b6bp+0F, 0x1.29904cp-2F,
                                  -0x1.457cd2p-5F, 0x1.20555p-9F},
                                 {-0x1.99665p-2F, 0x1.ca6dacp+0F, -0x1.db312ep-1F, 0x1.f268bep-3F,
                                  -0x1.0839e2p-5F, 0x1.c4b4fcp-10F},
                                 {0x1.2ed9dap-3F, 0x1.02663cp+0F, -0x1.ed3f7p-2F, 0x1.d9d922p-4F,
                                  -0x1.c9eb56p-7F, 0x1.63ef24p-11F},
                                 {0x1.8e1b32p-1F, 0x1.d90d08p-3F, -0x1.89f15p-4F, 0x1.48cadp-6F,
                                  -0x1.12f464p-9F, 0x1.7086eap-14F},
                                 {0x1.f5765p-1F, 0x1.31f26cp-6F, -0x1.bcc844p-8F, 0x1.43c014p-10F,
                                  -0x1.d7e7p-14F, 0x1.1376b4p-18F},
                                 {1, 0, 0, 0, 0, 0},
                                 {0, 1, 0, 0, 0, 0}};
enum {
    PIECE_COUNT = sizeof PIECES / sizeof *PIECES
};
static const real ONE_BEYOND = 0x1.62b9dcp+2F; /* the result is 1 */

/* A piece ends at its upper limit, which is still of it. */
static const real *piece_of(real size) {
    int exponent;
    const real m = frexpf(size, &exponent);
    const int piece = isfinite(size) ? 4 * exponent + (int)ceilf(8 * m - 4) + 7 : PIECE_COUNT;
    const int last = size > ONE_BEYOND ? PIECE_COUNT - 2 : PIECE_COUNT - 1;
    return PIECES[piece < 0 ? 0 : piece > last ? last : piece];
}

static real pieces_value(real x) {
    const real size = fabsf(x), *c = piece_of(size);
    real y = c[5];
    for (size_t i = 5; i-- > 0;)
        y = real_fma(y, size, c[i]);
    return x * ((signbit(x) ? -y : y) + 1) * HALF;
}

static real onednn_value(real x) {
    const real at = x * (real)ONE_OVER_SQRT2, half = x * HALF;
    return real_fma(onednn_erf(at, onednn_exp(-(at * at))), half, half);
}

static real onednn_slope(real x) {
    const real at = x * (real)ONE_OVER_SQRT2, power = onednn_exp(-(at * at));
    const real density = at * 0.564189553F * power;
    return real_fma(onednn_erf(at, power), HALF, density + HALF);
}

#endif

/* --- by erf, whoever computes it --- */

/* How PyTorch comes to one number of the result. */
typedef struct {
    bool in_vector, by_onednn;
} way;

static way way_of(const mlp_loop *loop, size_t i, size_t n) {
    return (way){is_in_vector(i, n, loop),
                 sizeof(real) == sizeof(float) && n != 1 && !loop->input_scattered};
}

static real value_by_erf(real x, way by, mlp_gelu_form form) {
#ifndef MLP_FLOAT64
    if (by.by_onednn)
        return form == MLP_GELU_PIECES ? pieces_value(x) : onednn_value(x);
#else
    (void)form;
#endif
    return by.in_vector ? vector_value(x) : value(x);
}

static real slope_by_erf(real x, way by) {
#ifndef MLP_FLOAT64
    if (by.by_onednn)
        return onednn_slope(x);
#endif
    return by.in_vector ? vector_slope(x) : slope(x);
}

/* --- by tanh --- */

static const double SQRT_2_OVER_PI = 0.79788456080286535588, CUBIC = 0.044715;

static real bent(real x, bool in_vector) {
    const real inner = (real)SQRT_2_OVER_PI * real_fma((real)CUBIC, x * x * x, x);
    return in_vector ? KERNEL(real_tanh)(inner) : KERNEL(real_tanh_scalar)(inner);
}

static real tanh_slope(real x, real t) {
    const real left = HALF * x, right = 1 + t;
    const real inner = (real)SQRT_2_OVER_PI * real_fma(3 * (real)CUBIC, x * x, 1);
    return real_fma(HALF, right, left * real_fma(-t, t, 1) * inner);
}

void KERNEL(gelu_forward)(real *y, const real *x, size_t n, mlp_gelu_form form,
                          const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++) {
        const way by = way_of(loop, i, n);
        y[i] = form == MLP_GELU_TANH ? HALF * x[i] * (1 + bent(x[i], by.in_vector))
                                     : value_by_erf(x[i], by, form);
    }
}

void KERNEL(gelu_backward)(real *dx, const real *dy, const real *x, size_t n, mlp_gelu_form form,
                           const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++) {
        const way by = way_of(loop, i, n);
        dx[i] = dy[i] * (form == MLP_GELU_TANH ? tanh_slope(x[i], bent(x[i], by.in_vector))
                                               : slope_by_erf(x[i], by));
    }
}
