# Integers that no double holds, beside tensors and as the target that a loss ignores.
import torch
from torch import nn

x = torch.tensor([[-0.5, -1.0], [-1.5, -2.0]])
print(nn.NLLLoss(ignore_index=9223372036854775807)(x, torch.tensor([1, 9223372036854775807])))
print(nn.NLLLoss(ignore_index=-9007199254740993)(x, torch.tensor([0, -9007199254740993])))

n = torch.tensor([1, 9007199254740993])
print(n + 9007199254740993, n == 9007199254740993, 9007199254740993 - n, n.tolist())
n[0] = 9007199254740993
print(n)
n[0] = -9223372036854775808
print(n)
n += 9007199254740993
print(n)

f = torch.tensor([1.0, -1.0])
print((f * 18014399583223809).tolist(), (18014399583223809 / f).tolist())
print((f * 9223372036854775807).tolist(), (f < 18014399583223809).tolist())
f[0] = 18014399583223809
print(f.tolist())
d = f.double()
print((d + 9007199254740993).tolist())

B = 9007199254740993
x = torch.zeros(2, dtype=torch.int64)
x.fill_(B)
print(x, torch.full((2,), B), torch.full((1,), 9223372036854775807), torch.full_like(x, B - 2))
print(torch.full((2,), B, dtype=torch.int64), torch.zeros(2, dtype=torch.int64).fill_(2.7))
print(torch.arange(B, B + 3), torch.arange(B + 4, B, -2), torch.arange(-B, -B + 2))
print(torch.arange(9223372036854775805, 9223372036854775807), torch.arange(5, 5), torch.arange(10, 0, -3))
print(torch.ones(2, dtype=torch.bool).fill_(0), torch.full((1,), 3.5), torch.full((1,), True))
