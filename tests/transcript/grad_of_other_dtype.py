"""A .grad keeps its dtype where .data of the tensor, or of the .grad, is another one since."""
import torch

torch.set_printoptions(precision=15)


def of(dtype, other):
    x = torch.tensor([1.0, 2.0], dtype=dtype, requires_grad=True)
    (x * 2 / 3).sum().backward()
    g = x.grad
    x.data = torch.ones(2, dtype=other) / 3
    (x * x / 7).sum().backward()
    print(x.grad, x.grad is g)
    (x * x / 7).sum().backward()
    print(x.grad)
    x.grad.zero_()
    (x * x / 7).sum().backward()
    print(x.grad)
    x.grad = None
    (x * x / 7).sum().backward()
    print(x.grad)


def of_gradient(dtype, other):
    x = torch.tensor([1.0, 2.0], dtype=dtype, requires_grad=True)
    (x * 2 / 3).sum().backward()
    g = x.grad
    g.data = torch.ones(2, dtype=other) / 3
    (x * x / 7).sum().backward()
    print(x.grad, g)


def of_number(dtype, other):
    x = torch.tensor(1.0, dtype=dtype, requires_grad=True)
    (x * 2).backward()
    x.data = torch.tensor(3.0, dtype=other)
    (x * 2).backward()
    print(x.grad)


def retained(dtype, other):
    x = torch.ones(2, dtype=dtype, requires_grad=True)
    y = x / 3
    y.retain_grad()
    y.sum().backward(retain_graph=True)
    g = y.grad
    y.sum().backward(retain_graph=True)
    print(y.grad, g, g is y.grad)
    y.grad.data = torch.ones(2, dtype=other) / 3
    h = y.grad
    y.sum().backward()
    print(y.grad, h, h is y.grad)


for test in [of, of_gradient, of_number, retained]:
    test(torch.float32, torch.float64)
    test(torch.float64, torch.float32)

x = torch.tensor([1.0, 2.0], requires_grad=True)
(x * 2).sum().backward()
x.data = x.data.double()
x.grad.data = x.grad.data.double()
optimizer = torch.optim.SGD([x], lr=0.1)
optimizer.step()
print(x, x.grad)
