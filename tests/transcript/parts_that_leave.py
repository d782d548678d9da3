import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(2, 2)
        self.second = nn.Linear(2, 2)
        self.scale = nn.Parameter(torch.ones(2))
        self.register_buffer('kept', torch.ones(1))
        self.width = 2

    def forward(self, x):
        return self.first(x)


torch.manual_seed(0)
net = Net()
del net.second
print(net, hasattr(net, 'second'))
net.third = nn.ReLU()
print(net)
delattr(net, 'third')
del net.kept, net.scale, net.width
print(net.state_dict().keys(), [n for n, _ in net.named_parameters()], hasattr(net, 'width'))
try:
    print(net.second)
except AttributeError as e:
    print(e)
try:
    del net.second
except AttributeError as e:
    print(e)
net.second = nn.Tanh()
del net.first
print(net, list(net.parameters()))

layers = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
layers.add_module('last', nn.Tanh())
del layers.last
print(layers, len(layers), layers[-1])
for name, part in layers.named_modules(prefix='net'):
    print(name, part)
