import torch
import torch.nn as nn
from torch.nn.utils import weight_norm

torch.manual_seed(0)
for inputs, outputs in ((3, 2), (8, 1), (13, 4), (37, 3)):
    layer = weight_norm(nn.Linear(inputs, outputs))
    x = torch.randn(5, inputs)
    y = layer(x)
    (y ** 2).sum().backward()
    print(y.tolist(), layer.weight_g.grad.tolist(), layer.weight_v.grad.tolist())
print(layer, [n for n, _ in layer.named_parameters()], layer.weight.requires_grad)

net = nn.Sequential(weight_norm(nn.Linear(3, 8)), nn.Tanh(), weight_norm(nn.Linear(8, 1), name='weight'))
print(net, net[2].weight)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, t = torch.randn(6, 3), torch.randn(6, 1)
for _ in range(5):
    opt.zero_grad()
    loss = ((net(x) - t) ** 2).mean()
    loss.backward()
    opt.step()
    print(loss.item())
print(net[0].weight_g, net.state_dict().keys())
nn.utils.remove_weight_norm(net[2])
print(net[2].weight, [n for n, _ in net.named_parameters()])
try:
    nn.utils.remove_weight_norm(net[2])
except ValueError as e:
    print(e)
wide = weight_norm(nn.Linear(11, 2).double())
y = wide(torch.randn(4, 11, dtype=torch.float64))
y.sum().backward()
print(y.tolist(), wide.weight_v.grad.tolist())
