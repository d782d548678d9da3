#include "cephes.h"

#include <math.h>

/* With x = 2^e (1 + t) and sqrt(1/2) <= 1 + t < sqrt(2):
 *
 *   log(x) = e log(2) + t - t^2/2 + t^3 P(t),  log(2) = 0.693359375 - 2.12194440e-4 */
float mlp_cephes_logf(float x) {
    int exponent;
    const float m = frexpf(x, &exponent);
    float e = (float)exponent, t = m - 1;
    if (m < 0.707106781186547524f) {
        e -= 1;
        t += m;
    }
    const float t2 = t * t;
    float p = 7.0376836292e-2f;
    p = fmaf(p, t, -1.1514610310e-1f);
    p = fmaf(p, t, 1.1676998740e-1f);
    p = fmaf(p, t, -1.2420140846e-1f);
    p = fmaf(p, t, 1.4249322787e-1f);
    p = fmaf(p, t, -1.6668057665e-1f);
    p = fmaf(p, t, 2.0000714765e-1f);
    p = fmaf(p, t, -2.4999993993e-1f);
    p = fmaf(p, t, 3.3333331174e-1f);
    p *= t;
    p = fmaf(p, t2, e * -2.12194440e-4f);
    p = fmaf(t2, -0.5f, p);
    return fmaf(e, 0.693359375f, t + p);
}

/* sin(r) and cos(r) for |r| <= pi/4. */
static mlp_sincos first_octant(float r) {
    const float r2 = r * r;
    float c = 2.443315711809948e-5f;
    c = fmaf(c, r2, -1.388731625493765e-3f);
    c = fmaf(c, r2, 4.166664568298827e-2f);
    c *= r2;
    c = fmaf(c, r2, r2 * -0.5f);
    c += 1;
    float s = -1.9515295891e-4f;
    s = fmaf(s, r2, 8.3321608736e-3f);
    s = fmaf(s, r2, -1.6666654611e-1f);
    s *= r2;
    return (mlp_sincos){.sin = fmaf(s, r, r), .cos = c};
}

/* x = j pi/4 + r with j even: a quarter turn (j = 2 modulo 4) exchanges sine and cosine, a half
 * turn (j = 4 modulo 8) changes both signs. pi/4 is subtracted in three parts, the first two of
 * few enough bits for an exact product with j. */
mlp_sincos mlp_cephes_sincosf(float x) {
    const int octant = (int)(x * 1.27323954473516f);
    const unsigned j = ((unsigned)octant + 1) & ~1u;
    float r = x;
    r = fmaf((float)j, -0.78515625f, r);
    r = fmaf((float)j, -2.4187564849853515625e-4f, r);
    r = fmaf((float)j, -3.77489497744594108e-8f, r);
    mlp_sincos y = first_octant(r);
    if (j & 2)
        y = (mlp_sincos){.sin = y.cos, .cos = -y.sin};
    if (j & 4)
        y = (mlp_sincos){.sin = -y.sin, .cos = -y.cos};
    return y;
}
