# The circle's functions and the hyperbola's, powers of two, degrees: values, gradients, names.
import torch

torch.set_printoptions(precision=7)
x = torch.tensor([-0.9, -0.4, -0.0, 0.3, 0.5, 0.8])
wide = torch.tensor([-130.5, -2.5, 0.7, 3.0, 20.0, 200.0])
for f in (torch.tan, torch.asin, torch.acos, torch.atan, torch.sinh, torch.cosh, torch.asinh,
          torch.atanh, torch.exp2, torch.frac, torch.trunc, torch.deg2rad, torch.rad2deg):
    a = x.clone().requires_grad_()
    y = f(a)
    y.backward(torch.full_like(y, 0.7))
    print(y, a.grad)
for f in (torch.tan, torch.atan, torch.sinh, torch.asinh, torch.frac, torch.trunc):
    print(f(wide))
a = torch.tensor([1.0, 1.5, 3.0, 100.0], requires_grad=True)
y = a.acosh()
y[1:].sum().backward()
print(y, a.grad)

# of integers and doubles
i = torch.tensor([0, 1, 2])
print(i.tan(), torch.atan(i), i.exp2(), torch.trunc(i), torch.fix(i), i.deg2rad())
d = torch.linspace(-0.5, 0.5, 3, dtype=torch.float64)
print(d.asin(), d.acos(), d.sinh(), d.atanh())

# other names, in place
print(torch.arcsin(x), x.arctan(), torch.arctanh(x), x.arccos(), torch.arccosh(a), x.arcsinh())
b = torch.tensor([0.2, 0.4])
b.tan_().sinh_().atan_().exp2_().frac_()
print(b, torch.asin_(b), b.trunc_())

# logit
p = torch.tensor([0.1, 0.5, 0.99], requires_grad=True)
y = torch.logit(p)
y.sum().backward()
print(y, p.grad)
q = torch.tensor([-1.0, 0.0, 0.3, 1.0], requires_grad=True)
y = q.logit(eps=1e-3)
y.sum().backward()
print(y, q.grad, torch.logit(torch.tensor([2.0, 0.0, 1.0])))

# gradients of gradients
s = torch.tensor([0.2, 0.6], requires_grad=True)
z = torch.tan(s) + torch.asin(s) + torch.sinh(s) + torch.atan(s) + torch.exp2(s)
first, = torch.autograd.grad(z.sum(), s, create_graph=True)
first.sum().backward()
print(first.detach(), s.grad)

# what is no number
n = torch.tensor([float("nan"), float("inf"), -float("inf"), 1.5], requires_grad=True)
y = torch.nan_to_num(n, nan=0.5, posinf=9.0)
y.sum().backward()
print(y, n.grad, torch.nan_to_num(n.detach()))
