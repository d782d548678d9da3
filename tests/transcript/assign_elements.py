import torch
import torch.nn as nn

torch.manual_seed(0)
z = torch.randn(3, 4)
dz = torch.ones(3, 4)
dz[z < 0] = 0
print(dz)
W = torch.zeros(2, 3)
W[0, 1] = 3.0
W[1] = torch.tensor([1.0, 2.0, 3.0])
print(W)
W[:, 0] = 7
W[0, 1:] = torch.tensor([[5.0, 6.0]])
W[-1, -1] = W[0, 0] * 2
print(W)
W[:] = 0.1
W[[0, 1], [2, 0]] = torch.tensor([8.0, 9.0])
print(W)
conf = torch.zeros(2, 2, dtype=torch.int64)
for t, p in zip([0, 1, 1, 0], [0, 1, 0, 0]):
    conf[t, p] += 1
print(conf)
x = torch.arange(6.0)
y = x * 2
x[0] += 10
x[1:3] *= torch.tensor([2.0, 3.0])
x[x > 9] -= 1
print(x, y)
onehot = torch.zeros(3, 3)
onehot[torch.arange(3), torch.tensor([2, 0, 1])] = 1
print(onehot)
onehot[range(3), [0, 1, 2]] -= 0.5
print(onehot)
mask = torch.zeros(4, dtype=torch.bool)
mask[1] = True
mask[2:] = 1
print(mask)
same = x
same[5] = -1
print(x, x[[0, 0]])
d = x.double()
d[0] = torch.tensor(1.25)
x[1] = d[0]
print(d, x)

fc = nn.Linear(2, 1)
with torch.no_grad():
    fc.weight[0, 0] = 0.5
    fc.weight[0, 1] -= 0.5
    fc.bias[:] = 1
print(fc.weight, fc.bias)
fc.weight.data[0, 1] = 4.0
flat = fc.weight.data.view(-1)
old = flat[0].item()
flat[0] = old + 0.25
print(fc.weight, flat)
row = W[1]
row[0] = 100
W.t()[2, 1] = 50
W[0][2] = -1
print(W, row)
out = fc(torch.ones(1, 2))
out.sum().backward()
fc.weight.grad[0, 0] = 0
print(fc.weight.grad)
a = torch.zeros(2, 3)
a[0, [0, 2]] = torch.tensor([1.0, 2.0])
a[:, 1] = torch.tensor([5.0, 6.0])
a[1, a[1] > 5] = 9
print(a)
