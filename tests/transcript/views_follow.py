# Views, detach() and what share memory with a tensor show its changes, and keep or lose history.
import torch
from torch import optim

w = torch.arange(4.0, requires_grad=True)
view = w.view(2, 2)
column = view.T[0]
numbers = view.detach()
optimizer = optim.SGD([w], lr=1.0)
w.sum().backward()
optimizer.step()
print(w, view, column, numbers)

with torch.no_grad():
    w *= 2
    print(view)
(view * view).sum().backward()
print(w.grad)

base = torch.zeros(4)
square = base.view(2, 2)
base += torch.ones(4, requires_grad=True)
print(square)

plain = torch.ones(2)
factor = torch.tensor([2.0, 3.0], requires_grad=True)
shared = plain.detach()
shared *= factor
print(plain, shared)
shared.sum().backward()
print(factor.grad)

later = torch.arange(4.0)
early = later.view(2, 2)
twice = early * 2
later.requires_grad_()
(early * later.view(2, 2)).sum().backward()
print(later.grad)
