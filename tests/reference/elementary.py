"""Fixtures of tests/kernels/test_elementary.c: exp, log and their like of PyTorch's vector loops."""

import torch

from fixtures import SPECIAL, Writer

torch.manual_seed(1)
out = Writer("elementary", __file__)
x = torch.cat([
    torch.tensor(SPECIAL + [1e-45, -1e-45, 1.1e-38, 3.4e38, 2.6e38, 0.75, 1.5, 1.0, 8.66, 8.67]),
    2 * torch.randn(600),
    200 * torch.rand(300) - 104,
    2 * torch.rand(300),
    10 ** (76 * torch.rand(300) - 38),
])
out.case("elementary", dtype="float32")
# 16 at a time, so that no element is left to a scalar loop.
x = x[:len(x) // 16 * 16]
out.tensors(x=x, **{name: getattr(torch, name)(x) for name in (
    "exp", "log", "tanh", "expm1", "log1p", "log10", "log2", "erf")})
