# A slice of everything is a tensor of its own, which shares the numbers.
import torch

w = torch.ones(2, 3, requires_grad=True)
h = w * 2
print(h[:], h[:, :], h[0, :], h[None, :], h[0:2], h[0:1])
print(h[:, None], h[()], h[0:2, 0:3], h[0:2, 0:4], h[-2:2, 0:3], h[:, 0], h[:, 0:2], h[0:2, None])
for row in h:
    print(row)
a, b = h
print(a, b, list(h))
for i, (row, other) in enumerate(zip(h, w)):
    print(i, row, other)

x = torch.ones(3)
y = x[0:3]
print(x[:] is x, y is x, x[()] is x, x[0:3] is x[0:3])
y.requires_grad_()
(y * 2).sum().backward()
print(x.grad, y.grad, x.requires_grad)
y = x[:]
y.data = torch.zeros(3)
print(x, y)
z = x[:]
x += 1
print(z)
