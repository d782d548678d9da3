import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
print(x.grad)
for i in range(3):
    (x ** 2).sum().backward()
    print(i, x.grad)
x.grad.zero_()
print(x.grad)
(x * 5).sum().backward()
print(x.grad, x.grad.shape, x.grad.sum().item())
x.grad = None
print(x.grad)
y = x * x
y.backward(torch.tensor([1.0, 0.5]))
print(x.grad)
