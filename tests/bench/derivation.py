"""The student's formulas, forward and backward.

Numbers are Python's own, tensors nested lists. Nothing here is taken from mlpstep: what the two
agree on, two people have derived.
"""

import math


# --- tensors ---

def each(f, *tensors):
    """f of the elements that stand at the same place."""
    if isinstance(tensors[0], list):
        return [each(f, *rows) for rows in zip(*tensors)]
    return f(*tensors)


def elements(tensor):
    return [e for row in tensor for e in elements(row)] if isinstance(tensor, list) else [tensor]


def transpose(matrix):
    return [list(column) for column in zip(*matrix)]


def matmul(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


# --- forward ---

def linear(x, weight, bias):
    return [[s + b for s, b in zip(row, bias)] for row in matmul(x, transpose(weight))]


def leaky_relu(x, negative_slope):
    return each(lambda v: v if v > 0 else negative_slope * v, x)


def relu(x):
    return each(lambda v: max(v, 0.0), x)


def sigmoid(x):
    return each(lambda v: 1 / (1 + math.exp(-v)), x)


def tanh(x):
    return each(math.tanh, x)


def dropout(x, mask, p):
    return each(lambda v, m: v * m / (1 - p), x, mask)


def softmax(x):
    return [[math.exp(v) / sum(map(math.exp, row)) for v in row] for row in x]


def log_softmax(x):
    return [[v - math.log(sum(map(math.exp, row))) for v in row] for row in x]


def averaged(total, terms, reduction):
    return total / terms if reduction == "mean" else total


def smoothed(y, classes, label_smoothing):
    """The probability that the target gives each class."""
    return [[(1 - label_smoothing) * (c == target) + label_smoothing / classes for c in range(classes)]
            for target in y]


def nll_loss(x, y, reduction, label_smoothing=0):
    """x: logarithms of probabilities"""
    targets = smoothed(y, len(x[0]), label_smoothing)
    return averaged(-sum(elements(each(lambda v, t: t * v if t else 0, x, targets))), len(y), reduction)


def loss_of_softmax(p, y, reduction, label_smoothing=0):
    return nll_loss(each(math.log, p), y, reduction, label_smoothing)


def cross_entropy_of_scores(p, t):
    return -t * math.log(p) - (1 - t) * math.log(1 - p)


def loss_of_sigmoid(p, y, reduction):
    losses = elements(each(cross_entropy_of_scores, p, y))
    return averaged(sum(losses), len(losses), reduction)


def loss_of_logits(x, y, reduction):
    return loss_of_sigmoid(sigmoid(x), y, reduction)


def mse_loss(x, y, reduction):
    squares = elements(each(lambda v, t: (v - t) ** 2, x, y))
    return averaged(sum(squares), len(squares), reduction)


# --- backward: dy is the gradient of the result, given back is that of the argument ---

def linear_weight_gradient(dy, x, *earlier):
    """Further arguments are for who takes an earlier value for the layer's input."""
    return matmul(transpose(dy), x)


def linear_bias_gradient(dy):
    return [sum(column) for column in zip(*dy)]


def linear_gradient(dy, weight, weight_gradient, lr):
    """The last two are for who takes the weight after its update; lr is None where that is no plain step."""
    return matmul(dy, weight)


def leaky_relu_gradient(dy, x, negative_slope):
    return each(lambda d, v: d if v > 0 else negative_slope * d, dy, x)


def relu_gradient(dy, y):
    return each(lambda d, v: d if v > 0 else 0.0, dy, y)


def sigmoid_gradient(dy, y):
    return each(lambda d, v: d * v * (1 - v), dy, y)


def tanh_gradient(dy, y):
    return each(lambda d, v: d * (1 - v * v), dy, y)


def dropout_gradient(dy, mask, p):
    return each(lambda d, m: d * m / (1 - p), dy, mask)


def nll_loss_gradient(dl, x, y, reduction, label_smoothing=0):
    share = averaged(dl, len(y), reduction)
    return each(lambda t: -share * t, smoothed(y, len(x[0]), label_smoothing))


def softmax_loss_gradient(dl, p, y, reduction, label_smoothing=0):
    """Of the scores, at once: softmax minus target."""
    share = averaged(dl, len(y), reduction)
    return each(lambda v, t: share * (v - t), p, smoothed(y, len(p[0]), label_smoothing))


def sigmoid_loss_gradient(dl, p, y, reduction):
    share = averaged(dl, len(elements(p)), reduction)
    return each(lambda v, t: share * (v - t), p, y)


def logits_loss_gradient(dl, x, y, reduction):
    return sigmoid_loss_gradient(dl, sigmoid(x), y, reduction)


def log_softmax_gradient(dy, y, reduction):
    """The reduction is for who forgets that dy has been averaged."""
    return [[d - math.exp(v) * sum(ds) for d, v in zip(ds, vs)] for ds, vs in zip(dy, y)]


def mse_loss_gradient(dl, x, y, reduction):
    share = averaged(dl, len(elements(x)), reduction)
    return each(lambda v, t: 2 * (v - t) * share, x, y)


# --- step ---

def decayed(parameter, gradient, weight_decay):
    return each(lambda p, d: d + weight_decay * p, parameter, gradient)


def sgd(parameter, gradient, lr, weight_decay=0):
    return each(lambda p, d: p - lr * d, parameter, decayed(parameter, gradient, weight_decay))


def momentum_buffer(parameter, gradient, buffer=None, *, momentum, weight_decay=0):
    """buffer: that of the step before, if there was one"""
    new = decayed(parameter, gradient, weight_decay)
    return each(lambda b, d: momentum * b + d, buffer, new) if buffer else new


def sgd_by_buffer(parameter, gradient, buffer, *, lr, momentum, weight_decay=0, nesterov=False):
    if nesterov:
        buffer = each(lambda d, b: d + momentum * b, decayed(parameter, gradient, weight_decay), buffer)
    return each(lambda p, b: p - lr * b, parameter, buffer)


FORWARD = {"Linear": linear, "LeakyReLU": leaky_relu, "ReLU": relu, "Sigmoid": sigmoid, "Tanh": tanh,
           "Dropout": dropout, "Softmax": softmax}

BACKWARD = {"LeakyReLU": leaky_relu_gradient, "ReLU": relu_gradient, "Sigmoid": sigmoid_gradient,
            "Tanh": tanh_gradient, "Dropout": dropout_gradient}
