# What tensors of other dtypes make of the numbers they are given.
import torch

x = torch.zeros(3).long()
x[0] = 0.5
x[1] = -1.7
x[2:] = 2.9
print(x)
x[:] = torch.tensor([0.5, 1.7, -2.7])
print(x)
x[x == 0] = 1.5
x[[1, 2]] = True
print(x)
x.copy_(torch.tensor([4.5, -4.5, 0.0]))
print(x)
b = x > 1
b[1] = 0.5
b[2] = 7
print(b, ~b, ~x, ~x[0], ~torch.tensor(True))
b[:] = torch.tensor([0, 3, 0])
print(b)
f = torch.zeros(2)
f.copy_(torch.tensor([1, 2]))
print(f)
f.copy_(torch.tensor(5))
f[1] = 2**62 + 1
print(f)
f.copy_(torch.ones(2) > 0)
print(f, abs(f - 3), abs(-2.5))
n = torch.ones(2)
n.data = torch.zeros(3).long()
print(n)
n.data = torch.ones(2, 2) > 0
print(n, n.dtype)
w = torch.ones(2, requires_grad=True)
w.data = torch.zeros(3).double()
print(w)
h = w * 2
print(h.requires_grad_(), h.requires_grad_() is h)
print(x[..., 0], torch.ones(2, 2)[..., None].shape, w[...], h[...], h[..., 1:])
y = torch.zeros(2, 2, 2)
y[..., 0] = 5
y[1, ...] += 1
print(y, y[..., 0, 1], y[None, ..., 0].shape, y[torch.tensor([1]), ...], y[..., [0, 1]].shape)
w.grad = torch.ones(3).double()
print(w.grad)
