# What is computed of numpy's arrays, in numpy's types and orders.
import math

import numpy as np
import torch

a = torch.tensor([[1.5, -2.25, 3.0], [0.1, 7.0, -1e-3]]).numpy()
d = torch.tensor([[1.5, -2.25, 3.0], [0.1, 7.0, -1e-3]], dtype=torch.float64).numpy()
i = torch.arange(6).view(2, 3).numpy()
b = torch.tensor([True, False, True]).numpy()
for x in (a, d, i, b):
    print(x.sum(), x.mean(), x.std(), x.var(), x.max(), x.min(), x.argmax(), x.argmin(), x.dtype)
for x in (a, d, i):
    print(x.sum(0), x.mean(axis=1), x.std(axis=0), x.var(0, ddof=1), x.max(axis=1), x.argmin(axis=0))
print(a.sum(axis=1, keepdims=True), a.mean(axis=-1).tolist(), a.any(), a.all(axis=0), b.any(), b.all())
print(a + 1, a * 2, 2 - a, a / 3, 1 / d, a // 1, a % 2, a ** 2, -a, abs(a), ~b, b & ~b, b + b)
print(a + d, a * i, i / 2, i // 2, i % 4, i ** 2, (a + i).dtype, (i + 0.5).dtype, (b * 1.5).dtype)
print(a > 0, a == a, (a > 0).sum(), (a > 0).mean(), (i % 2 == 0).sum(axis=1), (i[0] == i[1]).any())
print(a.round(1), d.round(decimals=2), a.clip(-1, 2), a.astype(int), a.astype('float64'), d.astype(np.float32))
print(a.flatten(), a.transpose().shape, a[a > 0], a[[1, 0]], a[:, None].shape, a[i[0, 1]], a[:, 1].sum())
print(f'{a.mean():.4f} {a.max():.2f} {i.sum():d}', '%.3f' % a.std(), round(a.mean(), 3), round(d.sum(), 2))
print(math.sqrt(d.max()), float(a.sum()), int(i.sum()), sum(a[0]), max(a[0]), sorted(i[1]), round(d.max()))
print(a[0, 0] * 2, a[0, 0] + a[0, 1], d[0, 0] / 3, i.max() / 4, a[0, 0] > 1, a.max() * a, d.max() * a)
print(type(a[0, 0]), type(a.sum()), type(d.mean()), type(i.sum()), type(b.any()), type(a[0, 0] + 1))
print(a.dtype == np.float32, d.dtype == 'float64', isinstance(a.mean(), np.float32), np.float32(0.1))
total = 0
for row in a:
    total += row.sum()
print(total, a.T.mean(0), (a - a.mean()) / a.std())
torch.manual_seed(0)
for shape in ((7,), (100,), (130,), (3, 300), (40, 17), (33, 1), (2, 5, 9)):
    x = torch.randn(shape).numpy()
    print(x.sum().item().hex(), x.mean().item().hex(), x.std().item().hex(), x.T.sum().item().hex() if x.ndim < 3 else '')
    if x.ndim == 2:
        print(x.sum(axis=0)[0].item().hex(), x.mean(axis=1)[-1].item().hex(), x.T.std(axis=1)[0].item().hex())
try:
    a.max(axis=2)
except ValueError as error:
    print(error)
