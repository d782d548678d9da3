# What a report must not take for a line of another kind, or send to a terminal.
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

names = ["\x1b[31m", "# forward", " b ", "c\nd = tensor([1])", "e(", "f]", "g = 1", "h\u202e", "i,j",
         "tensor(1)", "t\t", "\\n", "\n", "?", "=", "==", "x@2", "\u2028", "é", "'", '"', "{[(", "})]",
         "-", "a b", "\x7f", "\x85", "()(", "o = (1", "!=", "<=", "\r", "l = 2\n# step\n"]


def named(x, title):
    return F.relu(x)


torch.manual_seed(1)
layers = OrderedDict()
for i, name in enumerate(names):
    layers[name] = nn.Linear(2, 2)
    if i % 4 == 0:
        layers[name + ".activation".replace(".", " ")] = nn.Tanh()
net = nn.Sequential(layers)
x = torch.tensor([[1.0, -1.0]])
y = net(x)
z = named(y, """a
# forward
b = tensor([1])""") + named(x, "(") + named(x, "# {[") * named(x, ")]") + named(x, '\
 = tensor([2])')
l = z.sum() + (y * y).mean()
l.backward()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
optimizer.step()
print(list(net.state_dict()))
for name, p in net.named_parameters():
    print(name, repr(name), p.grad.shape)
print(y, l)
