"""Fixtures of tests/kernels/test_leaky_relu.c."""

import torch

from fixtures import DTYPES, Writer

torch.manual_seed(1)
out = Writer("leaky_relu", __file__)
for dtype, torch_dtype in DTYPES.items():
    for slope in (0.01, 0.1, 0.0, -0.5, 1.5):
        for n in (0, 1, 7, 40):
            x = torch.randn(n, dtype=torch_dtype)
            x[::5] = 0.0
            x[1::9] = -0.0
            x.requires_grad_()
            y = torch.nn.LeakyReLU(slope)(x)
            dy = torch.randn(n, dtype=torch_dtype)
            y.backward(dy)
            out.case("leaky_relu", dtype=dtype, negative_slope=slope)
            out.tensors(x=x, y=y, dy=dy, dx=x.grad)
    x = torch.tensor([float("nan"), float("inf"), -float("inf")], dtype=torch_dtype,
                     requires_grad=True)
    y = torch.nn.LeakyReLU(0.1)(x)
    dy = torch.tensor([1.0, 2.0, 3.0], dtype=torch_dtype)
    y.backward(dy)
    out.case("leaky_relu", dtype=dtype, negative_slope=0.1)
    out.tensors(x=x, y=y, dy=dy, dx=x.grad)
