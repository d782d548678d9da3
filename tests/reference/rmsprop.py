"""Fixtures of tests/kernels/test_rmsprop.c: three steps under every combination of options, from
the first one on, and after many."""

import itertools

import torch

from fixtures import DTYPES, SPECIAL, Writer, record_steps

torch.manual_seed(1)
out = Writer("rmsprop", __file__)
STATES = ("square_avg", "momentum_buffer", "grad_avg")
combinations = list(itertools.product((0.01,), (0.99,), (1e-8,), (0, 0.01), (0, 0.9),
                                      (False, True), (False, True)))
combinations += [(0.1, 0.25, 0.01, 0.5, 0.5, True, False), (2.0, 0.0, 0.0, 0, 0, False, True)]


def record(tensors, step, param, optimizer):
    tensors[f"param{step}"] = param.clone()
    for name in STATES:
        if name in optimizer.state[param]:
            tensors[f"{name}{step}"] = optimizer.state[param][name].clone()


def make_case(dtype, param, before, **options):
    """Three steps, after as many as there were before."""
    optimizer = torch.optim.RMSprop([param], **options)
    tensors = record_steps(optimizer, param, before,
                           lambda tensors, step: record(tensors, step, param, optimizer))
    out.case("rmsprop", dtype=dtype, before=before,
             **{key: float(v) for key, v in options.items()})
    out.tensors(**tensors)


for dtype, torch_dtype in DTYPES.items():
    for lr, alpha, eps, weight_decay, momentum, centered, maximize in combinations:
        options = dict(lr=lr, alpha=alpha, eps=eps, weight_decay=weight_decay, momentum=momentum,
                       centered=centered, maximize=maximize)
        for n, before in ((3, 0), (9, 0), (9, 1000)):
            make_case(dtype, torch.randn(n, dtype=torch_dtype), before, **options)
        make_case(dtype, torch.tensor(SPECIAL, dtype=torch_dtype), 0, **options)
