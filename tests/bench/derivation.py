"""The student: every line of a training step in the order a report has them, each with its formula.

Numbers are Python's own, tensors nested lists. Nothing here is taken from mlpstep: what the two
agree on, two people have derived.
"""

import math
from dataclasses import dataclass, field

from networks import parameters_of


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


def nll_loss(x, y, reduction):
    total = -sum(row[target] for row, target in zip(x, y))
    return total / len(y) if reduction == "mean" else total


def mse_loss(x, y, reduction):
    squares = elements(each(lambda v, t: (v - t) ** 2, x, y))
    return sum(squares) / len(squares) if reduction == "mean" else sum(squares)


# --- backward: dy is the gradient of the result, given back is that of the argument ---

def linear_weight_gradient(dy, x):
    return matmul(transpose(dy), x)


def linear_bias_gradient(dy):
    return [sum(column) for column in zip(*dy)]


def linear_gradient(dy, weight, weight_gradient, lr):
    """The last two are for who takes the weight after its update."""
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


def nll_loss_gradient(dl, x, y, reduction):
    share = dl / len(y) if reduction == "mean" else dl
    return [[-share if c == target else 0.0 for c in range(len(row))] for row, target in zip(x, y)]


def log_softmax_gradient(dy, y, reduction):
    """The reduction is for who forgets that dy has been averaged."""
    return [[d - math.exp(v) * sum(ds) for d, v in zip(ds, vs)] for ds, vs in zip(dy, y)]


def mse_loss_gradient(dl, x, y, reduction):
    share = dl / len(elements(x)) if reduction == "mean" else dl
    return each(lambda v, t: 2 * (v - t) * share, x, y)


# --- step ---

def sgd(parameter, gradient, lr):
    return each(lambda p, d: p - lr * d, parameter, gradient)


FORWARD = {"Linear": linear, "LeakyReLU": leaky_relu, "ReLU": relu, "Sigmoid": sigmoid, "Tanh": tanh,
           "Dropout": dropout, "Softmax": softmax}

BACKWARD = {"LeakyReLU": leaky_relu_gradient, "ReLU": relu_gradient, "Sigmoid": sigmoid_gradient,
            "Tanh": tanh_gradient, "Dropout": dropout_gradient}


# --- the lines of a step ---

@dataclass
class Line:
    name: str
    section: str
    formula: object = None                       # None: a given line
    arguments: tuple = ()                        # keys of the lines whose values it takes
    options: dict = field(default_factory=dict)

    @property
    def key(self):
        """A parameter's name stands for two lines, the given and the updated."""
        return self.name + " updated" if self.section == "step" else self.name


def forward_lines(network):
    lines = [Line("x", "forward")]
    for module in network.modules:
        arguments, options = (module.argument,), module.options
        if module.kind == "Linear":
            lines += [Line(name, "forward") for name in parameters_of(module)]
            arguments, options = arguments + parameters_of(module), {}
        elif module.kind == "Dropout":
            mask = module.attribute + ".mask"
            lines.append(Line(mask, "forward"))
            arguments += (mask,)
        elif module.kind == "Softmax":
            options = {}
        lines.append(Line(module.result, "forward", FORWARD[module.kind], arguments, options))
    return lines


def loss_lines(network):
    reduction = {"reduction": network.reduction}
    lines = [Line("y", "forward")]
    if network.loss == "MSELoss":
        return lines + [Line("l", "forward", mse_loss, ("o", "y"), reduction),
                        Line("l.grad", "backward"),
                        Line("o.grad", "backward", mse_loss_gradient, ("l.grad", "o", "y"), reduction)]
    inner = "loss.log_softmax"
    return lines + [Line(inner, "forward", log_softmax, ("o",)),
                    Line("l", "forward", nll_loss, (inner, "y"), reduction),
                    Line("l.grad", "backward"),
                    Line(inner + ".grad", "backward", nll_loss_gradient, ("l.grad", inner, "y"), reduction),
                    Line("o.grad", "backward", log_softmax_gradient, (inner + ".grad", inner), reduction)]


def backward_lines(module, network):
    dy, dx = module.result + ".grad", module.argument + ".grad"
    if module.kind == "Linear":
        weight, bias = parameters_of(module)
        lines = [Line(weight + ".grad", "backward", linear_weight_gradient, (dy, module.argument)),
                 Line(bias + ".grad", "backward", linear_bias_gradient, (dy,))]
        if module.argument != "x" or network.x_requires_grad:
            lines.append(Line(dx, "backward", linear_gradient, (dy, weight, weight + ".grad"),
                              {"lr": network.lr}))
        return lines
    # LeakyReLU is differentiated at its input, as PyTorch does; what else is bent, at its output.
    beside = {"LeakyReLU": module.argument, "Dropout": module.attribute + ".mask"}
    return [Line(dx, "backward", BACKWARD[module.kind], (dy, beside.get(module.kind, module.result)),
                 module.options)]


def derive(network):
    """Every line of the step, in the order of the report."""
    lines = forward_lines(network) + loss_lines(network)
    for module in reversed(network.modules):
        if module.kind != "Softmax":             # y_pred is looked at, but no loss is made of it
            lines += backward_lines(module, network)
    for linear in network.linears():
        lines += [Line(name, "step", sgd, (name, name + ".grad"), {"lr": network.lr})
                  for name in parameters_of(linear)]
    return lines


def carry_on(lines, values):
    """Computes, from the values that are there, those that are not, into values."""
    for line in lines:
        if line.key not in values:
            values[line.key] = line.formula(*(values[key] for key in line.arguments), **line.options)
    return values
