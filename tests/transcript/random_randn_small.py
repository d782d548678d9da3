# Fewer than 16 elements are drawn one by one
import torch

torch.manual_seed(0)
print(torch.randn(1))
print(torch.randn(4))
print(torch.randn(3, 5))
print(torch.randn(2, requires_grad=True), torch.randn(()).item())
torch.manual_seed(42)
print(torch.randn(3) * 0.5 + 1)
print(torch.randn(2, dtype=torch.float64))
print(torch.rand(2), torch.randn(1))
