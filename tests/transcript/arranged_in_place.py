# t_(), transpose_(), cumsum_(), cumprod_() and detach_(), and `in` for tensors.
import torch

x = torch.arange(6.0).reshape(2, 3)
y = x.t_()
print(x, x.stride(), y is x)
x.add_(1)
print(x, y)

base = torch.arange(6.0)
x = base.view(2, 3)
x.transpose_(0, 1)
x.add_(1)
print(x, base)
base.mul_(2)
x[0] = 7
print(x, base, x.is_contiguous())
x.t_().unsqueeze_(0)
print(x.shape, x.swapaxes_(0, 2).shape, x.swapdims_(-1, -2).shape, x.squeeze_().shape)
x += base.view(2, 3).t()
print(x, base)

a = torch.arange(1.0, 7.0).reshape(2, 3).requires_grad_()
factor = torch.arange(6.0).reshape(3, 2)
for name in ("t_", "transpose_", "swapaxes_", "swapdims_"):
    b = a * 2
    getattr(b, name)(*(() if name == "t_" else (0, 1)))
    print(name, b, b.grad_fn.name())
    (b * factor).sum().backward()
    print(a.grad)
    a.grad = None
for name in ("cumsum_", "cumprod_"):
    b = a * 2
    print(getattr(b, name)(1))
    (b * factor.t()).sum().backward()
    print(a.grad)
    a.grad = None
print(torch.arange(1, 5).cumprod_(0), torch.arange(4, dtype=torch.int32).cumsum_(-1))
for attempt in (
    lambda: a.t_(),
    lambda: a.cumsum_(0),
    lambda: torch.ones(2, 2, 2).t_(),
    lambda: torch.ones(2, 2).transpose_(0, 2),
    lambda: torch.ones(2).cumsum_(0, dtype=torch.float64),
    lambda: torch.arange(3).cumprod_(0, dtype=torch.float32),
    lambda: (a * 2).view(6).detach_(),
):
    try:
        attempt()
    except (RuntimeError, IndexError) as error:
        print(type(error).__name__, error)

# A state that is carried on, as in truncated backpropagation.
w = torch.full((2,), 0.5, requires_grad=True)
h = torch.zeros(2)
for step in range(3):
    h = torch.tanh(w * h + 1)
    h.sum().backward()
    print(h.detach_(), h.requires_grad, h.is_leaf, w.grad)
c = w * 2
c.detach_().requires_grad_()
(c**2).sum().backward()
print(c.grad, w.detach_(), w.requires_grad)

n = torch.arange(5)
print(3 in n, 7 in n, 7 not in n, torch.tensor(2) in n, 2.5 in n, True in n)
m = n[:4].view(2, 2)
print(torch.tensor([2, 9]) in m, torch.tensor([1, 0]) in m, n in n)
for item in ("a", None, [1]):
    try:
        print(item in n)
    except RuntimeError as error:
        print(error)
