"""The slips a student makes: for each formula, what is written down instead of its result.

Every slip takes the arguments of the formula it spoils, and gives None where it cannot occur.
"""

import itertools
import math

from derivation import (averaged, dropout, dropout_gradient, each, elements, leaky_relu,
                        leaky_relu_gradient, linear, linear_bias_gradient, linear_gradient,
                        linear_weight_gradient, log_softmax, log_softmax_gradient, logits_loss_gradient,
                        loss_of_logits, loss_of_sigmoid, loss_of_softmax, matmul, momentum_buffer, mse_loss,
                        mse_loss_gradient, nll_loss, nll_loss_gradient, relu, relu_gradient, sgd,
                        sgd_by_buffer, sigmoid, sigmoid_gradient, sigmoid_loss_gradient, softmax,
                        softmax_loss_gradient, tanh, tanh_gradient, transpose)
from sheets import AsWritten, written_number


class Ways(tuple):
    """Several ways to make one slip; none of them may be None."""


def with_reduction(formula, true_reduction, other):
    """The formula with another reduction than the loss has."""
    def slip(*arguments, reduction, **options):
        return formula(*arguments, reduction=other, **options) if reduction == true_reduction else None
    return slip


# --- forward ---

def reread(weight):
    """The numbers of the weight in the order in which they stand, as its columns."""
    if 1 in (len(weight), len(weight[0])):
        return None
    numbers = elements(weight)
    rows = len(weight)
    return [[numbers[k * rows + r] for k in range(len(weight[0]))] for r in range(rows)]


def linear_transposed(x, weight, bias):
    wrong = reread(weight)
    return linear(x, wrong, bias) if wrong else None


def exchanged(numbers, i, j):
    numbers = list(numbers)
    numbers[i], numbers[j] = numbers[j], numbers[i]
    return numbers


def without_column(x, k):
    return [[0.0 if i == k else v for i, v in enumerate(row)] for row in x]


def term_forgotten(x, weight, bias):
    terms = len(weight[0])
    return Ways(linear(without_column(x, k), weight, bias) for k in range(terms)) if terms > 1 else None


def term_of_gradient_forgotten(dy, weight, *_, **__):
    terms = len(weight)
    return Ways(matmul(without_column(dy, k), weight) for k in range(terms)) if terms > 1 else None


def biases_exchanged(x, weight, bias):
    return Ways(linear(x, weight, exchanged(bias, i, j))
                for i, j in itertools.combinations(range(len(bias)), 2))


ACTIVATIONS = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh}


def activation_slips(own):
    others = [f for f in ACTIVATIONS.values() if f is not own]
    return {"no-activation": lambda x, **_: x,
            "other-activation": lambda x, **_: Ways(f(x) for f in others)}


def normalised(f):
    return lambda x: [[f(v) / sum(map(f, row)) for v in row] for row in x]


def target_probabilities(p, y):
    return [row[target] for row, target in zip(p, y)]


def loss_of_all_classes(x, y, reduction, label_smoothing=0):
    return averaged(-sum(elements(x)), len(y), reduction)


def one_minus_p(p, y, reduction, label_smoothing=0):
    return averaged(sum(1 - v for v in target_probabilities(p, y)), len(y), reduction)


def wrong_classes(y, classes):
    return [y[:i] + [c] + y[i + 1:] for i in range(len(y)) for c in range(classes) if c != y[i]]


def p_alone_of_target(p, y, reduction, label_smoothing=0):
    return averaged(sum(target_probabilities(p, y)), len(y), reduction)


def all_targets_off(y, classes):
    return [[c + by for c in y] for by in (-1, 1) if len(y) > 1 and all(0 <= c + by < classes for c in y)]


def targets_exchanged(y):
    return [exchanged(y, i, j) for i, j in itertools.combinations(range(len(y)), 2) if y[i] != y[j]]


def of_targets(formula, place):
    """What the losses over classes, and their gradients, make of other targets; place: where these stand."""
    def with_targets(arguments, options, others):
        return Ways(formula(*arguments[:place], y, *arguments[place + 1:], **options) for y in others)
    return {
        "classes-off-by-one": lambda *arguments, **options: with_targets(
            arguments, options, all_targets_off(arguments[place], len(arguments[place - 1][0]))),
        "targets-exchanged": lambda *arguments, **options: with_targets(
            arguments, options, targets_exchanged(arguments[place]))}


def target_complemented(formula, place):
    return {"target-complemented": lambda *arguments, **options: formula(
        *arguments[:place], each(lambda t: 1 - t, arguments[place]), *arguments[place + 1:], **options)}


def log_to_base(formula, base):
    return lambda *arguments, **options: formula(*arguments, **options) / math.log(base)


def reductions(formula):
    return {"sum-not-mean": with_reduction(formula, "mean", "sum"),
            "mean-not-sum": with_reduction(formula, "sum", "mean")}


def halved(formula):
    return {"loss-halved": lambda *arguments, **options: formula(*arguments, **options) / 2}


def class_loss_slips(formula):
    """What the losses over classes have in common."""
    return reductions(formula) | halved(formula) | of_targets(formula, 1) | {
        "wrong-class": lambda x, y, **options: Ways(formula(x, t, **options)
                                                    for t in wrong_classes(y, len(x[0]))),
        "no-label-smoothing": lambda x, y, reduction, label_smoothing=0:
            formula(x, y, reduction) if label_smoothing else None}


# --- backward ---

def not_averaged(formula):
    return {"batch-not-averaged": with_reduction(formula, "mean", "sum")}


def class_gradient_slips(formula):
    return not_averaged(formula) | of_targets(formula, 2) | {
        "wrong-class": lambda dl, x, y, **options: Ways(formula(dl, x, t, **options)
                                                        for t in wrong_classes(y, len(x[0]))),
        "no-label-smoothing": lambda dl, x, y, reduction, label_smoothing=0:
            formula(dl, x, y, reduction) if label_smoothing else None}


def target_minus_p(dl, p, y, **options):
    return each(lambda d: -d, softmax_loss_gradient(dl, p, y, **options))


def p_alone(dl, p, y, reduction, label_smoothing=0):
    share = averaged(dl, len(y), reduction)
    return each(lambda v: share * v, p)


def sigmoid_derivative(dl, p, y, reduction, label_smoothing=0):
    share = averaged(dl, len(y), reduction)
    return each(lambda v: share * v * (1 - v), p)


def not_through_softmax(dl, p, y, reduction, label_smoothing=0):
    if label_smoothing:
        return None
    share = averaged(dl, len(y), reduction)
    return [[-share / v if c == target else 0.0 for c, v in enumerate(row)] for row, target in zip(p, y)]


def softmax_gradient_not_averaged(dy, y, reduction):
    if reduction != "mean":
        return None
    return log_softmax_gradient(each(lambda d: d * len(y), dy), y, reduction)


def onehot_minus_p(dy, y, reduction):
    return each(lambda d: -d, log_softmax_gradient(dy, y, reduction))


def no_onehot(dy, y, reduction):
    return [[-math.exp(v) * sum(ds) for v in vs] for ds, vs in zip(dy, y)]


def updated_weight(dy, weight, weight_gradient, lr):
    return matmul(dy, sgd(weight, weight_gradient, lr)) if lr else None


def gradient_transposed_weight(dy, weight, weight_gradient, lr):
    wrong = reread(weight)
    return matmul(dy, wrong) if wrong else None


def samples_alone(dy, *others):
    """The arguments, of each sample alone."""
    return [tuple([rows[i]] for rows in (dy, *others)) for i in range(len(dy))] if len(dy) > 1 else []


def of_batch_mean(formula):
    def slip(dy, *arguments):
        return each(lambda d: d / len(dy), formula(dy, *arguments)) if len(dy) > 1 else None
    return slip


DERIVATIVES = {"relu": lambda y: 1.0 if y > 0 else 0.0, "sigmoid": lambda y: y * (1 - y),
               "tanh": lambda y: 1 - y * y}


def derivative_slips(own):
    """Of activations that are differentiated at their output."""
    others = [f for name, f in DERIVATIVES.items() if name != own]
    return {"activation-derivative-missing": lambda dy, *_, **__: dy,
            "other-derivative": lambda dy, y, **_: Ways(each(lambda d, v: d * f(v), dy, y) for f in others)}


RESULT_FOR_DERIVATIVE = {"result-for-derivative": lambda dy, y: each(lambda d, v: d * v, dy, y)}


# --- step ---

def rate_off(formula):
    return lambda *arguments, lr, **options: Ways(formula(*arguments, lr=factor * lr, **options)
                                                  for factor in (10, 0.1, 2, 0.5))


def other_decay(formula, factor):
    def slip(*arguments, weight_decay=0, **options):
        return formula(*arguments, weight_decay=factor * weight_decay, **options) if weight_decay else None
    return slip


def decay_slips(formula):
    return {"no-weight-decay": other_decay(formula, 0), "weight-decay-doubled": other_decay(formula, 2),
            "weight-decay-subtracted": other_decay(formula, -1)}


def update_slips(formula):
    return {
        "ascent": lambda p, *arguments, lr, **options: formula(p, *arguments, lr=-lr, **options),
        "no-learning-rate": lambda p, *arguments, lr, **options: formula(p, *arguments, lr=1, **options),
        "not-updated": lambda p, *_, **__: p,
        "step-alone": lambda p, *arguments, **options: Ways(
            each(lambda new, old: sign * (new - old), formula(p, *arguments, **options), p) for sign in (1, -1)),
        "learning-rate-off": rate_off(formula)}


def no_momentum(p, gradient, buffer=None, *, momentum, weight_decay=0):
    return momentum_buffer(p, gradient, buffer, momentum=0, weight_decay=weight_decay) if buffer else None


def momentum_averaged(p, gradient, buffer=None, *, momentum, weight_decay=0):
    new = momentum_buffer(p, gradient, momentum=momentum, weight_decay=weight_decay)
    if not buffer:
        return each(lambda d: (1 - momentum) * d, new)
    return each(lambda b, d: momentum * b + (1 - momentum) * d, buffer, new)


def no_nesterov(*arguments, nesterov=False, **options):
    return sgd_by_buffer(*arguments, **options) if nesterov else None


SLIPS = {
    linear: {
        "transposed-weight": linear_transposed,
        "no-bias": lambda x, w, b: matmul(x, transpose(w)),
        "biases-exchanged": biases_exchanged,
        "bias-subtracted": lambda x, w, b: linear(x, w, [-v for v in b]),
        "term-forgotten": term_forgotten,
    },
    leaky_relu: activation_slips(leaky_relu) | {
        "slope-ignored": lambda x, negative_slope: leaky_relu(x, 0.0),
        "slope-everywhere": lambda x, negative_slope: each(lambda v: negative_slope * v, x),
    },
    relu: activation_slips(relu),
    sigmoid: activation_slips(sigmoid),
    tanh: activation_slips(tanh),
    dropout: {
        "no-dropout-scale": lambda x, mask, p: dropout(x, mask, 0),
        "dropout-scale-by-p": lambda x, mask, p: dropout(x, mask, 1 - p),
        "dropout-scale-multiplied": lambda x, mask, p: each(lambda v, m: v * m * (1 - p), x, mask),
        "no-dropout": lambda x, mask, p: x,
    },
    softmax: {
        "softmax-not-normalised": lambda x: each(math.exp, x),
        "exp-base-10": normalised(lambda v: 10 ** v),
        "exp-base-2": normalised(lambda v: 2 ** v),
        "no-exp": lambda x: normalised(lambda v: v)(x) if all(sum(row) for row in x) else None,
        "sigmoid-for-softmax": sigmoid,
    },
    log_softmax: {
        "log-base-2": lambda x: each(lambda v: v / math.log(2), log_softmax(x)),
        "log-base-10": lambda x: each(lambda v: v / math.log(10), log_softmax(x)),
    },
    loss_of_softmax: class_loss_slips(loss_of_softmax) | {
        "log-base-2": log_to_base(loss_of_softmax, 2),
        "log-base-10": log_to_base(loss_of_softmax, 10),
        "loss-of-all-classes": lambda p, *rest, **options: loss_of_all_classes(each(math.log, p), *rest, **options),
        "one-minus-p": one_minus_p,
        "no-logarithm": p_alone_of_target,
    },
    nll_loss: class_loss_slips(nll_loss) | {"loss-of-all-classes": loss_of_all_classes},
    mse_loss: reductions(mse_loss) | halved(mse_loss),
    loss_of_sigmoid: reductions(loss_of_sigmoid) | halved(loss_of_sigmoid) | target_complemented(loss_of_sigmoid, 1),
    loss_of_logits: reductions(loss_of_logits) | halved(loss_of_logits) | target_complemented(loss_of_logits, 1),
    softmax_loss_gradient: class_gradient_slips(softmax_loss_gradient) | {
        "onehot-minus-p": target_minus_p,
        "no-onehot": p_alone,
        "sigmoid-derivative": sigmoid_derivative,
        "softmax-not-differentiated": not_through_softmax,
    },
    nll_loss_gradient: class_gradient_slips(nll_loss_gradient),
    mse_loss_gradient: not_averaged(mse_loss_gradient) | {
        "loss-halved": lambda *arguments, **options: each(lambda d: d / 2, mse_loss_gradient(*arguments, **options))},
    sigmoid_loss_gradient: not_averaged(sigmoid_loss_gradient) | target_complemented(sigmoid_loss_gradient, 2),
    logits_loss_gradient: not_averaged(logits_loss_gradient) | target_complemented(logits_loss_gradient, 2),
    log_softmax_gradient: {
        "batch-not-averaged": softmax_gradient_not_averaged,
        "onehot-minus-p": onehot_minus_p,
        "no-onehot": no_onehot,
    },
    leaky_relu_gradient: {
        "activation-derivative-missing": lambda dy, *_, **__: dy,
        "slope-ignored": lambda dy, x, negative_slope: leaky_relu_gradient(dy, x, 0.0),
        "slope-everywhere": lambda dy, x, negative_slope: each(lambda d: negative_slope * d, dy),
    },
    relu_gradient: derivative_slips("relu"),
    sigmoid_gradient: derivative_slips("sigmoid") | RESULT_FOR_DERIVATIVE,
    tanh_gradient: derivative_slips("tanh") | RESULT_FOR_DERIVATIVE,
    dropout_gradient: {
        "mask-missing-backward": lambda dy, mask, p: each(lambda d: d / (1 - p), dy),
        "scale-missing-backward": lambda dy, mask, p: dropout_gradient(dy, mask, 0),
        "dropout-scale-by-p": lambda dy, mask, p: dropout_gradient(dy, mask, 1 - p),
        "dropout-scale-multiplied": lambda dy, mask, p: each(lambda d, m: d * m * (1 - p), dy, mask),
        "no-dropout": lambda dy, mask, p: dy,
    },
    linear_weight_gradient: {
        "transposed-gradient": lambda dy, x, *_: matmul(transpose(x), dy) if len(x[0]) == len(dy[0]) else None,
        "wrong-input": lambda dy, x, *earlier: Ways(linear_weight_gradient(dy, other) for other in earlier),
        "one-sample": lambda dy, x, *_: Ways(linear_weight_gradient(*of) for of in samples_alone(dy, x)),
        "mean-not-sum": of_batch_mean(linear_weight_gradient),
    },
    linear_bias_gradient: {
        "one-sample": lambda dy: Ways(linear_bias_gradient(*of) for of in samples_alone(dy)),
        "mean-not-sum": of_batch_mean(linear_bias_gradient),
    },
    linear_gradient: {
        "transposed-weight": gradient_transposed_weight,
        "updated-weights-in-backward": updated_weight,
        "term-forgotten": term_of_gradient_forgotten,
    },
    sgd: update_slips(sgd) | decay_slips(sgd),
    sgd_by_buffer: update_slips(sgd_by_buffer) | {"no-nesterov": no_nesterov},
    momentum_buffer: decay_slips(momentum_buffer) | {"no-momentum": no_momentum,
                                                     "momentum-averaged": momentum_averaged},
}


SLIPS_OF_THE_PEN = ["sign-flipped", "digits-swapped", "decimal-point-shifted", "other-element"]


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
                swaps.append(replaced(true, i, AsWritten(text[:j] + b + a + text[j + 2:])))
    return swaps


def shifted_points(true):
    """The whole, then each element by itself, ten or a hundred times as large or as small."""
    factors = (10, 0.1, 100, 0.01)
    return [each(lambda v: v * factor, true) for factor in factors] + [
        replaced(true, i, v * factor) for i, v in enumerate(elements(true)) for factor in factors[:2]]


def other_elements(true):
    """Two rows exchanged, or an element written in the place of another."""
    numbers = elements(true)
    rows = [exchanged(true, i, j) for i, j in itertools.combinations(range(len(true)), 2)
            ] if len(numbers) > 1 and isinstance(true[0], list) else []
    return rows + [replaced(true, i, v) for i in range(len(numbers)) for v in numbers if v != numbers[i]]


def ways_of(slip, arguments, options):
    wrong = slip(*arguments, **options)
    return list(wrong) if isinstance(wrong, Ways) else [wrong] if wrong is not None else []


def possible_slips(line, values, style):
    """{slug: every way in which it may spoil the line's value}"""
    arguments = [values[key] for key in line.arguments]
    true = line.formula(*arguments, **line.options)
    found = {slug: ways_of(slip, arguments, line.options)
             for slug, slip in SLIPS.get(line.formula, {}).items()}
    return {slug: ways for slug, ways in found.items() if ways} | {
        "sign-flipped": sign_flips(true), "digits-swapped": digit_swaps(true, style),
        "decimal-point-shifted": shifted_points(true), "other-element": other_elements(true)}


def draw_way(rng, slug, ways):
    """One of the ways, or None where there is none. Half of flipped signs and shifted points are of
    the whole."""
    if not ways:
        return None
    if slug in ("sign-flipped", "decimal-point-shifted") and rng.random() < 0.5:
        return ways[0 if slug == "sign-flipped" else rng.randrange(4)]
    return rng.choice(ways)
