# When the numbers of a tensor differ too much, or are too large or too small
import torch

print(torch.tensor([1e-5, 1.5]))
print(torch.tensor([0.00012, 0.5]))
print(torch.tensor([1e-4, 0.09]), torch.tensor([1e-4, 0.11]))
print(torch.tensor([0.5, 499.0]), torch.tensor([0.5, 501.0]))
print(torch.tensor([1.5, 1e8]), torch.tensor([1.5e8, 2.5e9]))
print(torch.tensor([12345.678, 1234.5]))
print(torch.tensor([1e8, 2e8]), torch.tensor([1e9, 2e9]))
print(torch.tensor([-1e-10, 1e10, 3e38]))
print(torch.tensor([1e-38, 1e-45]))
print(torch.tensor([[1e-6, 1.0], [10.0, -1e5]]))
print(torch.tensor([0.0, 1e-5]), torch.tensor([0.0, 2000.5, 1.5]))
print(torch.tensor(1e-7), torch.tensor(123456789.0), torch.tensor(0.0001))
