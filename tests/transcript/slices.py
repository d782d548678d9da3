import torch

x = torch.arange(12.0).view(3, 4)
print(x[:2], x[1:], x[:, 1], x[:, 1:3], x[0, :2], x[-1, :], sep="\n")
print(x[1:2].shape, x[:, :1].shape, x[:].shape)
w = torch.ones(2, 3, requires_grad=True)
(w[:, 0] * torch.tensor([2.0, 3.0])).sum().backward()
print(w.grad)
names = ["a", "b", "c", "d"]
print(names[1:3], names[:-1], names[2:], "text"[:2])
