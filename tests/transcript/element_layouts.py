"""Functions of single elements of what does not stand one number behind the other: vectors and tails follow the memory."""
import math

import torch
import torch.nn.functional as F


def digest(t):
    """A number that every bit of t has part in."""
    d = 0
    for v in t.flatten().tolist():
        m, e = math.frexp(v) if math.isfinite(v) else (0.5, v > 0)
        d = (d * 29 + int(m * 2**53) + e) % (2**56 - 5)
    return d


torch.manual_seed(11)
numbers, others = 2 * torch.randn(40, 37), 2 * torch.randn(37, 40).t()

views = {
    "columns": lambda t: t[:, :19],
    "steps": lambda t: t[::2, ::2],
    "transpose": lambda t: t[:21, :9].t(),
    "transposed": lambda t: t[:20].t(),
    "column": lambda t: t[:, :1],
    "repeated": lambda t: t[0].expand(3, 37),
    "permuted": lambda t: t[:10, :36].reshape(10, 4, 9).permute(1, 2, 0),
    "rows": lambda t: t[3:5],
    "row of the transpose": lambda t: t.t()[2],
}

functions = {
    "sigmoid": torch.sigmoid,
    "elu": F.elu,
    "selu": F.selu,
    "celu": lambda x: F.celu(x, 0.8),
    "silu": F.silu,
    "mish": F.mish,
    "softplus": lambda x: F.softplus(x, 2),
    "hardswish": F.hardswish,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "logit": lambda x: torch.logit(x / 20 + 0.5),
    "gelu": F.gelu,
    "gelu by tanh": lambda x: F.gelu(x, approximate="tanh"),
    "glu": lambda x: F.glu(x[:, : x.shape[1] // 2 * 2]) if x.dim() > 1 and x.shape[1] > 1 else F.glu(x[: x.shape[0] // 2 * 2], 0),
    "power": lambda x: x.abs() ** 1.3,
    "of a number": lambda x: 2.5 ** x,
}

of_two = {
    "pow": lambda a, b: a.abs() ** b,
    "atan2": torch.atan2,
    "logaddexp": torch.logaddexp,
    "maximum": lambda a, b: 1 / torch.maximum(0 * a, 0 * b),
    "smooth_l1_loss": lambda a, b: F.smooth_l1_loss(a, b, reduction="none", beta=0.7),
    "huber_loss": lambda a, b: F.huber_loss(a, b, reduction="none", delta=0.7),
    "mean of smooth_l1_loss": lambda a, b: F.smooth_l1_loss(a, b, beta=0.7),
    "with logits": lambda a, b: F.binary_cross_entropy_with_logits(a, torch.sigmoid(b.detach()), reduction="none"),
}

# In float32 alone: in float64 tails are the C library's.
for name, function in functions.items():
    for view in views:
        x = views[view](numbers).detach().requires_grad_()
        y = function(x)
        (y * torch.linspace(-1, 1, y.numel()).view(y.shape)).sum().backward()
        print(name, view, digest(y), digest(x.grad), y.flatten()[-2:].tolist())
for name, function in of_two.items():
    for view in views:
        a = views[view](numbers).detach().requires_grad_()
        for b in views[view](others), views[view](numbers / 3):
            b = b.detach().requires_grad_()
            y = function(a, b)
            y.mean().backward()
            print(name, view, digest(y) if y.dim() else "", digest(a.grad), 0 if b.grad is None else digest(b.grad))

# --- gradients of other layouts ---
for function in torch.sigmoid, F.silu, F.softplus, F.elu, lambda x: F.gelu(x, approximate="tanh"):
    for x in numbers, numbers.t(), numbers[:, 3:30]:
        for weigh in (
            lambda y: y.sum(),
            lambda y: (y.t() * others.t()[: y.shape[1], : y.shape[0]]).sum() if y.shape[0] == 40 else y.t()[:, :5].sum(),
            lambda y: (2 * y.t()).tanh().sum(),
            lambda y: y[:, ::2].sum(),
            lambda y: F.mse_loss(y.t(), torch.zeros(y.t().shape)),
        ):
            x = x.detach().requires_grad_()
            gradient, = torch.autograd.grad(weigh(function(x)), x)
            print(digest(gradient), gradient.flatten()[-2:].tolist())
            gradient, = torch.autograd.grad(weigh(function(x)), x, create_graph=True)
            print(digest(gradient.detach()))
