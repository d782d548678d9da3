# A linear layer of one's own
import torch
from torch import nn


class MyLinear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, out_features) * 0.1)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return x @ self.weight + self.bias


torch.manual_seed(0)
net = nn.Sequential(MyLinear(3, 4), nn.ReLU(), MyLinear(4, 1))
print(net)
print(net[0].weight)
x = torch.tensor([[1.0, 2.0, 3.0], [-1.0, 0.0, 1.0]])
loss = net(x).sum()
print(loss)
loss.backward()
for name, p in net.named_parameters():
    print(name, p.grad)
