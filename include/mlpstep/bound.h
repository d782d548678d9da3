/* How far floating-point arithmetic may be from exact arithmetic: a bound for every number.
 *
 * No two builds of PyTorch add in the same order or have the same exp(), so they give the same
 * number with other last bits. A bound e holds for all of them. Of a number with the exact value X
 * (that of the script's numbers, each rounded to its dtype once, in exact arithmetic):
 *
 *   |x - X| <= e  of the number x that is computed here, and  |x' - X| <= e  of any build's x'
 *
 * so that two builds differ by at most 2 e. The analysis is a running one (J. H. Wilkinson, "Error
 * analysis revisited", IMA Bulletin 22 (1986) 192-200; N. J. Higham, "Accuracy and Stability of
 * Numerical Algorithms", 2nd edition (2002), section 3.3): it goes along with the computation, and
 * uses the numbers that come about, not the worst there could be. With the unit roundoff u, 2^-24
 * of float32 and 2^-53 of float64:
 *
 *   a rounding      fl(z) = z (1 + d), |d| <= u, of sums, differences, products and quotients;
 *                   a result below the smallest normal number may be off by that, as some flush it.
 *                   Of exact operands, of what is one operation in every build, it is known
 *   a function      exp, log, sqrt, tanh and their like are good to two units in the last place,
 *                   which is 4 u of the result at most
 *   a product       |a'b' - AB| <= |b| ea + |a| eb + 3 ea eb
 *   a quotient      |a'/b' - A/B| <= (ea + (|a| + ea) eb / (|b| - eb)) / (|b| - 2 eb)
 *   by a number     a / c may be a (1 / c), rounded twice; and c be rounded to the dtype, or not
 *   y = f(x)        |f(x') - f(X)| <= e max |f'| over [x - 2 e, x + 2 e], where all three lie
 *   a sum           of t_1 ... t_n, in any order (Higham, section 4.2): each of the n - 1 additions
 *                   has a partial sum of some k terms, rounded once. It lies between -N_k and P_k,
 *                   the sums of the k largest negative and positive terms at most; and of the
 *                   additions in any tree the i-th smallest has no more than i + 1 terms. So the
 *                   errors add up to no more than
 *                     sum of e_i  +  sum over k = 2 ... n of h(max(P_k, N_k) / (1 - n u))
 *                   where h(s), half a unit in the last place, is u 2^floor(log2 s);
 *                   with 2 sum of e_i on top of P_k and N_k, since another build's terms differ,
 *                   and the divisor for what was rounded before. Of products of large matrices
 *                   each partial sum counts as max(P_n, N_n), rounded by u, which is less sharp,
 *                   by a factor below 4, and needs no sorting of all terms
 *   a branch        where a comparison, a kink of which the derivative is taken, an index or a
 *                   rounding to an integer is not decided within the bounds, what depends on it
 *                   has none: infinity. So has what is infinite or nan itself, or may be
 *
 * Numbers that the script gives are exact: e = 0. So are those it draws, but for the last bits in
 * which builds draw them otherwise: see mlp_uniform_bounds_f32 in random.h. A number that a script
 * takes out of a tensor, as item() does, and computes with in Python, stays as uncertain as it was
 * (src/python/off.h), as an operand and in another tensor too. As an option (lr=, alpha=, min=, the
 * limits of what is drawn) it is taken for what it is here, and all that is made or computed from
 * there on, literals included, has no bound: infinity.
 *
 * Taken for granted is what Python itself computes of exact numbers, as math.exp(0.3), math.log(2)
 * or the sum() of a list of floats: it counts as exact, although the libraries and releases of
 * Python that do it in float64 may round its last bits in their own ways. */
#ifndef MLPSTEP_BOUND_H
#define MLPSTEP_BOUND_H

#include "mlpstep/trace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The bound of element i of a value of a trace that keeps them; 0 where it is exact. */
double mlp_value_bound(const mlp_value *value, size_t i);

#ifdef __cplusplus
}
#endif

#endif
