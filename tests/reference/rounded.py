"""Fixtures of tests/kernels/test_rounded.c: functions to the nearest float32, by mpmath."""

import mpmath
import torch

from fixtures import SPECIAL, Writer

INFINITY, NAN = float("inf"), float("nan")
mpmath.mp.prec = 300  # enough to reduce the largest float by pi
FUNCTIONS = {
    "exp": lambda x: mpmath.exp(x) if x > -200 else mpmath.mpf(0),
    "log": mpmath.log,
    "log10": mpmath.log10,
    "log2": lambda x: mpmath.log(x) / mpmath.log(2),
    "tanh": lambda x: mpmath.tanh(x) if abs(x) < 50 else mpmath.sign(x),
    "erf": lambda x: mpmath.erf(x) if abs(x) < 50 else mpmath.sign(x),
    "erfinv": mpmath.erfinv,
    "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan,
    "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan,
}
# Where the result is x itself, with its sign; mpmath has no -0.
ODD = ("tanh", "erf", "erfinv", "sin", "tan", "asin", "atan")


def nearest(value):
    """The float32 nearest to a number of mpmath, as a float."""
    if value == 0:
        return 0.0
    _, exponent = mpmath.frexp(value)
    unit = max(exponent - 24, -149)
    rounded = float(mpmath.ldexp(mpmath.nint(mpmath.ldexp(value, -unit)), unit))
    return rounded if abs(rounded) < 2.0 ** 128 else INFINITY if rounded > 0 else -INFINITY


def at_the_ends(name, x):
    """The results that are no finite number, and of no finite one; None elsewhere."""
    if x != x or abs(x) == INFINITY and name in ("sin", "cos", "tan", "asin", "acos"):
        return NAN
    if name.startswith("log"):
        return NAN if x < 0 else -INFINITY if x == 0 else INFINITY if x == INFINITY else None
    if name in ("asin", "acos", "erfinv") and abs(x) > 1:
        return NAN
    if name == "erfinv" and abs(x) == 1:
        return x * INFINITY
    if name == "exp" and x > 100:
        return INFINITY
    return None


def value(name, x):
    if name in ODD and x == 0:
        return x
    end = at_the_ends(name, x)
    return nearest(FUNCTIONS[name](mpmath.mpf(x))) if end is None else end


torch.manual_seed(1)
x = torch.cat([
    torch.tensor(SPECIAL + [1e-45, -1e-45, 1.1e-38, 3.4e38, -3.4e38, 0.75, 1.5, 1.0, -1.0, 8.66,
                            8.67, 0.99999994, -0.9999999, 1.5707964, 3.1415927, 1e10, -1e17]),
    2 * torch.randn(400),
    2 * torch.rand(200) - 1,
    10 ** (76 * torch.rand(100) - 38),
])
out = Writer("rounded", __file__)
out.case("rounded", dtype="float32")
out.tensors(x=x, **{name: torch.tensor([value(name, v) for v in x.tolist()], dtype=torch.float64)
                    for name in FUNCTIONS})
