import torch
from torch import nn
def batches(x, y, size, shuffle=True):
    """Yields batches."""
    n = x.shape[0]
    order = torch.randperm(n) if shuffle else torch.arange(n)
    for i in range(0, n, size):
        idx = order[i:i + size]
        yield x[idx], y[idx]
torch.manual_seed(0)
x = torch.arange(10.).view(5, 2); y = torch.arange(5)
for step, (a, b) in enumerate(batches(x, y, 2)):
    print(step, a.tolist(), b)
@torch.no_grad()
def evals(m):
    for i in range(2):
        yield m(torch.ones(1, 2) * i), torch.is_grad_enabled()
m = nn.Linear(2, 1)
for o, e in evals(m):
    print(o.requires_grad, e, torch.is_grad_enabled())
def inside():
    with torch.no_grad():
        for i in range(2):
            yield torch.is_grad_enabled()
    yield torch.is_grad_enabled()
for v in inside():
    print(v, torch.is_grad_enabled())
print(torch.is_grad_enabled())
class Loader:
    def __init__(self, x, bs):
        self.x, self.bs = x, bs
    def __len__(self):
        return (len(self.x) + self.bs - 1) // self.bs
    def __iter__(self):
        for i in range(0, len(self.x), self.bs):
            yield self.x[i:i + self.bs]
    def pairs(self):
        for a in self:
            for b in self:
                yield a, b
l = Loader(x, 2)
for epoch in range(2):
    total = 0.
    for batch in l:
        out = m(batch).sum()
        out.backward()
        total += out.item()
    print(epoch, f"{total:.4f}", len(l))
print(len(list(l.pairs())), m.weight.grad)
def cycle(it):
    while True:
        for v in it:
            yield v
st = cycle(l)
for _ in range(4):
    print(next(st).shape)
def params(m):
    yield from m.parameters()
opt = torch.optim.SGD(params(m), lr=0.1)
opt.step()
print([p.shape for p in params(m)])
def lrs(base, gamma, n):
    lr = base
    for _ in range(n):
        yield lr
        lr *= gamma
print([round(l, 4) for l in lrs(0.1, 0.5, 4)])
it = iter(l)
print(next(it)[0], next(it)[0], next(it)[0], next(it, None))
