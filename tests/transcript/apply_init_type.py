import torch
import torch.nn as nn


def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.constant_(m.weight, 0.5)
        m.bias.data.fill_(0.01)


net = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid(), nn.Linear(2, 2))
net.apply(init_weights)
for name, p in net.named_parameters():
    print(name, p.data)
print(net(torch.ones(1, 2)))
