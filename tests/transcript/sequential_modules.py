import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(
    nn.Linear(2, 3),
    nn.LeakyReLU(0.1),
    nn.Linear(3, 2),
    nn.Softmax(dim=1),
)
print(net)
x = torch.tensor([[0.5, -1.0], [1.5, 2.0]])
print(net(x))
print(len(net))
for layer in net:
    x = layer(x)
    print(layer, x.shape)
for name, p in net.named_parameters():
    print(name, p.numel())
