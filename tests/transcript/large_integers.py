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
