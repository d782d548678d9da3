/* Of a sum of n products a b, and a bias, with their bounds ea, eb and e, let
 *
 *   A = sum of |a| |b|, and |bias|      E = sum of |b| ea + |a| eb + 3 ea eb, and e
 *
 * Each product is rounded once at most, by u (|a b| + twice its bound), so that the terms are
 * together no farther off than E' = E + u (A + 2 E). Of the n partial sums none is larger than
 * M + 2 E', where M is the larger one of the sums of all positive and of all negative terms; each
 * is rounded once, which with c = n u / (1 - (n + 1) u) adds up to c (M + 2 E') at most. The
 * difference of the two sums is the result v, nearly: 2 M <= A + |v| + B with its bound
 * B <= E' + c (A + 2 E'). So all are together no more than
 *
 *   G + c / 2 (|v| + 2 G)   with   G = k E + l A,  k = (1 + 2 u) (1 + 2 c),  l = u (1 + 2 c) + c / 2
 *
 * since B <= 2 G. G is a sum of products again, of |a| (k eb + l |b|) and of ea k (|b| + 3 eb). Sums
 * as bounded_sum adds them up are sharper, by a factor below 4, but terms have to be sorted there. */
#include "bound_matrices.h"

#include "mlpstep/kernels/matmul.h"

#include <math.h>

enum {
    LARGE = 1 << 17 /* terms of all sums together */
};

/* What arithmetic in double loses here, and more. */
static const double margin = 1 + 1e-6;

bool bounded_product_is_large(mlp_matrix a, mlp_matrix b) {
    return (double)a.rows * (double)a.columns * (double)b.columns > LARGE;
}

/* The factors of E and A in G, and c. */
typedef struct {
    double of_errors, of_sizes, of_sums;
} factors;

static factors factors_of(rounding r, size_t n) {
    const double c = (double)n * r.unit / (1 - ((double)n + 1) * r.unit);
    return (factors){(1 + 2 * r.unit) * (1 + 2 * c), r.unit * (1 + 2 * c) + c / 2, c};
}

static size_t numel_of(const bounded_matrix *of) {
    return of->matrix.rows * of->matrix.columns;
}

static bool is_exact(const bounded_matrix *of) {
    for (size_t i = 0; of->bound && i < numel_of(of); i++)
        if (of->bound[of->first + i] != 0)
            return false;
    return true;
}

static bool is_whole(const mlp_tensor *tensor, size_t first, size_t count) {
    for (size_t i = first; i < first + count; i++)
        if (mlp_tensor_get(tensor, i) != rint(mlp_tensor_get(tensor, i)))
            return false;
    return true;
}

/* Whether all numbers are exact and whole, as the sums are then that have no more digits than the
 * type. */
static bool are_whole(const bounded_matrix *a, const bounded_matrix *b, const bounded_row *bias) {
    const size_t columns = b->matrix.columns;
    const bounded_matrix of_bias = {bias ? bias->tensor : NULL, bias ? bias->bound : NULL, 0,
                                    mlp_matrix_by_rows(1, columns)};
    return is_exact(a) && is_exact(b) && is_whole(a->tensor, a->first, numel_of(a)) &&
           is_whole(b->tensor, b->first, numel_of(b)) &&
           (!bias || (is_exact(&of_bias) && is_whole(bias->tensor, 0, columns)));
}

/* times |x| + more e of each. */
static void fill(double *to, const bounded_matrix *of, double times, double more) {
    for (size_t i = 0; i < numel_of(of); i++) {
        const bounded x = bounded_at(of->tensor, of->bound, of->first + i);
        to[i] = times * fabs(x.value) + more * x.bound;
    }
}

typedef struct {
    double at, ae, bt, be;
} weights;

/* Adds to out the sums of (at |a| + ae ea) (bt |b| + be eb). */
static void add_products(double *out, const bounded_matrix *a, const bounded_matrix *b, weights w,
                         double *room) {
    double *left = room, *right = room + numel_of(a);
    fill(left, a, w.at, w.ae);
    fill(right, b, w.bt, w.be);
    mlp_addmm_f64(out, left, a->matrix, right, b->matrix);
}

static double of_bias(factors f, const bounded_row *bias, size_t column) {
    if (!bias)
        return 0;
    const bounded x = bounded_element(bias, column);
    return f.of_errors * x.bound + f.of_sizes * fabs(x.value);
}

/* What follows from G, with what underflow adds; infinite where a partial sum may overflow, or where
 * there are so many terms that c has no meaning. */
static double bound_of(rounding r, factors f, double g, double value, size_t n) {
    const double tiny = 4 * ((double)n + 1) * r.smallest;
    const double bound = (g + f.of_sums / 2 * (fabs(value) + 2 * g) + tiny) * margin;
    const bool holds = ((double)n + 1) * r.unit < 1 && g / f.of_sizes <= r.largest / 4;
    return holds ? bound : INFINITY;
}

void bounded_multiply(rounding r, double *out, const bounded_matrix *a, const bounded_matrix *b,
                      const bounded_row *bias, bounded_row c, double *room) {
    const size_t n = a->matrix.columns, rows = a->matrix.rows, columns = b->matrix.columns;
    const factors f = factors_of(r, n);
    for (size_t i = 0; i < rows * columns; i++)
        out[i] = of_bias(f, bias, i % columns);
    add_products(out, a, b, (weights){1, 0, f.of_sizes, f.of_errors}, room);
    if (!is_exact(a))
        add_products(out, a, b, (weights){0, 1, f.of_errors, 3 * f.of_errors}, room);
    const bool whole = are_whole(a, b, bias);
    for (size_t i = 0; i < rows * columns; i++) {
        const bool exact = whole && out[i] / f.of_sizes * r.unit <= 0.5;
        out[i] = exact ? 0 : bound_of(r, f, out[i], bounded_element(&c, i).value, n);
    }
}
