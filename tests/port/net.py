import torch
from torch import nn
import torch.nn.functional as F

x = torch.tensor([[0.05, 0.10], [0.30, -0.20]])
y = torch.tensor([0, 1])
fc = nn.Linear(2, 3)
fc.weight.data = torch.tensor([[0.15, 0.20], [0.25, 0.30], [0.35, -0.40]])
fc.bias.data = torch.tensor([0.04, 0.08, 0.12])
out = nn.Linear(3, 2)
out.weight.data = torch.tensor([[0.40, 0.45, 0.50], [0.50, 0.55, -0.60]])
out.bias.data = torch.tensor([0.20, 0.30])
sgd = torch.optim.SGD([*fc.parameters(), *out.parameters()], lr=0.1)

h = F.leaky_relu(fc(x), 0.1)
o = out(h)
l = F.cross_entropy(o, y)
l.backward()
sgd.step()
