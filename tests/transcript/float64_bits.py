# Every bit of float64: what finite differences are made of.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)


def numbers(*size):  # normal ones hang on the C library
    return 4 * torch.rand(*size) - 2


def show(name, value):
    print(name, *[repr(v) for v in value.detach().flatten().tolist()])


def both(name, f, x, weight):
    x = x.clone().requires_grad_(True)
    y = f(x)
    (y * weight).sum().backward()
    show(name, y)
    show("  gradient", x.grad)


x = 3 * numbers(2, 8)
weight = numbers(2, 8)
for name in ["exp", "tanh", "sigmoid", "erf", "expm1", "sin", "cos"]:
    both(name, getattr(torch, name), x, weight)
for name in ["log", "log1p", "log2", "log10"]:
    both(name, getattr(torch, name), x.abs(), weight)
both("pow", lambda x: x**1.7, x.abs(), weight)
both("far sin", torch.sin, 1e5 * x, weight)
both("far cos", torch.cos, 1e5 * x, weight)
for name in ["gelu", "elu", "softplus", "silu", "mish", "logsigmoid"]:
    both(name, getattr(F, name), x, weight)
for size in [3, 4, 5, 8, 11]:
    x, weight = numbers(4, size), numbers(4, size)
    both(f"softmax {size}", lambda x: F.softmax(x, dim=1), x, weight)
    both(f"log_softmax {size}", lambda x: F.log_softmax(x, dim=1), x, weight)
    both(f"softmax across {size}", lambda x: F.softmax(x.t(), dim=0).t(), x, weight)
for size in [3, 6, 17]:
    x = numbers(3, size)
    for name, f in [
        ("sum", lambda x: x.sum()),
        ("norm", lambda x: x.norm()),
        ("norm of rows", lambda x: x.norm(dim=1)),
        ("var", lambda x: x.var()),
        ("var of rows", lambda x: x.var(dim=1)),
        ("std of columns", lambda x: x.std(dim=0, unbiased=False)),
        ("cross_entropy", lambda x: F.cross_entropy(x, torch.tensor([0, 2, 1]))),
    ]:
        both(f"{name} {size}", f, x, torch.tensor(1.0))

# products: rows in fours and beyond, terms in groups of 8 and in blocks, vectors
for m, k, n in [(1, 9, 5), (3, 9, 5), (4, 17, 1), (5, 24, 6), (2, 300, 4)]:
    a, b = numbers(m, k), numbers(k, n)
    show(f"{m} {k} {n}", a @ b)
    show("  by columns", a @ b.t().contiguous().t())
    show("  vector", a @ b[:, 0].contiguous())
    show("  transposed", a.t().contiguous().t() @ b[:, 0].contiguous())
    show("  dot", a[0] @ b[:, 0].contiguous())
layer = nn.Linear(9, 3)
both("linear", layer, numbers(5, 9), numbers(5, 3))
show("weight", layer.weight.grad)
show("bias", layer.bias.grad)

w = numbers(4).requires_grad_(True)
loss = torch.log(1 + torch.exp(torch.tanh(w) @ w)).mean()
loss.backward()
for k in range(1, 9):
    h = 10.0**-k
    with torch.no_grad():
        moved = w.clone()
        moved[0] += h
        slope = (torch.log(1 + torch.exp(torch.tanh(moved) @ moved)).mean() - loss) / h
    print(f"h=1e-{k} {abs(slope - w.grad[0]).item():.3e}")
