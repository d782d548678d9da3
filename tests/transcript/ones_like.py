import torch

x = torch.tensor([[1.5, -2.0], [0.0, 4.0]])
print(torch.ones_like(x), torch.zeros_like(x))
labels = torch.tensor([3, 1])
print(torch.ones_like(labels), torch.zeros_like(labels))
print(torch.zeros_like(labels, dtype=torch.float32))
print(torch.ones_like(x) * 2 - x)
x.requires_grad_()
y = x * x
y.backward(torch.ones_like(y))
print(x.grad, torch.zeros_like(x), torch.ones_like(x, requires_grad=True))
