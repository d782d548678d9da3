import torch

torch.manual_seed(0)
print(torch.rand(3))
print(torch.rand(2, 2), torch.rand(()), torch.rand((1, 3)))
print(torch.rand(2, dtype=torch.float64))
torch.manual_seed(0)
print(torch.rand(3).tolist())
torch.manual_seed(-1)
print(torch.rand(1).item())
print(torch.rand(3) * 2 - 1, torch.rand(2, requires_grad=True))
