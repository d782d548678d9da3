import math
import torch
import torch.nn.functional as F

# Numbers beyond 32 bits: a processor of 32 bits has the same ones.
x = torch.ones(3)
print(x[4294967297:], x[:4294967297], x[-4294967298:2])
print([1, 2, 3][4294967296:], "abc"[4294967297:], [1, 2, 3][:4294967297], "abc"[-4294967297:2])
print("a" * -4294967295, [1] * -4294967295, "abc".center(-4294967290))
for i in range(4294967295, 4294967298):
    print(i, end=" ")
for i in range(2**40, 2**41, 2**39):
    print(i)
print(len(range(0, 4294967299, 4294967297)), list(enumerate("ab", 4294967297)))
print(sum([4294967297, 3]), abs(-4294967297), 4294967297 // 2, -4294967297 // 2, 4294967297 % 10)
print(sorted([4294967297, 1]), 4294967297 == 1, bool(4294967296), str(4294967297), int(4294967297.5))
print("%d" % 4294967297, f"{4294967297:14d}", int("4294967297"), round(1.25, 20), math.floor(4294967297.5))
print(torch.arange(0, 4294967298, 4294967297), torch.randint(4294967297, 4294967298, (2,)))
torch.manual_seed(4294967297)
print(torch.rand(2))
print(F.cross_entropy(torch.ones(1, 2), torch.tensor([1]), ignore_index=4294967297))
print(F.cross_entropy(torch.ones(2, 2), torch.tensor([4294967297, 1]), ignore_index=4294967297))
t = torch.tensor([4294967297, 3])
print(t, t * 2, t.sum(), t.max(), t[0].item(), t.tolist(), t == 1, torch.tensor([4294967296]).bool())
print(torch.tensor([3]) ** 4294967297, torch.ones(2).pow(4294967297))
x[4294967297:] = 5
print(x)
