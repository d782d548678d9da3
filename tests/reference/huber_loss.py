"""Fixtures of tests/kernels/test_huber_loss.c."""

import itertools

import torch
from torch.nn import functional as F

from fixtures import DTYPES, SPECIAL, Writer
from losses import REDUCTIONS

SIZES = {"float32": (0, 1, 3, 15, 16, 17, 33, 50), "float64": (0, 1, 7, 8, 17)}
# As a float32, 0.1 becomes larger and 0.7 smaller, which shows where |x - target| = delta.
DELTAS = (1.0, 0.1, 0.7)

torch.manual_seed(3)
out = Writer("huber_loss", __file__)


def case(x, target, reduction, delta):
    x.requires_grad_()
    target.requires_grad_()
    loss = F.huber_loss(x, target, reduction=reduction, delta=delta)
    dloss = torch.randn_like(loss)
    loss.backward(dloss)
    out.case("huber_loss", dtype=str(x.dtype)[len("torch."):], reduction=reduction, delta=delta)
    out.tensors(x=x, target=target, loss=loss, dloss=dloss, dx=x.grad, dtarget=target.grad)


for dtype, torch_dtype in DTYPES.items():
    for n, reduction, delta in itertools.product(SIZES[dtype], REDUCTIONS, DELTAS):
        x, target = torch.randn(n, dtype=torch_dtype), torch.randn(n, dtype=torch_dtype)
        target[::5] = x[::5]
        x[1::5], target[1::5] = delta, 0.0
        x[2::10], target[2::10] = -delta, 0.0
        case(x, target, reduction, delta)
    for delta in DELTAS:
        special = torch.tensor(SPECIAL, dtype=torch_dtype)
        case(special.repeat_interleave(len(SPECIAL)), special.repeat(len(SPECIAL)), "none", delta)
        case(special.clone(), special.flip(0), "none", delta)
        case(special.clone(), torch.zeros_like(special), "none", delta)
