import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(3, 2)
print(layer.weight)
print(layer.bias)
print(nn.Parameter(torch.zeros(2)))
print(nn.Parameter(torch.tensor(1.5)))
print(nn.Parameter(torch.ones(1, 2), requires_grad=False))
print([nn.Parameter(torch.ones(1))])
print(layer.weight.data, layer.weight.detach())
print(layer.weight[0], layer.weight * 1, sep="\n")
