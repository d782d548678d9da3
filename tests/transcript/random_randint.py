import torch

torch.manual_seed(0)
print(torch.randint(10, (5,)))
print(torch.randint(3, 8, (2, 3)))
print(torch.randint(0, 2, (8,)), torch.randint(high=100, size=(4,)))
print(torch.randint(0, 5, [3]).dtype, torch.randint(1000000, (1,)).item())
print(torch.randint(-5, 5, (6,)))
print(torch.rand(2))
