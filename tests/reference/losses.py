"""What the generators of losses share: random cases that cover every option."""

import torch

REDUCTIONS = ("none", "mean", "sum")
# (batch, classes, positions); positions None: a plain (batch, classes). float64 runs the same code
# and needs fewer.
SHAPES = {
    "float32": ((1, 1, None), (1, 3, None), (3, 2, None), (7, 2, None), (8, 3, None),
                (3, 9, None), (17, 3, None), (33, 2, None), (2, 3, 1), (2, 4, 5), (1, 2, 33)),
    "float64": ((1, 3, None), (9, 2, None), (2, 3, 2)),
}


def log_probabilities(batch, classes, positions, dtype):
    shape = (batch, classes) if positions is None else (batch, classes, positions)
    return torch.log_softmax(torch.randn(shape, dtype=dtype), 1).requires_grad_()


def class_indices(batch, classes, positions, ignore_index, share_ignored):
    shape = (batch,) if positions is None else (batch, positions)
    target = torch.randint(classes, shape)
    target[torch.rand(shape) < share_ignored] = ignore_index
    return target


def three_dimensional(tensor):
    """(batch, classes) as (batch, classes, 1), which is what the kernels take."""
    return tensor.unsqueeze(-1) if tensor.dim() == 2 else tensor
