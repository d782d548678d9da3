import torch
from torch import nn

torch.manual_seed(0)
first = nn.Linear(4, 2)
second = nn.Linear(2, 3)
nn.init.xavier_uniform_(first.weight)
nn.init.xavier_uniform_(second.weight, gain=2.0)
nn.init.zeros_(first.bias)
nn.init.zeros_(second.bias)
print(first.weight.data)
print(second.weight.data)
print(torch.rand(2))
x = torch.tensor([[0.1, 0.2, 0.3, 0.4]])
print(second(torch.tanh(first(x))))
