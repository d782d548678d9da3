import torch
import torch.nn as nn

torch.manual_seed(2)
x = torch.arange(8.0).view(2, 2, 2)
identity = nn.Identity()
print(identity, identity(x) is x, nn.Identity(54, unused=0.1))
print(nn.Flatten(), nn.Flatten(0), nn.Flatten(start_dim=0, end_dim=1))
print(nn.Flatten()(x), nn.Flatten(0)(x), nn.Flatten(0, 1)(x))
net = nn.Sequential(nn.Flatten(), nn.Identity(), nn.Linear(4, 2))
print(net)
print(net(x))
net(x).mean().backward()
print(net[2].weight.grad)
flat = nn.Flatten()(torch.tensor([[1, 2], [3, 4]]))
print(flat, flat.shape)
w = torch.ones(3, 2, requires_grad=True)
print(nn.Flatten()(w * 2), (w * 2).flatten(1))
