"""Fixtures of tests/kernels/test_cross_entropy_smoothed.c and test_cross_entropy_probabilities.c.

cross_entropy takes logits; the kernels begin after its log_softmax. That node of PyTorch's graph
knows what it computed and is told the gradient of it, which is what the kernels are held to."""

import itertools

import torch
from torch.nn import functional as F

from fixtures import DTYPES, Writer
from losses import REDUCTIONS, SHAPES, class_indices, three_dimensional


def log_softmax_node(node):
    if node is None or node.name() == "LogSoftmaxBackward0":
        return node
    found = (log_softmax_node(child) for child, _ in node.next_functions)
    return next((child for child in found if child), None)


def cross_entropy(logits, target, **options):
    """loss, dloss, log_probabilities, dlog_probabilities."""
    loss = F.cross_entropy(logits, target, **options)
    node = log_softmax_node(loss.grad_fn)
    log_probabilities = node._saved_result.detach().clone()
    gradients = []
    node.register_hook(lambda inputs, outputs: gradients.append(outputs[0].clone()))
    dloss = torch.randn_like(loss)
    loss.backward(dloss)
    return dict(loss=loss, dloss=dloss,
                log_probabilities=three_dimensional(log_probabilities),
                dlog_probabilities=gradients[0])


def logits(batch, classes, positions, dtype):
    shape = (batch, classes) if positions is None else (batch, classes, positions)
    return torch.randn(shape, dtype=dtype, requires_grad=True)


def smoothed(out, dtype, shape, target, weight, ignore_index, reduction, label_smoothing):
    tensors = cross_entropy(logits(*shape, DTYPES[dtype]), target, weight=weight,
                            ignore_index=ignore_index, reduction=reduction,
                            label_smoothing=label_smoothing)
    out.case("cross_entropy_smoothed", dtype=dtype, reduction=reduction,
             ignore_index=ignore_index, label_smoothing=label_smoothing)
    out.tensors(target=target, weight=weight, **tensors)


torch.manual_seed(4)
out = Writer("cross_entropy_smoothed", __file__)
for dtype, torch_dtype in DTYPES.items():
    # Four of these against three reductions: every pair comes up.
    smoothings = itertools.cycle((0.1, 0.3, 0.7, 1.0))
    for shape, weighted, reduction in itertools.product(SHAPES[dtype], (False, True), REDUCTIONS):
        weight = torch.rand(shape[1], dtype=torch_dtype) if weighted else None
        smoothed(out, dtype, shape, class_indices(*shape, -100, 0.2), weight, -100, reduction,
                 next(smoothings))
    for weighted, reduction in itertools.product((False, True), REDUCTIONS):
        # An ignore_index that is a class; everything ignored; no elements.
        weight = torch.rand(3, dtype=torch_dtype) if weighted else None
        smoothed(out, dtype, (5, 3, None), torch.tensor([0, 1, 2, 1, 0]), weight, 1, reduction, 0.1)
        smoothed(out, dtype, (2, 3, None), torch.tensor([7, 7]), weight, 7, reduction, 0.1)
        smoothed(out, dtype, (0, 3, None), torch.empty(0, dtype=torch.long), weight, -100,
                 reduction, 0.1)
smoothed(out, "float32", (150, 2, None), class_indices(150, 2, None, -100, 0.2), None, -100,
         "mean", 0.2)
smoothed(out, "float32", (150, 2, None), class_indices(150, 2, None, -100, 0.2), torch.rand(2),
         -100, "mean", 0.2)

out = Writer("cross_entropy_probabilities", __file__)
for dtype, torch_dtype in DTYPES.items():
    smoothings = itertools.cycle((0.0, 0.1, 0.0, 1.0, 0.3))
    # Three tensors of the target's shape a case: the longest shapes would make a large file.
    shapes = [shape for shape in SHAPES[dtype] if shape != (17, 3, None)] + [(0, 3, None)]
    for shape, weighted, reduction in itertools.product(shapes, (False, True), REDUCTIONS):
        weight = torch.rand(shape[1], dtype=torch_dtype) if weighted else None
        x = logits(*shape, torch_dtype)
        target = torch.softmax(torch.randn_like(x), 1).detach().requires_grad_()
        label_smoothing = next(smoothings)
        tensors = cross_entropy(x, target, weight=weight, reduction=reduction,
                                label_smoothing=label_smoothing)
        out.case("cross_entropy_probabilities", dtype=dtype, reduction=reduction,
                 label_smoothing=label_smoothing)
        out.tensors(target=target, weight=weight, dtarget=target.grad, **tensors)
