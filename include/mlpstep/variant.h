/* The same exercise with other numbers: a script in, a script out that differs in literals alone.
 *
 * The literals that change are those of the script's data: decimal numbers, written with a point,
 *
 *   - in a list [...], however nested, in tuples within it too;
 *   - that torch.tensor(), as_tensor(), Tensor(), FloatTensor(), DoubleTensor(), nn.Parameter() or
 *     numpy's array() and asarray() are given by position or as data=;
 *   - assigned to an element, w[0, 1] = 0.2, whose index is no string.
 *
 * All others stay: numbers that stand alone or in arithmetic (lr=0.1, 0.5 * x), in strings, in lists
 * under a name in a call (betas=[0.9, 0.999]), that a `for` goes through, by itself or by its name,
 * and in comprehensions, conditions and subscripts, unless one of these functions is given them; and
 * what results are compared with, by ==, assert, allclose() or isclose(), where nothing changes.
 * Integers stay, and so do 0.0, 1.0, what is too large for a float, and numbers from 0 to 1 that are a
 * whole list and add up to 1, as probabilities do.
 *
 * Each of these literals gets other digits: as many, the first and the last not 0, with the same
 * zeros behind them, point, exponent and sign. Numbers of the same size, sign aside, stay the same,
 * others stay different. All else stays as it is, byte for byte.
 *
 * The script is run, and other digits are drawn as long as it is not as good an exercise as the given
 * one: where it fails, or takes other steps; where what it computes in its first step of training,
 * forward, backward and the mask of a dropout, has in a place where the given script does not
 *
 *   - a nan or an infinity, or nothing but zeros in a tensor;
 *   - a number at a kink, as 0 is one of ReLU, or within a hundredth of the largest number of the
 *     tensor;
 *   - a softmax above 0.99;
 *   - equal numbers in a tensor that forward computes (of up to 64; zeros aside).
 *
 * The digits that are drawn depend on the script and the seed alone: MT19937, seeded by its
 * two words. */
#ifndef MLPSTEP_VARIANT_H
#define MLPSTEP_VARIANT_H

#include "mlpstep/script.h"

#ifdef __cplusplus
extern "C" {
#endif

/* After so many variants that are no good exercise, the script is refused. */
#define MLP_VARIANT_TRIES 100

/* The variant in the arena, as long as the source, which ran well with these options and gave this
 * trace (both are read as a plain script; options->cells has to be NULL). NULL with one diagnostic
 * where there are no such literals, where no variant was good enough, or without memory. */
const char *mlp_variant_new(mlp_arena *arena, const char *source, size_t length,
                            const mlp_script_options *options, const mlp_trace *trace,
                            uint64_t seed, mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
