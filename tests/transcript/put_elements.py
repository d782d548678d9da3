"""Elements set by where they stand, and taken from there."""
import torch

x = torch.arange(6.0).reshape(2, 3).requires_grad_()
nine = torch.tensor([[9.0, 8.0, 7.0]], requires_grad=True)

print(x.take(torch.tensor([[0, 4], [-1, 0]])))
print(x.index_fill(1, torch.tensor([0, 2]), -1), torch.index_fill(x, 0, torch.tensor([1]), 0.5))
print(x.index_copy(0, torch.tensor([1]), nine))
print(x.put(torch.tensor([5, -6]), torch.tensor([7.0, 6.0])))
print(x.masked_scatter(x > 2, torch.arange(10.0, 20.0)))

y = x * 2
print(y.index_fill_(0, torch.tensor([0]), 3))
y.index_put_((torch.tensor([0, 1, 1]), torch.tensor([2, 0, 0])), torch.tensor(10.0), True)
print(y)
y[1].index_fill_(0, torch.tensor([2]), 1)
y.masked_scatter_(torch.tensor([True, False, False]), nine)
print(y)
(y.sum() + x.take(torch.tensor([0, 0, 5])).sum()).backward()
print(x.grad, nine.grad)

counts = torch.zeros(4, dtype=torch.int64)
counts.index_put_((torch.tensor([1, 1, 3]),), torch.tensor(1), accumulate=True)
counts.put_(torch.tensor([0]), torch.tensor([5]))
print(counts)
square = torch.ones(3, 3)
square.t().fill_diagonal_(0)
print(square, torch.zeros(5, 2).fill_diagonal_(1, wrap=True), torch.zeros(2, 4).fill_diagonal_(2))
for wrong in (lambda: x.take(torch.tensor([6])), lambda: counts.fill_diagonal_(1),
              lambda: x.index_fill(0, torch.tensor([2]), 1),
              lambda: counts.put_(torch.tensor([0]), torch.tensor([1, 2])),
              lambda: x.masked_scatter(x > 2, torch.zeros(2))):
    try:
        wrong()
    except (IndexError, RuntimeError) as error:
        print(type(error).__name__, error)
