"""Fixtures of tests/kernels/test_linear.c. Larger products: tests/transcript/products_in_tiles.py."""

import torch

from fixtures import DTYPES, Writer, need_openblas

need_openblas()
torch.manual_seed(1)
out = Writer("linear", __file__)
shapes = [((), 2, 3), ((), 9, 9), ((), 1, 1)]
shapes += [((batch,), i, o) for batch in (1, 2, 3) for i, o in ((1, 2), (3, 1), (3, 7), (9, 8))]
shapes += [((3,), 9, 9), ((17,), 3, 2), ((9,), 7, 1), ((33,), 2, 5), ((1,), 33, 2), ((2,), 33, 3)]
shapes += [((1, 3), 9, 8), ((2, 3), 3, 2), ((2, 1, 2), 2, 3), ((0,), 3, 2)]
shapes += [((4,), 8, 8), ((13,), 9, 17), ((2, 5), 17, 9), ((2,), 322, 1)]
for dtype, torch_dtype in DTYPES.items():
    for leading, in_features, out_features in shapes:
        for has_bias in (True, False)[:2 if in_features < 9 else 1]:
            x = torch.randn(*leading, in_features, dtype=torch_dtype, requires_grad=True)
            layer = torch.nn.Linear(in_features, out_features, has_bias, dtype=torch_dtype)
            y = layer(x)
            dy = torch.randn(y.shape, dtype=torch_dtype)
            y.backward(dy)
            out.case("linear", dtype=dtype)
            out.tensors(x=x, weight=layer.weight, bias=layer.bias, y=y, dy=dy, dx=x.grad,
                        dweight=layer.weight.grad,
                        dbias=layer.bias.grad if has_bias else None)
