import torch

a = torch.arange(6.0).view(2, 3)
a[0:1] = a[0, None]
a[0:1] = a[0].unsqueeze(0)
a[:, 0:1] = a[:, 0, None]
a[:, 0:1] += a[:, 0].reshape(2, 1)
a[0:1].copy_(a[0:1].T.T)
print(a)

b = torch.arange(3.0)[None, :].T
print(b.view(3), b + 1, (b * 2).view(-1), b.contiguous() is b)
print(b.T.exp(), torch.zeros_like(b), b @ b.T, b.clone().view(3), (b - b.T).sum(0))
c = a[None, 0]
print(c.contiguous() is c, c.view(-1), c.T.view(3), (c * c).sum(1), c.T @ c)
