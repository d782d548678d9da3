/* A = V diag(w) V^T of a symmetric A
 *
 *   A = Q T Q^T    Q a product of reflections H_k = 1 - tau_k u_k u_k^T, T tridiagonal
 *   T = Z diag(w) Z^T    by rotations of neighbouring columns
 *   V = Q Z
 *
 *   all matrices (n, n), the element i, j at i * n + j
 */
#include "mlpstep/kernels/eigen.h"
#include "real.h"

enum {
    SWEEPS = 30 /* for each eigenvalue, at most */
};

static real magnitude(real x) {
    return x < 0 ? -x : x;
}

static real with_sign(real x, real of) {
    return signbit(of) ? -magnitude(x) : magnitude(x);
}

static real largest_of(real a, real b) {
    return a > b ? a : b;
}

/* sqrt(x^2 + y^2) */
static real length_of_two(real x, real y) {
    const real a = largest_of(magnitude(x), magnitude(y));
    const real b = magnitude(x) > magnitude(y) ? magnitude(y) : magnitude(x);
    return b == 0 ? a : a * real_sqrt(1 + b / a * (b / a));
}

/* --- to a tridiagonal matrix --- */

/* The tridiagonal matrix, its diagonal d and what stands beside it, e; and the matrix that is turned
 * with it. */
typedef struct {
    real *d, *e, *z, *tau;
    size_t n;
} tridiagonal;

/* Column k below the diagonal becomes e[k] and zeros; the reflection's u stays there, but for its
 * first element, which is 1. */
static void reflect_column(real *a, const tridiagonal *t, size_t k) {
    const size_t n = t->n;
    const real alpha = a[(k + 1) * n + k];
    real length = 0;
    for (size_t i = k + 2; i < n; i++)
        length = length_of_two(length, a[i * n + k]);
    t->tau[k] = 0;
    t->e[k] = alpha;
    if (length == 0)
        return;
    const real beta = -with_sign(length_of_two(alpha, length), alpha);
    t->tau[k] = (beta - alpha) / beta;
    for (size_t i = k + 2; i < n; i++)
        a[i * n + k] *= 1 / (alpha - beta);
    t->e[k] = beta;
}

static real u_at(const real *a, size_t n, size_t i, size_t k) {
    return i == k + 1 ? 1 : a[i * n + k];
}

/* The rest of the matrix from both sides: A - u w^T - w u^T. */
static void reflect_rest(real *a, const tridiagonal *t, size_t k, real *w) {
    const size_t n = t->n;
    real dot = 0;
    for (size_t i = k + 1; i < n; i++) {
        w[i] = 0;
        for (size_t j = k + 1; j < n; j++)
            w[i] += (i >= j ? a[i * n + j] : a[j * n + i]) * u_at(a, n, j, k);
        w[i] *= t->tau[k];
        dot += w[i] * u_at(a, n, i, k);
    }
    for (size_t i = k + 1; i < n; i++)
        w[i] -= t->tau[k] / 2 * dot * u_at(a, n, i, k);
    for (size_t i = k + 1; i < n; i++)
        for (size_t j = k + 1; j <= i; j++)
            a[i * n + j] -= u_at(a, n, i, k) * w[j] + w[i] * u_at(a, n, j, k);
}

static void make_tridiagonal(real *a, const tridiagonal *t, real *room) {
    const size_t n = t->n;
    for (size_t k = 0; k + 1 < n; k++) {
        reflect_column(a, t, k);
        if (t->tau[k] != 0)
            reflect_rest(a, t, k, room);
    }
    for (size_t k = 0; k < n; k++)
        t->d[k] = a[k * n + k];
}

/* z = Q z */
static void reflect_back(const real *a, const tridiagonal *t) {
    const size_t n = t->n;
    for (size_t k = n - 1; k-- > 0;)
        for (size_t j = 0; j < n; j++) {
            real dot = 0;
            for (size_t i = k + 1; i < n; i++)
                dot += u_at(a, n, i, k) * t->z[i * n + j];
            for (size_t i = k + 1; i < n; i++)
                t->z[i * n + j] -= t->tau[k] * dot * u_at(a, n, i, k);
        }
}

/* --- rotations --- */

typedef struct {
    real c, s;
} rotation;

/* Such that (f, g) becomes (r, 0). */
static rotation rotation_for(real f, real g, real *r) {
    if (g == 0) {
        *r = f;
        return (rotation){1, 0};
    }
    if (f == 0) {
        *r = magnitude(g);
        return (rotation){0, with_sign(1, g)};
    }
    const real d = real_sqrt(f * f + g * g);
    *r = with_sign(d, f);
    return (rotation){magnitude(f) / d, g / *r};
}

/* Columns k and k + 1 of z. */
static void rotate(const tridiagonal *t, size_t k, rotation by) {
    for (size_t i = 0; i < t->n; i++) {
        real *left = &t->z[i * t->n + k], *right = left + 1;
        const real held = *right;
        *right = by.c * held - by.s * *left;
        *left = by.s * held + by.c * *left;
    }
}

/* Of ((a, b), (b, c)): the eigenvalue of the larger size, the other, and the first one's vector. */
static rotation solve_two(real a, real b, real c, real values[2]) {
    const real sum = a + c, df = a - c, adf = magnitude(df), tb = b + b, ab = magnitude(tb);
    const real most = magnitude(a) > magnitude(c) ? a : c,
               least = magnitude(a) > magnitude(c) ? c : a;
    const real small = adf < ab ? adf : ab, large = adf < ab ? ab : adf;
    const real rt =
        adf == ab ? ab * real_sqrt(2) : large * real_sqrt(1 + small / large * (small / large));
    const int sign = sum < 0 ? -1 : 1, side = df >= 0 ? 1 : -1;
    values[0] = sum == 0 ? rt / 2 : (sum + (real)sign * rt) / 2;
    values[1] = sum == 0 ? -rt / 2 : most / values[0] * least - b / values[0] * b;
    const real cs = df + (real)side * rt;
    rotation x = {1, 0};
    if (magnitude(cs) > ab) {
        const real ct = -tb / cs;
        x.s = 1 / real_sqrt(1 + ct * ct);
        x.c = ct * x.s;
    } else if (ab != 0) {
        const real tn = -cs / tb;
        x.c = 1 / real_sqrt(1 + tn * tn);
        x.s = tn * x.c;
    }
    return sign == side ? (rotation){-x.s, x.c} : x;
}

/* --- QL and QR, which are one another's mirror image: `step` is 1 or -1 --- */

typedef struct {
    ptrdiff_t l, end, step; /* from l, whose eigenvalue is sought, to end */
} block;

/* e between k and its neighbour in the direction of the step. */
static real *beside(const tridiagonal *t, ptrdiff_t k, ptrdiff_t step) {
    return &t->e[step > 0 ? k : k - 1];
}

/* Where the block falls apart first. */
static ptrdiff_t part_of(const tridiagonal *t, const block *b) {
    const real eps = sizeof(real) == sizeof(float) ? (real)FLT_EPSILON / 2 : (real)DBL_EPSILON / 2;
    const real safe = sizeof(real) == sizeof(float) ? (real)FLT_MIN : (real)DBL_MIN;
    for (ptrdiff_t m = b->l; m != b->end; m += b->step) {
        const real e = *beside(t, m, b->step);
        if (e * e <= eps * eps * magnitude(t->d[m]) * magnitude(t->d[m + b->step]) + safe)
            return m;
    }
    return b->end;
}

/* The column pair of the rotation at i: its left column. */
static void rotate_at(const tridiagonal *t, ptrdiff_t i, ptrdiff_t step, rotation by) {
    rotate(t, (size_t)(step > 0 ? i : i - 1), (rotation){by.c, step > 0 ? -by.s : by.s});
}

/* One sweep from m back to l, which moves e beside l towards 0. */
static void sweep(const tridiagonal *t, const block *b, ptrdiff_t m) {
    const ptrdiff_t l = b->l, step = b->step;
    real *d = t->d, e = *beside(t, l, step), p = d[l], r;
    real g = (d[l + step] - p) / (2 * e);
    g = d[m] - p + e / (g + with_sign(length_of_two(g, 1), g));
    rotation by = {1, 1};
    p = 0;
    for (ptrdiff_t i = m - step;; i -= step) {
        const real f = by.s * *beside(t, i, step), bb = by.c * *beside(t, i, step);
        by = rotation_for(g, f, &r);
        if (i != m - step)
            *beside(t, i + step, step) = r;
        g = d[i + step] - p;
        r = (d[i] - g) * by.s + 2 * by.c * bb;
        p = by.s * r;
        d[i + step] = g + p;
        g = by.c * r - bb;
        rotate_at(t, i, step, by);
        if (i == l)
            break;
    }
    d[l] -= p;
    *beside(t, l, step) = g;
}

/* The last two of a block. */
static void finish_two(const tridiagonal *t, const block *b) {
    const size_t low = (size_t)(b->step > 0 ? b->l : b->l - 1);
    real values[2];
    rotate(t, low, solve_two(t->d[low], t->e[low], t->d[low + 1], values));
    t->d[low] = values[0];
    t->d[low + 1] = values[1];
    t->e[low] = 0;
}

static bool solve_block(const tridiagonal *t, block b, size_t *sweeps) {
    while (b.step > 0 ? b.l <= b.end : b.l >= b.end) {
        const ptrdiff_t m = part_of(t, &b);
        if (m != b.end)
            *beside(t, m, b.step) = 0;
        if (m == b.l) {
            b.l += b.step;
        } else if (m == b.l + b.step) {
            finish_two(t, &b);
            b.l += 2 * b.step;
        } else if ((*sweeps)++ == SWEEPS * t->n) {
            return false;
        } else {
            sweep(t, &b, m);
        }
    }
    return true;
}

/* Where the block that begins at `first` ends. */
static size_t end_of_block(const tridiagonal *t, size_t first) {
    const real eps = sizeof(real) == sizeof(float) ? (real)FLT_EPSILON / 2 : (real)DBL_EPSILON / 2;
    size_t m = first;
    for (; m + 1 < t->n; m++) {
        const real e = magnitude(t->e[m]);
        if (e <= real_sqrt(magnitude(t->d[m])) * real_sqrt(magnitude(t->d[m + 1])) * eps) {
            t->e[m] = 0;
            break;
        }
    }
    return m;
}

static bool solve_tridiagonal(const tridiagonal *t) {
    size_t sweeps = 0;
    for (size_t first = 0; first < t->n;) {
        const size_t last = end_of_block(t, first);
        const bool forwards = !(magnitude(t->d[last]) < magnitude(t->d[first]));
        const block b = {(ptrdiff_t)(forwards ? first : last), (ptrdiff_t)(forwards ? last : first),
                         forwards ? 1 : -1};
        if (first < last && !solve_block(t, b, &sweeps))
            return false;
        first = last + 1;
    }
    return true;
}

/* The smallest first: each changes places with the smallest of those behind it. */
static void put_in_order(const tridiagonal *t) {
    for (size_t i = 0; i + 1 < t->n; i++) {
        size_t least = i;
        for (size_t k = i + 1; k < t->n; k++)
            least = t->d[k] < t->d[least] ? k : least;
        for (size_t r = 0; r < t->n && least != i; r++) {
            const real held = t->z[r * t->n + least];
            t->z[r * t->n + least] = t->z[r * t->n + i];
            t->z[r * t->n + i] = held;
        }
        const real value = t->d[least];
        t->d[least] = t->d[i];
        t->d[i] = value;
    }
}

bool KERNEL(eigh)(real *w, real *v, real *room, size_t n) {
    const tridiagonal t = {w, room, room + 3 * n, room + n, n};
    make_tridiagonal(v, &t, room + 2 * n);
    for (size_t i = 0; i < n * n; i++)
        t.z[i] = i % (n + 1) == 0;
    if (!solve_tridiagonal(&t))
        return false;
    put_in_order(&t);
    if (n)
        reflect_back(v, &t);
    for (size_t i = 0; i < n * n; i++)
        v[i] = t.z[i];
    return true;
}
