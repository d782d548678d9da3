# Everything draws from one stream
import torch
from torch import nn

torch.manual_seed(2022)
a = torch.rand(2)
layer = nn.Linear(2, 3)
b = torch.randn(3)
mask = nn.Dropout(0.5)(torch.ones(6))
c = torch.randint(0, 10, (4,))
nn.init.normal_(layer.bias)
d = torch.rand(1)
print(a, b, c, d)
print(mask)
print(layer.weight, layer.bias, sep="\n")
