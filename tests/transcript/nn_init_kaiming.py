import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(3, 2)
nn.init.kaiming_uniform_(layer.weight)
print(layer.weight)
nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
print(layer.weight)
nn.init.kaiming_uniform_(layer.weight, a=0.1, mode="fan_out", nonlinearity="leaky_relu")
print(layer.weight)
nn.init.kaiming_uniform_(layer.weight, a=5 ** 0.5)
print(layer.weight)
print(layer(torch.ones(1, 3)))
