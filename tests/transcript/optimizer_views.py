"""Parameters whose numbers are those of another tensor: step() changes these."""
import torch
import torch.nn as nn

a = torch.ones(3, 2)
n = nn.Linear(3, 2)
n.weight.data = a.T
nn.init.zeros_(n.bias)
o = torch.optim.SGD(n.parameters(), lr=0.1, momentum=0.9)
for i in range(3):
    o.zero_grad()
    n(torch.arange(3.0).reshape(1, 3)).pow(2).sum().backward()
    o.step()
    print(n.weight, a, n.bias, n.weight.grad)

a = torch.ones(5, 3)
n = nn.Linear(3, 2)
n.bias.data.zero_()
n.weight.data = a[1:3]
o = torch.optim.Adam(n.parameters(), lr=0.1)
for i in range(3):
    o.zero_grad()
    n(torch.arange(3.0).reshape(1, 3)).pow(2).sum().backward()
    o.step()
    print(n.weight, a, n.weight.grad)

a = torch.arange(6.0).reshape(2, 3)
p = nn.Parameter(a.T)
q = nn.Parameter(torch.ones(3)[:])
o = torch.optim.SGD([p, q], lr=0.1, weight_decay=0.1)
for i in range(2):
    (p * p).sum().backward()
    (q * q).sum().backward()
    o.step()
    print(p, a, q)

a = torch.ones(3)
p = a[:].requires_grad_()
o = torch.optim.Adam([p], lr=0.1, amsgrad=True)
for i in range(3):
    o.zero_grad()
    (p * p).sum().backward()
    o.step()
    print(p, p.grad, a, p.is_leaf, a.requires_grad)

a = torch.ones(4)
p = nn.Parameter(a[0:3])
q = nn.Parameter(a[1:4])
o = torch.optim.SGD([p, q], lr=0.1)
for i in range(2):
    o.zero_grad()
    ((p * p).sum() + (q * q * 3).sum()).backward()
    o.step()
    print(p, q, a)

a = torch.ones(2, 2, 2)
p = nn.Parameter(a[0].T[1])
o = torch.optim.SGD([p], lr=0.1, nesterov=True, momentum=0.5)
for i in range(2):
    (p * p).sum().backward()
    o.step()
    print(p, a)
a.zero_()
print(p)

n = nn.Linear(2, 2)
nn.init.ones_(n.weight)
m = nn.Linear(2, 2)
m.weight.data = n.weight.data.T
o = torch.optim.SGD([n.weight, m.weight], lr=0.1)
(n.weight.sum() + 2 * m.weight[0].sum()).backward()
o.step()
print(n.weight, m.weight)
