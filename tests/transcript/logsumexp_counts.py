import torch

f = float('inf')
print(torch.logsumexp(torch.tensor([1, 2]), 0), torch.logsumexp(torch.ones(0), 0), torch.tensor([f, 1.]).logsumexp(0), torch.tensor([-f, -f]).logsumexp(0), torch.tensor([float('nan'), 1.]).logsumexp(0), torch.ones(2, 2).logsumexp(axis=1, keepdims=True), torch.ones(2, 0).logsumexp(1))
x = torch.tensor([[1000., 1001.], [-1000., -1001.]], requires_grad=True); y = x.logsumexp(-1); print(y, y.grad_fn.name()); y.sum().backward(); print(x.grad)

# whether any, whether all, and how many
m = torch.tensor([[0., 1., 0.], [2., 3., 4.]])
print(m.any(), m.all(), m.any(0), m.all(1), m.any(dim=1, keepdim=True), torch.all(m, 0), torch.any(m > 1, -1), (m > 0).all(dim=1), m.long().all(0), m.any(axis=0), m.bool().all(1, True))
print(torch.count_nonzero(m), m.count_nonzero(dim=0), torch.count_nonzero(m, 1), (m > 2).count_nonzero(), torch.tensor([0, 3]).count_nonzero(), m.count_nonzero(None))
print(torch.zeros(0).any(), torch.zeros(0, 3).all(0), torch.tensor(0.).any(0), torch.tensor([float('nan')]).any(), torch.zeros(2, 0).any(1))
x = torch.ones(3, requires_grad=True); print(x.any(0), x.count_nonzero())

# the spread of a sample, by what is divided
m = torch.tensor([[0., 1., 3.], [2., 3., 9.]], requires_grad=True)
for k in (0, 1, 2, 3, 5):
    y = m.std(1, correction=k)
    print(y, m.var(0, correction=k), torch.var(m, (0, 1), correction=k))
    y.sum().backward()
    print(m.grad)
    m.grad = None

# many digits
torch.manual_seed(0)
torch.set_printoptions(precision=9)
for sh in ((5,), (40,), (3, 4), (40, 3), (3, 40), (2, 3, 5), (1,), ()):
    for dt in (torch.float32, torch.float64):
        x = (torch.randn(sh, dtype=dt) * 3).requires_grad_()
        for d in list(range(max(1, len(sh)))) + ([(0, 1)] if len(sh) > 1 else []):
            y = x.logsumexp(d); z = torch.logsumexp(x, dim=d, keepdim=True); print(y, z.shape)
            (y * y).sum().backward(); print(x.grad); x.grad = None
