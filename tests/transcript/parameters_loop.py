# Everything that can be learned, counted and listed
import torch
from torch import nn

torch.manual_seed(11)
net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
total = 0
for p in net.parameters():
    print(p.shape, p.numel(), p.requires_grad, p.dim())
    total += p.numel()
print("parameters:", total)
for name, p in net.named_parameters():
    print(f"{name:10s} {p.shape}")
    print(p)
net(torch.ones(1, 4)).sum().backward()
for name, p in net.named_parameters():
    print(name, p.grad)
