import torch
from torch import nn, optim

net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.sizes = [1, 2]

    def forward(self, x):
        return x


class Deeper(Net):
    pass


for m in net:
    print(type(m) == nn.Linear, isinstance(m, nn.Linear), isinstance(m, (nn.ReLU, nn.Linear)), m.__class__.__name__)
a, b = Net(), Deeper()
print(isinstance(a, Net), isinstance(b, Net), isinstance(a, Deeper), isinstance(net, Net), isinstance(a, nn.Module))
print(type(a) == Net, type(b) is Net, type(b).__name__, b.sizes[1], a is b, a == a, bool(a), bool(nn.Sequential()))
print(isinstance(net[0].weight, torch.Tensor), isinstance(net[0].weight, nn.Parameter), isinstance(torch.ones(1), nn.Parameter), isinstance(a, torch.Tensor))
print(len(net), net[0], net[-1], [net[1]])
import torch
from torch import nn, optim

net = nn.Linear(2, 1)
parameters = net.parameters()
print(len(list(parameters)), len(list(parameters)))
state = net.state_dict()
print(list(state), len(state), 'bias' in state, list(state.keys()))
for name, tensor in state.items():
    print(name, tensor.requires_grad)
layers = []
for p in net.parameters():
    layers.append(p)
optimizer = optim.SGD(layers, lr=0.1)
optimizer = optim.SGD(net.parameters(), lr=0.1)
import torch
from torch import nn, optim

def now():
    return torch.is_grad_enabled()


with torch.no_grad():
    print(now())
    with torch.enable_grad():
        print(now())
    print(now())
print(now())
torch.set_grad_enabled(False)
print(now())
torch.set_grad_enabled(True)
with torch.set_grad_enabled(False):
    print(now())
print(now())


@torch.no_grad()
def decorated(x):
    return now(), x


print(decorated(1), now())


def early():
    for i in range(3):
        with torch.no_grad():
            if i == 1:
                return i


print(early(), now())
for i in range(3):
    with torch.no_grad():
        break
print(now())
import math
import torch

x = torch.ones(2)
print(x.dtype == torch.float32, x.dtype == torch.float64, x == None, x != 'a', x is x, x is None, x in [1, x] if False else True)
print(len(x), len(torch.zeros(3, 2)), float(torch.tensor(2.5)), int(torch.tensor(7)), int(torch.tensor([2.9])))
print(math.exp(torch.tensor(1.0)), torch.inf, torch.pi, -torch.inf, torch.nan)
import torch.nn as nn
import torch.nn.functional as F
from torch.nn import Linear, ReLU as R, functional
from torch import nn as again, optim, tensor
from torch.nn.functional import (
    relu,
    tanh,
)
import torch, math

print(F.relu == functional.relu, relu == F.relu, nn.Linear == Linear, again.ReLU == R, torch.tensor == tensor, math.floor(2.5))
