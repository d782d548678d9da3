# cross(), vander(), diag_embed(), isposinf() and isneginf().
import math

import torch

a = torch.tensor([[1.1, -2.3, 3.7], [0.3, 0.7, -0.9]], requires_grad=True)
b = torch.tensor([[0.2, 4.1, -1.3], [2.9, -0.1, 0.6]], requires_grad=True)
y = torch.cross(a, b, dim=1)
print(y, torch.linalg.cross(a, b.detach()).tolist())
(y * torch.tensor([1.0, 2.0, -0.5])).sum().backward()
print(a.grad.tolist(), b.grad.tolist())
(g,) = torch.autograd.grad(torch.cross(a, b).pow(2).sum(), a, create_graph=True)
g.sum().backward()
print(g, b.grad)
print(torch.cross(torch.ones(3, 2), torch.arange(6.0).view(3, 2)), torch.cross(torch.arange(3), torch.tensor([2, 0, 1])))
x = torch.tensor([2.0, 3.0, 0.5])
print(torch.vander(x), torch.vander(x, 2, increasing=True), torch.vander(torch.arange(4), N=3))
print(torch.vander(x, 1), torch.vander(torch.ones(2), 0).shape)
d = torch.diag_embed(a, 1)
print(d, torch.diag_embed(torch.arange(2), -1), torch.diag_embed(torch.ones(2, 2), dim1=0, dim2=2).shape)
a.grad = None
(d * torch.arange(16.0).view(4, 4)).sum().backward()
print(a.grad)
z = torch.tensor([1.0, math.inf, -math.inf, math.nan], requires_grad=True)
print(torch.isposinf(z), torch.isneginf(z), torch.isposinf(torch.arange(3)))
for attempt in (
    lambda: torch.cross(torch.ones(2, 3), torch.ones(2, 3), 2),
    lambda: torch.cross(torch.ones(2, 2), torch.ones(2, 2), 0),
    lambda: torch.linalg.cross(torch.ones(3), torch.ones(2, 3)),
    lambda: torch.cross(torch.ones(2, 2), torch.ones(2, 2)),
    lambda: torch.diag_embed(torch.ones(2), 0, 1, 1),
    lambda: torch.diag_embed(torch.ones(2), 0, 1, 5),
    lambda: torch.vander(torch.ones(2, 2)),
    lambda: torch.vander(torch.ones(2), -1),
    lambda: torch.isposinf([1]),
):
    try:
        print(attempt())
    except (RuntimeError, IndexError, TypeError) as error:
        print(type(error).__name__, error)
