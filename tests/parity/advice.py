"""Holds what src/torch/instead.c advises to write against what it stands for, in PyTorch itself: the
same six digits, the same dtype and shape, and the same gradients.

Usage: advice.py
"""

import sys

import torch
import torch.nn.functional as F

AWKWARD = [1e-30, -1e-4, 0.0, -0.0, 1e-4, 0.5, -0.5, 1.0, 1.0, -1.2784645, 3.0, -12.0, 20.0, -88.0,
           100.0, -100.0, 12345.678, 1e20, -1e20]

# what a script has, and what it is advised to write; of x and y, of numbers as they come
PAIRS = [
    ("F.embedding(torch.tensor([0, 2, 2]), x.unsqueeze(1))", "x.unsqueeze(1)[torch.tensor([0, 2, 2])]"),
    ("torch.true_divide(x, y)", "x / y"),
    ("torch.outer(x, y)", "x.unsqueeze(1) * y"),
    ("torch.where(x > 0, x, y)", "m * x + (1 - m) * y"),
    ("torch.hstack([x, y])", "torch.cat([x, y], dim=0)"),
    ("torch.vstack([x, y])", "torch.stack([x, y], dim=0)"),
    ("torch.column_stack([x, y])", "torch.stack([x, y], dim=1)"),
    ("torch.addmv(y[:1], x.unsqueeze(0), y)", "y[:1] + x.unsqueeze(0) @ y"),
]


def results(text, x, y, dtype):
    x = torch.tensor(x, dtype=dtype, requires_grad=True)
    y = torch.tensor(y, dtype=dtype, requires_grad=True)
    value = eval(text, {"x": x, "y": y, "F": F, "torch": torch, "m": (x > 0).float()})
    value.sum().backward()
    return value.detach(), x.grad, y.grad


def differ(a, b):
    if a is None or b is None: # a gradient of zeros is as good as none
        rest = a if b is None else b
        return rest is not None and bool((rest != 0).any())
    return (a.dtype != b.dtype or a.shape != b.shape
            or not torch.allclose(a, b, rtol=1e-6, atol=1e-7, equal_nan=True))


def wrong(pairs, x, y):
    for dtype in [torch.float32, torch.float64]:
        for original, advice in pairs:
            got = [results(text, x, y, dtype) for text in (original, advice)]
            if any(differ(a, b) for a, b in zip(*got)):
                yield f"{original} and {advice}, {dtype}: {got}"


def main():
    failures = list(wrong(PAIRS, AWKWARD, AWKWARD[::-1]))
    print("\n".join(failures))
    print(f"{len(PAIRS)} replacements, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
