import torch
import torch.nn as nn

torch.manual_seed(42)
layer = nn.Linear(2, 3)
nn.init.normal_(layer.weight)
print(layer.weight)
nn.init.normal_(layer.weight, mean=1.0, std=0.01)
nn.init.uniform_(layer.bias)
print(layer.weight, layer.bias, sep="\n")
nn.init.uniform_(layer.bias, -0.5, 0.5)
nn.init.uniform_(layer.weight, a=2, b=3)
print(layer.weight.data, layer.bias.data)
print(nn.init.normal_(torch.zeros(4), 0, 0.1))
