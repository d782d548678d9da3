import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5))
x = torch.tensor([[1.0, 1.0]])
print(net.training)
for i in range(3):
    print(net(x).detach())
net.eval()
print(net.training, net[1].training)
for i in range(2):
    print(net(x))
net.train()
print(net(x))
drop = nn.Dropout(p=0.2)
print(drop(torch.ones(10)))
drop.eval()
print(drop(torch.ones(3)))
print(drop, drop.training)
