import torch

x = torch.arange(1.0, 7.0).view(2, 3)
print(x.sum(), x.sum(dim=0), x.sum(1), x.sum(-1), x.sum(dim=(0, 1)))
print(x.sum(dim=1, keepdim=True), x.sum(0, keepdim=True))
print(torch.sum(x, dim=1), torch.sum(x).item())
print(x.view(3, 2).sum(0), x.unsqueeze(0).sum(1))
print(torch.tensor([1, 2, 3]).sum(), torch.tensor([True, True, False]).sum())
print((torch.ones(100) / 10).sum().item(), (torch.arange(50.0) / 7).sum().item())
w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
(w.sum(dim=0) * torch.tensor([1.0, 10.0])).sum().backward()
print(w.grad, w.sum(), w.sum(1))
