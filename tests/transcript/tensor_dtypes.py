import torch

a = torch.tensor([1, 2, 3])
b = torch.tensor([0.5, 1.5, 2.5])
c = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
print(a.dtype, b.dtype, c.dtype)
print((a + b).dtype, (b + c).dtype, (a + c).dtype, (a / 2).dtype, (a * 2).dtype, (b > 1).dtype)
print(a + b, b + c, a / 2, a * 1.5)
print(torch.tensor([1, 2], dtype=torch.float), torch.tensor([1.9, -1.9], dtype=torch.int64))
print(torch.tensor(1 / 3, dtype=torch.float64).item(), torch.tensor(1 / 3).item())
print(c / 3)
print(torch.float32, torch.int64, torch.bool)
print(a.sum(), b.sum().dtype, a.max())
