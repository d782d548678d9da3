# Blocks of matrices are set apart by blank lines
import torch

x = torch.arange(8.0).view(2, 2, 2)
print(x)
y = torch.arange(16).view(2, 2, 2, 2)
print(y)
print(y.shape, y.dim())
print(torch.zeros(1, 2, 1, 3))
print(torch.tensor([[[0.5], [1.5]]]))
print(x.view(2, 4) / 3)
