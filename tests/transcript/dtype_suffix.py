# The dtype is named where it is not the one that a literal would have
import torch

print(torch.tensor([1.0, 2.0], dtype=torch.float64))
print(torch.tensor([1, 2], dtype=torch.float32))
print(torch.tensor([1, 2], dtype=torch.int64), torch.tensor([1, 2], dtype=torch.long))
print(torch.tensor([1.5], dtype=torch.double), torch.tensor(2.5, dtype=torch.float64))
print(torch.zeros(2, dtype=torch.float64), torch.zeros(2, dtype=torch.int64))
print(torch.ones(0, dtype=torch.int64), torch.zeros(0, 2, dtype=torch.float64))
print(torch.tensor([1.0], dtype=torch.float64, requires_grad=True) * 2)
print(torch.tensor([0.0, 1.0], dtype=torch.bool))
print(torch.tensor([1.0]).dtype, torch.tensor([1]).dtype, torch.tensor([True]).dtype)
print((torch.arange(14) / 3).dtype, torch.arange(13, dtype=torch.float64) / 3)
print(torch.tensor([1.0, 2.0], dtype=torch.float64) + torch.tensor([1.0, 2.0]))
