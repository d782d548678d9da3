import torch

x = torch.arange(12.0)
print(x.view(3, 4))
print(x.view(2, -1).shape, x.view(-1, 2, 3).shape, x.view((4, 3)).shape)
print(x.reshape(6, 2)[5], x.reshape(-1).shape, x.reshape((2, 6)).shape)
y = x.view(3, 4)
print(y.T.reshape(-1))
print(y.view(-1, 1).shape, y.view(1, -1))
w = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
(w.view(2, 2) @ torch.tensor([[1.0], [10.0]])).sum().backward()
print(w.grad)
print(w.view(2, 2))
