import math

import torch
import torch.nn as nn

torch.manual_seed(0)
w = torch.empty(3, 5)
print(nn.init.trunc_normal_(w))
print(nn.init.trunc_normal_(w, std=0.02) is w, w)
print(nn.init.trunc_normal_(w, mean=0.5, std=2.0, a=-1.0, b=1.0))
for shape in ((3, 5), (5, 3), (4, 4), (2, 3, 2)):
    w = torch.empty(shape)
    nn.init.orthogonal_(w)
    print(w)
    flat = w.view(shape[0], -1)
    small = flat @ flat.T if flat.shape[0] <= flat.shape[1] else flat.T @ flat
    print(torch.allclose(small, torch.eye(small.shape[0]), atol=1e-5))
layer = nn.Linear(4, 3)
nn.init.orthogonal_(layer.weight, gain=math.sqrt(2))
nn.init.zeros_(layer.bias)
print(layer.weight)
layer(torch.ones(1, 4)).sum().backward()
print(layer.weight.grad)
print(nn.init._calculate_fan_in_and_fan_out(layer.weight), nn.init._calculate_fan_in_and_fan_out(torch.empty(2, 3, 4)))
try:
    nn.init.orthogonal_(torch.empty(3))
except ValueError as e:
    print(e)

x = torch.tensor([-0.9, -0.3, 0.0, 0.5, 0.99, 1.0, 2.0], requires_grad=True)
y = torch.erfinv(x)
y[:5].sum().backward()
print(y, x.grad, x.detach().clone().erfinv_())
