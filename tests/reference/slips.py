"""Fixtures of tests/cli/slips.py: for every slip of the catalogue, numbers that somebody who made it
would write down, computed by PyTorch."""

import os

import torch
import torch.nn.functional as F

import fixtures

NETWORK = """\
import torch
from torch import nn, optim

net = nn.Sequential(nn.Linear(3, 3), nn.LeakyReLU(0.1), nn.Dropout(0.4), nn.Linear(3, 3))
net[0].weight.data = torch.tensor([[0.5, -0.25, 1.0], [0.75, 0.5, -1.5], [-1.0, 0.3, 0.2]])
net[0].bias.data = torch.tensor([0.1, -0.2, 0.3])
net[3].weight.data = torch.tensor([[0.2, 0.8, -0.4], [-0.6, 0.1, 0.9], [0.7, -0.3, 0.25]])
net[3].bias.data = torch.tensor([0.05, 0.15, -0.35])
optimizer = optim.SGD(net.parameters(), lr=0.1)
criterion = nn.CrossEntropyLoss()

torch.manual_seed(5)
x = torch.tensor([[1.0, -2.0, 0.5], [0.25, 1.5, -1.0]])
y = torch.tensor([2, 0])
z = net[0](x)
h = net[1](z)
d = net[2](h)
o = net[3](d)
p = torch.softmax(o, dim=1)
l = criterion(o, y)
l.backward()
optimizer.step()
"""

# What the cases of NETWORK are computed from.
NETWORK_VALUES = """
W1, b1 = torch.tensor([[0.5, -0.25, 1.0], [0.75, 0.5, -1.5], [-1.0, 0.3, 0.2]]), net[0].bias
W2 = torch.tensor([[0.2, 0.8, -0.4], [-0.6, 0.1, 0.9], [0.7, -0.3, 0.25]])
b1, b2 = torch.tensor([0.1, -0.2, 0.3]), torch.tensor([0.05, 0.15, -0.35])
mask = (d != 0).float()
onehot = F.one_hot(y, 3).float()
do = (p - onehot) / 2
dW2 = do.T @ d
dd = do @ W2
dh = dd * mask / 0.6
dz = torch.where(z > 0, dh, 0.1 * dh)
"""

DERIVATION = """\
import torch

x = torch.tensor([[1.0, -2.0], [0.25, 1.5]])
t = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
W = torch.tensor([[0.5, -0.25], [0.75, 1.5]], requires_grad=True)
b = torch.tensor([0.1, -0.2], requires_grad=True)
z = x @ W + b
s = torch.sigmoid(z)
e = (s - t) ** 2
l = e.sum()
l.backward()
with torch.no_grad():
    W -= 0.5 * W.grad
"""

DERIVATION_VALUES = """
W0 = torch.tensor([[0.5, -0.25], [0.75, 1.5]])
ds = 2 * (s - t)
dz = ds * s * (1 - s)
"""

LOSSES = """\
import torch
from torch import nn

x = torch.tensor([[0.5, -1.0], [1.5, 2.0], [-0.75, 0.25]], requires_grad=True)
t = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
a = torch.tanh(x)
m = nn.MSELoss()(a, t)
q = nn.MSELoss(reduction='sum')(a, t)
c = nn.BCEWithLogitsLoss()(x, t)
g = x.relu().mean()
k = torch.log(x * x)
v = 2 * x
u = nn.ELU(0.5)(v)
r = u.sum()
(m + q + c + g + r).backward()
"""

ADAM = """\
import torch

w = torch.tensor([0.25, -0.5, 0.75], requires_grad=True)
x = torch.tensor([1.0, 2.0, -0.5])
optimizer = torch.optim.Adam([w], lr=0.1)
for step in range(2):
    optimizer.zero_grad()
    l = (w * x).exp().sum()
    l.backward()
    optimizer.step()
"""

# What was multiplied by the learning rate in the second step, what the step began with; and the two
# steps again, with the slip in both.
ADAM_VALUES = """
def averages(b1=0.9, b2=0.999, corrects=True, takes_root=True):
    p, m, v = torch.tensor([0.25, -0.5, 0.75]), torch.zeros(3), torch.zeros(3)
    for step in (1, 2):
        g = x * (p * x).exp()
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        by1, by2 = (1 - b1 ** step, 1 - b2 ** step) if corrects else (1, 1)
        p = p - 0.1 * (m / by1) / (((v / by2).sqrt() if takes_root else v / by2) + 1e-8)
    return p, m, v
kept = optimizer.state[w]
m, v = kept["exp_avg"] / (1 - 0.9 ** 2), kept["exp_avg_sq"] / (1 - 0.999 ** 2)
dw = m / (v.sqrt() + 1e-8)
w1 = w + 0.1 * dw
"""

SCORES = """\
import torch
from torch import nn

o = torch.tensor([[0.5, -0.25, 1.25]], requires_grad=True)
y = torch.tensor([2])
p = torch.softmax(o, dim=1)
l = nn.CrossEntropyLoss(label_smoothing=0.1)(o, y)
c = nn.CrossEntropyLoss()(o, y)
(c + 3 * l).backward()
"""

ONE_SCORE = """\
import torch
from torch import nn

o = torch.tensor([[0.5, -0.25, 1.25]], requires_grad=True)
y = torch.tensor([2])
c = nn.CrossEntropyLoss()(o, y)
c.backward()
"""

MOMENTUM = """\
import torch

w = torch.tensor([0.25, -0.5, 0.75], requires_grad=True)
x = torch.tensor([1.0, 2.0, -0.5])
optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.25, nesterov=True)
for step in range(2):
    optimizer.zero_grad()
    l = (w * x).exp().sum()
    l.backward()
    optimizer.step()
"""

# The two steps again, with the slip in both; what the two gradients are; and the first step without
# momentum.
MOMENTUM_VALUES = """
def updated(lr=0.1, momentum=0.9, decay=0.25, nesterov=True, share=1, first=1):
    p, buffer = torch.tensor([0.25, -0.5, 0.75]), None
    for step in range(2):
        g = x * (p * x).exp() + decay * p
        buffer = first * g if buffer is None else momentum * buffer + share * g
        p = p - lr * (g + momentum * buffer if nesterov else buffer)
    return p
w0 = torch.tensor([0.25, -0.5, 0.75])
dw1 = x * (w0 * x).exp()
dw2 = w.grad
w1 = w0 - 0.1 * (dw1 + 0.25 * w0)
"""

ROWS = """\
import torch
from torch import nn

table = 1.5 * torch.tensor([[0.5, -0.25], [1.25, 0.75], [-1.5, 2.0]], requires_grad=True)
i = torch.tensor([0, 1])
e = nn.functional.embedding(i, table)
u = e * 2
s = torch.tanh(u)
l = (s * s).sum() + (u * u * u).sum()
l.backward()
"""

TWO_LAYERS = """\
import torch
from torch import nn

x = torch.tensor([[1.0, -2.0, 0.5], [0.25, 1.5, -1.0]])
a, b = nn.Linear(3, 2), nn.Linear(2, 2)
a.weight.data = torch.tensor([[0.5, -0.25, 1.0], [0.75, 0.5, -1.5]])
a.bias.data = torch.tensor([0.1, -0.2])
b.weight.data = torch.tensor([[0.2, 0.8], [-0.6, 0.1]])
b.bias.data = torch.tensor([0.05, 0.15])
z = a(x)
h = torch.tanh(z)
o = b(h)
l = (o * o).sum()
l.backward()
"""

COUNTED = """\
import torch
from torch import nn

o = torch.tensor([[0.5, -0.25, 1.25], [0.75, 0.1, -0.4]], requires_grad=True)
y = torch.tensor([2, 1])
p = torch.softmax(o, dim=1)
l = nn.CrossEntropyLoss()(o, y)
l.backward()
q = p[0, 1]
"""

TWO_LAYERS_VALUES = """
do = 2 * o
dh = do @ b.weight
"""

SCRIPTS = {"network": (NETWORK, NETWORK_VALUES), "derivation": (DERIVATION, DERIVATION_VALUES),
           "losses": (LOSSES, ""), "adam": (ADAM, ADAM_VALUES), "scores": (SCORES, ""),
           "score": (ONE_SCORE, "p = torch.softmax(o, dim=1)"), "momentum": (MOMENTUM, MOMENTUM_VALUES),
           "rows": (ROWS, ""), "counted": (COUNTED, ""), "layers": (TWO_LAYERS, TWO_LAYERS_VALUES)}

# slug, script, name of the answer, what somebody who made the slip gets
CASES = [
    ("transposed-weight", "network", "z", "x @ W1 + b1"),
    ("transposed-weight", "network", "d.grad", "do @ W2.T"),
    ("transposed-weight", "derivation", "x @ W", "x @ W0.T"),
    ("transposed-weight", "layers", "z", "x @ a.weight.reshape(3, 2) + a.bias"),
    ("no-bias", "network", "z", "x @ W1.T"),
    ("no-bias", "derivation", "z", "x @ W0"),
    ("slope-ignored", "network", "h", "F.relu(z)"),
    ("slope-ignored", "network", "z.grad", "torch.where(z > 0, dh, 0 * dh)"),
    ("slope-everywhere", "network", "h", "0.1 * z"),
    ("slope-everywhere", "network", "z.grad", "0.1 * dh"),
    ("no-activation", "network", "h", "z"),
    ("no-activation", "derivation", "s", "z"),
    ("no-activation", "losses", "u", "v"),
    ("no-dropout-scale", "network", "d", "h * mask"),
    ("dropout-scale-by-p", "network", "d", "h * mask / 0.4"),
    ("dropout-scale-by-p", "network", "h.grad", "dd * mask / 0.4"),
    ("other-mask", "network", "d", "h * (1 - mask) / 0.6"),
    ("softmax-not-normalised", "network", "p", "torch.exp(o)"),
    ("log-base-2", "network", "l", "-torch.log2(p[[0, 1], y]).mean()"),
    ("log-base-2", "losses", "k", "torch.log2(x * x)"),
    ("log-base-10", "network", "l", "-torch.log10(p[[0, 1], y]).mean()"),
    ("log-base-10", "losses", "c", "F.binary_cross_entropy_with_logits(x, t) / torch.log(torch.tensor(10.0))"),
    ("sum-not-mean", "network", "l", "F.cross_entropy(o, y, reduction='sum')"),
    ("sum-not-mean", "losses", "m", "F.mse_loss(a, t, reduction='sum')"),
    ("sum-not-mean", "losses", "g", "x.relu().sum()"),
    ("mean-not-sum", "losses", "q", "F.mse_loss(a, t)"),
    ("mean-not-sum", "derivation", "l", "e.mean()"),
    ("mean-not-sum", "network", "3.bias.grad", "do.mean(0)"),
    ("batch-not-averaged", "network", "criterion.log_softmax.grad", "-onehot"),
    ("batch-not-averaged", "network", "o.grad", "p - onehot"),
    ("onehot-minus-p", "network", "o.grad", "(onehot - p) / 2"),
    ("no-onehot", "network", "o.grad", "p / 2"),
    ("activation-derivative-missing", "network", "z.grad", "dh"),
    ("activation-derivative-missing", "derivation", "z.grad", "ds"),
    ("activation-derivative-missing", "losses", "v.grad", "torch.ones(3, 2)"),
    ("mask-missing-backward", "network", "h.grad", "dd / 0.6"),
    ("scale-missing-backward", "network", "h.grad", "dd * mask"),
    ("transposed-gradient", "network", "3.weight.grad", "dW2.T"),
    ("transposed-gradient", "derivation", "W.grad", "(x.T @ dz).T"),
    ("updated-weights-in-backward", "network", "d.grad", "do @ (W2 - 0.1 * dW2)"),
    ("ascent", "network", "3.weight", "W2 + 0.1 * dW2"),
    ("ascent", "derivation", "W", "W0 + 0.5 * x.T @ dz"),
    ("ascent", "adam", "w", "w1 + 0.1 * dw"),
    ("no-learning-rate", "network", "3.weight", "W2 - dW2"),
    ("no-learning-rate", "derivation", "W", "W0 - x.T @ dz"),
    ("no-learning-rate", "adam", "w", "w1 - dw"),
    ("not-updated", "network", "3.weight", "W2"),
    ("not-updated", "derivation", "W", "W0"),
    ("not-updated", "adam", "w@2", "w1"),
    ("other-step", "adam", "w", "w1"),
    ("sign-flipped", "network", "z", "-z"),
    ("sign-flipped", "network", "3.weight.grad", "dW2 * torch.tensor([[1, 1, 1], [1, 1, -1], [1, 1, 1]])"),
    ("digits-swapped", "network", "l", "swapped(l)"),
    ("dropout-scale-multiplied", "network", "d", "h * mask * 0.6"),
    ("dropout-scale-multiplied", "network", "h.grad", "dd * mask * 0.6"),
    ("no-dropout", "network", "d", "h"),
    ("no-dropout", "network", "h.grad", "dd"),
    ("other-activation", "network", "h", "torch.sigmoid(z)"),
    ("other-activation", "network", "h", "torch.tanh(z)"),
    ("other-activation", "derivation", "s", "torch.relu(z)"),
    ("other-derivative", "network", "z.grad", "dh * h * (1 - h)"),
    ("other-derivative", "derivation", "z.grad", "ds * (1 - s * s)"),
    ("exp-base-10", "network", "p", "10 ** o / (10 ** o).sum(1, keepdim=True)"),
    ("exp-base-2", "network", "p", "2 ** o / (2 ** o).sum(1, keepdim=True)"),
    ("no-exp", "network", "p", "o / o.sum(1, keepdim=True)"),
    ("sigmoid-for-softmax", "network", "p", "torch.sigmoid(o)"),
    ("wrong-class", "network", "l", "F.cross_entropy(o, torch.tensor([1, 0]))"),
    ("wrong-class", "score", "o.grad", "p - torch.tensor([1, 0, 0])"),
    ("loss-halved", "network", "l", "l / 2"),
    ("loss-halved", "losses", "m", "m / 2"),
    ("loss-of-all-classes", "network", "l", "-torch.log(p).sum(1).mean()"),
    ("one-minus-p", "network", "l", "(1 - p[[0, 1], y]).mean()"),
    ("no-label-smoothing", "scores", "l", "F.cross_entropy(o, y)"),
    ("index-off-by-one", "rows", "e", "table[i + 1]"),
    ("biases-exchanged", "network", "z", "x @ W1.T + b1[[1, 0, 2]]"),
    ("biases-exchanged", "layers", "z", "x @ a.weight.T + b.bias"),
    ("sigmoid-derivative", "score", "o.grad", "p * (1 - p)"),
    ("sigmoid-derivative", "network", "o.grad", "p * (1 - p) / 2"),
    ("softmax-not-differentiated", "score", "o.grad", "-torch.tensor([0, 0, 1]) / p"),
    ("wrong-input", "network", "3.weight.grad", "do.T @ h"),
    ("wrong-input", "layers", "b.weight.grad", "do.T @ z"),
    ("one-sample", "network", "3.weight.grad", "do[:1].T @ d[:1]"),
    ("one-sample", "network", "3.bias.grad", "do[1]"),
    ("path-forgotten", "rows", "u.grad", "3 * u * u"),
    ("learning-rate-off", "network", "3.weight", "W2 - 0.01 * dW2"),
    ("learning-rate-off", "derivation", "W", "W0 - 0.25 * x.T @ dz"),
    ("no-weight-decay", "momentum", "w", "updated(decay=0)"),
    ("weight-decay-doubled", "momentum", "w", "updated(decay=0.5)"),
    ("weight-decay-subtracted", "momentum", "w", "updated(decay=-0.25)"),
    ("no-momentum", "momentum", "w", "updated(momentum=0)"),
    ("momentum-averaged", "momentum", "w", "updated(share=0.1)"),
    ("momentum-averaged", "momentum", "w", "updated(share=0.1, first=0.1)"),
    ("no-nesterov", "momentum", "w", "updated(nesterov=False)"),
    ("no-momentum", "momentum", "w.momentum_buffer", "x * (w1 * x).exp() + 0.25 * w1"),
    ("no-bias-correction", "adam", "w", "averages(corrects=False)[0]"),
    ("betas-exchanged", "adam", "w", "averages(b1=0.999, b2=0.9)[0]"),
    ("betas-exchanged", "adam", "w.exp_avg", "averages(b1=0.999, b2=0.9)[1]"),
    ("no-square-root", "adam", "w", "averages(takes_root=False)[0]"),
    ("gradients-not-zeroed", "momentum", "w.grad", "dw1 + dw2"),
    ("other-element", "network", "z", "z[[1, 0]]"),
    ("other-element", "network", "3.weight.grad", "dW2[[0, 1, 1]]"),
    ("other-step", "momentum", "l", "l"),
    ("other-step", "momentum", "w", "w0 - 0.19 * (dw1 + 0.25 * w0)"),
    ("other-step", "momentum", "w.grad", "dw1"),
    ("decimal-point-shifted", "network", "z", "10 * z"),
    ("decimal-point-shifted", "network", "l", "l / 100"),
    ("term-forgotten", "network", "z", "x[:, [0, 2]] @ W1[:, [0, 2]].T + b1"),
    ("term-forgotten", "network", "d.grad", "do[:, :2] @ W2[:2]"),
    ("term-forgotten", "derivation", "z", "x[:, :1] @ W0[:1] + torch.tensor([0.1, -0.2])"),
    ("bias-subtracted", "network", "z", "x @ W1.T - b1"),
    ("bias-subtracted", "derivation", "z", "x @ W0 - torch.tensor([0.1, -0.2])"),
    ("no-logarithm", "network", "l", "p[[0, 1], y].mean()"),
    ("classes-off-by-one", "counted", "l", "F.cross_entropy(o, y - 1)"),
    ("classes-off-by-one", "counted", "o.grad", "(p - F.one_hot(y - 1, 3)) / 2"),
    ("targets-exchanged", "network", "l", "F.cross_entropy(o, y[[1, 0]])"),
    ("target-complemented", "losses", "c", "F.binary_cross_entropy_with_logits(x, 1 - t)"),
    ("other-derivative", "network", "z.grad", "dh * torch.sigmoid(z) * (1 - torch.sigmoid(z))"),
    ("other-derivative", "network", "z.grad", "dh * (1 - torch.tanh(z) ** 2)"),
    ("result-for-derivative", "derivation", "z.grad", "ds * s"),
    ("step-alone", "network", "3.weight", "-0.1 * dW2"),
    ("step-alone", "derivation", "W", "0.5 * x.T @ dz"),
    ("step-alone", "adam", "w", "0.1 * dw"),
    ("index-off-by-one", "counted", "q", "p[0, 2]"),
    ("cut-off", "network", "p", "cut(p)"),
    ("cut-off", "network", "3.weight.grad", "cut(dW2)"),
]


def swapped(number):
    """With the second and the third decimal exchanged."""
    text = f"{number.item():.6f}"
    point = text.index(".")
    digits = list(text)
    digits[point + 2], digits[point + 3] = digits[point + 3], digits[point + 2]
    return torch.tensor(float("".join(digits)), dtype=torch.float64)


def cut(tensor):
    """Four decimals of each number, the next ones left out."""
    return torch.trunc(tensor.double() * 10000) / 10000


def written(value, decimals):
    if isinstance(value, list):
        return "[" + ", ".join(written(v, decimals) for v in value) + "]"
    return f"{value:.{decimals}f}"


def values_of(script, more):
    scope = {"torch": torch, "F": F, "swapped": swapped, "cut": cut}
    exec(script, scope)
    exec(more, scope)
    return scope


def main():
    path = os.path.join(fixtures.FIXTURES, "slips.txt")
    scopes = {name: values_of(*texts) for name, texts in SCRIPTS.items()}
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"# Generated by tests/reference/slips.py with PyTorch {torch.__version__}\n")
        for name, (script, _) in SCRIPTS.items():
            out.write(f"script {name}\n" + "".join(f"| {line}\n" for line in script.splitlines()))
        for slug, name, answer, expression in CASES:
            value = eval(expression, scopes[name])
            decimals = 4 if slug == "cut-off" else 6
            out.write(f"case {slug} {name}\n{answer} = {written(value.detach().tolist(), decimals)}\n")


main()
