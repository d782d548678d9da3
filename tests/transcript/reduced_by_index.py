import warnings

import torch

warnings.simplefilter('ignore')  # PyTorch calls these functions new
torch.manual_seed(0)
x = torch.randn(2, 4)
i = torch.tensor([[0, 1, 0, 2], [1, 1, 0, 2]])
for reduce in ('sum', 'prod', 'mean', 'amax', 'amin'):
    print(torch.zeros(3, 4).scatter_reduce(0, i, x, reduce))
    print(torch.ones(3, 4).scatter_reduce(0, i, x, reduce=reduce, include_self=False))
for reduce in ('prod', 'mean', 'amax', 'amin'):
    print(torch.index_reduce(torch.ones(2, 3), 1, torch.tensor([0, 0, 2, 1]), x, reduce))
for reduce in ('sum', 'mean', 'amax', 'amin'):
    w, z = torch.ones(3, 4, requires_grad=True), x.clone().requires_grad_()
    y = w.scatter_reduce(0, i, z, reduce)
    print(y)
    y.square().sum().backward()
    print(w.grad, z.grad)
groups = torch.tensor([0, 1, 0, 1])
values = torch.tensor([1.0, 2.0, 3.0, 5.0])
print(torch.zeros(2).scatter_reduce_(0, groups, values, reduce='mean', include_self=False))

# Numbers from other distributions.
print(torch.empty(6).geometric_(0.3), torch.empty(2, 2).cauchy_(1.0, 0.5))
print(torch.empty(5).log_normal_(), torch.empty(20).log_normal_(0.5, 0.25), torch.randn(2))
g = torch.Generator().manual_seed(3)
print(torch.empty(3).geometric_(0.7, generator=g), torch.empty(3).log_normal_(0, 1, generator=g))
try:
    torch.empty(2).geometric_(1.5)
except RuntimeError as error:
    print(error)
