# Modules made of generators, and copied.
import copy

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in zip(sizes, sizes[1:]))
        self.scales = nn.ParameterList(nn.Parameter(torch.full((n,), 0.5)) for n in sizes[1:])
        self.acts = nn.ModuleDict((f"a{i}", nn.Tanh()) for i in range(2))

    def forward(self, x):
        for layer, scale, act in zip(self.layers, self.scales, self.acts.values()):
            x = act(layer(x)) * scale
        return x


torch.manual_seed(8)
net = MLP([3, 4, 2])
twin = copy.deepcopy(net)
stack = copy.deepcopy(nn.Sequential(*(nn.Linear(2, 2) for _ in range(2))))
print(twin)
print(stack)
x = torch.rand(5, 3)
print(torch.equal(net(x), twin(x)))
with torch.no_grad():
    twin.layers[0].weight.mul_(0)
    twin.scales[1].add_(1)
print(net(x).sum().item() == twin(x).sum().item(), net.scales[1], twin.scales[1])
print([p is q for p, q in zip(net.parameters(), twin.parameters())])
