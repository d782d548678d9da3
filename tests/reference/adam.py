"""Fixtures of tests/kernels/test_adam.c: three steps under every combination of options, from the
first one on, and after many."""

import itertools

import torch

from fixtures import DTYPES, SPECIAL, Writer, record_steps

torch.manual_seed(1)
out = Writer("adam", __file__)
STATES = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
combinations = list(itertools.product((0.001,), ((0.9, 0.999),), (1e-8,), (0, 0.01), (False, True),
                                      (False, True)))
combinations += [(0.1, (0.5, 0.25), 0.01, 0.5, False, False), (2.0, (0.0, 0.0), 0.0, 0, True, False)]


def record(tensors, step, param, optimizer):
    tensors[f"param{step}"] = param.clone()
    for name in STATES:
        if name in optimizer.state[param]:
            tensors[f"{name}{step}"] = optimizer.state[param][name].clone()


def make_case(dtype, param, before, **options):
    """Three steps, after as many as there were before."""
    optimizer = torch.optim.Adam([param], **options)
    tensors = record_steps(optimizer, param, before,
                           lambda tensors, step: record(tensors, step, param, optimizer))
    beta1, beta2 = options.pop("betas")
    out.case("adam", dtype=dtype, before=before, beta1=beta1, beta2=beta2,
             **{key: float(v) for key, v in options.items()})
    out.tensors(**tensors)


for dtype, torch_dtype in DTYPES.items():
    for lr, betas, eps, weight_decay, amsgrad, maximize in combinations:
        options = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad,
                       maximize=maximize)
        for n, before in ((3, 0), (9, 0), (9, 1000)):
            make_case(dtype, torch.randn(n, dtype=torch_dtype), before, **options)
        make_case(dtype, torch.tensor(SPECIAL, dtype=torch_dtype), 0, **options)
