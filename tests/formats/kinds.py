# Numbers and shapes that a format could get wrong
import torch
from torch import nn

low = torch.tensor([float("nan"), float("inf"), -float("inf"), -0.0, 0.0, 1e-45, 1.17549435e-38])
high = torch.tensor([3.4028234663852886e38, 1e6, 16777216.0, 8388609.0, 0.1, 1 / 3, -1.5])
double = torch.tensor([5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1, 1 / 3, 1e15,
                       123456789012345678.0, float("nan"), -float("inf"), -0.0], dtype=torch.float64)
i64 = torch.tensor([-9223372036854775808, 9223372036854775807, 9007199254740993, 0, -1])
i32 = torch.tensor([[-2147483648], [2147483647]], dtype=torch.int32)
i16 = torch.tensor([-32768, 32767], dtype=torch.int16)
i8 = torch.tensor([-128, 127], dtype=torch.int8)
u8 = torch.tensor([0, 255], dtype=torch.uint8)
bools = torch.tensor([[True, False], [False, False]])
none = torch.tensor([])
no_rows = torch.zeros(0, 3)
no_columns = torch.zeros(2, 0)
scalar = torch.tensor(3)
deep = torch.arange(24.0).reshape(2, 1, 3, 2, 2) / 7
for t in (low, high, double, i64, i32, i16, i8, u8, bools, none, no_rows, no_columns, scalar, deep):
    t.sum()

# Names that are no identifiers, that differ only in what cannot stand in one, and long ones
torch.manual_seed(1)
parts = nn.ModuleDict({"a-b": nn.Linear(1, 1), "a_b": nn.Linear(1, 1), '"\\,*/ ??= é': nn.Linear(1, 1)})
w = torch.tensor([[0.1]], requires_grad=True)
b = torch.tensor([[0.2]], requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.1, momentum=0.9)
for i in range(3):
    x = parts["a-b"](w) + parts["a_b"](b) + parts['"\\,*/ ??= é'](w * b)
    optimizer.zero_grad()
    x.sum().backward()
    optimizer.step()
for end in (1, 2):
    (w * torch.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
                       24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
                       44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62])).sum()
