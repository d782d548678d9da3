"""Fixtures of tests/kernels/test_dropout.c."""

import torch

from fixtures import DTYPES, SPECIAL, Writer

torch.manual_seed(1)
out = Writer("dropout", __file__)


def mask_of(seed, shape, dtype, p):
    """The mask that Dropout(p) draws first after manual_seed(seed)."""
    if p in (0, 1):
        return torch.full(shape, 1 - p, dtype=dtype)
    torch.manual_seed(seed)
    return torch.empty(shape, dtype=dtype).bernoulli_(1 - p)


for dtype, torch_dtype in DTYPES.items():
    for p in (0, 0.1, 0.25, 0.5, 0.75, 0.9, 1):
        for seed, n in enumerate((0, 1, 3, 7, 8, 9, 17, 33, len(SPECIAL))):
            special = n == len(SPECIAL)
            x = torch.tensor(SPECIAL, dtype=torch_dtype) if special else \
                torch.randn(n, dtype=torch_dtype)
            dy = x.flip(0) if special else torch.randn(n, dtype=torch_dtype)
            mask = mask_of(seed, x.shape, torch_dtype, p)
            x.requires_grad_()
            torch.manual_seed(seed)
            y = torch.nn.Dropout(p)(x)
            y.backward(dy)
            out.case("dropout", dtype=dtype, p=p)
            out.tensors(mask=mask.long(), x=x, y=y, dy=dy, dx=x.grad)
