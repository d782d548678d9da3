import torch

# A row that was changed may still become a leaf of its own.
x = torch.ones(2, 3)
a, b = x
a += 1
a.requires_grad_()
(a * a).sum().backward()
print(a, a.grad, b, x)

x = torch.ones(2, 3)
a, b = x
x += 1
b.requires_grad_()
c, d, e = b
c.backward()
print(c, b.grad, a)

x = torch.ones(2, 3)
with torch.no_grad():
    a = x[0]
a += 1
a.requires_grad_()
(a * b).sum().backward()
print(a.grad, a.is_leaf, x)
