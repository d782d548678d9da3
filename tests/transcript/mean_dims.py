import torch

x = torch.tensor([[1.0, 2.0, 4.0], [0.5, -1.0, 3.0]], requires_grad=True)
print(x.mean(), x.mean(dim=0), x.mean(1), x.mean(-1, keepdim=True))
print(torch.mean(x).item(), torch.mean(x, dim=0))
x.mean().backward()
print(x.grad)
x.grad = None
(x.mean(dim=1) * torch.tensor([1.0, 3.0])).sum().backward()
print(x.grad)
print((torch.arange(10.0) / 3).mean().item())
