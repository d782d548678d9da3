import torch
from torch import nn

x = torch.tensor([1.0, -1.0])
print(x.requires_grad)
x.requires_grad_()
print(x, x.requires_grad)
w = torch.full((2,), 0.5).requires_grad_(True)
(w * x).sum().backward()
print(w.grad, x.grad)
w.requires_grad_(False)
print(w, (w * 2).requires_grad)
layer = nn.Linear(2, 1)
layer.weight.data = torch.tensor([[1.0, 2.0]])
for p in layer.parameters():
    p.requires_grad = False
print(layer.weight)
layer.bias.requires_grad = True
layer(x).sum().backward()
print(layer.weight.grad, layer.bias.grad)
