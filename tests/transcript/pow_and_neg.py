import torch

x = torch.tensor([0.5, -2.0, 3.0], requires_grad=True)
print(x ** 2, x ** 3, -x, (-x) ** 2)
((x ** 3) - x ** 2).sum().backward()
print(x.grad)
x.grad = None
y = torch.tensor([0.5, 2.0, 7.0], requires_grad=True)
(y ** 0.5 + y ** -1 + -y).sum().backward()
print(y.grad, (y ** 0.5).tolist())
z = torch.tensor([1.0, 2.0, 0.5], requires_grad=True)
(y ** z).sum().backward()
print(y ** z)
print(z.grad)
print(2 ** z)
