import torch
from torch import nn
import torch.nn.functional as F

d = nn.Dropout(0.5).eval()
x = torch.ones(3)
h = d(x)
print(h is x, d(h) is h, F.dropout(x, training=False) is x, F.dropout(x, 0.0) is x, h in [x])
h.requires_grad_()
(h * 2).sum().backward()
print(x.grad, h.grad, x.requires_grad)
h.grad = None
h.data = torch.zeros(3)
print(x, x.grad)
opt = torch.optim.SGD([d(x)], lr=0.1)
d(x).sum().backward()
opt.step()
print(x)

y = x * 2
g = d(y)
print(g is y, d(g) is y, g is not y, g is x, (g + 1) is g)
g.retain_grad()
(g + y).sum().backward()
print(g.grad, y.grad, g.grad is y.grad, x.grad)
g.grad = torch.ones(3)
print(y.grad)

# Under no_grad(), too: what comes out has the history of what went in.
w = torch.tensor([1.0, 2.0], requires_grad=True)
y = w * 3
with torch.no_grad():
    z = nn.Dropout(0.0)(y)
    print(z is y, z, F.dropout(y, p=0.0))
(z * 2).sum().backward()
print(w.grad)
h = w * 2
print(F.dropout(h, 0.999999, inplace=True) is h, h)
