"""Networks of classes with several bases, whose parts are told apart, and the bits of their numbers."""
import struct

import torch
import torch.nn as nn


class CountMixin:
    def count(self):
        return sum(p.numel() for p in self.parameters())


class NameMixin:
    label = "net"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.made = True

    def describe(self):
        return f"{self.label}:{type(self).__name__}"


class Net(CountMixin, NameMixin, nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 3)
        self.shared = self.fc
        self.out = nn.Linear(3, 1)

    def forward(self, x):
        return self.out(torch.tanh(self.shared(x)))


class Late(nn.Module, CountMixin):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(3))


def bits(x):
    return struct.unpack("<I", struct.pack("<f", x))[0]


torch.manual_seed(0)
net = Net()
print(net, net.count(), net.describe(), net.made, Late().count())
print(isinstance(net, CountMixin), isinstance(net, nn.Module), issubclass(Net, NameMixin))
print(id(net.fc) == id(net.shared), len({id(p) for p in net.parameters()}), id(net.fc.weight) == id(net.out.weight))
y = net(torch.tensor([[0.5, -1.0]]))
y.sum().backward()
print(y)
for value in net.fc.weight.grad.flatten().tolist():
    print(f"{bits(value):08x} {value.hex()}")
index = (0, 1)
print(net.fc.weight[*index], [type(m).__name__ for m in net.modules()])
