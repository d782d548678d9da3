"""Fixtures of tests/kernels/test_mse_loss.c."""

import itertools

import torch
from torch.nn import functional as F

from fixtures import DTYPES, Writer
from losses import REDUCTIONS

SIZES = {"float32": (0, 1, 3, 7, 8, 9, 17, 33, 150), "float64": (0, 1, 9, 17)}

torch.manual_seed(3)
out = Writer("mse_loss", __file__)
for dtype, torch_dtype in DTYPES.items():
    for n, reduction in itertools.product(SIZES[dtype], REDUCTIONS):
        x = torch.randn(n, dtype=torch_dtype)
        target = torch.randn(n, dtype=torch_dtype)
        target[::5] = x[::5]
        x.requires_grad_()
        target.requires_grad_()
        loss = F.mse_loss(x, target, reduction=reduction)
        dloss = torch.randn_like(loss)
        loss.backward(dloss)
        out.case("mse_loss", dtype=dtype, reduction=reduction)
        out.tensors(x=x, target=target, loss=loss, dloss=dloss, dx=x.grad, dtarget=target.grad)
