import torch

a = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
b = torch.tensor([0.3, 4.0, -1.7], requires_grad=True)
(a / b).sum().backward()
print(a.grad, b.grad)
print(a.grad.tolist(), b.grad.tolist())
a.grad, b.grad = None, None
(1 / b + a / 3 - b * a).sum().backward()
print(a.grad, b.grad)
c = torch.tensor([[2.0], [5.0]], requires_grad=True)
(a / c).mean().backward()
print(c.grad.tolist())
