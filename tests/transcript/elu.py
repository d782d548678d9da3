# ELU as a module and as a function, in place and not; alpha of either sign
import torch
import torch.nn as nn
import torch.nn.functional as F

print(nn.ELU(), nn.ELU(0.5), nn.ELU(2), nn.ELU(alpha=1e-5, inplace=True))
x = torch.tensor([[-1.5, 0.0, 0.25], [2.0, -0.125, -30.0]], requires_grad=True)
print(F.elu(x), F.elu(x, 0.5), F.elu(x, alpha=-0.5), F.elu(x, 0), sep="\n")
h = x * 1
y = nn.ELU(0.3, inplace=True)(h)
print(y, h)
(y * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
print(x.grad)
x.grad.zero_()
F.elu(x, -0.5).sum().backward()
print(x.grad)

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.ELU(), nn.Linear(3, 1), nn.ELU(0.1, True))
print(net)
out = net(torch.tensor([[1.0, -2.0], [0.5, 3.0]]))
print(out)
loss = (out ** 2).mean()
loss.backward()
print(loss.item(), net[0].weight.grad, net[0].bias.grad, sep="\n")

rows = torch.linspace(-3, 1, 19)  # more than a full vector
print(F.elu(rows, 1.5).tolist())
print(F.elu(torch.tensor([float("inf"), -float("inf"), float("nan"), -0.0])))
print(F.elu(rows.double())[:3])
