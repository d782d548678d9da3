# What Python itself brings along
import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
print(len([1, 2, 3]), len("text"), len(torch.zeros(4, 2)), len(net))
print(list(range(4)), list((1, 2)), tuple([1, 2]), tuple(torch.zeros(2, 3).shape))
print(int(2.9), int(-2.9), float(3), float("1e-3"), str(1.5) + "!")
print(int(torch.tensor(7)), float(torch.tensor(0.25)))
print(len(list(net.parameters())), list(net.children()))
print(range(3), list(range(5, 0, -2)))
