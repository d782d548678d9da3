# Gradients of the gradients of arrangements, and of what an index chose, put or added.
import torch

x = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.25, -1.0]], requires_grad=True)
s = torch.tensor([[0.5, 2.0], [-1.5, 1.0]], requires_grad=True)
q = torch.tensor([[1.0, 2.0], [-0.5, 3.0]], requires_grad=True)
index, rows = torch.tensor([[0, 2], [1, 0]]), torch.tensor([1, 1])
for y in (x.flip(0), x.roll(1, 1), x.roll(-2), torch.tril(x), torch.triu(x, 1), x.diagonal(1),
          torch.diag(x[0]), torch.diag(q), torch.diag(x), x.scatter(1, index, s),
          x.scatter(1, index, 2.0), x.scatter_add(1, index, s), q.index_add(0, rows, s),
          x.gather(1, index), x.chunk(2)[0], x.split([1, 1])[1], x[::2], torch.outer(x[0], x[1]),
          torch.where(x > 0, x, x * x), x.masked_fill(x > 1, 1.0), x.unbind()[1]):
    gradients = torch.autograd.grad((y ** 3).sum(), (x, s, q), create_graph=True, allow_unused=True)
    print(gradients)
    total = sum((g * g).sum() for g in gradients if g is not None)
    print(torch.autograd.grad(total, (x, s, q), allow_unused=True))
