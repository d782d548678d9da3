import torch
from torch import nn

layer = nn.Linear(3, 2)
nn.init.zeros_(layer.bias)
nn.init.ones_(layer.weight)
print(layer.weight, layer.bias, sep="\n")
nn.init.constant_(layer.weight, 0.25)
nn.init.constant_(layer.bias, val=-1)
print(layer.state_dict())
print(layer(torch.tensor([[1.0, 2.0, 3.0]])))
w = torch.empty(2, 2)
print(nn.init.ones_(w))
print(nn.init.zeros_(torch.empty(3)))
