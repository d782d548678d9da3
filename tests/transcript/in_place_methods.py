# Methods that end in _ change the tensor itself
import torch
from torch import nn

layer = nn.Linear(2, 2)
with torch.no_grad():
    layer.weight.copy_(torch.tensor([[1.0, -1.0], [0.5, 2.0]]))
    layer.bias.zero_()
print(layer.weight, layer.bias, sep="\n")
layer.bias.data.fill_(0.25)
print(layer(torch.ones(1, 2)))
x = torch.zeros(2)
x.add_(1.5).mul_(2)
print(x)
x.zero_()
print(x)
