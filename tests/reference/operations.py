"""Fixtures of tests/operations/test_operations.c, one for each family of operations.

A case is named after the row of the table, without mlp_. Its inputs are in0, in1 ..., its options
stand in `options` by their names in mlp_options, its outputs are out0, out1; dy is the gradient
that comes in, din0 the one that goes out of in0. `smooth` says that finite differences tell the
derivative there.
"""

import math
import os

import torch
import torch.nn.functional as F

from fixtures import SKIPPED, SPECIAL, Writer, need_openblas

# The order inside products depends on it: the kernels that every recent processor has.
if os.environ.get("OPENBLAS_CORETYPE") != "Haswell":
    print("skipped: set OPENBLAS_CORETYPE=Haswell, as tests/parity/with_torch.sh does")
    raise SystemExit(SKIPPED)
need_openblas()
torch.manual_seed(3)
NAN = float("nan")
FLOATS = (torch.float32, torch.float64)
NUMBERS = FLOATS + (torch.int64,)


def option_text(value):
    if isinstance(value, (list, tuple)):
        return "+".join(str(x) for x in value) or "none"
    return str(int(value)) if isinstance(value, int) else f"{value:.17g}"


def name_of(dtype):
    return str(dtype).replace("torch.", "")


class Family:
    def __init__(self, name):
        self.out = Writer(name, __file__)

    def case(self, name, function, inputs, smooth=True, differentiable=True,
             constants=(), **options):
        """function of the inputs that are not None, as Python spells it; no option that is None."""
        leaves = [None if x is None else
                  x.detach().clone().requires_grad_(x.is_floating_point() and differentiable
                                                    and i not in constants)
                  for i, x in enumerate(inputs)]
        y = function(*[x for x in leaves if x is not None])
        outputs = list(y) if isinstance(y, tuple) else [y]
        tensors = {f"in{i}": x for i, x in enumerate(leaves) if x is not None}
        tensors.update({f"out{i}": x for i, x in enumerate(outputs)})
        node = "None"
        if outputs[0].requires_grad:
            node = type(outputs[0].grad_fn).__name__
            tensors["dy"] = torch.randn(outputs[0].shape, dtype=outputs[0].dtype)
            outputs[0].backward(tensors["dy"])
            tensors.update({f"din{i}": x.grad for i, x in enumerate(leaves)
                            if x is not None and x.grad is not None})
        types = ",".join(name_of(x.dtype) for x in inputs if x is not None)
        self.out.case(name, types=types, out=name_of(outputs[0].dtype), grad_fn=node,
                      options=",".join(f"{key}:{option_text(x)}" for key, x in options.items()
                                       if x is not None) or "none",
                      smooth=int(smooth and node != "None" and
                                 all(x.dtype == torch.float64 for x in tensors.values()
                                     if x.is_floating_point())))
        self.out.tensors(**tensors)


def some(n, dtype, positive=False):
    x = (3 * torch.randn(n, dtype=torch.float64)).to(dtype)
    return x.abs() + (0.1 if dtype.is_floating_point else 0) if positive else x


def special(dtype):
    return torch.tensor(SPECIAL + [1e-40, 1.0, -1.0, 2.0, 3e38], dtype=dtype)


def pointwise():
    f = Family("pointwise")
    binary = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b}
    division = {"div": lambda a, b: a / b, "maximum": torch.maximum, "minimum": torch.minimum}
    for dtype in NUMBERS:
        for name, function in binary.items():
            f.case(name, function, [some(7, dtype), some(7, dtype)])
            f.case(name, lambda a: function(a, 3), [some(5, dtype), None], number=3)
        f.case("rsub", lambda a: 3 - a, [some(5, dtype), None], number=3)
        f.case("neg", torch.neg, [some(5, dtype)])
        f.case("pow", lambda a: a ** 5, [some(5, dtype)], number=5)
    big = torch.tensor([2 ** 62, -2 ** 62, 3])
    f.case("add", lambda a, b: a + b, [big, big])
    f.case("mul", lambda a, b: a * b, [big, big])
    for number in (2 ** 53 + 1, 2 ** 54 + 2 ** 30 + 1, -2 ** 62 - 1):  # what a double would round
        for dtype in NUMBERS:
            ones = torch.tensor([1, -1], dtype=dtype)
            f.case("add", lambda a: a + number, [ones], number=number, differentiable=False)
            f.case("mul", lambda a: a * number, [ones], number=number, differentiable=False)
            f.case("rsub", lambda a: number - a, [ones], number=number, differentiable=False)
    f.case("pow_tensor", torch.pow, [torch.tensor([2, -1, -1, 1, 3, 0]),
                                     torch.tensor([-1, -3, -2, -9, 4, 0])])
    for dtype in FLOATS:
        for name, function in {**binary, **division}.items():
            f.case(name, function, [some(17, dtype), some(17, dtype)])
            f.case(name, function, [some(3, dtype)[0], some(3, dtype)[0]])
            for shift in (0, 1, 3):
                f.case(name, function, [special(dtype), special(dtype).roll(shift)], smooth=False)
            if name in ("add", "sub", "mul", "div"):
                for number in (0.1, -2.0, 0.0):
                    f.case(name, lambda a: function(a, number), [some(5, dtype), None],
                           number=number, smooth=number != 0)
        f.case("rsub", lambda a: 0.3 - a, [special(dtype)], number=0.3, smooth=False)
        f.case("add_scaled", lambda a, b: a.add(b, alpha=-0.1), [some(17, dtype), some(17, dtype)],
               alpha=-0.1)
        for e in (0, 1, 2, 3, 0.5, -0.5, -1, -2, 4, 1.7, -3, 1 / 3):
            f.case("pow", lambda a: a ** e, [some(20, dtype, True)], number=e)
            f.case("pow", lambda a: a ** e, [some(20, dtype)], number=e, smooth=False)
            f.case("pow", lambda a: a ** e, [special(dtype).repeat(2)], number=e, smooth=False)
        for positive in (True, False):
            f.case("pow_tensor", torch.pow, [some(32, dtype, positive), some(32, dtype)],
                   smooth=positive)
        for shift in range(0, len(special(dtype)), 4):
            f.case("pow_tensor", torch.pow, [special(dtype).repeat(16),
                                             special(dtype).roll(shift).repeat(16)], smooth=False)
        for base in (2, 0.1, 0):
            f.case("rpow", lambda a: base ** a, [some(16, dtype) / 3], number=base,
                   smooth=base != 0)
        for name in ("neg", "reciprocal", "exp", "log", "sqrt", "abs"):
            f.case(name, getattr(torch, name), [some(19, dtype, True)])
            f.case(name, getattr(torch, name), [special(dtype)], smooth=False)
        for low, high in ((0, None), (None, 1), (-1, 1)):
            clamp = lambda a: a.clamp(low, high)
            f.case("clamp", clamp, [some(9, dtype)], min=low, max=high)
            f.case("clamp", clamp, [special(dtype)], min=low, max=high, smooth=False)
    kinds = [torch.float32, torch.float64, torch.int64, torch.bool]
    for source in kinds:
        for number, target in enumerate(kinds):
            if source != target:
                x = special(source) if source.is_floating_point else some(5, torch.int64)
                f.case("to", lambda a: a.to(target), [x.to(source)], dtype=number, smooth=False)


def functions():
    f = Family("functions")
    torch.manual_seed(5)
    for name in ("sign", "floor", "ceil", "round"):
        f.case(name, getattr(torch, name), [some(5, torch.int64)])
    for dtype in FLOATS:
        for name in ("sin", "cos", "log1p", "log10", "log2", "expm1", "erf", "rsqrt"):
            function = getattr(torch, name)
            f.case(name, function, [some(19, dtype, True)])
            f.case(name, function, [some(33, dtype)], smooth=name not in ("log1p", "log10", "log2",
                                                                          "rsqrt"))
            f.case(name, function, [special(dtype)], smooth=False)
        for name in ("sin", "cos"):  # large numbers take those beside them another way
            for scale in (1, 40, 1e4, 1e20, 1e37):
                f.case(name, getattr(torch, name), [scale * some(21, dtype)], smooth=False)
        for name in ("sign", "floor", "ceil", "round"):
            function = getattr(torch, name)
            f.case(name, function, [some(19, dtype)])
            f.case(name, function, [special(dtype)], smooth=False)
            f.case(name, function, [some(19, dtype).round() / 2], smooth=False)
        for decimals in (0, 1, 3, -1, -2):
            f.case("round_decimals", lambda a: torch.round(a, decimals=decimals),
                   [100 * some(19, dtype)], decimals=decimals, smooth=False)
            f.case("round_decimals", lambda a: torch.round(a, decimals=decimals), [special(dtype)],
                   decimals=decimals, smooth=False)
        f.case("clamp_min", lambda a: a.clamp_min(0.5), [special(dtype)], min=0.5, smooth=False)
        f.case("clamp_max", lambda a: a.clamp_max(0.5), [special(dtype)], max=0.5, smooth=False)
    for dtype in FLOATS:
        for x in (0.9 * some(37, dtype).sin(), some(1, dtype).cos()):
            f.case("erfinv", torch.erfinv, [x])
        edges = torch.tensor([1, -1, 0, -0.0, 2, NAN, 0.7, -0.7, 0.999999], dtype=dtype)
        f.case("erfinv", torch.erfinv, [edges], smooth=False)


def compare():
    f = Family("compare")
    for dtype in NUMBERS:
        for name in ("eq", "ne", "lt", "le", "gt", "ge"):
            a, b = some(9, dtype), some(9, dtype)
            b[::3] = a[::3]
            function = getattr(torch, name)
            f.case(name, function, [a, b], differentiable=False)
            f.case(name, lambda a: function(a, 1), [a.round(), None], number=1,
                   differentiable=False)
        beyond = torch.tensor([2 ** 53, 2 ** 53 + 1, 2 ** 54 + 2 ** 30 + 1]).to(dtype)
        for number in (2 ** 53 + 1, 2 ** 54 + 2 ** 30 + 1):
            for name in ("eq", "lt"):
                f.case(name, lambda a: getattr(torch, name)(a, number), [beyond], number=number,
                       differentiable=False)
        if dtype.is_floating_point:
            for name in ("eq", "ne", "lt", "le", "gt", "ge"):
                f.case(name, getattr(torch, name), [special(dtype), special(dtype).roll(1)],
                       differentiable=False)


def logic():
    f = Family("logic")
    torch.manual_seed(6)
    for dtype in (torch.int64, torch.bool):
        for name in ("bitwise_and", "bitwise_or", "bitwise_xor"):
            function = getattr(torch, name)
            a, b = (torch.randint(-9, 9, (12,)) for _ in range(2))
            if dtype == torch.bool:
                a, b = a > 0, b > 0
            f.case(name, function, [a, b], differentiable=False)
            number = 1 if dtype == torch.bool else -6
            f.case(name, lambda a: function(a, bool(number) if dtype == torch.bool else number),
                   [a, None], number=number, differentiable=False)
    for dtype in NUMBERS:
        x = special(dtype) if dtype.is_floating_point else some(9, dtype)
        for name in ("isnan", "isinf", "isfinite"):
            f.case(name, getattr(torch, name), [x], differentiable=False)
        near = (x.double() * 1.00001).to(dtype)
        for y in (x, near, x.roll(1), -x):
            for rtol, atol, equal_nan in ((1e-5, 1e-8, False), (1e-4, 0.0, True), (0.0, 0.0, False),
                                          (0.0, 2.0, True)):
                f.case("isclose", lambda a, b: torch.isclose(a, b, rtol, atol, equal_nan), [x, y],
                       rtol=rtol, atol=atol, equal_nan=equal_nan, differentiable=False)


def activations():
    f = Family("activations")
    torch.manual_seed(7)
    cases = [("silu", {}), ("mish", {}), ("softplus", {"beta": 1, "threshold": 20}),
             ("softplus", {"beta": 2.5, "threshold": 3}), ("logsigmoid", {}),
             ("hardtanh", {"min_val": -1.0, "max_val": 1.0}),
             ("hardtanh", {"min_val": -0.1, "max_val": 2.7}), ("relu6", {}), ("hardsigmoid", {}),
             ("hardswish", {}), ("softshrink", {"lambd": 0.5}), ("softshrink", {"lambd": 0.1}),
             ("threshold", {"threshold": 0.1, "value": -1.5}), ("gelu", {})]
    for dtype in FLOATS:
        kinks = torch.tensor([-3, 3, -1, 1, 6, -0.1, 0.1, 0.5, -0.5, 2.7, 8, 1.2], dtype=dtype)
        for name, options in cases:
            function = lambda x: getattr(F, name)(x, *options.values())
            for x in (some(37, dtype), some(1, dtype), 0.1 * some(21, dtype)):
                f.case(name, function, [x], **options)
            for x in (special(dtype), special(dtype).repeat(2), kinks, kinks.repeat(2)):
                f.case(name, function, [x], smooth=False, **options)
        for x in (some(37, dtype), some(1, dtype), special(dtype).repeat(2)):
            f.case("gelu", lambda x: F.gelu(x, approximate="tanh"), [x], smooth=False,
                   approximate_by_tanh=True)
    for dtype in FLOATS:
        for x in (some(37, dtype), special(dtype).repeat(2), some(1, dtype)):
            for lambd in (0.5, 0.25):
                f.case("hardshrink", lambda x: F.hardshrink(x, lambd), [x], lambd=lambd, smooth=False)
        for shape, dim in (((8,), 0), ((3, 4), 1), ((4, 3), -2), ((2, 38), 1), ((2, 6, 17), 1)):
            f.case("glu", lambda x: F.glu(x, dim), [some(math.prod(shape), dtype).reshape(shape)],
                   dim=dim)


def reduce():
    f = Family("reduce")
    small = [((), []), ((5,), [[0]]), ((3, 4), [[0], [1], [0, 1]]), ((2, 2, 3), [[0], [1], [2]]),
             ((0, 3), [[0], [1]])]
    large = [((40,), [[0]]), ((9, 33), [[0], [1]]), ((20, 5), [[0]]),
             ((2, 3, 4), [[0, 1], [0, 2], [1, 2], [0, 1, 2]]), ((2, 9, 10), [[1], [0, 2]]),
             ((2, 20, 3), [[1], [0, 1]]), ((4, 1, 8), [[1], [0, 1]]),
             ((2, 3, 2, 9), [[0, 2], [1, 3]])]
    for dtype in NUMBERS + (torch.bool,):
        for shape, sets in small + (large if dtype.is_floating_point else []):
            x = some(math.prod(shape), dtype).reshape(shape)
            names = ("sum", "mean") if dtype.is_floating_point else ("sum",)
            for name in names:
                f.case(name, getattr(torch, name), [x])
                for dims in sets:
                    for keepdim in (False, True) if (shape, sets) in small else (False,):
                        f.case(name, lambda x: getattr(x, name)(dims, keepdim=keepdim), [x],
                               dims=dims, keepdim=keepdim)
    for dtype in FLOATS:
        for shape, sets in [((5,), [[0]]), ((3, 4), [[0], [1]]), ((2, 3, 9), [[1], [0, 2]])]:
            x = some(math.prod(shape), dtype).reshape(shape) + 20
            for name in ("var", "std"):
                f.case(name, getattr(torch, name), [x], correction=1)
                f.case(name, lambda x: getattr(x, name)(unbiased=False), [x], correction=0)
                for dims in sets:
                    f.case(name, lambda x: getattr(x, name)(dims, keepdim=True), [x],
                           dims=dims, keepdim=True, correction=1)
        same = torch.full((3,), 0.1, dtype=dtype)
        if dtype == torch.float32:
            f.case("std", torch.std, [same], correction=1, smooth=False)
        f.case("var", torch.var, [same[:1]], correction=1,
               differentiable=False)
    for dtype in NUMBERS:
        for shape, sets in small[:-1] + [((2, 9), [[1]])]:
            x = some(math.prod(shape), dtype).reshape(shape)
            ties = torch.randint(0, 3, shape).to(dtype)
            with_nan = x.clone()
            if dtype.is_floating_point and x.numel() > 3:
                with_nan.view(-1)[::3] = NAN
            for values, smooth in ((x, True), (ties, False), (with_nan, False)):
                for name in ("max", "min"):
                    f.case(name, getattr(torch, name), [values], smooth=smooth)
                    f.case("arg" + name, getattr(torch, "arg" + name), [values],
                           differentiable=False)
                    for dim in [dims[0] for dims in sets if len(dims) == 1]:
                        f.case(name + "_dim", lambda x: tuple(getattr(x, name)(dim)), [values],
                               dim=dim, smooth=smooth)
                        f.case("arg" + name, lambda x: getattr(x, "arg" + name)(dim, True),
                               [values], dim=dim, keepdim=True, differentiable=False)


def products():
    f = Family("products")
    for dtype in FLOATS:
        shapes = [((k,), (k,)) for k in (1, 2, 5, 31, 32, 70)]
        shapes += [((m, k), (k,)) for m in (1, 2, 3, 4, 7) for k in (1, 2, 3, 4, 5, 8, 11, 14, 21)]
        shapes += [((3, 2, 5), (5,)), ((17, 3), (3,)), ((5, 33), (33,)), ((4,), (4, 3)),
                   ((1,), (1, 1)), ((2, 3), (3, 4)), ((3, 9), (9, 5)), ((7, 7), (7, 7)),
                   ((0, 3), (3, 2)), ((2, 3, 4), (4, 5)), ((2, 3, 4), (2, 4, 5)),
                   ((2, 1, 3, 4), (2, 1, 4, 2))]
        for a, b in shapes:
            f.case("matmul", torch.matmul, [torch.randn(a, dtype=dtype),
                                            torch.randn(b, dtype=dtype)])
        for k, m in ((1, 1), (3, 2), (2, 3), (5, 3), (9, 6), (9, 13), (20, 21)):
            w = torch.randn(k, m, dtype=dtype)
            # The transpose is given as it would be copied; PyTorch multiplies by the original.
            f.case("matmul", lambda a, b: torch.mv(_Transposed.apply(a), b),
                   [w.t().contiguous(), torch.randn(k, dtype=dtype)], transposed=True)
    zeros = torch.tensor([[0.0, -0.0], [-0.0, 0.0]])
    f.case("matmul", torch.matmul, [zeros, torch.tensor([1.0, -1.0])], smooth=False)
    f.case("matmul", torch.matmul, [zeros[0], torch.tensor([-1.0, 1.0])], smooth=False)
    with torch.random.fork_rng():
        products_in_tiles(f)


def products_in_tiles(f):
    """So large that an element's place decides in which order its terms are added."""
    for a, b in (((4, 8), (8, 8)), ((13, 9), (9, 17)), ((2, 4, 8), (2, 8, 13))):
        f.case("matmul", torch.matmul, [torch.randn(a), torch.randn(b)])
    for a, b in ((True, False), (False, True), (True, True)):
        f.case("matmul", lambda x, y: (_Transposed.apply(x) if a else x) @
               (_Transposed.apply(y) if b else y), [torch.randn(9, 21), torch.randn(21, 13)],
               transposed=a, transposed_b=b)


class _Transposed(torch.autograd.Function):
    """The same matrix, laid out in memory as the transpose of another one."""

    @staticmethod
    def forward(ctx, a):
        return a.t().contiguous().t()

    @staticmethod
    def backward(ctx, dy):
        return dy


def shape():
    f = Family("shape")
    for dtype in FLOATS + (torch.int64, torch.bool):
        x = some(24, dtype).reshape(2, 3, 4)
        m, v = some(6, dtype).reshape(2, 3), some(5, dtype)
        f.case("reshape", lambda x: x.view(6, 4), [x], sizes=(6, 4))
        f.case("identity", torch.clone, [x])
        for small, large in (((3,), (2, 3)), ((1,), (4,)), ((), (2, 2)), ((2, 1), (2, 3)),
                             ((1, 3), (2, 3)), ((3, 1), (2, 3, 9)), ((1, 1), (1, 1)), ((3,), (3,)),
                             ((2, 1, 4), (5, 2, 3, 4)), ((1, 9), (20, 9)), ((1,), (33,)),
                             ((3,), (1, 3))):
            f.case("expand", lambda x: x.expand(large),
                   [some(math.prod(small), dtype).reshape(small)], sizes=large)
        for order in ((0, 1, 2), (2, 0, 1), (1, 0, -1)):
            f.case("permute", lambda x: x.permute(order), [x], order=order)
        f.case("permute", lambda x: x.T, [m], order=(1, 0))
        f.case("transpose", lambda x: x.transpose(0, -1), [x], dim0=0, dim1=-1)
        f.case("t", torch.t, [m])
        f.case("t", torch.t, [v])
        for dim, index in ((0, 1), (1, -1), (-1, 2)):
            f.case("select", lambda x: x.select(dim, index), [x], dim=dim, index=index)
        f.case("select", lambda x: x[-2], [v], dim=0, index=-2)
        for start, stop in ((1, 3), (None, 2), (-2, None), (3, 1), (-9, 9), (7, 9)):
            f.case("slice", lambda x: x[start:stop], [v],
                   dim=0, start=start, stop=stop)
        f.case("slice", lambda x: x[:, 1:3], [x], dim=1, start=1, stop=3)
        rows, columns = torch.tensor([0, 1, 1, -1, 0]), torch.tensor([2, -1, 2, 0, 2])
        f.case("index", lambda x, i: x[i], [x, rows])
        f.case("index", lambda x, i, j: x[i, j], [m, rows, columns])
        f.case("index", lambda x, i, j: x[i, j], [x, rows, columns])
        f.case("index", lambda x, i, j, k: x[i, j, k], [x, rows, columns, columns])
        f.case("index", lambda x, i: x[i], [v, torch.tensor([[0, 4], [4, 4]])])
        f.case("gather", lambda x, i: x.gather(1, i), [m, torch.tensor([[2, 0], [1, 1]])], dim=1)
        f.case("gather", lambda x, i: x.gather(0, i), [v, torch.tensor([4, 4, 0])], dim=0)
        f.case("gather", lambda x, i: x.gather(1, i), [x, torch.tensor([[[2, 0, 1, 1]]] * 2)],
               dim=1)


def cat():
    f = Family("cat")
    for dtype in FLOATS + (torch.int64, torch.bool):
        for dim, shapes in ((0, [(3,)]), (0, [(2,), (3,)]), (-1, [(1,), (0,), (2,)]),
                            (0, [(2, 3), (1, 3)]), (1, [(2, 3), (2, 1), (2, 2), (2, 3)]),
                            (-2, [(2, 2, 3), (2, 1, 3), (2, 4, 3)]), (2, [(2, 3, 0), (2, 3, 2)])):
            tensors = [some(math.prod(shape), dtype).reshape(shape) for shape in shapes]
            f.case("cat", lambda *tensors: torch.cat(tensors, dim), tensors, dim=dim)


def cumulate():
    f = Family("cumulate")
    torch.manual_seed(5)
    for dtype in NUMBERS:
        for shape in ((), (1,), (5,), (33,), (3, 4), (2, 40), (40, 3), (2, 3, 2), (0, 3)):
            x = (torch.rand(shape, dtype=torch.float64) + 0.5).to(dtype)
            if dtype == torch.int64:
                x = torch.randint(-3, 4, shape)
            several, one = x.clone(), x.clone()
            several.view(-1)[2::3] = 0
            one.view(-1)[1:2] = 0
            for values in (x, several, one) if x.numel() > 1 else (x,):
                f.case("prod", torch.prod, [values])
                for dim in range(max(1, len(shape))):
                    f.case("prod", lambda x: x.prod(dim, keepdim=True), [values], dim=dim,
                           keepdim=True)
                    f.case("cumsum", lambda x: x.cumsum(dim), [values], dim=dim)
                    if "0" not in str(values.tolist()) or dim == values.dim() - 1:
                        f.case("cumprod", lambda x: x.cumprod(dim), [values], dim=dim)
    wrapped = torch.tensor([2**62, 4, 3])
    for name in ("cumsum", "cumprod"):
        f.case(name, lambda x: getattr(x, name)(0), [wrapped], dim=0)


def logsumexp():
    f = Family("logsumexp")
    torch.manual_seed(7)
    for dtype in FLOATS:
        for shape, sets in (((), [[0]]), ((5,), [[0]]), ((3, 4), [[0], [1], [0, 1]]),
                            ((2, 9, 3), [[1], [0, 2]]), ((40,), [[0]]), ((0, 3), [[1]])):
            x = some(math.prod(shape), dtype).reshape(shape)
            for dims in sets:
                f.case("logsumexp", lambda x: x.logsumexp(dims, keepdim=True), [x], dims=dims,
                       keepdim=True)
        ends = torch.tensor([[1000.0, -1000.0, NAN, math.inf], [1001.0, -1001.0, 0.0, 1.0]],
                            dtype=dtype)
        f.case("logsumexp", lambda x: x.logsumexp(0), [ends], dims=[0], smooth=False)


def order():
    f = Family("order")
    torch.manual_seed(6)
    for dtype in NUMBERS:
        for shape in ((), (5,), (40,), (3, 4), (2, 3, 2)):
            x = some(math.prod(shape), dtype).reshape(shape)
            ties = torch.randint(0, 3, shape).to(dtype)
            for values, smooth in ((x, True), (ties, False)):
                f.case("median", torch.median, [values], smooth=smooth)
                for dim in range(max(1, len(shape))):
                    size = shape[dim] if shape else 1
                    for how in (0, 1):
                        for stable in (0, 1):
                            f.case("sort", lambda x: tuple(
                                x.sort(dim=dim, descending=bool(how), stable=True) if stable else
                                x.sort(dim=dim, descending=bool(how))),
                                [values], dim=dim, descending=how, stable=stable, smooth=smooth)
                        for k in sorted({1, size // 2}):
                            f.case("topk", lambda x: tuple(x.topk(k, dim, bool(how))), [values],
                                   dim=dim, k=k, descending=how, smooth=smooth)
                    f.case("argsort", lambda x: x.argsort(dim), [values], dim=dim,
                           differentiable=False)
                    f.case("topk", lambda x: tuple(x.topk(size // 3, dim, sorted=False)), [values],
                           dim=dim, k=size // 3, descending=1, unsorted=1, smooth=smooth)
                    f.case("median_dim", lambda x: tuple(x.median(dim, keepdim=True)), [values],
                           dim=dim, keepdim=True, smooth=smooth)


def binary_loss():
    f = Family("binary_loss")
    bce, with_logits = F.binary_cross_entropy, F.binary_cross_entropy_with_logits

    def case(name, function, x, t, w=None, p=None, smooth=True):
        for number, reduction in enumerate(("none", "mean", "sum")):
            options = {"weight": w, "reduction": reduction} | ({"pos_weight": p} if p is not None
                                                               else {})
            f.case(name, lambda x, *others: function(x, t, **options), [x, t, w, p],
                   reduction=number, smooth=smooth, constants=(1, 2, 3))

    for dtype in FLOATS:
        for shape in ((), (1,), (7,), (3, 2), (17,), (2, 4, 5)):
            x, t = torch.randn(shape, dtype=dtype), torch.rand(shape, dtype=dtype)
            w, p = torch.rand(shape, dtype=dtype), 3 * torch.rand(shape, dtype=dtype)
            for weight in (None, w):
                case("binary_cross_entropy", bce, x.sigmoid(), t.round(), weight)
                for pos_weight in (None, p):
                    case("binary_cross_entropy_with_logits", with_logits, 3 * x, t, weight,
                         pos_weight)
        ends = torch.tensor([0, 1, 1e-45, 1e-30, 1e-13, 1 - 2 ** -24, 0.5, -0.0], dtype=dtype)
        for t in (torch.zeros_like(ends), torch.ones_like(ends), torch.rand_like(ends)):
            case("binary_cross_entropy", bce, ends, t, smooth=False)
            case("binary_cross_entropy", bce, ends, t, ends.flip(0), smooth=False)
        x = special(dtype).repeat(2)
        for t in (torch.zeros_like(x), torch.ones_like(x), torch.rand_like(x)):
            case("binary_cross_entropy_with_logits", with_logits, x, t, smooth=False)
            case("binary_cross_entropy_with_logits", with_logits, x, t, None, x.roll(3).abs(),
                 smooth=False)
    many = torch.rand(500, dtype=torch.float32)
    case("binary_cross_entropy", bce, many, torch.rand(500))


def norm():
    f = Family("norm")
    shapes = [((), [[]]), ((0, 3), [[0], [1]]), ((3, 4), [[0], [1], [0, 1]]), ((17,), [[0]]),
              ((5, 30), [[0], [1]]), ((9, 5), [[1]]), ((2, 6, 7), [[0], [1], [2], [1, 2], [0, 2]]),
              ((12, 1), [[0], [1]]), ((3, 1, 11), [[0], [1], [2], [0, 1], [1, 2]]),
              ((2, 3, 2, 4), [[1, 3], [0, 1], [2, 3], [0, 2, 3]])]
    shapes += [((n,), [[0]]) for n in range(1, 17)]
    for dtype in FLOATS:
        for shape, sets in shapes:
            x = some(math.prod(shape), dtype).reshape(shape)
            for p in (1, 2):
                f.case("norm", lambda x: x.norm(p), [x], p=p, smooth=x.numel() > 0)
                for dims in sets if shape else []:
                    f.case("norm", lambda x: x.norm(p, dims, keepdim=True), [x],
                           dims=dims, keepdim=True, p=p, smooth=x.numel() > 0)
        for x in (torch.zeros(3), torch.tensor([-0.0, 0.0, 2.0]), torch.tensor([1e30, 1.0]),
                  torch.tensor([1e-30]), torch.tensor([math.inf, 1.0]),
                  torch.tensor([NAN, 1.0, -2.0])):
            for p in (1, 2):
                f.case("norm", lambda x: x.norm(p), [x.to(dtype)], p=p, smooth=False)


def choose():
    f = Family("choose")
    torch.manual_seed(4)
    for dtype in FLOATS + (torch.int64, torch.bool):
        x = some(24, dtype).reshape(2, 3, 4)
        m, v = some(6, dtype).reshape(2, 3), some(5, dtype)
        one = some(1, dtype)[0]
        rows = torch.tensor([1, 1, 0])
        for a, dim, index in ((m, 1, [[2, 0], [1, 1]]), (m, 0, [[1, 1]]), (v, 0, [4, 4, 0]),
                              (x, 1, [[[2, 0, 1]]]), (x, -1, [[[3], [0]], [[1], [1]]]),
                              (one, 0, [0, 0]), (one, -1, 0), (v, 0, [])):
            index = torch.tensor(index, dtype=torch.int64)
            f.case("gather", lambda a, i: a.gather(dim, i), [a, index], dim=dim)
        for a, dim in ((v, 0), (m, 0), (x, 1), (x, -1)):
            f.case("index_select", lambda a, i: a.index_select(dim, i), [a, rows], dim=dim)
        f.case("index_select", lambda a, i: a.index_select(0, i), [m, torch.tensor(1)], dim=0)
        for a, dim, index in ((m, 1, [[2, 0], [1, 1]]), (m, 0, [[1, 1]]), (v, 0, [4, 2, 0]),
                              (x, 1, [[[2, 0, 1]]]), (x, -1, [[[3], [0]], [[1], [2]]]),
                              (one, 0, [0])):
            index = torch.tensor(index)
            src = some(index.numel(), dtype).reshape(index.shape)
            f.case("scatter", lambda a, i, s: a.scatter(dim, i, s), [a, index, src], dim=dim,
                   smooth=dim != 1)
            f.case("scatter", lambda a, i: a.scatter(dim, i, 2), [a, index, None], dim=dim,
                   number=2)
            if dtype != torch.bool:
                f.case("scatter_add", lambda a, i, s: a.scatter_add(dim, i, s), [a, index, src],
                       dim=dim)
        for a, dim, shape in ((v, 0, (3,)), (m, 0, (3, 3)), (x, 1, (2, 3, 4)), (x, -1, (2, 3, 3))):
            if dtype != torch.bool:
                src = some(math.prod(shape), dtype).reshape(shape)
                f.case("index_add", lambda a, i, s: a.index_add(dim, i, s), [a, rows, src],
                       dim=dim)
        for a in (x, v, one):
            mask = torch.rand(a.shape) < 0.5
            f.case("where", torch.where, [mask, a, some(a.numel(), dtype).reshape(a.shape)])
            f.case("masked_fill", lambda a, m: a.masked_fill(m, 1), [a, mask, None], number=1)
            f.case("masked_fill", lambda a, m, v: a.masked_fill(m, v),
                   [a, mask, some(1, dtype)[0]], constants=(2,))


def arrange():
    f = Family("arrange")
    torch.manual_seed(5)
    for dtype in FLOATS + (torch.int64, torch.bool):
        x = some(24, dtype).reshape(2, 3, 4)
        m, v, q = some(6, dtype).reshape(2, 3), some(5, dtype), some(16, dtype).reshape(4, 4)
        for start, stop, step in ((None, None, 2), (1, None, 3), (-4, 5, 2), (0, 5, 9), (3, 1, 2)):
            f.case("slice", lambda x: x[start:stop:step], [v], dim=0, start=start, stop=stop,
                   step=step)
        f.case("slice", lambda x: x[:, ::2], [x], dim=1, step=2)
        for a, dims in ((x, (0,)), (x, (0, 2)), (x, (1,)), (v, (0,)), (x, (0, 1, 2))):
            f.case("flip", lambda x: x.flip(dims), [a], dims=dims)
        for a, by, dim in ((v, 2, 0), (v, -7, 0), (x, 1, 1), (x, 3, 2), (x, 5, None), (m, -1, None)):
            f.case("roll", lambda x: x.roll(by, () if dim is None else dim), [a], index=by, dim=dim)
        for above in (0, 1, -1, 2):
            f.case("diagonal", lambda x: x.diagonal(above), [m], dim0=0, dim1=1, index=above)
            f.case("diagonal", lambda x: x.diagonal(above, 2, 0), [x], dim0=2, dim1=0, index=above)
            f.case("diag", lambda x: torch.diag(x, above), [v], index=above)
            f.case("diag", lambda x: torch.diag(x, above), [q], index=above)
            for a in (m, x, q):
                f.case("tril", lambda x: x.tril(above), [a], index=above)
                f.case("triu", lambda x: x.triu(above), [a], index=above)
    for dtype in FLOATS:
        for batch, m, k, n in ((2, 3, 4, 5), (1, 1, 3, 1), (3, 2, 7, 1)):
            f.case("bmm", torch.bmm, [torch.randn(batch, m, k, dtype=dtype),
                                      torch.randn(batch, k, n, dtype=dtype)])


for family in (pointwise, compare, reduce, products, shape, cat, binary_loss, norm, functions,
               choose, logic, arrange, activations):
    family()
cumulate()
order()
logsumexp()
