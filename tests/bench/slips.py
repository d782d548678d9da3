"""The slips a student makes: for each formula, what is written down instead of its result.

Every slip takes the arguments of the formula it spoils, and gives None where it cannot occur.
"""

import itertools
import math

from derivation import (dropout, dropout_gradient, each, elements, leaky_relu, leaky_relu_gradient,
                        linear, linear_gradient, linear_weight_gradient, log_softmax,
                        log_softmax_gradient, matmul, mse_loss, mse_loss_gradient, nll_loss,
                        nll_loss_gradient, relu_gradient, sgd, sigmoid_gradient, softmax,
                        tanh_gradient, transpose)
from sheets import written_number


def is_square(matrix):
    return len(matrix) == len(matrix[0])


def with_reduction(formula, true_reduction, other):
    """The formula with another reduction than the loss has."""
    def slip(*arguments, reduction):
        return formula(*arguments, other) if reduction == true_reduction else None
    return slip


def softmax_gradient_not_averaged(dy, y, reduction):
    if reduction != "mean":
        return None
    return log_softmax_gradient(each(lambda d: d * len(y), dy), y, reduction)


def onehot_minus_p(dy, y, reduction):
    return each(lambda d: -d, log_softmax_gradient(dy, y, reduction))


def no_onehot(dy, y, reduction):
    return [[-math.exp(v) * sum(ds) for v in vs] for ds, vs in zip(dy, y)]


def updated_weight(dy, weight, weight_gradient, lr):
    return matmul(dy, sgd(weight, weight_gradient, lr))


ACTIVATION_GRADIENT = {"activation-derivative-missing": lambda dy, *_, **__: dy}

SLIPS = {
    linear: {
        "transposed-weight": lambda x, w, b: linear(x, transpose(w), b) if is_square(w) else None,
        "no-bias": lambda x, w, b: matmul(x, transpose(w)),
    },
    leaky_relu: {
        "slope-ignored": lambda x, negative_slope: leaky_relu(x, 0.0),
        "slope-everywhere": lambda x, negative_slope: each(lambda v: negative_slope * v, x),
    },
    dropout: {
        "no-dropout-scale": lambda x, mask, p: dropout(x, mask, 0),
        "dropout-scale-by-p": lambda x, mask, p: dropout(x, mask, 1 - p),
    },
    softmax: {"softmax-not-normalised": lambda x: each(math.exp, x)},
    log_softmax: {
        "log-base-2": lambda x: each(lambda v: v / math.log(2), log_softmax(x)),
        "log-base-10": lambda x: each(lambda v: v / math.log(10), log_softmax(x)),
    },
    nll_loss: {
        "sum-not-mean": with_reduction(nll_loss, "mean", "sum"),
        "mean-not-sum": with_reduction(nll_loss, "sum", "mean"),
    },
    mse_loss: {
        "sum-not-mean": with_reduction(mse_loss, "mean", "sum"),
        "mean-not-sum": with_reduction(mse_loss, "sum", "mean"),
    },
    nll_loss_gradient: {"batch-not-averaged": with_reduction(nll_loss_gradient, "mean", "sum")},
    mse_loss_gradient: {"batch-not-averaged": with_reduction(mse_loss_gradient, "mean", "sum")},
    log_softmax_gradient: {
        "batch-not-averaged": softmax_gradient_not_averaged,
        "onehot-minus-p": onehot_minus_p,
        "no-onehot": no_onehot,
    },
    leaky_relu_gradient: ACTIVATION_GRADIENT | {
        "slope-ignored": lambda dy, x, negative_slope: leaky_relu_gradient(dy, x, 0.0),
        "slope-everywhere": lambda dy, x, negative_slope: each(lambda d: negative_slope * d, dy),
    },
    relu_gradient: ACTIVATION_GRADIENT,
    sigmoid_gradient: ACTIVATION_GRADIENT,
    tanh_gradient: ACTIVATION_GRADIENT,
    dropout_gradient: {
        "mask-missing-backward": lambda dy, mask, p: each(lambda d: d / (1 - p), dy),
        "scale-missing-backward": lambda dy, mask, p: dropout_gradient(dy, mask, 0),
    },
    linear_weight_gradient: {
        "transposed-gradient": lambda dy, x: matmul(transpose(x), dy) if len(x[0]) == len(dy[0]) else None,
    },
    linear_gradient: {
        "transposed-weight": lambda dy, w, dw, lr: matmul(dy, transpose(w)) if is_square(w) else None,
        "updated-weights-in-backward": updated_weight,
    },
    sgd: {
        "ascent": lambda p, dp, lr: sgd(p, dp, -lr),
        "no-learning-rate": lambda p, dp, lr: sgd(p, dp, 1),
        "not-updated": lambda p, dp, lr: p,
    },
}


SLIPS_OF_THE_PEN = ["sign-flipped", "digits-swapped"]    # in any line


def replaced(tensor, index, number):
    """The tensor with another number as its element `index`."""
    count = itertools.count()
    return each(lambda v: number if next(count) == index else v, tensor)


def sign_flips(true):
    """The whole, then each element by itself."""
    return [each(lambda v: -v, true)] + [replaced(true, i, -v) for i, v in enumerate(elements(true))]


def digit_swaps(true, style):
    """Every exchange of two neighbouring digits that differ; the student goes on with what is written."""
    swaps = []
    for i, number in enumerate(elements(true)):
        text = written_number(number, style)
        for j in range(len(text) - 1):
            a, b = text[j:j + 2]
            if a.isdigit() and b.isdigit() and a != b:
                swaps.append(replaced(true, i, float(text[:j] + b + a + text[j + 2:])))
    return swaps


def possible_slips(line, values, style):
    """{slug: every way in which it may spoil the line's value}"""
    arguments = [values[key] for key in line.arguments]
    true = line.formula(*arguments, **line.options)
    found = {slug: slip(*arguments, **line.options) for slug, slip in SLIPS.get(line.formula, {}).items()}
    return {slug: [wrong] for slug, wrong in found.items() if wrong is not None} | {
        "sign-flipped": sign_flips(true), "digits-swapped": digit_swaps(true, style)}


def draw_way(rng, slug, ways):
    """One of the ways, or None where there is none. Of a flipped sign half are of the whole."""
    if not ways:
        return None
    if slug == "sign-flipped" and rng.random() < 0.5:
        return ways[0]
    return rng.choice(ways)
