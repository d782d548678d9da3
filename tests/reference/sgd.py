"""Fixtures of tests/kernels/test_sgd.c: three steps under every combination of options."""

import itertools

import torch

from fixtures import DTYPES, SPECIAL, Writer

torch.manual_seed(1)
out = Writer("sgd", __file__)
combinations = [c for c in itertools.product((0.1,), (0, 0.9), (0, 0.3), (0, 0.01), (False, True),
                                             (False, True))
                if (c[1] or not (c[2] or c[4])) and not (c[2] and c[4])]
combinations += [(0.003, 0.5, -0.25, 0.5, False, False), (2.0, 1.5, 0, 0, True, False)]
for dtype, torch_dtype in DTYPES.items():
    for lr, momentum, dampening, weight_decay, nesterov, maximize in combinations:
        for n in (3, 9, len(SPECIAL)):
            special = n == len(SPECIAL)
            param = torch.tensor(SPECIAL, dtype=torch_dtype) if special else \
                torch.randn(n, dtype=torch_dtype)
            options = dict(lr=lr, momentum=momentum, dampening=dampening,
                           weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)
            optimizer = torch.optim.SGD([param], **options)
            tensors = dict(param0=param.clone())
            for step in (1, 2, 3):
                param.grad = torch.randn(n, dtype=torch_dtype)
                optimizer.step()
                tensors[f"grad{step}"] = param.grad
                tensors[f"param{step}"] = param.clone()
                if momentum:
                    buffer = optimizer.state[param]["momentum_buffer"]
                    tensors[f"buffer{step}"] = buffer.clone()
            out.case("sgd", dtype=dtype, **{key: float(v) for key, v in options.items()})
            out.tensors(**tensors)
