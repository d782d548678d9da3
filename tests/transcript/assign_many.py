# Elements that are set one by one in a loop, with and without somebody looking at them in between.
import torch

n = 30000
x = torch.zeros(n)
for i in range(n):
    x[i] = i
print(x, x.sum(), x[12345])
y = torch.zeros(4).long()
y[0] = 1
y[1] = 2.9
print(y)
y[2] = 3
y[0] = 4
y[0] = 5
z = y * 2
y[3] = 7
view = y[2:]
y[3] = 8
y[2] = 9
print(y, z, view)
w = torch.ones(2, 2, requires_grad=True)
with torch.no_grad():
    for i in range(2):
        w[i, 0] = i
        w[i, 1] = 2**62 + 1
    w[0] = 3
(w * w).sum().backward()
print(w, w.grad)
d = w.detach()
d[0, 0] = 5
d[1, 1] = 6
w.data[0] = 1
print(w, d)
b = torch.zeros(3) > 0
b[0] = 1
b[2] = 0.5
print(b)
