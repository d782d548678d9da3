from collections import OrderedDict

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 3)
        self.act = nn.ReLU()
        self.fc2 = nn.Linear(3, 1)

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


torch.manual_seed(1)
net = Net()
print(net.state_dict())
print(nn.Linear(1, 1, bias=False).state_dict())
print(nn.ReLU().state_dict())
print(net.state_dict()["fc1.bias"])
for name in net.state_dict():
    print(name, net.state_dict()[name].shape)
print(OrderedDict([("a", 1), ("b", [2.5])]))
