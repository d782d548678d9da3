# From 16 elements on normal numbers are drawn in blocks
import torch

torch.manual_seed(0)
print(torch.randn(16))
print(torch.randn(17))
print(torch.randn(4, 5))
print(torch.rand(2))
torch.manual_seed(1)
print(torch.randn(3, 8) * 0.1)
print(torch.randn(35).sum())
