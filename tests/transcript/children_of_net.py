import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(3, 2), nn.Tanh())
        self.head = nn.Linear(2, 1)

    def forward(self, x):
        return self.head(self.encoder(x))


torch.manual_seed(0)
net = Net()
for child in net.children():
    print(child)
for layer in net.encoder.children():
    print(type(layer) == nn.Linear, isinstance(layer, nn.Module))
for i, child in enumerate(net.children()):
    print(i, isinstance(child, nn.Sequential))
print(net(torch.tensor([[1.0, 0.0, -1.0]])))
