# linspace() and randperm() of other types, and what uint8 takes.
import torch

for ends in ((0, 10, 5), (5, -5, 7), (0.5, 9.5, 4), (-2.5, 2.5, 6), (33, -29, 38), (3, 3, 2), (8, -27, 61)):
    print(torch.linspace(*ends, dtype=torch.int64))
print(torch.linspace(33, -29, 38, dtype=torch.int32), torch.linspace(0, 100, 70, dtype=torch.uint8))
print(torch.linspace(-24, 18, 37, dtype=torch.int16), torch.linspace(0.9, 10, 1, dtype=torch.int64))
torch.manual_seed(0)
print(torch.randperm(6, dtype=torch.int32), torch.randperm(6, dtype=torch.float32))
print(torch.randperm(4, dtype=torch.float64, requires_grad=True), torch.randperm(3, device="cpu"))
print(torch.full((2,), -1, dtype=torch.uint8))
x = torch.zeros(2, dtype=torch.uint8)
x[0] = -1
print(x)


def assign():
    x[1] = -1.0


for attempt in (
    lambda: torch.full((2,), -1.0, dtype=torch.uint8),
    lambda: x.fill_(-1.0),
    assign,
    lambda: torch.randperm(300, dtype=torch.uint8),
    lambda: torch.randperm(3, dtype=torch.bool),
):
    try:
        print(attempt())
    except RuntimeError as error:
        print(error)
