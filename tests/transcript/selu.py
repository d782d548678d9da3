import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(3)
x = torch.linspace(-3, 3, 11).requires_grad_()
for activation in (nn.SELU(), nn.CELU(), nn.CELU(alpha=0.3), nn.ELU(alpha=1.6733)):
    y = activation(x)
    (g,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    (h,) = torch.autograd.grad(g.sum(), x)
    print(activation, y, g, h)
    z = nn.Linear(1, 3)(x[:, None])
    print(activation(z).mean(), activation(torch.tensor([-1.0, 0.0, float("nan")])))
print(nn.SELU(inplace=True), nn.CELU(0.5, True), F.selu(x), F.celu(x, 0.5))
h = x * 1
F.selu_(h).sum().backward()
print(h, x.grad)

# Activations that keep mean and variance.
net = nn.Sequential()
for i in range(4):
    layer = nn.Linear(8, 8)
    nn.init.kaiming_normal_(layer.weight, nonlinearity="linear")
    net.add_module(f"linear{i}", layer)
    net.add_module(f"selu{i}", nn.SELU())
out = net(torch.randn(64, 8))
print(net, out.mean(), out.std())
out.pow(2).mean().backward()
print(net.linear0.weight.grad[0])
