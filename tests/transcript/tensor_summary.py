# Beyond 1000 elements only the edges are shown
import torch

print(torch.arange(1000).sum(), torch.arange(1001))
print(torch.arange(2000.0) / 8)
print(torch.zeros(40, 30))
print(torch.arange(1200).view(300, 4))
print(torch.arange(1200).view(4, 300))
print(torch.ones(11, 10, 10))
print(torch.full((1001,), 0.5))
x = torch.zeros(50, 50)
print(x.shape, x.numel())
print(torch.ones(1100) > 0)
