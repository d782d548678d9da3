/* erf(x), the integral of 2 / sqrt(pi) exp(-t^2) from 0 to x
 *
 *   |x| < 1.1    a polynomial of x^2, times x
 *   |x| < 4      1 - exp(a polynomial of |x|, times |x|), with the sign of x; another one from 2.4 on
 *   beyond       1, with the sign of x
 *
 * The polynomials are those of SLEEF (erff_u10, by Naoki Shibata and contributors), which PyTorch
 * takes it from. */
#include "elementary.h"
#include "pair.h"

/* Of the highest power first; the last two are more than a float holds. */
typedef struct {
    real c[5];
    double c1, c0;
} polynomial;

static const polynomial NEAR = {
    {0.7089292194e-4F, -0.7768311189e-3F, 0.5159463733e-2F, -0.2683781274e-1F, 0.1128318012F},
    -0.376125876000657465175213237214,
    1.12837916021059138255978217023};
static const polynomial MIDDLE = {
    {-0.1792667899e-4F, 0.3937633010e-3F, -0.3949181177e-2F, 0.2445474640e-1F, -0.1070996150F},
    -0.634588905908410389971210809210,
    -1.12879855826694507209862753992};
static const polynomial DISTANT = {
    {-0.9495757695e-5F, 0.2481465926e-3F, -0.2918176819e-2F, 0.2059706673e-1F, -0.9901899844e-1F},
    -0.643598050547891613081201721633,
    -1.12461487742845562801052956293};

static pair evaluated(const polynomial *p, real u) {
    real t = p->c[0];
    for (size_t i = 1; i < 5; i++)
        t = real_fma(t, u, p->c[i]);
    pair d = pair_add_any(pair_scale((pair){t, 0}, u), pair_of(p->c1));
    return pair_add_any(pair_scale(d, u), pair_of(p->c0));
}

real KERNEL(real_erf)(real x) {
    const real size = fabsf(x);
    if (isnan(x))
        return x;
    if (!(size < 4.0F))
        return copysignf(1, x);
    const bool is_near = size < 1.1F;
    const polynomial *p = is_near ? &NEAR : size < 2.4F ? &MIDDLE : &DISTANT;
    pair d = pair_scale(evaluated(p, is_near ? size * size : size), size);
    if (!is_near) {
        const pair e = KERNEL(pair_exp)(d);
        d = pair_add((pair){1, 0}, (pair){-e.high, -e.low});
    }
    return copysignf(d.high + d.low, x);
}
