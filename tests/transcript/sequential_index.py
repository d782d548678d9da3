import torch
from torch import nn

torch.manual_seed(7)
net = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
print(net[0])
print(net[-1], net[1])
print(net[0].weight)
net[0].weight.data = torch.tensor([[0.1, 0.2], [0.3, 0.4]])
net[0].bias.data = torch.zeros(2)
net[2].weight.data = torch.tensor([[1.0, -1.0]])
net[2].bias.data = torch.tensor([0.5])
x = torch.tensor([[1.0, 2.0]])
print(net[1](net[0](x)))
out = net(x)
print(out, out.item())
out.backward()
print(net[0].weight.grad, net[2].bias.grad)
