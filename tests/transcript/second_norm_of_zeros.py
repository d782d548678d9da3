import torch
x = torch.zeros(2, requires_grad=True)
n = x.norm()
g = torch.autograd.grad(n, x, create_graph=True)[0]
print(g)
(g.sum()).backward()
print(x.grad)
