# Elements along a dimension, by indices: taken, put, added.
import torch

logp = torch.log_softmax(torch.tensor([[1.0, 2.0, 0.5], [0.1, -1.0, 3.0]]), dim=1)
target = torch.tensor([1, 2])
print(logp.gather(1, target.unsqueeze(1)))
print(torch.gather(logp, -1, target[:, None]).squeeze(-1))

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
index = torch.tensor([[0, 0], [2, 1]])
src = torch.tensor([[0.5, -1.5], [2.5, 7.0]], requires_grad=True)
for y in (x.gather(1, index), torch.gather(x, dim=0, index=torch.tensor([[1, 0, 1]])),
          x.scatter(1, index, src), torch.scatter(x, 1, index, 9.5), x.scatter_add(1, index, src),
          x.index_select(1, torch.tensor([2, 2, 0])), torch.index_select(x, 0, torch.tensor(1)),
          x.index_add(1, torch.tensor([1, 1]), src), torch.take_along_dim(x, index, dim=1),
          torch.take_along_dim(x, torch.tensor([5, 5, 0]))):
    x.grad = src.grad = None
    print(y)
    (y * y).sum().backward()
    print(x.grad, src.grad)

hot = torch.zeros(2, 3)
print(hot.scatter_(1, target.unsqueeze(1), 1))
hot.scatter_(1, torch.tensor([[0], [0]]), torch.tensor([[5.0], [6.0]]))
hot.scatter_add_(1, torch.tensor([[0, 0, 0], [1, 1, 2]]), torch.ones(2, 3))
hot.index_add_(0, torch.tensor([1, 1]), torch.full((2, 3), 0.25))
print(hot, hot.dtype)
counts = torch.zeros(4, dtype=torch.int64)
print(counts.scatter_add_(0, torch.tensor([3, 1, 3, 3]), torch.ones(4, dtype=torch.int64)))
seen = torch.zeros(4, dtype=torch.bool)
print(seen.scatter_(0, torch.tensor([2, 0]), True))
print(torch.tensor(3.0).gather(0, torch.tensor([0, 0])), torch.tensor([3.0, 4.0]).gather(0, torch.tensor(1)))
print(torch.zeros(2, 2).scatter(0, torch.zeros(0, 2, dtype=torch.int64), 1.0))

weights = torch.ones(3, requires_grad=True)
with torch.no_grad():
    weights.scatter_(0, torch.tensor([1]), 2.0)
weights.data.index_add_(0, torch.tensor([0, 0]), torch.tensor([1.0, 2.0]))
print(weights)
grid = torch.zeros(2, 2)
grid[0].scatter_(0, torch.tensor([1]), 3.0)
print(grid)
