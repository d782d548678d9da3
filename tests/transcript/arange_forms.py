import torch

print(torch.arange(5), torch.arange(2, 6), torch.arange(1, 10, 3))
print(torch.arange(5, 0, -2), torch.arange(0))
print(torch.arange(3.0), torch.arange(0, 1, 0.25), torch.arange(0.5, 3))
print(torch.arange(4, dtype=torch.float32), torch.arange(start=1, end=4))
print(torch.arange(6).view(2, 3), torch.arange(6).reshape(3, 2))
print(torch.arange(0, 0.5, 0.1))
