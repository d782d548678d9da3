import torch
import torch.nn.functional as F
from torch import nn

# After a change in place, retain_grad() is for the numbers that the tensor holds now.
x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
h = x * 2
h.retain_grad()
h.mul_(x)
h.sum().backward()
print(h.grad, x.grad)

x.grad = None
h = x * 2
h.retain_grad()
h.add_(1)
h.retain_grad()
h.sum().backward()
print(h.grad, x.grad)

x.grad = None
h = x * 2
h.retain_grad()
p = h * 3
h.add_(1)
p.sum().backward()
print(h.grad, x.grad)

# What a function returns that works in place is its input.
h = x * 2
h.retain_grad()
y = F.relu(h, inplace=True)
y.sum().backward()
print(y is h, h.grad, y.grad)
h = x * 2
print(nn.LeakyReLU(0.1, inplace=True)(h) is h, h)

print(abs(torch.tensor([-3, 2])), torch.tensor(-3).abs(), abs(torch.tensor([], dtype=torch.int64)))
print(torch.abs(torch.tensor([-9223372036854775808, -9223372036854775807])))
