import torch

a = torch.tensor([1.5, -2.0], requires_grad=True)
b = torch.tensor([0.3, 0.7], requires_grad=True)
y = a.sub(b, alpha=0.1)
print(y, torch.sub(a, b, alpha=-2), torch.add(a, b, alpha=3))
(y * y).sum().backward()
print(a.grad, b.grad)
c = torch.ones(2)
c.sub_(b.detach(), alpha=0.5)
print(c, c.sub_(b.detach(), alpha=2))
