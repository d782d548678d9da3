"""Fixtures of tests/kernels/test_norms.c: layer norm, and batch norm in training and outside."""

import itertools

import torch
import torch.nn.functional as F

from fixtures import DTYPES, Writer

torch.manual_seed(1)
torch.set_num_threads(1)
out = Writer("norms", __file__)


def draw(dtype, *shape, wanted=True):
    return torch.randn(shape, dtype=dtype, requires_grad=True) if wanted else None


def write(name, dtype, x, weight, bias, y, dy_is_one=0, **more):
    dy = torch.randn(x.shape, dtype=x.dtype)
    if dy_is_one:
        dy = torch.tensor(0.3, dtype=x.dtype).expand(x.shape)
    y.backward(dy)
    options = {key: value for key, value in more.items() if not torch.is_tensor(value)}
    if name == "batch_norm":
        options["dy_is_one"] = dy_is_one
    out.case(name, dtype=dtype, **options)
    out.tensors(x=x, weight=weight, bias=bias, y=y, dy=dy, dx=x.grad,
                **{key: value for key, value in more.items() if torch.is_tensor(value)})
    if weight is not None:
        out.tensors(dweight=weight.grad, dbias=bias.grad)


for dtype, torch_dtype in DTYPES.items():
    for rows, n in ((1, 1), (3, 2), (4, 7), (2, 8), (5, 9), (2, 21), (3, 64), (2, 130), (1, 700)):
        for affine in (True, False):
            x = (3 * draw(torch_dtype, rows, n) + 1).detach().requires_grad_()
            weight, bias = draw(torch_dtype, n, wanted=affine), draw(torch_dtype, n, wanted=affine)
            y = F.layer_norm(x, (n,), weight, bias, 1e-5)
            write("layer_norm", dtype, x, weight, bias, y, eps=1e-5)
    shapes = (2, 1, 1), (4, 3, 1), (9, 5, 1), (33, 12, 1), (3, 2, 5), (2, 4, 9), (4, 3, 16)
    for shape, affine, training, is_one in itertools.product(shapes, *[(True, False)] * 3):
        count = shape[1]
        x = (3 * draw(torch_dtype, *shape) + 1).detach().requires_grad_()
        weight, bias = draw(torch_dtype, count, wanted=affine), draw(torch_dtype, count, wanted=affine)
        mean, var = torch.randn(count, dtype=torch_dtype), torch.rand(count, dtype=torch_dtype) + 0.1
        new_mean, new_var = mean.clone(), var.clone()
        y = F.batch_norm(x, new_mean, new_var, weight, bias, training, 0.3, 1e-5)
        write("batch_norm", dtype, x, weight, bias, y, eps=1e-5, momentum=0.3, dy_is_one=int(is_one),
              training=int(training), mean=mean, var=var,
              new_mean=new_mean, new_var=new_var)
