import torch
from torch import nn

for name in ("linear", "sigmoid", "conv2d", "tanh", "relu", "leaky_relu", "selu"):
    print(name, nn.init.calculate_gain(name))
print(torch.device("cpu"), [torch.device("cpu")])

x = torch.tensor([0.5, -1.5], requires_grad=True)
for dtype in (torch.float64, torch.int64, torch.bool):
    print(x.to(dtype), x.to(dtype).requires_grad)
print((x > 0).float() - 1, 1 - (x > 0).long())
