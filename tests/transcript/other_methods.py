# Methods for operators and types
import torch

x = torch.tensor([[1.0, -2.0], [3.0, 0.5]], requires_grad=True)
print(x.pow(2), x.t())
print((x > 0).float(), (x > 0).float().mean().item())
print(torch.tensor([1, 2]).float(), torch.tensor([1.9, -1.9]).long(), x.detach().double())
x.pow(3).sum().backward()
print(x.grad)
print(x.abs().detach(), x.detach().sqrt())
