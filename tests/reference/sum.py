"""Fixtures of tests/kernels/test_sum.c."""

import torch

from fixtures import Writer

torch.manual_seed(1)
out = Writer("sum", __file__)
for n in (0, 1, 2, 3, 5, 7, 8, 9, 17, 31, 33, 64, 65, 100, 511, 513, 1100):
    x = torch.randn(n)
    out.case("sum", dtype="float32")
    out.tensors(x=x, sum=x.sum())
for rows, columns in ([(r, c) for r in (1, 2, 7, 9) for c in (1, 2, 3, 4, 5, 7, 8, 9, 33)] +
                      [(70, c) for c in (1, 5, 9)] + [(300, 3), (3, 70)]):
    x = torch.randn(rows, columns)
    out.case("column_sum", dtype="float32")
    out.tensors(x=x, columns=x.sum(0))
x = torch.full((1, 3), -0.0)
out.case("column_sum", dtype="float32")
out.tensors(x=x, columns=x.sum(0))
