import torch
from torch import nn
class Drop(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b, c): return a * b + c
    @staticmethod
    def backward(ctx, g): return g * 2, None, None
class Inner(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, g):
        print("inner", g)
        return g * 2
w = torch.tensor([1.0, 2.0], requires_grad=True)
v = torch.tensor([3.0, 4.0], requires_grad=True)
Drop.apply(w * 3, w * v, v).sum().backward()
print(w.grad, v.grad)
w.grad = None
Drop.apply(w[0] * 1, (w * v)[1], (v.exp() + w)[0]).backward()
print(w.grad, v.grad)
w.grad = None
Drop.apply(w, v, w).sum().backward()
print(w.grad, v.grad)
w.grad = None
(Drop.apply(w, v * 2, w * 5).sum() + (v * 3).sum()).backward()
print(w.grad, v.grad)
print(torch.autograd.grad(Drop.apply(w * 1, v * 2, w * w).sum(), [w, v], allow_unused=True))
u = torch.tensor([1.0, 1.0], requires_grad=True)
Drop.apply(w, Inner.apply(u), w).sum().backward()
print(u.grad)
torch.manual_seed(4)
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Linear(1, 2, bias=False))
for n, p in net.named_parameters(): p.register_hook(lambda g, n=n: print(n, g.abs().sum().item()))
for shape in [(2,), (2, 2), (2, 1, 2)]:
    x = torch.ones(shape, requires_grad=True)
    x.register_hook(lambda g: print("x", g.shape))
    net(x).sum().backward()
a, b, c = (torch.tensor([float(i)], requires_grad=True) for i in range(3))
for n, t in (("a", a), ("b", b), ("c", c)): t.register_hook(lambda g, n=n: print(n, g))
(b * a).backward()
torch.addmm(c.view(1, 1), a.view(1, 1), b.view(1, 1)).backward()
(a + b * c).backward()
torch.where(torch.tensor([True]), b, a).backward()
torch.cat([c, a, b]).sum().backward()
p = nn.Parameter(torch.tensor([2.0])); p.register_hook(lambda g: print("p", g))
(a * p).backward(); (p * a).backward()
