"""Fixtures of tests/kernels/test_optimizers_more.c: three steps of each under combinations of its
options, from the first one on, and after many."""

import torch

from fixtures import DTYPES, SPECIAL, Writer, record_steps

torch.manual_seed(1)
out = Writer("optimizers_more", __file__)
STATES = {"Adagrad": ("sum",), "Adamax": ("exp_avg", "exp_inf"),
          "Adadelta": ("square_avg", "acc_delta"), "RAdam": ("exp_avg", "exp_avg_sq"),
          "Rprop": ("prev", "step_size")}
PAIRS = ("betas", "etas", "step_sizes")
OPTIONS = {
    "Adagrad": [dict(lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10,
                     maximize=False),
                dict(lr=0.1, lr_decay=0.3, weight_decay=0.01, initial_accumulator_value=0.5,
                     eps=1e-3, maximize=True),
                dict(lr=2.0, lr_decay=0.01, weight_decay=0, initial_accumulator_value=0, eps=0,
                     maximize=False)],
    "Adamax": [dict(lr=0.002, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, maximize=False),
               dict(lr=0.1, betas=(0.25, 0.5), eps=1e-2, weight_decay=0.01, maximize=True),
               dict(lr=2.0, betas=(0, 0.9), eps=0, weight_decay=0, maximize=False)],
    "Adadelta": [dict(lr=1.0, rho=0.9, eps=1e-6, weight_decay=0, maximize=False),
                 dict(lr=0.1, rho=0.25, eps=1e-2, weight_decay=0.01, maximize=True),
                 dict(lr=2.0, rho=1.0, eps=1e-6, weight_decay=0, maximize=False)],
    "RAdam": [dict(lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0),
              dict(lr=0.1, betas=(0.25, 0.75), eps=1e-2, weight_decay=0.01),
              dict(lr=2.0, betas=(0, 0.9), eps=0, weight_decay=0)],
    "Rprop": [dict(lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-6, 50), maximize=False),
              dict(lr=0.1, etas=(0.1, 3.0), step_sizes=(0.05, 0.4), maximize=True)]}


def record(tensors, step, param, optimizer):
    tensors[f"param{step}"] = param.clone()
    for i, name in enumerate(STATES[type(optimizer).__name__]):
        if name in optimizer.state[param]:
            tensors[f"{'ab'[i]}{step}"] = optimizer.state[param][name].clone()


def make_case(dtype, param, before, kind, **options):
    """Three steps, after as many as there were before."""
    optimizer = getattr(torch.optim, kind)([param], **options)
    tensors = record_steps(optimizer, param, before,
                           lambda tensors, step: record(tensors, step, param, optimizer))
    numbers = {}
    for key, value in options.items():
        if key in PAIRS:
            numbers.update({f"{key}{i}": float(x) for i, x in enumerate(value)})
        else:
            numbers[key] = float(value)
    out.case(kind, dtype=dtype, before=before, **numbers)
    out.tensors(**tensors)


for dtype, torch_dtype in DTYPES.items():
    for kind, cases in OPTIONS.items():
        for options in cases:
            for n, before in ((3, 0), (9, 0), (19, 200)):
                make_case(dtype, torch.randn(n, dtype=torch_dtype), before, kind, **options)
            make_case(dtype, torch.tensor(SPECIAL, dtype=torch_dtype), 0, kind, **options)
