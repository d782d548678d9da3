# Functions of two tensors, remainders and whole quotients, sums with a product.
import torch

torch.set_printoptions(precision=7)
a = torch.tensor([[1.5, -2.25, 0.5], [-0.75, 3.0, -4.0]])
b = torch.tensor([2.0, -0.7, 0.3])
for f in (torch.atan2, torch.hypot, torch.remainder, torch.fmod, torch.logaddexp, torch.copysign,
          torch.fmax, torch.fmin):
    p, q = a.clone().requires_grad_(), b.clone().requires_grad_()
    y = f(p, q)
    y.backward(torch.full_like(y, 0.7))
    print(y, p.grad, q.grad)

# operators
x = torch.tensor([5.5, -5.5, 7.0], requires_grad=True)
z = torch.tensor([2.0, 2.0, -3.0], requires_grad=True)
i = torch.tensor([7, -7, 5])
print(x % 2, x % z, x // 2, x // z, 5 % x.detach(), 5 // x.detach())
print(i % 3, i % -3, i // 2, i // -2, 7 // i, 7 % i, i % 2.5, i // 2.0, torch.tensor([True]) % 2)
print(i << 1, i >> 1, 1 << i.abs(), (i >> torch.tensor([0, 1, 2])) & 1)
print(torch.div(x, 2, rounding_mode="floor"), torch.div(x, z, rounding_mode="trunc"),
      torch.div(i, 2, rounding_mode="trunc"), x.div(2))
torch.div(x, z, rounding_mode="floor").sum().backward()
print(x.grad, z.grad)
(x % z + torch.fmod(x, z)).sum().backward()
print(x.grad, z.grad)
for f in (lambda: i % 0, lambda: i // torch.tensor([1, 0, 1]), lambda: torch.fmod(i, 0),
          lambda: (x // 2).sum().backward()):
    try:
        f()
    except RuntimeError as e:
        print(e)

# at the ends
ends = torch.tensor([0.0, -0.0, float("inf"), -float("inf"), float("nan"), 1.0, -1.0])
for f in (torch.atan2, torch.hypot, torch.remainder, torch.fmod, torch.logaddexp, torch.fmax,
          torch.floor_divide):
    print(f(ends.unsqueeze(1), ends))
print(torch.heaviside(ends, torch.tensor([0.5])), torch.copysign(ends, -1), i.float_power(2))

# with a product
for f in (lambda r, s, t: torch.addcmul(r, s, t), lambda r, s, t: r.addcmul(s, t, value=0.3),
          lambda r, s, t: torch.addcdiv(r, s, t, value=-0.3), lambda r, s, t: torch.lerp(r, s, t),
          lambda r, s, t: torch.lerp(r, s, 0.3) * t, lambda r, s, t: r.lerp(s, 0.8) * t):
    t = [v.clone().requires_grad_() for v in (a, b, torch.tensor([[0.3], [0.9]]))]
    y = f(*t)
    y.sum().backward()
    print(y, [v.grad for v in t])

# in place, as optimizers are written by hand
g, m, v = torch.tensor([0.5, -1.0, 2.0]), torch.zeros(3), torch.zeros(3)
w = torch.ones(3, requires_grad=True)
for step in range(3):
    m.mul_(0.9).add_(g, alpha=0.1)
    v.mul_(0.99).addcmul_(g, g, value=1 - 0.99)
    with torch.no_grad():
        w.addcdiv_(m, v.sqrt().add_(1e-8), value=-0.1)
print(m, v, w)
h = w * 2
h.addcmul_(g, w)
h.sum().backward()
print(h, w.grad)
r = torch.tensor([5.0, -3.0, 2.5])
r %= 2
print(r, r.lerp_(g, 0.25), r.atan2_(g), r.remainder_(0.3), r.floor_divide_(0.1), r.fmod_(2))
try:
    r.addcmul_(torch.ones(2, 3), g)
except RuntimeError as e:
    print(e)
print(torch.less(x, z), x.greater_equal(z), torch.not_equal(x, z), torch.true_divide(i, 2),
      torch.positive(i))
