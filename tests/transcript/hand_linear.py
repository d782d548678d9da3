# y = x W^T + b written out, beside nn.Linear
import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(3, 2)
x = torch.tensor([[0.5, -1.0, 2.0], [1.0, 0.25, -0.75]])
W, b = layer.weight, layer.bias
by_hand = x @ W.T + b
print(by_hand)
print(layer(x))
print((by_hand - layer(x)).sum().item())
by_hand.sum().backward()
print(W.grad)
print(b.grad)
one = x[0].unsqueeze(0)
print((one @ W.T + b).detach())
