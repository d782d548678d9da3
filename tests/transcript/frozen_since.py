# A leaf that is frozen between forward and backward receives nothing
import torch
from torch import nn

x = torch.tensor([[-1.0, 0.5], [2.0, 0.0]], requires_grad=True)
b = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x.relu().tanh() * b).sum()
x.requires_grad_(False)
y.backward()
print(x.grad, b.grad, x.requires_grad, y)

torch.manual_seed(1)
layer = nn.Linear(2, 1)
loss = layer(x).sum()
layer.weight.requires_grad = False
loss.backward()
print(layer.weight.grad, layer.bias.grad)
(layer(x) * b.sum()).sum().backward()
print(layer.weight.grad, layer.bias.grad, b.grad)
