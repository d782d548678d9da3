# addmm() with beta= and alpha=, and in place.
import torch

torch.manual_seed(3)
x = torch.randn(3, 4)
a = torch.randn(3, 6)
b = torch.randn(6, 4)
print(torch.addmm(x, a, b, beta=0.3, alpha=-1.7).tolist())
print(x.addmm(a, b, alpha=0.1).sum().item(), torch.addmm(x[0], a, b, beta=0.5).sum().item())
print(torch.addmm(x * float("nan"), a, b, beta=0, alpha=0.3).sum().item())
p = x.clone().requires_grad_()
w = b.clone().requires_grad_()
y = torch.addmm(p, a, w, beta=0.3, alpha=2)
print(y)
y.pow(2).sum().backward()
print(p.grad.tolist(), w.grad[0].tolist())
y = p * 1
print(y.addmm_(a, b, beta=0.7, alpha=0.3) is y, y)
y.pow(2).sum().backward()
print(p.grad.sum().item(), y._version)
n = torch.arange(4).view(2, 2)
print(torch.addmm(n, n, n), n.clone().addmm_(n, n))
try:
    p.addmm_(a, b)
except RuntimeError as error:
    print(error)
