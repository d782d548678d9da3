# With another default dtype it is float32 that is named
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)
print(torch.tensor([0.1, 0.2]), torch.tensor(0.1).item())
print(torch.tensor([0.1, 0.2], dtype=torch.float32))
print(torch.tensor([1, 2]), torch.zeros(2), torch.arange(3.0))
layer = nn.Linear(2, 2)
print(layer.weight)
x = torch.tensor([[1.0, -1.0]])
print(layer(x))
print(torch.rand(3), torch.rand(3, dtype=torch.float32))
print(torch.tensor(1.0) / 3)
print(f"{(torch.tensor(1.0) / 3).item()}")
