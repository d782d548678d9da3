# What a change in place by way of a view, or under a view, does to numbers and histories.
import torch
w = torch.ones(2, 3, requires_grad=True)
with torch.no_grad():
    v = w[0]
    print(v, w.T, w.view(-1), w.data, w.detach()[0], w.clone(), w[[0]])
    for r in w: print(r)
print(v, v.requires_grad, v.is_leaf, v * 2, v[0])
(v * 2).sum().backward()
print(v.grad, w.grad)
v.requires_grad_(False)
print(v)
v.requires_grad_()
(v * 2).sum().backward()
print(v, v.grad, w.grad)
n = torch.ones(2, 3)
v = n[0]
n.requires_grad_()
print(v, v * 2)
n.requires_grad_(False)
print(v)
v += 1
print(v, n)
n.T[0] += 5
n.view(-1)[2:4] *= 3
n[0].zero_()
n[1][0:2].fill_(7)
n.T.T[1].copy_(torch.tensor([1., 2., 3.]))
print(n, v)
v.requires_grad_()
u = v * 2
n += 1
print(v, u, n)
u.sum().backward()
print(v.grad)
with torch.no_grad():
    v += 1
print(v, n)
w[0].data += 1
w.data[1] *= 2
w.detach().T[0] = 9
print(w)
t = w.T
w.data += 1
print(t)
w.detach().add_(1)
print(t)
for row in n:
    row += 1
print(n, row)
torch.manual_seed(0)
x = torch.zeros(2, 3)
x[0] += 1
x[:, 1] = 2
x.T[2].mul_(3)
x[1].add_(torch.tensor([1, 2, 3]))
x[0].data -= 1
x.view(-1)[4] = 7
x[0:1] += x[1:2]
x[0].copy_(x[1])
x += x
x.data = x.data * 2
x[:, 0:2].uniform_(3, 3)
torch.nn.functional.relu(x[1], inplace=True)
print(x)
m = torch.ones(2, 3)
p = torch.ones(3, requires_grad=True)
p.data = m[0]
m += 1
print(p)
p.data += 1
print(m, p)
a = torch.ones(1, 3)
b = a.unsqueeze(0)[:, 0:1]
b[:, None] += 1
c = b.bool()
a.requires_grad_()
print(a, b, c)
(b * 2).sum().backward()
print(a.grad)
n = torch.ones(2, 3)
v = n[0]
n += 1
print(v)
n.requires_grad_()
print(v, v * 2)
m = torch.ones(2)
for r in m:
    r += 1
    print(r)
