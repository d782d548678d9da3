# A view and a detached tensor show what their base holds now, whoever asks for the number.
import math

import torch

x = torch.tensor([4.0, 2.0])
y = x[0]
d = x.detach()
x.add_(1.0)
print(float(y), int(y), math.sqrt(y), float(d[1]), int(d[0]), y.item())
x.mul_(2.0)
print(f"{y:.1f}", "%.2f" % y, "%d" % d[1], round(y.item(), 1), bool(y), abs(float(y)))

p = torch.nn.Parameter(torch.tensor([2.0]))
optimizer = torch.optim.SGD([p], lr=0.5)
before = p.detach()
alias = p.data
(p * 3.0).sum().backward()
optimizer.step()
print(float(p), float(before), float(alias), int(before), math.exp(before), math.floor(alias))

with torch.no_grad():
    p[0] = 7.0
print(float(before), math.log(before), f"{before.item():.3f}")

n = torch.tensor([[1, 2], [3, 4]])
row = n[1]
last = row[1]
n += 10
print(int(last), float(last), int(row[0]), "%x" % last.item(), math.sqrt(last))
t = n.T
n[0, 1] = 99
print(int(t[1, 0]), float(t[1][0]))
