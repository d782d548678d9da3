# How often numbers occur, which there are, and where others would stand.
import torch

i = torch.tensor([1, 0, 2, 1, 1])
w = torch.tensor([0.1, 0.2, 0.3, 0.4, 0.5])
print(torch.bincount(i), i.bincount(minlength=5), torch.bincount(i, w), torch.bincount(i, w.double()))
print(torch.bincount(i, weights=i), torch.bincount(torch.tensor([], dtype=torch.int64), minlength=2))
for f in (lambda: torch.bincount(torch.tensor([-1])), lambda: torch.bincount(i, w[:2]),
          lambda: torch.bincount(i, minlength=-1), lambda: torch.histc(w, 0)):
    try:
        f()
    except RuntimeError as e:
        print(e)

x = torch.tensor([0.5, -1.0, 3.0, 0.5, 2.0, -1.0, 0.0])
print(torch.unique(i), torch.unique(x), x.unique(return_counts=True))
values, inverse, counts = torch.unique(i, return_inverse=True, return_counts=True)
print(values, inverse, counts, len(torch.unique(torch.tensor([[1, 2], [2, 1]]))))
print(torch.unique(torch.tensor([True, False, True])), torch.unique(torch.tensor([[3, 1], [1, 3]]), return_inverse=True))
print(torch.unique_consecutive(i), i.unique_consecutive(return_inverse=True, return_counts=True))

print(torch.histc(x, 4), torch.histc(x, bins=4, min=-1, max=1), x.histc(3), torch.histc(torch.ones(3), 2))
print([int(n) for n in torch.histc(torch.linspace(0, 1, 11), bins=5, min=0, max=1)])
s = torch.tensor([1.0, 2.0, 3.0])
print(torch.searchsorted(s, torch.tensor([[0.5, 2.0], [9.0, 1.0]])), torch.searchsorted(s, 2.0, right=True))
print(torch.bucketize(torch.tensor([0.5, 2.0, 9.0]), s), torch.bucketize(torch.tensor([2.0]), s, right=True))

# what numbers there are, and how they lie
for t in (torch.float32, torch.float64):
    n = torch.finfo(t)
    print(n, n.eps, n.max, n.min, n.tiny, n.smallest_normal, n.bits, n.dtype)
print(torch.iinfo(torch.int64).max, torch.iinfo(torch.int64).min, torch.finfo().eps)
m = torch.zeros(2, 3)
print(m.stride(), m.t().stride(), m.stride(0), m.t().is_contiguous(), m.is_contiguous())
print(m.element_size(), i.element_size(), torch.is_floating_point(m), i.is_floating_point(),
      torch.get_default_dtype())
e = torch.empty_like(m, dtype=torch.float64)
e[:] = 2
print(e, torch.empty_like(i).fill_(3))
