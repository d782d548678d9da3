# index_add() with alpha=.
import torch

torch.manual_seed(0)
x = torch.randn(4, 5, requires_grad=True)
s = torch.randn(3, 5, requires_grad=True)
i = torch.tensor([0, 2, 0])
y = x.index_add(0, i, s, alpha=-2)
print(y.tolist(), y.grad_fn.name())
y.pow(2).sum().backward()
print(x.grad.tolist(), s.grad.tolist())
print(torch.zeros(3).index_add_(0, torch.tensor([1, 1]), torch.tensor([0.1, 0.2]), alpha=0.5))
