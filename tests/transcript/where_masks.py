# One number or another, by a mask.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, -2.0, 3.0], [-4.0, 5.0, 0.0]], requires_grad=True)
s = torch.tensor([0.5, -1.5, 2.5], requires_grad=True)
mask = torch.tensor([True, False, True])
later = torch.tensor([[False, False, True], [False, True, True]])
for y in (torch.where(x > 0, x, 0.1 * x), torch.where(x > 0, x, 0.0), torch.where(mask, x, s),
          x.where(x > 1, s), torch.where(x < 0, 7.0, x), torch.where(mask, s, torch.tensor(2)),
          F.softmax(x.masked_fill(later, float("-inf")), dim=1), s.masked_fill(x > 0, 1),
          x.masked_fill(mask, torch.tensor(7)), x.masked_select(x > 0),
          torch.masked_select(s, torch.tensor([[True], [False]]))):
    x.grad = s.grad = None
    print(y)
    (y * y).sum().backward()
    print(x.grad, s.grad)

print(torch.where(mask, 1, 0), torch.where(mask, 1.0, 0.0), torch.where(mask, 1, 0.5))
print(torch.where(mask, True, False), torch.where(mask, torch.arange(3), 1.5))
print(torch.where(mask, torch.arange(3), torch.tensor(1.5)), torch.where(mask, 2, torch.arange(3)))
print(torch.where(mask, s.double(), s))
print(torch.where(torch.tensor([[True], [False]]), 1.0, torch.arange(3.0)))
print(torch.where(mask), torch.where(x > 0), torch.where(torch.tensor(True)))
print(x.nonzero(), torch.nonzero(mask), torch.nonzero(x, as_tuple=True))
print(torch.nonzero(torch.tensor(5)).shape, torch.argwhere(x < 0), (x > 9).nonzero())

y = x * 2
y.masked_fill_(x < 0, 0.0)
print(y)
y.sum().backward()
print(x.grad)
z = torch.arange(3)
print(z.masked_fill_(mask, 9), z.masked_fill(mask, -1), (z > 3).masked_fill(mask, False))
with torch.no_grad():
    s.masked_fill_(mask, -1.0)
print(s)
grid = torch.zeros(2, 2)
grid.t().masked_fill_(torch.tensor([[False, False], [True, False]]), 4.0)
print(grid)
