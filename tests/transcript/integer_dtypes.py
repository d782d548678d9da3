import torch
import torch.nn.functional as F

torch.manual_seed(0)

# int32, int16, int8 and uint8: how they are made, and what they print.
print(torch.tensor([1, -2, 300], dtype=torch.int32), torch.tensor(5, dtype=torch.int16))
print(torch.IntTensor([[1, 2], [3, 4]]), torch.ByteTensor([1, 255]), torch.CharTensor([-3]))
print(torch.ShortTensor([7]), torch.BoolTensor([1, 0]), torch.DoubleTensor([1]), torch.LongTensor([2]))
print(torch.zeros((2, 2), dtype=torch.int), torch.ones(3, dtype=torch.uint8), torch.eye(2, dtype=torch.short))
print(torch.full((2,), 7, dtype=torch.int8), torch.empty(0, dtype=torch.int32), torch.full((2,), -1, dtype=torch.uint8))
print(torch.arange(250, 260, dtype=torch.uint8), torch.arange(1, 10, 2.5, dtype=torch.int32))
print(torch.tensor(2, dtype=torch.int32), torch.tensor([[True, False]], dtype=torch.int8))
print(torch.int32, torch.int, torch.int16, torch.short, torch.int8, torch.uint8, torch.int32 == torch.int)

x = torch.arange(6).reshape(2, 3)
print(x.int(), x.short().dtype, x.char().dtype, x.byte(), x.int().type(), x.type("torch.ByteTensor").dtype)
print(x.to(torch.int32).dtype, x.type(torch.IntTensor).dtype, x.byte().type_as(x.int()).dtype, x.int().to(x).dtype)
for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64):
    t = x.to(dtype)
    print(t.dtype, t.element_size(), t.type(), torch.iinfo(dtype), torch.iinfo(dtype).min, torch.iinfo(dtype).bits)

# Numbers that do not fit.
large = torch.tensor([3e9, -3e9, 1e30, float("nan"), 2.0, 300.7, -1.5, 40000.0])
print(large.int(), large.short(), large.char(), large.byte(), large.double().byte(), large.double().int())
wide = torch.tensor([2**31, 2**32 + 5, -1, 300])
print(wide.int(), wide.short(), wide.char(), wide.byte(), wide.int().byte())
for make in (lambda: torch.tensor([300], dtype=torch.uint8), lambda: torch.tensor([1.0, -0.5], dtype=torch.uint8),
             lambda: torch.tensor([2**31], dtype=torch.int32), lambda: torch.tensor([128], dtype=torch.int8),
             lambda: torch.tensor([1e19], dtype=torch.int64), lambda: torch.ByteTensor([256]),
             lambda: torch.full((2,), 300, dtype=torch.uint8), lambda: torch.full((2,), 2**31, dtype=torch.int32),
             lambda: torch.zeros(2, dtype=torch.int16).fill_(40000), lambda: torch.zeros(2, dtype=torch.int8).fill_(-129),
             lambda: torch.randint(0, 300, (4,), dtype=torch.uint8), lambda: torch.randint(-200, 9, (4,), dtype=torch.int8),
             lambda: torch.ones(2, dtype=torch.int32, requires_grad=True), lambda: x.int() ** -1, lambda: x.byte() ** 300,
             lambda: x[torch.tensor([0, 1], dtype=torch.int32)], lambda: F.one_hot(torch.tensor([0, 1]).int()),
             lambda: F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1]).int()), lambda: x.int().std()):
    try:
        print(make())
    except (RuntimeError, IndexError) as e:
        print(type(e).__name__, e)

# They wrap around.
a = torch.tensor([1, 2, 3], dtype=torch.int32)
b = torch.tensor([250, 5, 7], dtype=torch.uint8)
c = torch.tensor([100, -128, 7], dtype=torch.int8)
print(b + b, c + c, -b, -c, ~b, ~c, c.abs(), b * -1, b - 300, 5 - b, a + 2**31, a * 2**31)
print(a**40, b**2, c**2, 2**a, b // 3, c // -2, c % -3, b % -3, 7 // a, 7 % a)
print(b & 300, a | 1, b ^ 255, b << 1, b >> 1, c >> 1, c << 1, a << 31, 2 << a, b << 9)
print(b > -1, b < 300, b == 506, c > 200, a == 2, b.eq(5), a.ne(torch.tensor([1, 1, 1])))

# Which type a result has.
l, f = torch.tensor([1, 2, 3]), torch.tensor([0.5, 1.0, 1.5])
print(a + b, a + c, b + c, a + l, l * b, a * f, a / 2, a * 1.5, c.short() + b, a & b, b + True)
print(a + torch.tensor(2**33), torch.tensor(5, dtype=torch.int32) * l, torch.tensor(5, dtype=torch.uint8) + c, b + 0.5)
print(a + torch.tensor([True, False, True]), torch.tensor(5, dtype=torch.int32) + 1, b + torch.tensor(1000))
print(a.sum(), b.sum(), a.prod(), b.cumsum(0), b.cumprod(0), b.sum(dtype=torch.uint8), a.sum(dtype=torch.float32))
print(a.cumsum(0, dtype=torch.int32), torch.trace(x.int()[:, :2]), a.float().mean(), a.max(), b.min(), a.argmax())
print(a.max(0), b.sort(), b.unique(), b.topk(2), a.median(), a.sort(descending=True)[0], torch.bincount(b[1:]))
print(b.any(), b.all(), a.any(), a.all(), (a > 1).byte().any(), a.count_nonzero(), a.float().dtype, a.exp(), b.sqrt())

# In place, and by index.
y = x.int()
y += x
y *= 2
y -= 1
y //= 2
y[0] = 5
y[0, 1] = 2.7
y[1] += 1
y[0] += x[0]
y[x > 4] = -9
print(y, y[0, 1], y[0].tolist(), y[1, 2].item(), [int(i) for i in y[0]], f"{y[0, 0]} {y[0, 0]:3d}")
for change in (lambda: y.div_(2), lambda: y.add_(1.5), lambda: y[0].fill_(2**31)):
    try:
        change()
    except RuntimeError as e:
        print(e)
z = x.byte()
z[0, 0] = -1
z -= 7
print(z, z.T, z.flip(0), z.float() / 255, torch.where(x > 2, z, z), z.masked_fill(x > 2, 9), z[x > 2])
N = torch.zeros((3, 3), dtype=torch.int32)
for i, j in ((0, 1), (0, 1), (2, 0), (1, 2)):
    N[i, j] += 1
P = N.float()
print(N, P / P.sum(1, keepdim=True), N.sum(), N[0].float(), N.sum(1), N.argmax())
torch.manual_seed(3)
print(torch.randint(0, 10, (5,), dtype=torch.int32), torch.randint(0, 256, (4,), dtype=torch.uint8))
print(torch.zeros(4, dtype=torch.int32).random_(), torch.zeros(4, dtype=torch.int8).random_(), torch.zeros(3, dtype=torch.uint8).random_(5))

# As numpy shows them.
print(x.int().numpy(), repr(x.int().numpy()), repr(x.byte().numpy()), repr(x.short()[0].numpy()), x.int().numpy().shape)
p = torch.sigmoid(torch.tensor([0.5, -0.5, 2.0]))
print((p > 0.5).int(), (p > 0.5).int().tolist(), ((p > 0.5).int() == torch.tensor([1, 1, 1])).float().mean())
print(p.argmax().int(), p.round().int(), int(p.argmax().byte()))
