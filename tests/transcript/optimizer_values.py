# What an optimizer leaves in parameters and gradients, printed as it goes
import torch
from torch import nn, optim

torch.manual_seed(2)
layer = nn.Linear(2, 1)
print(layer.weight.grad, layer.bias.grad)
optimizer = optim.SGD(layer.parameters(), lr=0.5)
x = torch.tensor([[1.0, 2.0], [3.0, -4.0]])
loss = (layer(x) ** 2).mean()
loss.backward()
print(loss)
print(layer.weight.grad, layer.bias.grad)
optimizer.step()
print(layer.weight, layer.bias, sep="\n")
print(layer.weight.grad)
optimizer.zero_grad(set_to_none=True)
print(layer.weight.grad)
