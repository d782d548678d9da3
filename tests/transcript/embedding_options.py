import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
for options in (
    dict(max_norm=1.0),
    dict(max_norm=1, norm_type=1),
    dict(max_norm=0.5, norm_type=3.0, padding_idx=1),
    dict(max_norm=0.7, norm_type=float('inf')),
    dict(scale_grad_by_freq=True),
    dict(scale_grad_by_freq=True, padding_idx=2, max_norm=1.5),
):
    for size in (1, 3, 9):
        e = nn.Embedding(5, size, **options)
        print(e, e.max_norm, e.norm_type, e.scale_grad_by_freq, e.sparse)
        i = torch.tensor([[1, 2, 1, 4], [2, 2, 0, 1]])
        version = e.weight._version
        y = e(i)
        (y * torch.randn(2, 4, size)).sum().backward()
        print(y.tolist(), e.weight.tolist(), e.weight.grad.tolist())
        print(e.weight.norm(dim=1).tolist(), e.weight._version - version)

w = torch.randn(4, 3, requires_grad=True)
y = F.embedding(torch.tensor([3, 0]), w, max_norm=0.1)
(y**2).sum().backward()
print(w, w.grad)
w = torch.ones(4, 3, requires_grad=True)
F.embedding(torch.tensor([3, 3, 0]), w, None, None, 2.0, True).sum().backward()
print(w.grad)
print(nn.Embedding.from_pretrained(torch.ones(2, 2), max_norm=1.0)(torch.tensor([1])))

# Trained: what is read stays short.
e = nn.Embedding(4, 2, max_norm=1.0)
optimizer = torch.optim.SGD(e.parameters(), lr=1.0)
for _ in range(3):
    optimizer.zero_grad()
    loss = -e(torch.tensor([0, 2, 2])).sum()
    loss.backward()
    optimizer.step()
    print(loss, e.weight)

# A weight that somebody needs as it was.
e = nn.Embedding(3, 2, max_norm=0.1)
y = torch.ones(1, 2) @ (e.weight.t() ** 2)
e(torch.tensor([0, 1]))
try:
    y.sum().backward()
except RuntimeError:
    print('changed in between')

for mode in ('sum', 'mean', 'max'):
    for options in (dict(max_norm=1.0), dict(max_norm=1.0, norm_type=1)):
        bag = nn.EmbeddingBag(6, 3, mode=mode, **options)
        print(bag)
        y = bag(torch.tensor([[0, 1, 1], [5, 1, 0]]))
        (y * torch.randn(2, 3)).sum().backward()
        print(y, bag.weight, bag.weight.grad)
