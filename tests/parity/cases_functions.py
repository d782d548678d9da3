"""Cases: functions that a script calls by name, of tensors, of matrices, of samples."""

from cases import NARROW, operation
from cases_tensors import both, differentiate


@operation("functions of two in place", weight=3)
def functions_of_two_in_place(g):
    shape, dtype = g.shape(), g.dtype(True)
    name = g.next_of(["atan2", "hypot", "fmod", "copysign", "addcmul", "addcdiv", "lerp"])
    a, b = g.tensor("a", shape, dtype), g.tensor("b", shape, dtype)
    more = (b,) if name.startswith("addc") else ("0.3",) if name == "lerp" else ()
    g.line(f"h = {a} * 1")
    g.line(f"y = {g.call(f'Tensor.{name}_', 'h', b, *more)}")
    g.show("y")


@operation("functions of two by other names", weight=4)
def functions_of_two_by_other_names(g):
    shape, dtype = g.shape(), g.dtype(True)
    name = g.next_of(both("floor_divide", "true_divide", "not_equal", "less", "less_equal", "greater",
                          "greater_equal", "arctan2", "heaviside", "float_power"))
    a, b = g.tensor("a", shape, dtype), g.tensor("b", shape, dtype)
    g.line(f"y = {g.call(name, a, b)}")
    g.show("y")


@operation("shifts")
def shifts(g):
    name = g.next_of(both("bitwise_left_shift", "bitwise_right_shift"))
    a = g.tensor("a", (3, 2), "int64")
    g.line(f"y = {g.call(name, a, g.r.randint(0, 5))}")
    g.show("y")


# --- matrices ---


@operation("systems of equations", weight=4)
def systems(g):
    n, dtype = g.r.randint(1, 4), "float64"
    name = g.next_of(["torch.linalg.solve", "torch.linalg.inv", "torch.linalg.det",
                      "torch.linalg.cholesky", *both("inverse", "det", "cholesky", "trace")])
    a = g.tensor("m", (n, n), dtype, not name.endswith("cholesky"))
    g.line(f"a = {a} @ {a}.t() + 2 * torch.eye({n}, dtype=torch.float64)")
    b = [g.tensor("b", (n,), dtype, True)] if name.endswith("solve") else []
    g.line(f"y = {g.call(name, 'a', *b)}")
    g.line("print(y.shape)")
    g.line("for row in y.reshape(-1).tolist():\n    print(f'{row:.6f}')")


# --- samples ---


@operation("samples", weight=8)
def samples(g):
    name = g.next_of(["torch.cov", "torch.corrcoef", "torch.diff", "torch.quantile", "torch.trapz",
                      "torch.trapezoid", "torch.cumulative_trapezoid", "torch.dist", "torch.cdist",
                      "Tensor.cov", "Tensor.corrcoef", "Tensor.diff", "Tensor.quantile",
                      "Tensor.dist", *both("msort")])
    dtype = g.dtype(True)
    a = g.tensor("a", (g.r.randint(2, 4), g.r.randint(2, 6)), dtype, g.chance(0.5))
    more = []
    if name.endswith("quantile"):
        more = [g.among(["0.5", "0.25", "torch.tensor([0.1, 0.9], dtype=a.dtype)"])]
    if name.endswith("dist"):
        more = ["torch.flip(a.detach(), [0])"]
    if name.endswith(".dist"):
        more += g.among([[], ["1"], ["p=3"], ["float('inf')"]])
    g.line(f"y = {g.call(name, a, *more)}")
    g.show("y")
    if not name.endswith(("quantile", "cdist")):
        differentiate(g, "y")


@operation("counts", weight=6)
def counts(g):
    name = g.next_of(both("bincount", "histc", "unique", "unique_consecutive"))
    kind = name.split(".")[-1]
    a = g.tensor("a", (g.r.randint(1, 9),), "float32" if kind == "histc" else "int64")
    if kind == "bincount":
        g.line("a = a.abs()")
    more = {"bincount": ("minlength=4",), "histc": ("bins=4", "min=-2", "max=2"),
            "unique": ("return_counts=True",), "unique_consecutive": ("return_inverse=True",)}[kind]
    g.line(f"y = {g.call(name, a, *more)}")
    g.line("for part in (y if isinstance(y, tuple) else (y,)):\n    print(part)")


@operation("places in what is sorted", weight=2)
def places(g):
    a, b = g.tensor("a", (6,), "float32"), g.tensor("b", (2, 3), "float32")
    right = g.among(["", ", right=True"])
    if g.next_of(["torch.searchsorted", "torch.bucketize"]) == "torch.searchsorted":
        g.line(f"y = {g.spell('torch.searchsorted')}({a}.sort()[0], {b}{right})")
    else:
        g.line(f"y = {g.spell('torch.bucketize')}({b}, {a}.sort()[0]{right})")
    g.show("y")


@operation("distributions", weight=4)
def distributions(g):
    g.line(f"torch.manual_seed({g.r.randint(0, 99)})")
    loc, scale = g.tensor("loc", (4,), "float32", True), g.tensor("s", (4,), "float32")
    name = g.next_of(["Normal", "Bernoulli", "Categorical", "kl_divergence"])
    spelled = g.spell("torch.distributions." + name)
    if name == "kl_divergence":
        normal = g.spell("torch.distributions.Normal")
        g.line(f"p = {normal}({loc}, {scale}.abs() + 0.1)\nq = {normal}(0.0, 1.0)")
        g.line(f"y = {spelled}(p, q)")
    else:
        given = f"{loc}, {scale}.abs() + 0.1" if name == "Normal" else f"logits={loc}"
        g.line(f"p = {spelled}({given})\nx = p.sample()")
        g.show("x")
        g.line("y = p.log_prob(x) + p.entropy()")
    g.show("y")
    differentiate(g, "y")


# --- questions ---


@operation("limits of types", weight=2)
def limits(g):
    if g.next_of(["torch.finfo", "torch.iinfo"]) == "torch.finfo":
        dtype, of, names = g.dtype(True), "torch.finfo", ["eps", "max", "min", "tiny", "bits"]
    else:
        dtype, of, names = g.among(["int64", *NARROW]), "torch.iinfo", ["max", "min", "bits"]
    g.line(f"print({g.spell(of)}(torch.{dtype}).{g.among(names)})")


@operation("types that numbers have together", weight=3)
def types_together(g):
    name = g.next_of(["torch.promote_types", "torch.result_type", "torch.can_cast",
                      *both("is_signed")])
    dtypes = [f"torch.{d}" for d in ("float32", "float64", "int64", "bool", *NARROW)]
    if name == "torch.result_type":
        operands = [f"torch.ones({g.among(['2', '()'])}, dtype={d})" for d in dtypes] + ["2", "2.5"]
        g.line(f"print({g.spell(name)}({g.among(operands)}, {g.among(operands)}))")
    elif name.endswith("is_signed"):
        g.line(f"a = torch.ones(2, dtype={g.among(dtypes)})\nprint({g.call(name, 'a')}, "
               "a.dtype.is_signed, a.dtype.is_floating_point)")
    else:
        g.line(f"print({g.spell(name)}({g.among(dtypes)}, {g.among(dtypes)}))")


@operation("numbers in front", weight=14)
def numbers_in_front(g):
    name = g.next_of(["torch." + n for n in (
        "add", "sub", "subtract", "mul", "multiply", "div", "divide", "true_divide", "pow",
        "remainder", "floor_divide", "bitwise_and", "bitwise_or", "bitwise_xor")])
    bits, rest = "bitwise" in name, name.split(".")[1] in ("remainder", "floor_divide")
    dtype = g.among(["int64", *NARROW]) if bits else g.dtype(floating=g.chance(0.6))
    a = g.tensor("a", g.shape(), "int32" if dtype == "bool" else dtype, not rest and g.chance(0.6),
                 positive=True)
    number = g.among(["2", "5", "-1", "3"] if bits else ["2", "2.5", "-1", "0.1", "7"])
    g.line(f"y = {g.spell(name)}({number}, {a if not rest else 'a + 1'})")
    g.show("y")
    differentiate(g, "y")


@operation("questions of tensors", weight=3)
def questions_of_tensors(g):
    a = g.tensor("a", g.shape(2, 3, empty=False), g.dtype())
    name = g.next_of(["Tensor.is_contiguous", "Tensor.stride", "Tensor.element_size",
                      *both("is_floating_point", "is_complex", "is_inference"),
                      "torch.get_default_dtype", "torch.empty_like", "Tensor.storage_offset", "Tensor.data_ptr",
                      "torch.typename", "torch.preserve_format",
                      "torch.optim.optimizer.required"])
    if name == "torch.get_default_dtype":
        g.line(f"print({g.spell(name)}())")
    elif name == "torch.empty_like":
        g.line(f"y = {g.call(name, a)}\ny.zero_()")
        g.show("y")
    elif name == "torch.preserve_format":
        g.line(f"y = torch.zeros_like({a}, memory_format={g.spell(name)})\nprint({name})")
        g.show("y")
    elif name == "torch.optim.optimizer.required":
        g.spell(name)
        g.line("from torch.optim.optimizer import required\nprint(required)")
    elif name == "Tensor.data_ptr":
        g.line(f"print({g.call(name, a)} == {a}.{g.among(['t()', 'clone()', 'detach()'])}.data_ptr())")
    else:
        g.line(f"print({g.call(name, a)})")
