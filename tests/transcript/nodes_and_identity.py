# The class of a node, and a weight that begins as the identity.
import torch
import torch.nn as nn

layer = nn.Linear(3, 2)
print(nn.init.eye_(layer.weight), nn.init.zeros_(layer.bias))
wide = torch.full((2, 4), 7.0, dtype=torch.float64)
print(nn.init.eye_(wide))
try:
    nn.init.eye_(torch.zeros(3))
except ValueError as e:
    print(e)
x = torch.tensor([[1.0, -2.0, 3.0]], requires_grad=True)
y = torch.relu(layer(x)).sum()
print(y, y.grad_fn.__class__.__name__, type(layer(x).grad_fn).__name__, type(y.grad_fn))
print(type(y.grad_fn) == type(x.sum().grad_fn))
