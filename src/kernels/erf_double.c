/* erf(x) in float64, and erfc(x) = 1 - erf(x)
 *
 *   |x| < 1    a polynomial of x^2, times x
 *   |x| < 6    1 - exp(a polynomial of |x|), with the sign of x; another one from 3.7 on
 *   beyond     1, with the sign of x
 *
 * The polynomials are those of SLEEF (erf_u10, by Naoki Shibata and contributors), which PyTorch
 * takes it from. */
#include "elementary.h"
#include "pair.h"

enum {
    TERMS = 20
};

/* Of the highest power first; the last one is more than a double holds. */
typedef struct {
    real c[TERMS];
    pair last;
} series;

static const series NEAR = {
    {+0.6801072401395392157e-20, -0.2161766247570056391e-18, +0.4695919173301598752e-17,
     -0.9049140419888010819e-16, +0.1634018903557411517e-14, -0.2783485786333455216e-13,
     +0.4463221276786412722e-12, -0.6711366622850138987e-11, +0.9422759050232658346e-10,
     -0.1229055530100228477e-08, +0.1480719281585085023e-07, -0.1636584469123402714e-06,
     +0.1646211436588923363e-05, -0.1492565035840624866e-04, +0.1205533298178966496e-03,
     -0.8548327023450851166e-03, +0.5223977625442188799e-02, -0.2686617064513125569e-01,
     +0.1128379167095512753e+00, -0.3761263890318375380e+00},
    {1.1283791670955125586, 1.5335459613165822674e-17}};
static const series MIDDLE = {
    {+0.2830954522087717660e-13, -0.1509491946179481940e-11, +0.3827857177807173152e-10,
     -0.6139733921558987241e-09, +0.6985387934608038824e-08, -0.5988224513034371474e-07,
     +0.4005716952355346640e-06, -0.2132190104575784400e-05, +0.9092461304042630325e-05,
     -0.3079188080966205457e-04, +0.7971413443082370762e-04, -0.1387853215225442864e-03,
     +0.6469678026257590965e-04, +0.4996645280372945860e-03, -0.1622802482842520535e-02,
     +0.1615320557049377171e-03, +0.1915262325574875607e-01, -0.1027818298486033455e+00,
     -0.6366172819842503827e+00, -0.1128379590648910469e+01},
    {3.4110644736196137587e-08, -2.4875650708323294246e-24}};
static const series DISTANT = {
    {-0.5846750404269610493e-17, +0.6076691048812607898e-15, -0.3007518609604893831e-13,
     +0.9427906260824646063e-12, -0.2100110908269393629e-10, +0.3534639523461223473e-09,
     -0.4664967728285395926e-08, +0.4943823283769000532e-07, -0.4271203394761148254e-06,
     +0.3034067677404915895e-05, -0.1776295289066871135e-04, +0.8524547630559505050e-04,
     -0.3290582944961784398e-03, +0.9696966068789101157e-03, -0.1812527628046986137e-02,
     -0.4725409828123619017e-03, +0.2090315427924229266e-01, -0.1052041921842776645e+00,
     -0.6345351808766568347e+00, -0.1129442929103524396e+01},
    {0.00024963035690526438285, -5.4362665034856259795e-21}};

static pair evaluated(const series *p, real u) {
    real t = p->c[0];
    for (size_t i = 1; i < TERMS; i++)
        t = real_fma(t, u, p->c[i]);
    return pair_add_any(pair_scale((pair){t, 0}, u), p->last);
}

/* 1 - erf(size), from 1 to 6. */
static pair rest_of(real size) {
    return KERNEL(pair_exp)(evaluated(size < 3.7 ? &MIDDLE : &DISTANT, size));
}

real KERNEL(real_erfc)(real x) {
    return x < 1 ? 1 - KERNEL(real_erf)(x) : x < 6 ? pair_rounded(rest_of(x)) : 0;
}

real KERNEL(real_erf)(real x) {
    const real size = fabs(x);
    if (isnan(x))
        return x;
    if (!(size < 6))
        return copysign(1, x);
    pair d;
    if (size < 1) {
        d = pair_scale(evaluated(&NEAR, size * size), size);
    } else {
        const pair e = rest_of(size);
        d = pair_add((pair){1, 0}, (pair){-e.high, -e.low});
    }
    return copysign(d.high + d.low, x);
}
