import torch

x = torch.tensor([[1.0, 2.5, -0.5], [4.0, 0.25, 3.0]], requires_grad=True)
print(x.std(), x.var(), x.std(unbiased=False))
print(x.std(dim=0), x.var(1), x.std(1, keepdim=True).shape)
normal = (x - x.mean(dim=0)) / x.std(dim=0)
print(normal)
(normal * torch.tensor([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])).sum().backward()
print(torch.std(x.detach(), dim=1), torch.var(x.detach(), 0, keepdim=True))
x.grad = None
x.var().backward()
print(x.grad.tolist())
