import copy
import warnings

import torch
import torch.nn as nn

warnings.filterwarnings('ignore')
torch.manual_seed(0)
net = nn.Sequential(nn.Flatten(), nn.LazyLinear(8), nn.ReLU(), nn.LazyLinear(3, bias=False))
print(net)
x = torch.randn(2, 2, 3)
y = net(x)
print(y, net, [n for n, _ in net.named_parameters()])
y.sum().backward()
print(net[1].weight.grad, type(net[1]), net[1].in_features, isinstance(net[1], nn.Linear))


def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.normal_(m.weight, std=0.01)


net.apply(init_weights)
print(net[3].weight)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
opt.step()
print(net[1].bias, net.state_dict().keys())


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.LazyLinear(4)
        self.out = nn.LazyLinear(1)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(x)))


net = Net()
print(net, net(torch.randn(2, 5)), net, copy.deepcopy(net))
wide = nn.LazyLinear(4, dtype=torch.float64)
print(wide(torch.ones(3, dtype=torch.float64)), wide.weight.dtype)
