import torch
from torch import nn

torch.manual_seed(1)
layer = nn.Linear(2, 1)
x = torch.tensor([[1.0, 2.0]])
print(layer(x).requires_grad)
with torch.no_grad():
    out = layer(x)
    print(out, out.requires_grad)
    layer.weight += 0.5
print(layer.weight, layer.bias, sep="\n")
print(layer(x))
w = torch.tensor(2.0, requires_grad=True)
(w * w).backward()
with torch.no_grad():
    w -= 0.25 * w.grad
    w.grad.zero_()
print(w, w.grad)
