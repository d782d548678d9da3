"""Fixtures of tests/kernels/test_nll_loss.c."""

import itertools

import torch
from torch.nn import functional as F

from fixtures import DTYPES, Writer
from losses import REDUCTIONS, SHAPES, class_indices, log_probabilities, three_dimensional


def write(out, dtype, x, target, weight, ignore_index, reduction):
    loss = F.nll_loss(x, target, weight, ignore_index=ignore_index, reduction=reduction)
    dloss = torch.randn_like(loss)
    loss.backward(dloss)
    out.case("nll_loss", dtype=dtype, reduction=reduction, ignore_index=ignore_index)
    out.tensors(log_probabilities=three_dimensional(x), target=target, weight=weight, loss=loss,
                dloss=dloss, dlog_probabilities=x.grad)


torch.manual_seed(2)
out = Writer("nll_loss", __file__)
for dtype, torch_dtype in DTYPES.items():
    for shape, weighted, reduction in itertools.product(SHAPES[dtype], (False, True), REDUCTIONS):
        x = log_probabilities(*shape, torch_dtype)
        target = class_indices(*shape, -100, 0.2)
        weight = torch.rand(shape[1], dtype=torch_dtype) if weighted else None
        write(out, dtype, x, target, weight, -100, reduction)
    for weighted, reduction in itertools.product((False, True), REDUCTIONS):
        # An ignore_index that is a class; everything ignored; no elements; a long sum.
        weight = torch.rand(3, dtype=torch_dtype) if weighted else None
        write(out, dtype, log_probabilities(5, 3, None, torch_dtype),
              torch.tensor([0, 1, 2, 1, 0]), weight, 1, reduction)
        write(out, dtype, log_probabilities(2, 3, None, torch_dtype), torch.tensor([-100, -100]),
              weight, -100, reduction)
        write(out, dtype, log_probabilities(0, 3, None, torch_dtype),
              torch.empty(0, dtype=torch.long), weight, -100, reduction)
write(out, "float32", log_probabilities(300, 2, None, torch.float32),
      class_indices(300, 2, None, -100, 0.1), torch.rand(2), -100, "mean")
