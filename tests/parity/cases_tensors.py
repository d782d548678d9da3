"""Cases: arithmetic, functions of one element, reductions, products, shapes, indices."""

from cases import count, nested, operation

ARITHMETIC = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
NAMES = {"add": ["add"], "sub": ["sub", "subtract"], "mul": ["mul", "multiply"],
         "div": ["div", "divide"]}
COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def both(*names):
    return [f"{space}.{name}" for name in names for space in ("torch", "Tensor")]


def operands(g, special=0.02, positive=False):
    """Two operands, the first of them always a tensor, which can stand on either side."""
    kind, leaves = g.r.random(), []
    a_shape, b_shape = g.pair()
    a = g.tensor("a", a_shape, g.dtype(), g.chance(0.6), positive, special)
    if kind < 0.3:
        return a, g.number(), a_shape
    same = g.chance(0.8)
    dtype = "float32" if same else g.dtype()
    return a, g.tensor("b", b_shape, dtype, g.chance(0.6), positive, special), a_shape


def leaves_of(g):
    return [name for name in ("a", "b")
            if any(line.startswith(name + " = ") and "requires_grad" in line for line in g.lines)]


def differentiate(g, y, label=None):
    leaves = leaves_of(g)
    if leaves:
        g.backward(y, *leaves, label=label)


def arithmetic(name):
    @operation(name, weight=4)
    def generate(g):
        a, b, _ = operands(g)
        spelling = g.next_of(["operator", "reversed"] + both(*NAMES[name]))
        if spelling == "operator":
            g.line(f"y = {a} {ARITHMETIC[name]} {b}")
        elif spelling == "reversed":
            g.line(f"y = {b} {ARITHMETIC[name]} {a}")
        elif name in ("add", "sub") and b == "b" and g.chance(0.4):
            g.line(f"y = {g.call(spelling, a, b, 'alpha=' + g.number())}")
        else:
            g.line(f"y = {g.call(spelling, a, b)}")
        g.show("y")
        differentiate(g, "y")


for _name in ARITHMETIC:
    arithmetic(_name)


@operation("in place", weight=4)
def in_place(g):
    shape, other = g.pair()
    a = g.tensor("a", shape, g.dtype(), g.chance(0.5))
    b = g.tensor("b", other) if g.chance(0.7) else g.number()
    kind = g.next_of(["+=", "-=", "*=", "/=", "add_", "sub_", "mul_", "div_", "alpha"])
    target = a if g.chance(0.7) else f"{a}.data"
    if kind.endswith("="):
        change = f"{target} {kind} {b}"
    elif kind == "alpha":
        change = g.call(g.among(["Tensor.add_", "Tensor.sub_"]), target, b, "alpha=" + g.number())
    else:
        change = g.call("Tensor." + kind, target, b)
    if g.chance(0.8):
        g.line("with torch.no_grad():")
        change = "    " + change
    g.line(change)
    g.show(a)


@operation("pow", weight=4)
def power(g):
    exponent = g.among(["0", "0.5", "1", "2", "3", "-0.5", "-1", "-2", "2.0", "3.0", "1.5", "0.3",
                        "-1.7", "4", "2.5"])
    a = g.tensor("a", g.shape(), "float32" if g.chance(0.85) else g.dtype(), g.chance(0.7),
                 g.chance(0.6), 0.02)
    spelling = g.next_of(["operator"] + both("pow"))
    g.line("y = a ** " + exponent if spelling == "operator" else
           f"y = {g.call(spelling, a, exponent)}")
    g.show("y")
    differentiate(g, "y")


@operation("pow of tensors", weight=2)
def power_of_tensors(g):
    a, b, _ = operands(g, 0.01, positive=True)
    g.line(g.among([f"y = {a} ** {b}", f"y = {b} ** {a}"]))
    g.show("y")
    differentiate(g, "y")


def comparison(name):
    @operation(name)
    def generate(g):
        a, b, _ = operands(g, 0.1)
        spelling = g.next_of(["operator", "reversed"] + both(name))
        g.line(f"y = {a} {COMPARISONS[name]} {b}" if spelling == "operator" else
               f"y = {b} {COMPARISONS[name]} {a}" if spelling == "reversed" else
               f"y = {g.call(spelling, a, b)}")
        g.show("y")


for _name in COMPARISONS:
    comparison(_name)


BITS = {"and": "&", "or": "|", "xor": "^"}
BITWISE = ["torch.bitwise_not", "Tensor.bitwise_not", "Tensor.bitwise_not_"]
LOGICAL = ["torch.logical_not", "Tensor.logical_not", "Tensor.logical_not_"]
for _name in BITS:
    BITWISE += [f"{space}.bitwise_{_name}" for space in ("torch", "Tensor")]
    LOGICAL += [f"{space}.logical_{_name}" for space in ("torch", "Tensor")]
    BITWISE.append(f"Tensor.bitwise_{_name}_")
    LOGICAL.append(f"Tensor.logical_{_name}_")


@operation("masks", weight=6)
def masks(g):
    """Bits of integers and bools, and what is true of any."""
    spelling = g.next_of(["operator", "reversed", "in place"] + BITWISE + LOGICAL)
    a_shape, b_shape = g.pair()
    logical = "logical" in spelling
    a = g.tensor("a", a_shape, g.dtype() if logical else g.among(["bool", "int64"]), special=0.1)
    b = g.among(["b", "b", "3", "True", "0"])
    if b == "b" or logical or spelling == "reversed":
        b = g.tensor("b", b_shape, g.dtype() if logical else g.among(["bool", "int64"]), special=0.1)
    operator = BITS[g.among(sorted(BITS))]
    if spelling == "operator":
        g.line(f"y = {a} {operator} {b}")
    elif spelling == "reversed":
        g.line(f"y = {g.among([b, '5', 'False'])} {operator} {a}")
    elif spelling == "in place":
        g.line(f"y = {a}")
        g.line(f"y {operator}= {b}")
    elif "_not" in spelling:
        g.line(f"y = {g.call(spelling, a)}")
    else:
        g.line(f"y = {g.call(spelling, a, b)}")
    g.show("y")
    g.show("a")


@operation("isnan, isinf, isfinite")
def finiteness(g):
    a = g.tensor("a", g.shape(), g.dtype(), special=0.3)
    g.line(f"y = {g.call(g.next_of(both('isnan', 'isinf', 'isfinite')), a)}")
    g.show("y")


@operation("isclose", weight=2)
def isclose(g):
    a_shape, b_shape = g.pair()
    dtype = g.dtype()
    a = g.tensor("a", a_shape, dtype, special=0.1)
    g.tensor("b", b_shape, dtype, special=0.1)
    b = g.among(["b", "a", f"(a * {g.among(['1.00001', '1.0001', '1'])}).to(a.dtype)"])
    arguments = g.among([(), ("1e-3",), ("rtol=0.1", "atol=0.5"), ("atol=1.0",),
                         ("equal_nan=True",), ("0", "0"), ("-1.0",)])
    g.line(f"y = {g.call(g.next_of(both('isclose')), a, b, *arguments)}")
    g.show("y")


def unary(name, spellings, positive=0.0, options=lambda g: ()):
    @operation(name, weight=2)
    def generate(g):
        spelling = g.next_of(spellings)
        dtype = g.dtype(floating=g.chance(0.9))
        a = g.tensor("a", g.shape(), dtype, g.chance(0.7), g.chance(positive), 0.04)
        g.line("y = -a" if spelling == "-" else f"y = {g.call(spelling, a, *options(g))}")
        g.show("y")
        differentiate(g, "y")


unary("neg", ["-"] + both("neg", "negative"))
unary("exp", both("exp"))
unary("log", both("log"), positive=0.8)
unary("sqrt", both("sqrt"), positive=0.8)
unary("abs", both("abs", "absolute"))
unary("reciprocal", both("reciprocal"))
for _name in ("sin", "cos", "expm1", "erf", "sign", "floor", "ceil", "square"):
    unary(_name, both(_name))
for _name in ("tan", "sinh", "cosh", "exp2", "frac", "deg2rad", "rad2deg", "logit", "nan_to_num",
              "positive"):
    unary(_name, both(_name))
for _name in ("asin", "acos", "atan", "asinh", "acosh", "atanh"):
    unary(_name, both(_name, "arc" + _name[1:]))
unary("erfinv", both("erfinv"))
unary("trunc", both("trunc", "fix"))
for _name in ("log1p", "log10", "log2", "rsqrt"):
    unary(_name, both(_name), positive=0.8)
unary("round", both("round"), options=lambda g: g.among([(), (), ("decimals=1",), ("decimals=0",),
                                                         ("decimals=-1",)]))
for _name, _module in (("relu", "ReLU"), ("sigmoid", "Sigmoid"), ("tanh", "Tanh")):
    unary(_name, both(_name) + ["torch.nn." + _module, "torch.nn.functional." + _name])
unary("leaky_relu", ["torch.nn.LeakyReLU", "torch.nn.functional.leaky_relu"],
      options=lambda g: g.among([(), ("0.1",), ("0.2",), ("negative_slope=0.3",)]))


NO_OPTIONS = lambda g: ()
INPLACE = lambda g: g.among([(), (), ("inplace=False",)])
ACTIVATIONS = {  # module, function: options
    ("SiLU", "silu"): INPLACE, ("Mish", "mish"): INPLACE, ("ReLU6", "relu6"): INPLACE,
    ("Hardsigmoid", "hardsigmoid"): INPLACE, ("Hardswish", "hardswish"): INPLACE,
    ("LogSigmoid", "logsigmoid"): NO_OPTIONS, ("Softsign", "softsign"): NO_OPTIONS,
    ("Tanhshrink", "tanhshrink"): NO_OPTIONS,
    ("GELU", "gelu"): lambda g: g.among([(), ("approximate='tanh'",), ("approximate='none'",)]),
    ("Softplus", "softplus"): lambda g: g.among([(), ("2",), ("beta=0.5", "threshold=1"),
                                                 ("3.5", "10")]),
    ("Hardtanh", "hardtanh"): lambda g: g.among([(), ("-0.5", "2"), ("min_val=0", "max_val=1.5")]),
    ("Hardshrink", "hardshrink"): lambda g: g.among([(), ("0.1",), ("lambd=1.5",)]),
    ("Softshrink", "softshrink"): lambda g: g.among([(), ("0.1",), ("lambd=1.5",)]),
    ("Threshold", "threshold"): lambda g: g.among([("0.1", "20"), ("0", "-1.5"), ("-0.5", "0")]),
}
for (_module, _name), _options in ACTIVATIONS.items():
    unary(_name, ["torch.nn." + _module, "torch.nn.functional." + _name]
          + both(_name) * (_name == "hardshrink") + ["torch.threshold"] * (_name == "threshold"),
          options=_options)


@operation("gelu of a view", weight=4)
def gelu_of_view(g):
    """Not by oneDNN where it is not contiguous."""
    path = g.next_of(["torch.nn.GELU", "torch.nn.functional.gelu"])
    g.tensor("m", (g.r.randint(1, 40), g.r.randint(1, 40)), g.dtype(True), True)
    view = g.among(["m.t()", "m[:, :3]", "m[:, ::2]", "m[:, 1:].t()", "m[:5, :7].t()", "m[1:]"])
    g.line(f"a = {view}")
    g.line(f"y = {g.call(path, 'a', *g.among([(), ('approximate=' + repr('tanh'),)]))}")
    g.show("y")
    g.line("y.sum().backward()")
    g.show("m.grad")


@operation("glu", weight=4)
def glu(g):
    path = g.next_of(["torch.nn.GLU", "torch.nn.functional.glu"])
    shape = list(g.shape())
    dim = g.r.randrange(len(shape)) if shape else 0
    if shape and g.chance(0.95):
        shape[dim] *= 2
    g.tensor("a", tuple(shape), g.dtype(True), True, special=0.02)
    given = () if dim == len(shape) - 1 else (str(g.among([dim, dim - len(shape)])),)
    g.line(f"y = {g.call(path, 'a', *given)}")
    g.show("y")
    differentiate(g, "y")


unary("special", ["torch.special." + name for name in ("erf", "exp2", "expit", "expm1", "log1p", "logit",
                                                       "round")])


@operation("elu", weight=8)
def elu(g):
    """Its gradient in place is another formula, and refused where alpha is negative."""
    a = g.tensor("a", g.shape(), g.dtype(floating=g.chance(0.9)), g.chance(0.7), special=0.04)
    arguments = g.among([(), ("0.5",), ("alpha=0.3",), ("2",), ("-0.7",), ("0",)])
    if g.chance(0.4):
        g.line(f"h = {a} * 1")
        a, arguments = "h", (*arguments, "inplace=True")
    path = g.next_of(["torch.nn.ELU", "torch.nn.functional.elu", "torch.nn.CELU", "torch.nn.functional.celu",
                      "torch.nn.SELU", "torch.nn.functional.selu", "torch.selu", "torch.celu"])
    if path in ("torch.selu", "torch.celu"):
        arguments = [given for given in arguments if not given.startswith("inplace")]
    if path.lower().endswith("selu"):
        arguments = [given for given in arguments if given.startswith("inplace")]
    g.line(f"y = {g.call(path, a, *arguments)}")
    g.show("y")
    g.show(a, "elu, input")
    differentiate(g, "y")


METHODS_IN_PLACE = ("sign", "absolute", "negative", "arcsin", "arccos", "arctan", "arcsinh",
                    "arccosh", "arctanh", "fix", "logit", "nan_to_num")
METHODS_WITH_NUMBER = ("pow", "multiply", "divide", "subtract", "remainder", "floor_divide",
                       "true_divide", "fmod", "copysign")
IN_PLACE = ("sin", "cos", "log1p", "log10", "log2", "expm1", "erf", "rsqrt", "floor", "ceil",
            "erfinv", "round", "square", "neg", "reciprocal", "exp", "log", "sqrt", "abs", "clamp",
            "clip", "clamp_min", "clamp_max", "relu", "sigmoid", "tanh", "trunc", "frac", "deg2rad",
            "rad2deg", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh", "atanh",
            "exp2")
@operation("prelu", weight=4)
def prelu(g):
    path = g.next_of(["torch.nn.PReLU", "torch.nn.functional.prelu", "torch.prelu", "Tensor.prelu"])
    shape, dtype = g.shape(), g.dtype(True)
    if path == "torch.nn.PReLU":
        dtype = "float32"
    g.tensor("a", shape, dtype, True, special=0.02)
    count = shape[1] if len(shape) > 1 and g.chance(0.6) else 1
    if path == "torch.nn.PReLU":
        init = g.among(["", ", 0.1", f", init={g.number()}"])
        g.line(f"m = {g.spell(path)}({count}{init})\ny = m(a)\nprint(m)")
    else:
        g.tensor("w", (count,), dtype, True)
        g.line(f"y = {g.call(path, 'a', 'w')}")
    g.show("y")
    differentiate(g, "y")
    if path == "torch.nn.PReLU":
        g.show("m.weight.grad", "prelu, weight")


FUNCTIONAL_IN_PLACE = ("relu", "leaky_relu", "elu", "selu", "celu", "hardtanh", "threshold")


@operation("functions in place", weight=30)
def functions_in_place(g):
    spellings = [f"Tensor.{name}_" for name in METHODS_IN_PLACE + METHODS_WITH_NUMBER]
    spellings += both(*[name + "_" for name in IN_PLACE])
    spellings += [f"torch.nn.functional.{name}_" for name in FUNCTIONAL_IN_PLACE]
    spelling = g.next_of(spellings)
    name = spelling.split(".")[-1][:-1]
    a = g.tensor("a", g.shape(), g.dtype(), g.chance(0.6),
                 positive=name.startswith("log") or "sqrt" in name, special=0.02)
    arguments = ((g.number(),) if name in METHODS_WITH_NUMBER + ("clamp_min", "clamp_max") else
                 ("-1", "1.5") if name in ("clamp", "clip", "threshold") else
                 ("decimals=1",) if name == "round" and g.chance(0.5) else ())
    target = g.among(["h", "h", "h", "h[0:1]", "h.data", "h.detach()"])
    if name in ("exp", "pow", "log", "sqrt") or name[-5:] in ("asinh", "acosh", "atanh") or (
            target != "h"):
        g.lines[-1] = g.lines[-1].replace(", requires_grad=True", "")
    g.line(f"h = {a} * 1")
    g.line("g = " + g.call(spelling, target if "[" not in target or g.shapes["a"] else "h",
                           *arguments))
    g.show("g")
    g.show("h")
    differentiate(g, "h")


@operation("clamp", weight=2)
def clamp(g):
    a = g.tensor("a", g.shape(), g.dtype(floating=g.chance(0.7)), g.chance(0.7), special=0.05)
    arguments = g.among([("min=0",), ("max=1.0",), ("min=-0.5", "max=0.5"), ("0", "1"), ("0.2",),
                         ("1e-7", "1 - 1e-7"), ("min=1", "max=-1")])
    g.line(f"y = {g.call(g.next_of(both('clamp', 'clip')), a, *arguments)}")
    g.show("y")
    differentiate(g, "y")


@operation("clamp_min, clamp_max", weight=2)
def clamp_one_side(g):
    a = g.tensor("a", g.shape(), g.dtype(floating=g.chance(0.7)), g.chance(0.7), special=0.05)
    name = g.next_of(both("clamp_min", "clamp_max"))
    argument = g.among(["", name[-3:] + "="]) + g.among(["0", "0.5", "-1", "1e-7"])
    g.line(f"y = {g.call(name, a, argument)}")
    g.show("y")
    differentiate(g, "y")


@operation("clamp by tensors", weight=3)
def clamp_between(g):
    a_shape, b_shape = g.pair()
    dtype = g.dtype(floating=g.chance(0.8))
    a = g.tensor("a", a_shape, dtype, g.chance(0.7), special=0.05)
    name = g.next_of(both("clamp", "clip", "clamp_min", "clamp_max") +
                     ["Tensor.clamp_", "Tensor.clamp_min_"])
    limits = ["min", "max"] if name.endswith(("clamp", "clip", "clamp_")) else [name.rstrip("_")[-3:]]
    if len(limits) == 2:
        limits = g.among([limits, limits, limits[:1], limits[1:]])
    for limit in limits:
        shape = g.among([b_shape, a_shape, (), ()])
        other = dtype if name.endswith("_") else g.dtype(floating=g.chance(0.8))
        g.tensor(limit, shape, other, g.chance(0.5), special=0.03)
    g.line(f"y = {g.call(name, a, *(f'{limit}={limit}' for limit in limits))}")
    g.show("y")
    differentiate(g, "y")


@operation("maximum, minimum", weight=2)
def maximum(g):
    a_shape, b_shape = g.pair()
    a = g.tensor("a", a_shape, g.dtype(), g.chance(0.6), special=0.02)
    b = g.tensor("b", b_shape, "float32" if g.chance(0.8) else g.dtype(), g.chance(0.6))
    g.line(f"y = {g.call(g.next_of(both('maximum', 'minimum', 'max', 'min')), a, b)}")
    g.show("y")
    differentiate(g, "y")


@operation("functions of two", weight=10)
def functions_of_two(g):
    """Some of them also take a number."""
    a_shape, b_shape = g.pair()
    dtype, mixed = g.dtype(floating=True), g.chance(0.15)  # of two types, gradients round otherwise
    name = g.next_of(["atan2", "hypot", "logaddexp", "fmax", "fmin", "remainder", "fmod", "copysign",
                      "%", "//", "addcmul", "addcdiv", "lerp"])
    huge = name in ("fmod", "remainder", "%", "//")  # of a quotient beyond 2^100 vectors make nan
    special = 0 if huge else 0.03
    a = g.tensor("a", a_shape, dtype, not mixed and g.chance(0.6), special=special)
    dtype = g.dtype(floating=True) if mixed and name != "lerp" else dtype
    number = name in ("remainder", "fmod", "copysign", "%", "//") and g.chance(0.4)
    b = g.number() if number else g.tensor("b", b_shape, dtype, not mixed and g.chance(0.6),
                                           special=special)
    if name in ("%", "//"):
        g.line(f"y = {a} {name} {b}" if name == "%" else f"y = {a}.detach() // {b}")
    else:
        more = ((b, "value=" + g.number()) if name.startswith("addc") else
                (g.among([b, g.number()]),) if name == "lerp" else ())
        g.line(f"y = {g.call(g.next_of(both(name)), a, b, *more)}")
    g.show("y")
    if name != "//":
        differentiate(g, "y")


# --- reductions ---

def dims(g, ndim):
    """The arguments dim and keepdim of a sum."""
    keepdim = g.among(["", ", True", ", keepdim=True", ", keepdim=False"])
    if g.chance(0.3):
        return ()
    if g.chance(0.3) and ndim:
        chosen = sorted(g.r.sample(range(ndim), g.r.randint(1, ndim)))
        return (g.among(["dim=", ""]) + f"({', '.join(map(str, chosen))},)" + keepdim,)
    return (g.among(["dim=", ""]) + f"{g.dim(ndim)}" + keepdim,)


@operation("sum", weight=5)
def total(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), g.chance(0.6), special=0.01)
    arguments = dims(g, len(shape))
    if g.chance(0.05):
        arguments = tuple(arguments) + ("dtype=torch.float64",)
    g.line(f"y = {g.call(g.next_of(both('sum')), a, *arguments)}")
    g.show("y")
    differentiate(g, "y")


@operation("mean", weight=4)
def mean(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(floating=g.chance(0.9)), g.chance(0.6), special=0.01)
    g.line(f"y = {g.call(g.next_of(both('mean')), a, *dims(g, len(shape)))}")
    g.show("y")
    differentiate(g, "y")


@operation("var, std", weight=3)
def spread(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(floating=g.chance(0.95)), g.chance(0.6), special=0.005)
    arguments = dims(g, len(shape))
    if g.chance(0.2):
        arguments = ("unbiased=False",) if not arguments else (
            f"dim={g.dim(len(shape))}, unbiased=False",)
    elif arguments:
        arguments = (f"dim={g.dim(len(shape))}" + g.among(["", ", keepdim=True"]),)
    g.line(f"y = {g.call(g.next_of(both('var', 'std')), a, *arguments)}")
    g.show("y")
    differentiate(g, "y")


@operation("sum of a view", weight=4)
def sum_of_view(g):
    shape = g.shape(least=1, most=3)
    a = g.tensor("a", shape, grad=g.chance(0.5))
    views = ["a.T", "a.t()", "a[0]", "a[..., 0]", "a[1:]", "a.transpose(0, -1)", "a[:, 1:]",
             "a[:, 0]", "a.unsqueeze(0)", "a.reshape(-1)"]
    view = g.among([v for v in views if "..." not in v and
                    ("[:," not in v or len(shape) > 1) and (v != "a.t()" or len(shape) < 3)])
    g.line(f"b = {view}")
    g.line(f"y = b.{g.among(['sum', 'mean'])}({g.among(['', '0', '-1'])})")
    g.show("y")
    g.show("b")
    if g.chance(0.3):
        g.line("z = torch.exp(b) * 2")
        g.show("z.sum()")
        g.show("z.sum(0)")


@operation("max, min", weight=4)
def extremes(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), g.chance(0.6), special=0.03)
    call = g.next_of(both("max", "min"))
    if g.chance(0.4):
        g.line(f"y = {g.call(call, a)}")
        g.show("y", "max, min of all")
        differentiate(g, "y", "max, min of all")
        return
    dim = g.among(["dim=", ""]) + str(g.dim(len(shape)))
    arguments = (dim,) + g.among([(), ("True",), ("keepdim=True",)])
    if g.chance(0.5):
        g.line(f"y, i = {g.call(call, a, *arguments)}")
    else:
        g.line(f"both = {g.call(call, a, *arguments)}")
        g.line(g.among(["y, i = both.values, both.indices", "y, i = both[0], both[1]"]))
    g.show("y")
    g.show("i")
    differentiate(g, "y")


@operation("prod, cumsum, cumprod", weight=3)
def running(g):
    shape = g.shape()
    name = g.next_of(both("prod", "cumsum", "cumprod") + ["Tensor.cumsum_", "Tensor.cumprod_"])
    # see tests/reference/README.md
    zeros = "cumprod" not in name or len(shape) < 2
    a = g.tensor("a", shape, g.dtype(), g.chance(0.6), special=0.03 if zeros else 0)
    dim = g.among(["dim=", "", "axis="]) + str(g.dim(len(shape)))
    arguments = () if name.endswith("prod") and "cum" not in name and g.chance(0.4) else (dim,)
    g.line(f"y = {g.call(name, a, *arguments)}")
    g.show("y")
    differentiate(g, "y")


@operation("logsumexp", weight=2)
def logarithms_of_sums(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(True), g.chance(0.6), special=0.02)
    dim = g.among(["dim=", "", "axis="]) + str(g.dim(len(shape)))
    g.line(f"y = {g.call(g.next_of(both('logsumexp') + ['torch.special.logsumexp']), a, dim)}")
    g.show("y")
    differentiate(g, "y")


@operation("nansum, nanmean", weight=1)
def sums_of_the_rest(g):
    shape = g.shape(empty=False)
    a = g.tensor("a", shape, g.dtype(True), g.chance(0.6))
    g.line(f"h = torch.where({a} > 1, {a} * float(\"nan\"), {a})")
    dim = g.among([(), ("dim=" + str(g.dim(len(shape))),), (g.dim(len(shape)), "keepdim=True")])
    g.line(f"y = {g.call(g.next_of(both('nansum', 'nanmean')), 'h', *dim)}")
    g.show("y")


@operation("pad", weight=1)
def padded(g):
    shape = g.shape(least=1, most=3, empty=False)
    a = g.tensor("a", shape, g.dtype(True), g.chance(0.6))
    widths = [str(g.r.randint(0, 2)) for _ in range(2 * g.r.randint(1, len(shape)))]
    value = g.among([(), ("value=" + g.among(STORED),), ("'constant'", g.among(STORED))])
    g.line(f"y = {g.call('torch.nn.functional.pad', a, '(' + ', '.join(widths) + ')', *value)}")
    g.show("y")
    differentiate(g, "y")


@operation("any, all, count_nonzero", weight=1)
def counted(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), special=0.03)
    arguments = g.among([(), (g.dim(len(shape)),), (f"dim={g.dim(len(shape))}",)])
    g.show(g.call(g.next_of(both("any", "all", "count_nonzero")), a, *arguments))


@operation("sort, topk, median", weight=4)
def ordered(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(floating=g.chance(0.8)), g.chance(0.6), special=0.03)
    name = g.next_of(both("sort", "argsort", "topk", "median"))
    kind = name.split(".")[1]
    dim = g.dim(len(shape))
    size = shape[dim] if -len(shape) <= dim < len(shape) else 1
    if kind == "median" and g.chance(0.4):
        g.line(f"y = {g.call(name, a)}")
        g.show("y")
        differentiate(g, "y")
        return
    arguments = {"sort": [(f"dim={dim}", "descending=True"), (dim,), (dim, "True"),
                          ("stable=True", f"dim={dim}")],
                 "argsort": [(f"dim={dim}",), (dim, "True")],
                 "topk": [(size // 2, dim), (f"k={min(1, size)}", f"dim={dim}", "largest=False"),
                          (size, dim)],
                 "median": [(dim,), (f"dim={dim}", "keepdim=True")]}[kind]
    if kind == "argsort":
        g.show(g.call(name, a, *g.among(arguments)))
        return
    g.line(f"y, i = {g.call(name, a, *g.among(arguments))}")
    g.show("y")
    g.show("i")
    differentiate(g, "y")


@operation("argmax, argmin", weight=2)
def positions(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(floating=g.chance(0.85)), special=0.03)
    arguments = g.among([(), (g.dim(len(shape)),), (f"dim={g.dim(len(shape))}",),
                         (f"dim={g.dim(len(shape))}, keepdim=True",)])
    g.show(g.call(g.next_of(both("argmax", "argmin")), a, *arguments))


# --- products ---

def factors(g):
    """Shapes of a product."""
    m, k, n = (g.among(SIDES) for _ in range(3))
    kind = g.r.random()
    if kind < 0.12:
        return (k,), (k,)
    if kind < 0.3:
        return (m, k), (k,)
    if kind < 0.42:
        return (k,), (k, n)
    if kind < 0.9:
        return (m, k), (k, n)
    if kind < 0.95:
        return (2, 3, 4), (2, 4, 3) if g.chance(0.5) else (4, 2)
    return (m, k), (k + 1, n)


SIDES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 12, 20, 40]


@operation("matmul", weight=6)
def product(g):
    a_shape, b_shape = factors(g)
    dtype = g.dtype(floating=g.chance(0.95))
    spellings = ["operator"] + both("matmul")
    if len(a_shape) == 2:
        spellings += both("mm") if len(b_shape) == 2 else both("mv")
    elif (len(a_shape), len(b_shape)) == (1, 1):
        spellings += both("dot")
    a = g.tensor("a", a_shape, dtype, g.chance(0.7))
    b = g.tensor("b", b_shape, dtype, g.chance(0.7))
    spelling = g.among(spellings)
    g.line("y = a @ b" if spelling == "operator" else f"y = {g.call(spelling, a, b)}")
    g.show("y")
    differentiate(g, "y")


@operation("matmul of a transpose", weight=5)
def product_of_transpose(g):
    a_shape, b_shape = factors(g)
    a_flipped, b_flipped = g.chance(0.5), g.chance(0.5)
    a = g.tensor("a", a_shape[::-1] if a_flipped and len(a_shape) == 2 else a_shape, grad=g.chance(0.7))
    b = g.tensor("b", b_shape[::-1] if b_flipped and len(b_shape) == 2 else b_shape, grad=g.chance(0.7))
    flip = g.among([".T", ".t()", ".transpose(0, 1)"])
    left = a + flip if a_flipped and len(a_shape) == 2 else a
    right = b + flip if b_flipped and len(b_shape) == 2 else b
    g.line(f"y = {left} @ {right}")
    g.show("y")
    differentiate(g, "y")


# --- shapes ---

SHAPED = (["Tensor.view"] + both("reshape", "flatten", "unsqueeze", "squeeze", "transpose", "t",
                                 "select") +
          ["Tensor.T", "Tensor.unsqueeze_", "Tensor.squeeze_", "Tensor.t_", "Tensor.transpose_",
           "Tensor.swapaxes_", "Tensor.swapdims_", "Tensor.contiguous", "Tensor.cpu",
           "torch.clone", "Tensor.clone", "torch.detach", "Tensor.detach", "torch.detach_",
           "Tensor.detach_", "Tensor.data"])


@operation("shape", weight=8)
def shaped(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), g.chance(0.6))
    path = g.next_of(SHAPED)
    name, ndim, arguments = path.split(".")[1], len(shape), ()
    if path == "Tensor.T" and ndim != 2 or name in ("t", "t_") and ndim > 2:
        shape = g.shape(2, 2)
        ndim, a = 2, g.tensor("a", shape, g.dtype(), g.chance(0.6))
    if name in ("view", "reshape"):
        n = count(shape)
        wanted = g.among(["-1", f"{n}", f"1, {n}", "-1, 1", f"{n}, -1", "2, -1", "(1, -1)",
                          f"({n}, 1)"])
        arguments = (wanted if path != "torch.reshape" or "(" in wanted else f"({wanted},)",)
    elif name == "flatten":
        arguments = g.among([(), (f"{g.dim(ndim)}",), ("start_dim=1",), ("0", "-1")])
    elif name in ("unsqueeze", "unsqueeze_"):
        arguments = (g.dim(ndim + 1),)
    elif name in ("squeeze", "squeeze_"):
        arguments = g.among([(), (g.dim(ndim),), (f"dim={g.dim(ndim)}",)])
    elif name in ("transpose", "transpose_", "swapaxes_", "swapdims_"):
        arguments = (g.dim(ndim), g.dim(ndim))
    elif name == "select":
        arguments = (g.dim(ndim), g.among([0, -1, 1]))
    if name.endswith("_") and name != "detach_":
        a = f"({a} * 1)"  # a leaf cannot be changed in place
    text = a + g.spell(path) if name in ("T", "data") else g.call(path, a, *arguments)
    g.line(f"y = {text}")
    g.show("y")
    if name not in ("detach", "detach_", "data"):
        differentiate(g, "y")


INDICES = {
    1: ["::2", "1::3", ":-1:2", "0", "-1", "1:", ":-1", ":2", ":", "None", "[0, 0]", "[True] + [False] * 0", "i", "m",
        "i[0]", "1:1", "-2:"],
    2: ["::2", ":, 1::2", "i, ::2", "::2, None, 0", "0", "-1", "0, 0", ":, 0", "0, :", ":, -1", "1:, :2", "None", ":, None", "i", "j, i",
        "m", "-1:", "i[0]", "[0, 0]", "0, 1:", "i, :", "range(1), i"],
    3: ["..., ::2", "0, ::2, i", "::3, :, ::2", "0", "0, 0", "0, 0, 0", ":, 0", ":, :, 0", "1:", "i", "i, j", "i, j, i", "m", ":, 1:"]}


@operation("index", weight=6)
def index(g):
    shape = g.shape(1, 3, empty=False)
    a = g.tensor("a", shape, g.dtype(), g.chance(0.7))
    sizes = [g.r.randrange(-min(shape), min(shape)) for _ in range(3)]
    g.line(f"i = torch.tensor({sizes})")
    g.line(f"j = torch.tensor({[g.r.randrange(min(shape)) for _ in range(3)]})")
    g.line(f"m = a {g.among(['>', '<', '==', '!='])} 0")
    key = g.among([k for k in INDICES[len(shape)] if "range" not in k and "True" not in k])
    g.line(f"y = a[{key}]")
    g.show("y")
    differentiate(g, "y")


# --- elements along a dimension, elements by a mask ---

STORED = ["0", "1", "0.0", "-2.5", "0.75", "3", "-1", "1024.125"]  # the same in every type


def indices(g, shape, size):
    """A tensor of indices from 0 to size - 1; rarely one that is out of range."""
    most = size + (1 if g.chance(0.03) else 0)
    numbers = iter([str(g.r.randrange(most)) for _ in range(count(shape))])
    g.line(f"i = torch.tensor({nested(numbers, shape)})")


def smaller(g, shape, dim):
    """Sizes that lie within the shape, but along dim."""
    sizes = [g.r.randint(1, n) if g.chance(0.5) else n for n in shape]
    sizes[dim] = g.r.randint(1, 5)
    return sizes


@operation("gather", weight=3)
def gather(g):
    shape = g.shape(1, 3, empty=False)
    dim = g.r.randrange(-len(shape), len(shape))
    a = g.tensor("a", shape, g.dtype(), g.chance(0.7))
    path = g.next_of(both("gather", "index_select", "take_along_dim"))
    if path.endswith("index_select"):
        indices(g, (g.r.randint(1, 5),), shape[dim])
    elif path.endswith("take_along_dim"):
        indices(g, [1 if k != dim % len(shape) and g.chance(0.5) else n
                    for k, n in enumerate(shape)], shape[dim])
    else:
        indices(g, smaller(g, shape, dim), shape[dim])
    if path.endswith("take_along_dim"):
        g.line(f"y = {g.call(path, a, 'i', dim)}")
    else:
        g.line(f"y = {g.call(path, a, dim, 'i')}")
    g.show("y")
    differentiate(g, "y")


def draw_index(g, by_slice, shape, dim):
    """Draws the index i, of slices along dim or of single elements; the sizes of what is put there."""
    if not by_slice:
        sizes = smaller(g, shape, dim)
        indices(g, sizes, shape[dim])
        return sizes
    sizes = list(shape)
    sizes[dim] = g.r.randint(1, 5)
    indices(g, (sizes[dim],), shape[dim])
    return sizes


def show_changed(g, path, a, *arguments):
    """What the call makes of a: of a copy of it, where it works in place."""
    if path.endswith("_"):
        g.line(f"y = {a}.clone()")
        g.line(g.call(path, "y", *arguments))
    else:
        g.line(f"y = {g.call(path, a, *arguments)}")
    g.show("y")


@operation("scatter", weight=4)
def scatter(g):
    shape = g.shape(1, 3, empty=False)
    dim = g.r.randrange(-len(shape), len(shape))
    dtype = g.dtype()
    path = g.next_of(both("scatter", "scatter_add", "index_add") +
                     ["Tensor.scatter_", "Tensor.scatter_add_", "Tensor.index_add_"])
    if "add" in path and dtype == "bool":
        dtype = "int64"
    a = g.tensor("a", shape, dtype, g.chance(0.5))
    sizes = draw_index(g, "index_add" in path, shape, dim)
    src = g.tensor("b", sizes, dtype, g.chance(0.6))
    if "add" not in path and g.chance(0.3):
        src = g.among(STORED) if dtype.startswith("float") else "2"
    weighs = "index_add" in path and dtype.startswith("float") and g.chance(0.4)
    factor = [g.among(["alpha=2", "alpha=-1", "alpha=0.25"])] if weighs else []
    show_changed(g, path, a, dim, "i", src, *factor)
    if src == "b":
        differentiate(g, "y")


@operation("where", weight=4)
def where(g):
    a, b, shape = operands(g)
    b = b if b == "b" else g.among(STORED)
    g.line(f"m = torch.rand({shape}) < 0.5")
    path = g.next_of(["torch.where", "Tensor.where", "torch.where", "alone", "numbers"])
    if path == "alone":
        g.spell("torch.where")
        g.line("y = torch.where(m)[0]")
        g.show("y")
        return
    if path == "numbers":
        g.line(f"y = torch.where(m, {g.among(STORED)}, {g.among(STORED)})")
    elif path == "Tensor.where":
        g.line(f"y = a{g.spell(path)}(m, b)" if b == "b" else f"y = torch.where(m, {b}, a)")
    else:
        g.line(f"y = {g.spell(path)}(m, {a}, {b})")
    g.show("y")
    differentiate(g, "y")


@operation("masked", weight=4)
def masked(g):
    shape, other = g.pair()
    dtype = g.dtype()
    a = g.tensor("a", shape, dtype, g.chance(0.6))
    g.line(f"m = torch.rand({other}) < 0.5")
    path = g.next_of(both("masked_fill", "masked_select") + ["Tensor.masked_fill_"] +
                     both("nonzero", "argwhere"))
    if path.endswith("masked_fill_"):
        g.line("y = a.clone()")
        g.line(g.call(path, "y", "m", "2"))
    elif path.endswith("fill"):
        value = g.among(["3", "True", "torch.tensor(2)"] if not dtype.startswith("float") else
                        ["0.5", "-float('inf')", "1", "torch.tensor(0.25)"])
        g.line(f"y = {g.call(path, a, 'm', value)}")
    elif path.endswith("select"):
        g.line(f"y = {g.call(path, a, 'm')}")
    else:
        g.line(f"y = {g.call(path, 'm' if g.chance(0.5) else a)}")
        g.show("y")
        return
    g.show("y")
    differentiate(g, "y")


# --- other arrangements ---


def rearrange(g, name, shape):
    """The arguments that a function of one tensor can have."""
    n = len(shape)
    order = g.r.sample(range(n), n)
    dim, other = g.r.randrange(-n, n), g.r.randrange(-n, n)
    return {
        "permute": f"({', '.join(str(d) for d in order)},)",
        "movedim": f"{dim}, {other}", "moveaxis": f"{dim}, {other}", "swapaxes": f"{dim}, {other}",
        "swapdims": f"{dim}, {other}",
        "narrow": f"{dim}, 0, {g.r.randint(0, shape[dim])}",
        "flip": f"({dim},)", "fliplr": "", "flipud": "",
        "roll": g.among([f"{g.r.randint(-9, 9)}", f"{g.r.randint(-9, 9)}, {dim}",
                         f"(1, 2), ({dim}, {dim})"]),
        "tile": f"({', '.join(str(g.r.randint(0, 3)) for _ in range(g.r.randint(1, 3)))},)",
        "repeat": f"({', '.join(str(g.r.randint(1, 3)) for _ in range(g.r.randint(n, 3)))},)",
        "repeat_interleave": g.among(["2", f"3, {dim}", f"2, dim={dim}"]),
        "broadcast_to": f"{(2,) + shape}", "expand": f"{(2,) + shape}", "expand_as": "a",
        "diag": g.among(["", "0", "1", "-1"]), "diagflat": g.among(["", "1", "-2"]),
        "diagonal": g.among(["", "0", "1", "-1", "0, -1, 0"]),
        "tril": g.among(["", "1", "-1"]), "triu": g.among(["", "1", "-1"]),
        "unbind": g.among(["", f"{dim}"]), "chunk": f"{g.r.randint(1, 4)}, {dim}",
        "split": f"{g.r.randint(1, 4)}, {dim}"}[name]


@operation("arrange", weight=8)
def arrange(g):
    path = g.next_of(both("permute", "movedim", "moveaxis", "swapaxes", "swapdims", "narrow",
                          "flip", "fliplr", "flipud", "roll", "tile", "repeat_interleave",
                          "broadcast_to", "diag", "diagflat", "diagonal", "tril", "triu", "unbind",
                          "chunk", "split") +
                     ["Tensor.expand", "Tensor.expand_as", "Tensor.repeat", "Tensor.tril_",
                      "Tensor.triu_"])
    name = path.split(".")[1]
    least = 2 if name in ("fliplr", "diagonal", "tril", "triu", "tril_", "triu_") else 1
    shape = g.shape(least, 2 if name in ("diag", "diagflat", "repeat") else 3, empty=False,
                    limit=20 if name == "diagflat" else 120)
    a = g.tensor("a", shape, g.dtype(), g.chance(0.6))
    if name.endswith("_"):
        g.line("y = a.clone()")
        g.line(f"y{g.spell(path)}({g.among(['', '1', '-1'])})")
        g.show("y")
        return
    g.line(f"y = {g.call(path, a, *filter(None, [rearrange(g, name, shape)]))}")
    if name in ("unbind", "chunk", "split"):
        for k in range(2):
            g.line(f"p = y[min({k}, len(y) - 1)] + 0" if g.chance(0.5) else f"p = y[-1]")
            g.show("p")
        g.line("y = y[0]")
    g.show("y")
    differentiate(g, "y")


@operation("stacks")
def stacks(g):
    path = g.next_of(["torch.hstack", "torch.vstack", "torch.row_stack", "torch.column_stack",
                      "torch.dstack", "torch.meshgrid"])
    n = g.size()
    a = g.tensor("a", (n,), "float32", True)
    g.tensor("b", (n,) if path != "torch.meshgrid" else (g.size(),), "float32", g.chance(0.5))
    if path == "torch.meshgrid":
        indexing = g.among(["'ij'", "'xy'"])
        g.line(f"y = {g.spell(path)}({a}, b, indexing={indexing})[0]")
    else:
        tensors = g.among(["(a, b)", "[a, b, a]"])
        g.line(f"y = {g.spell(path)}({tensors})")
    g.show("y")
    g.backward("y", "a")


EQUATIONS = ["ij,ij->", "ij,kj->ik", "ij,jk->ik", "ij->ji", "ij->i", "ij->j", "ij->", "i,j->ij",
             "ij,j->i", "ij,j", "bij,bjk->bik", "bi,kij,bj->bk", "...ij->...ji", "i,i", "i,i->i",
             "ij,ij->ij", "ij,ij->i", "bij,ij->b", "i,ij,j->", "bhd,bhd->bh", "ij,jk,kl->il", "ii->i",
             "ii", "ij,ik->jk", "bi,oi->bo", "ij , jk"]


@operation("einsum", weight=3)
def einsum(g):
    equation = g.next_of(EQUATIONS)
    sizes, operands = {}, equation.split("->")[0].split(",")
    for k, labels in enumerate(operands):
        letters = labels.strip().replace("...", "")
        shape = tuple(sizes.setdefault(letter, g.r.randint(1, 5)) for letter in letters)
        g.tensor("abc"[k], shape, "float32", k < 2)
    names = ", ".join("abc"[:len(operands)])
    g.line(f"y = {g.spell('torch.einsum')}('{equation}', {names})")
    g.show("y")
    differentiate(g, "y")


@operation("einsum by lists", weight=2)
def einsum_by_lists(g):
    m, k, n = (g.r.randint(1, 6) for _ in range(3))
    for name, shape in (("a", (m, k)), ("b", (k, n))):
        g.tensor(name, shape, "float32", True)
    result = g.among(["", ", [7, 9]", ", [9, 7]", ", [9]", ", []"])
    g.line(f"y = {g.spell('torch.einsum')}(a, [7, 8], b, [8, 9]{result})")
    g.show("y")
    differentiate(g, "y")


@operation("reductions by index", weight=5)
def reduced_by_index(g):
    shape = g.shape(1, 3, empty=False)
    dim = g.r.randrange(-len(shape), len(shape))
    path = g.next_of(both("scatter_reduce", "index_reduce")
                     + ["Tensor.scatter_reduce_", "Tensor.index_reduce_"])
    by_slice = "index" in path
    reduce = g.among(["prod", "mean", "amax", "amin"] + ([] if by_slice else ["sum"]))
    requires = not by_slice and not path.endswith("_") and reduce != "prod" and g.chance(0.7)
    dtype = g.dtype(floating=True)
    a = g.tensor("a", shape, dtype, requires and g.chance(0.7))
    sizes = draw_index(g, by_slice, shape, dim)
    g.tensor("b", sizes, dtype, requires)
    more = [f'"{reduce}"'] + g.among([[], ["include_self=False"]])
    show_changed(g, path, a, dim, "i", "b", *more)
    if requires:
        differentiate(g, "y")


@operation("scatter with reduce", weight=2)
def reduced_scatter(g):
    shape = g.shape(1, 3, empty=False)
    dim = g.r.randrange(-len(shape), len(shape))
    path = g.next_of(both("scatter") + ["Tensor.scatter_"])
    dtype = g.dtype(floating=True)
    a = g.tensor("a", shape, dtype)
    sizes = draw_index(g, False, shape, dim)
    src = g.tensor("b", sizes, dtype) if g.chance(0.7) else g.among(STORED)
    show_changed(g, path, a, dim, "i", src, f'reduce="{g.among(["add", "multiply"])}"')


@operation("batched sums", weight=2)
def batched_sums(g):
    path = g.among(["torch.addbmm", "torch.baddbmm"])
    batch, m, k, n = g.r.randint(1, 3), *(g.r.randint(1, 9) for _ in range(3))
    dtype = g.dtype(floating=True)
    g.tensor("c", (m, n) if path == "torch.addbmm" else (batch, m, n), dtype, True)
    g.tensor("a", (batch, m, k), dtype, True)
    g.tensor("b", (batch, k, n), dtype, True)
    factors = g.among(["", ", beta=0.3", ", alpha=-1.7", ", beta=2, alpha=0.5"])
    g.line(f"y = {path}(c, a, b{factors})")
    g.show("y")
    differentiate(g, "y")


@operation("products by name", weight=2)
def products_by_name(g):
    path = g.next_of(both("bmm", "addmm", "outer", "ger"))
    name = path.split(".")[1]
    m, k, n = (g.r.randint(1, 6) for _ in range(3))
    shapes = {"bmm": [(2, m, k), (2, k, n)], "addmm": [(m, n), (m, k), (k, n)],
              "outer": [(m,), (n,)], "ger": [(m,), (n,)]}[name]
    for label, shape in zip("abc", shapes):
        g.tensor(label, shape, "float32", label != "c")
    g.line(f"y = {g.call(path, *'abc'[:len(shapes)])}")
    g.show("y")
    differentiate(g, "y")


@operation("addmm with factors", weight=2)
def weighted_products(g):
    path = g.next_of(both("addmm") + ["Tensor.addmm_"])
    m, k, n = (g.among(SIDES) for _ in range(3))
    alpha = g.among(["0.3", "-1.7", "2", "0.5", "1"])
    dtype = g.dtype(True)
    exact = alpha in ("2", "0.5", "1")
    g.tensor("x", (m, n) if path.endswith("_") else g.among([(m, n), (n,), (m, 1), ()]), dtype,
             g.chance(0.5))
    g.tensor("a", (m, k), dtype, exact and g.chance(0.5))
    g.tensor("b", (k, n), dtype, exact and g.chance(0.5))
    x = "(x * 1)" if path.endswith("_") else "x"
    factors = g.among([f"beta={g.among(['0.3', '2', '-1'])}, ", ""]) + f"alpha={alpha}"
    g.line(f"y = {g.call(path, x, 'a', 'b', factors)}")
    g.show("y")
    differentiate(g, "y")


# --- to other types, to Python ---

@operation("conversion", weight=4)
def conversion(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), g.chance(0.4))
    path = g.next_of(["Tensor.float", "Tensor.double", "Tensor.long", "Tensor.bool", "Tensor.to",
                      "Tensor.int", "Tensor.short", "Tensor.char", "Tensor.byte",
                      "Tensor.item", "Tensor.tolist", "Tensor.numel", "torch.numel",
                      "Tensor.nelement", "Tensor.dim", "Tensor.size", "Tensor.shape"])
    name = path.split(".")[1]
    if name in ("float", "double", "long", "bool", "int", "short", "char", "byte", "to"):
        dtypes = ["torch.float32", "torch.float", "torch.float64", "torch.double", "torch.int64",
                  "torch.long", "torch.bool", "torch.int32", "torch.int", "torch.int16",
                  "torch.short", "torch.int8", "torch.uint8"]
        to = g.among([f"{g.spell(d)}" for d in dtypes] + ["'cpu'", "dtype=torch.float64"])
        g.line(f"y = {g.call(path, a, *([to] if name == 'to' else []))}")
        g.show("y")
        differentiate(g, "y")
        return
    if name == "item":
        g.tensor("a", g.among([(), (1,), (1, 1)]), g.dtype())
    if name == "shape":
        g.line(f"print(a.shape, len(a.shape), a.ndim, a.dtype, a.is_leaf, a.requires_grad)")
        g.spelled += ["Tensor." + n for n in ("shape", "ndim", "dtype", "is_leaf", "requires_grad")]
        return
    argument = (g.dim(len(shape)),) if name == "size" and g.chance(0.5) and shape else ()
    g.line(f"print({g.call(path, a, *argument)})")


@operation("amax, amin", weight=3)
def shared_extremes(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), g.chance(0.6), special=0.02)
    g.line(f"y = {g.call(g.next_of(both('amax', 'amin')), a, *dims(g, len(shape)))}")
    g.show("y")
    differentiate(g, "y")


@operation("cdist", weight=3)
def distances(g):
    n, m, k = g.r.randint(1, 12), g.r.randint(1, 12), g.r.randint(1, 20)
    dtype = g.dtype(floating=True)
    a = g.tensor("a", (n, k), dtype, g.chance(0.6))
    b = g.tensor("b", (m, k), dtype, g.chance(0.6))
    g.line(f"y = {g.spell('torch.cdist')}({a}, {b}{g.among(['', ', p=1.0', ', p=2.0'])})")
    g.show("y")
    differentiate(g, "y")
