"""Fixtures of tests/kernels/test_elu.c."""

import torch
import torch.nn.functional as F

from fixtures import DTYPES, SPECIAL, Writer

torch.manual_seed(1)
out = Writer("elu", __file__)


SELU = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946


def case(alpha, inplace, x, dy=None, function=F.elu):
    x = x.clone().requires_grad_()
    dy = torch.randn(x.shape, dtype=x.dtype) if dy is None else dy
    alphas = () if function == F.selu else (alpha,)
    y = function(x.clone() if inplace else x, *alphas, inplace)
    y.backward(dy)
    out.case("elu", dtype=str(x.dtype).split(".")[1], alpha=alpha, inplace=int(inplace),
             scale=SELU[1] if function == F.selu else 1.0,
             input_scale=1 / alpha if function == F.celu else 1.0,
             input_scale_back=1 / float(torch.tensor(alpha)) if function == F.celu else 1.0)
    out.tensors(x=x, y=y, dy=dy, dx=x.grad)


def modes(alpha):
    """PyTorch refuses the gradient of what a negative alpha did in place."""
    return [False, True] if alpha >= 0 else [False]


for torch_dtype in DTYPES.values():
    special = torch.tensor(SPECIAL + [1e-45, -1e-40, 1e-7, -1e-7, -9.0], dtype=torch_dtype)
    for alpha in (1.0, 0.1, -0.5):
        for inplace in modes(alpha):
            for n in (0, 1, 7, 16, 47):
                case(alpha, inplace, 2 * torch.randn(n, dtype=torch_dtype))
    for alpha in (1.0, 0.3, 0.0, -1.5, float("inf")):
        for inplace in modes(alpha):
            case(alpha, inplace, special[2:5])  # in no full vector
            case(alpha, inplace, special.repeat(2))
            x = torch.tensor([-1.0, 1.0] * len(SPECIAL), dtype=torch_dtype)
            case(alpha, inplace, x, torch.tensor(SPECIAL * 2, dtype=torch_dtype))
    for function, alpha in ((F.selu, SELU[0]), (F.celu, 1.0), (F.celu, 0.3), (F.celu, 2.7)):
        for inplace in (False, True):
            for n in (1, 7, 16, 47):
                case(alpha, inplace, 2 * torch.randn(n, dtype=torch_dtype), function=function)
            case(alpha, inplace, special.repeat(2), function=function)
