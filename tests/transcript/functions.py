# Functions of each element, their gradients and the names of their nodes.
import torch

x = torch.tensor([[0.25, -1.5, 3.0], [2.5, -0.5, 100.0]], requires_grad=True)
p = torch.tensor([0.1, 1.0, 2.0, 1000.0, 0.37, 5.5, 7.25, 9.0, 1e-4], requires_grad=True)

print(torch.sin(x))
print(x.cos())
print(torch.expm1(-x))
print(x.erf())
print(p.log1p())
print(torch.log10(p))
print(p.log2())
print(torch.rsqrt(p))
print(x.square())
for y in (x.sin(), x.cos(), torch.expm1(-x), x.erf(), x.square()):
    x.grad = None
    y.sum().backward()
    print(y.tolist(), x.grad.tolist())
for y in (p.log1p(), p.log10(), p.log2(), p.rsqrt()):
    p.grad = None
    y.sum().backward()
    print(y.tolist(), p.grad.tolist())

# To whole numbers: the gradient is 0.
print(x.sign(), x.floor(), x.ceil(), x.round())
print(torch.round(x, decimals=1), x.round(decimals=-2))
x.grad = None
(x.sign() + x.floor() + x.ceil() + x.round()).sum().backward()
print(x.grad)

# Limits on one side.
print(x.clamp_min(0.5), torch.clamp_max(x, 1), x.clip(-1, 1))
x.grad = None
(x.clamp_min(0.5) + x.clamp_max(max=1)).sum().backward()
print(x.grad)

# Integers become floats, or stay what they are.
n = torch.tensor([-2, 0, 3])
print(n.sin(), n.log1p(), n.erf())
print(n.sign(), n.floor(), n.ceil(), n.round(), n.square(), n.absolute(), n.negative())

# In double, and beyond 125, where sine and cosine are reduced in another way.
print(x.double().sin(), x.double().erf())
t = torch.arange(0.0, 200.0, 17.0)
print(torch.sin(t).tolist())
print(torch.cos(t * 1e10).tolist())
