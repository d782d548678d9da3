# A tensor of no dimension
import torch

x = torch.tensor(2.5)
print(x, x.item(), x.shape, x.dim(), x.numel())
print(torch.tensor(3), torch.tensor(True), torch.tensor(2.0))
print(torch.tensor(1 / 3), torch.tensor(0.1).item(), torch.tensor(0.1, dtype=torch.float64).item())
print(torch.tensor(1234.5678), torch.tensor(0.00001234), torch.tensor(1e20))
print(x + 1, 1 - x, x / 2, x ** 2, -x)
print(x > 2, x == 2.5, (x > 2).item())
if x > 1:
    print("x is above 1")
