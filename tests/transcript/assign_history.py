# Elements that are set to computed numbers, and computed tensors that are changed in place: the
# change has a history.
import torch

x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
w = torch.tensor([[0.5, 1.0, -1.0], [2.0, -0.5, 0.25]], requires_grad=True)


def show(y, name):
    print(name, y)
    x.grad = w.grad = None
    (y * torch.arange(1.0, y.numel() + 1).view(y.shape)).sum().backward()
    print(x.grad, w.grad)


y = torch.zeros(3)
y[0] = x[0] * 2
show(y, 'a number into a vector')

y = torch.zeros(3)
for i in range(3):
    y[i] = x[i] ** 2
show(y, 'all elements, one after the other')

y = torch.zeros(2, 3)
y[1] = x * 3
y[:, 0] = w[:, 2]
show(y, 'a row and a column that overlap')

y = w * 2
y[:, ::2] = x[1:]
show(y, 'every second column, broadcast')

y = w * 2
y[y < 0] = 0
show(y, 'a number by mask')

y = w * 2
y[y < 0] = x[0]
show(y, 'a tensor without dimensions by mask')

y = x * 2
y[torch.tensor([0, 0])] = w[0, :2]
show(y, 'by an index that names an element twice')

y = w * 2
y[0, torch.tensor([2, 1])] = x[:2]
show(y, 'by an index in a row')

y = x * 2
y[:] = w[0]
show(y, 'all of it, as a slice')

y = x * 2
y[...] = w[0]
show(y, 'all of it')

y = x * 2
y[...] = w[0, 0]
show(y, 'all of it, one number')

y = x * 2
y[0] += w[0, 0]
y[1] *= w[1, 1]
y[2] /= 2
show(y, 'elements, by operators')

y = w * 2
v = y[0]
v.mul_(x)
show(y, 'by way of a view')

y = w * 2
v = y[0]
v.mul_(x)
show(v, 'the view')

y = w * 2
v = y[0]
y.mul_(3)
show(v, 'a view of what was changed')

y = w * 2
t = y.T
y.mul_(3)
show(t, 'another')

y = torch.zeros(2, 3)
v = y[1]
y[:, 1] = x[:2]
show(v, 'a view of what has a history since')

y = torch.zeros(3)
y.copy_(x)
show(y, 'copied')

y = torch.zeros(2, 3)
y[1].copy_(x)
show(y, 'a row copied')

y = w * 2
y.fill_(3)
show(y, 'filled')

y = w * 2
y.zero_()
show(y, 'zeroed')

y = w * 2
y[0].zero_()
show(y, 'a row zeroed')

y = torch.zeros(3, dtype=torch.float64)
y[1] = x[1]
show(y, 'into float64')

y = torch.zeros(3, dtype=torch.int64)
y[1] = x[1]
print(y.requires_grad, y)

y = torch.zeros(3)
y.data[0] = x[0]
print(y)

h = torch.zeros(4, 2)
for t in range(1, 4):
    h[t] = torch.tanh(w[:, 0] * h[t - 1].clone() + x[:2] * t)
show(h, 'states in a row')

y = torch.zeros(2)
y[0] = (x ** 3).sum()
y[1] = x[0] * y[0].clone()
(g,) = torch.autograd.grad(y.sum(), x, create_graph=True)
print(g)
x.grad = None
(g ** 2).sum().backward()
print(x.grad)
