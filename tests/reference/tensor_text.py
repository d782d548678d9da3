"""Writes tests/fixtures/tensor_text.txt: tensors as PyTorch prints them, under all its options."""

import random

import torch

import fixtures

DEFAULT = {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80, "sci_mode": None}
INF, NAN = float("inf"), float("nan")
random.seed(3)
torch.manual_seed(3)
out = open(f"{fixtures.FIXTURES}/tensor_text.txt", "w")
out.write(f"# Written by tests/reference/tensor_text.py with PyTorch {torch.__version__}.\n\n")


def number(value):
    return repr(value) if isinstance(value, float) else str(int(value))


def pattern(shape, factor, modulus, scale, dtype=None):
    """Many numbers from a few: element i is ((i * factor) % modulus - modulus // 2) * scale."""
    i = torch.arange(torch.Size(shape).numel())
    tensor = (((i * factor) % modulus - modulus // 2) * scale).reshape(shape)
    tensor = tensor.to(dtype or tensor.dtype)
    tensor.pattern = f"pattern {factor} {modulus} {scale}"
    return tensor


def case(tensor, default=torch.float32, suffix="", **options):
    options = {**DEFAULT, **options}
    torch.set_default_dtype(default)
    torch.set_printoptions(**options)
    shown = tensor.detach().clone()
    if suffix == "requires_grad=True":
        shown.requires_grad_()
    elif suffix:
        shown = shown.requires_grad_().clone()
    words = {"dtype": str(tensor.dtype)[6:], "shape": "x".join(map(str, tensor.shape)) or "scalar",
             **options, "default": str(default)[6:], "suffix": suffix}
    out.write("tensor " + " ".join(f"{key}={value}" for key, value in words.items()) + "\n")
    out.write(getattr(tensor, "pattern", None)
              or " ".join(["values", *map(number, tensor.flatten().tolist())]))
    out.write("\n")
    out.write("".join(f"> {line}\n" for line in str(shown).split("\n")) + "\n")
    torch.set_default_dtype(torch.float32)


def cases(tensor, **options):
    """The tensor as it is, and with what may follow it."""
    case(tensor, **options)
    if tensor.is_floating_point():
        case(tensor, suffix="requires_grad=True", **options)
        case(tensor, suffix="grad_fn=<CloneBackward0>", **options)
        case(tensor, default=torch.float64, **options)


SHAPES = [(), (1,), (2,), (3,), (7,), (40,), (2, 3), (5, 1), (1, 9), (3, 12), (4, 14), (2, 3, 4),
          (2, 1, 11), (1, 1, 1), (2, 2, 2, 2), (1, 2, 3, 13), (2, 1, 1, 2, 1), (1, 1, 2, 1, 1, 1),
          (1, 1, 1, 1, 1, 1, 2), (1, 2, 1, 1, 1, 1, 1, 2)]
EMPTY = [(0,), (0, 3), (3, 0), (2, 0, 4), (1, 0, 1, 2)]
LARGE = [(1001,), (1000,), (40, 30), (6, 200), (7, 200), (2, 600), (9, 9, 13), (3, 3, 3, 40),
         (2, 7, 2, 7, 7), (1, 1, 1, 1, 1, 1, 8, 130)]
SPECIAL = [[0.0], [-0.0], [0.0, 0.0], [NAN], [INF], [-INF, 0.0], [NAN, INF, -INF],
           [1.0, NAN], [1.0, INF], [1.5, -INF, NAN, 0.0], [-0.0, 1.0], [0.5, -0.0],
           [1e-4, 1.0], [9.9e-5, 0.5], [1e-5], [1.0, 1000.0], [1.0, 1001.0], [1.0, 1001.5],
           [1e8], [1.0000001e8], [1e8 + 8], [2e8, 1e8], [0.001, 1.0], [0.001, 1.001], [0.5, 0.05],
           [2.5, 3.5, -0.5], [0.00005, 0.00015], [0.12345, 0.12355, 0.99999], [9.99995, 1.0],
           [99999.0, 123.0], [1e5, -2e5], [3e38, 1.0], [1e-45], [1e-38, 1e-40], [-1.0], [-7.0, 11.0],
           [1e30, 1e30, NAN], [0.0, 1e-10], [INF, 1e9], [NAN, 1e-9, 0.0]]
OPTIONS = [{"precision": 0}, {"precision": 1}, {"precision": 2}, {"precision": 6},
           {"precision": 8}, {"precision": 20}, {"precision": 60}, {"sci_mode": True},
           {"sci_mode": False}, {"sci_mode": True, "precision": 2},
           {"sci_mode": False, "precision": 10}, {"linewidth": 40}, {"linewidth": 120},
           {"linewidth": 20}, {"linewidth": 1}, {"linewidth": 0}, {"linewidth": 1000},
           {"threshold": 5}, {"threshold": 0}, {"threshold": 5, "edgeitems": 1},
           {"threshold": 5, "edgeitems": 2, "linewidth": 30}, {"threshold": 3.5, "edgeitems": 4},
           {"threshold": 1, "edgeitems": 1, "sci_mode": True}, {"threshold": INF}]

for dtype in (torch.float32, torch.float64):
    for shape in SHAPES:
        cases(torch.randn(shape, dtype=dtype))
        cases((10 * torch.randn(shape, dtype=dtype)).round())
        cases(torch.randn(shape, dtype=dtype) * 10.0 ** torch.randint(-3, 4, shape))
    for shape in EMPTY:
        cases(torch.zeros(shape, dtype=dtype))
    for values in SPECIAL:
        tensor = torch.tensor(values, dtype=dtype)
        cases(tensor)
        case(tensor, sci_mode=True)
        case(tensor, sci_mode=False)
        if len(values) == 1:
            case(tensor[0])
for shape in LARGE:
    case(pattern(shape, 7919, 1999, 0.125), suffix="requires_grad=True")
    case(pattern(shape, 7919, 1999, 1.0), edgeitems=2, linewidth=40)
    case(pattern(shape, 7919, 199999, 0.125), edgeitems=5)
    case(pattern(shape, 7919, 1999, 1))
for shape in SHAPES + EMPTY:
    case(torch.randint(-9, 9, shape))
    case(torch.randint(-2 ** 63, 2 ** 63 - 1, shape))
    case(torch.rand(shape) < 0.5)
    case(torch.rand(shape) < 2)
    case(torch.zeros(shape, dtype=torch.int64), default=torch.float64)
    case(torch.zeros(shape, dtype=torch.bool), default=torch.float64)
for options in OPTIONS:
    for shape in [(), (3,), (9,), (30,), (2, 3), (9, 9), (3, 8, 2), (2, 2, 9), (1, 7, 1, 7), (0, 2)]:
        case(pattern(shape, 7919, 1999, 2.0 ** -9), suffix="requires_grad=True", **options)
        case(pattern(shape, 7919, 1999, 3.0), **options)
        case(pattern(shape, 7919, 99991, 2.0 ** random.randint(-20, 30), torch.float64), **options)
        case(pattern(shape, 7919, 1999, 1), **options)
# The line break before a suffix, wherever it falls.
for count in range(1, 14):
    for length in range(0, 5):
        case(torch.tensor([10.0 ** length + 0.5] * count), suffix="requires_grad=True")
        case(torch.tensor([[10.0 ** length + 0.5] * count]), suffix="grad_fn=<CloneBackward0>",
             default=torch.float64)
        case(torch.tensor([10.0 ** length] * count, dtype=torch.float64), suffix="requires_grad=True",
             linewidth=random.randrange(30, 90))
