# The same numbers in another arrangement, and parts of them.
import torch

x = torch.arange(12.0).reshape(3, 4).requires_grad_()
weights = torch.linspace(-1, 1, 48)
for y in (x.permute(1, 0), torch.permute(x, (-1, 0)), x.movedim(0, 1), x.swapaxes(0, 1),
          x.expand(2, 3, 4), x[:, :1].expand(-1, 3), x.expand_as(torch.zeros(2, 3, 4)),
          torch.broadcast_to(x, (2, 3, 4)), x.repeat(1, 2), x.repeat(2, 1, 1), x.tile(2),
          x.narrow(1, 1, 2), x.flip(0), torch.flip(x, (0, 1)), x.fliplr(), x.roll(1), x.roll(-1, 0),
          torch.roll(x, (1, 2), (0, 1)), x.diagonal(), x.diagonal(1), torch.diag(x), x.diag(-1),
          torch.diag(x[0]), torch.diag(x[0, :2], 1), torch.diagflat(x[:2, :2]), torch.tril(x),
          torch.triu(x), x.tril(1), x.triu(diagonal=1), x.repeat_interleave(2, dim=0),
          x.repeat_interleave(torch.tensor([2, 0, 1]), dim=0), x[::2], x[:, 1::2], x[::2, None, ::3]):
    x.grad = None
    print(y)
    (y * weights[:y.numel()].reshape(y.shape)).sum().backward()
    print(x.grad)

for parts in (x.chunk(2), x.chunk(3, dim=1), x.split(2), torch.split(x, [1, 3], dim=1), x.unbind(),
              torch.unbind(x, 1)):
    x.grad = None
    print(len(parts), parts)
    sum((k + 1) * (part * part).sum() for k, part in enumerate(parts)).backward()
    print(x.grad)

v = torch.arange(9)
print(v[1:9:3], v[-5::2], v[::4], v[7:2:2], v[::2].reshape(1, 5), v[::3][1])
v[::2] = 0
v[1::4] += 10
print(v)
grid = torch.zeros(2, 3, 4)
grid[:, ::2, 1::2] = torch.tensor([1.0, 2.0])
print(grid, grid[[1, 0], ::2, 1])
mask = torch.tril(torch.ones(3, 3))
print(mask, torch.zeros(3, 3).masked_fill(mask == 0, float("-inf")), torch.ones(2, 2).bool().triu(1))
rows, columns = torch.meshgrid(torch.arange(2.0), torch.arange(3.0), indexing="ij")
print(rows, columns, torch.meshgrid(torch.arange(2), torch.arange(3), indexing="xy")[1])
print(torch.vstack((x[0], x[1])), torch.hstack((x[0], x[1])), torch.column_stack((v[:2], v[2:4])))
print(x.sum(axis=0), x.mean(axis=1, keepdims=True), torch.max(x, axis=1).values, x.argmax(axis=0))
print(torch.zeros(1, 2, 1, 2, 1, 3), torch.arange(6).view(1, 1, 2, 1, 3, 1).permute(5, 4, 3, 2, 1, 0))
