"""Cases: norms of vectors and matrices, spreads with their means, and what comes of two results."""

from cases import operation
from cases_tensors import both, differentiate


def dims(g, ndim):
    """dim=... for some of the dimensions, or nothing."""
    if not ndim or g.chance(0.3):
        return []
    return [f"dim={g.r.randrange(ndim)}" if g.chance(0.6) else f"dim=({ndim - 1}, 0)"
            if ndim > 1 else "dim=-1"]


@operation("vector norms", weight=4)
def vector_norms(g):
    name = g.next_of(["torch.linalg.vector_norm", *both("norm")])
    shape = g.shape(empty=False, most=3)
    g.tensor("a", shape, g.dtype(True), g.chance(0.7), special=0.02)
    order = g.among(["1", "2", 'float("inf")', '-float("inf")', "0", "2.0"])
    if order == "0":
        g.line("a = a.detach()")
    options = dims(g, len(shape))
    keep = ["keepdim=True"] if options and g.chance(0.4) else []
    g.line(f"y = {g.call(name, 'a', order, *options, *keep)}")
    g.show("y")
    if order != "0":
        differentiate(g, "y")


@operation("norms of torch.linalg", weight=3)
def matrix_norms(g):
    name = g.next_of(["torch.linalg.norm", "torch.linalg.matrix_norm"])
    shape = g.shape(2, 3, empty=False)
    g.tensor("a", shape, g.dtype(True), g.chance(0.7))
    order = g.among(["1", "-1", 'float("inf")', '-float("inf")', '"fro"'])
    options = []
    if len(shape) > 2 or g.chance(0.3):
        options.append(g.among(["dim=(0, 1)", "dim=(-1, -2)", "dim=(1, 0)"]))
    if g.chance(0.4):
        options.append("keepdim=True")
    if name.endswith("g.norm") and g.chance(0.4):
        options = [g.among(["dim=0", "dim=(0, 1)", "keepdim=True"])]
        order = []
    g.line(f"y = {g.call(name, 'a', *([order] if order else []), *options)}")
    g.show("y")
    differentiate(g, "y")


@operation("std_mean, var_mean, aminmax", weight=3)
def pairs(g):
    name = g.next_of(["torch.std_mean", "torch.var_mean", *both("aminmax")])
    shape = g.shape(1, 3, empty=False)
    g.tensor("a", shape, g.dtype(True), g.chance(0.6) and not name.endswith("aminmax"))
    if name.endswith("aminmax"):
        options = [f"dim={g.r.randrange(len(shape))}"] if g.chance(0.6) else []
    else:
        options = g.among([[], ["dim=0"], ["-1"], ["dim=0", "unbiased=False"],
                           ["dim=-1", "correction=0"], ["unbiased=False"]])
    if any("dim" in o for o in options) and g.chance(0.4):
        options.append("keepdim=True")
    g.line(f"y, z = {g.call(name, 'a', *options)}")
    g.show("y")
    g.show("z")
    if "requires_grad" in "".join(g.lines):
        g.line("(2 * y + z).sum().backward()")
        g.show("a.grad")


@operation("products made of others", weight=4)
def contractions(g):
    name = g.next_of(["torch.tensordot", *both("inner", "kron"), "torch.linalg.multi_dot",
                      "torch.chain_matmul", *both("matrix_power")])
    kind, dtype = name.split(".")[-1], g.dtype(True)
    m, n, k = g.r.randint(1, 9), g.r.randint(1, 9), g.r.randint(1, 9)
    if kind == "matrix_power":
        g.tensor("a", (m, m), dtype, g.chance(0.5))
        g.line(f"y = {g.call(name, 'a', g.among([1, 2, 3, 4, 5, 7]))}")
    elif kind in ("multi_dot", "chain_matmul"):
        sizes = [m, n, k, g.r.randint(1, 9), g.r.randint(1, 9)][:g.r.randint(3, 5)]
        names = "abcd"[:len(sizes) - 1]
        for i, letter in enumerate(names):
            vector = kind == "multi_dot" and g.chance(0.3)
            shape = (sizes[i], sizes[i + 1])
            if vector and i == 0:
                shape = shape[1:]
            elif vector and i == len(names) - 1:
                shape = shape[:1]
            g.tensor(letter, shape, dtype, letter in "ab" and g.chance(0.5))
        items = ", ".join(names)
        g.line(f"y = {g.spell(name)}({'[' + items + ']' if kind == 'multi_dot' else items})")
    elif kind == "kron":
        g.tensor("a", g.shape(0, 2, False, 20), dtype, g.chance(0.5))
        g.tensor("b", g.shape(0, 2, False, 20), dtype, g.chance(0.5))
        g.line(f"y = {g.call(name, 'a', 'b')}")
    elif kind == "inner":
        g.tensor("a", g.among([(k,), (m, k), (2, m, k), ()]), dtype, g.chance(0.5))
        g.tensor("b", g.among([(k,), (n, k), (2, n, k), ()]), dtype, g.chance(0.5))
        g.line(f"y = {g.call(name, 'a', 'b')}")
    else:
        a, b, dims = g.among([((m, n), (n, k), "1"), ((2, m, n), (n, m), "([1, 2], [1, 0])"),
                              ((m, n, 2), (2, k), "([-1], [0])"), ((m,), (n,), "0"),
                              ((k, m, n), (m, n), "2"), ((m, n), (k, n), "([1], [1])"),
                              ((m, k), (n, m), "([0], [1])")])
        g.tensor("a", a, dtype, g.chance(0.5))
        g.tensor("b", b, dtype, g.chance(0.5))
        g.line(f"y = {g.call(name, 'a', 'b', g.among(['', 'dims=']) + dims)}")
    g.show("y")
    differentiate(g, "y")


@operation("parts and sizes", weight=6)
def parts(g):
    name = g.next_of([*both("tensor_split", "hsplit", "vsplit", "dsplit", "ravel", "rot90"),
                      "Tensor.unflatten", "torch.atleast_1d", "torch.atleast_2d",
                      "torch.atleast_3d", "torch.broadcast_tensors"])
    kind = name.split(".")[-1]
    least = {"rot90": 2, "vsplit": 2, "dsplit": 3}.get(kind, 1)
    shape = g.shape(least, 3, False, 100)
    a = g.tensor("a", shape, g.dtype(), g.chance(0.5))
    if g.chance(0.3):
        a = "a.transpose(0, -1)"
        shape = shape[-1:] + shape[1:-1] + shape[:1] if len(shape) > 1 else shape
    at = {"hsplit": int(len(shape) > 1), "vsplit": 0, "dsplit": 2}.get(kind, 0)
    if kind == "tensor_split":
        options = [g.among(["1", "2", "3", "(1, 2)", "[-1]", "(2, 1)"])]
        options += [f"dim={g.r.randrange(len(shape))}"] if g.chance(0.5) else []
    elif kind in ("hsplit", "vsplit", "dsplit"):
        options = [g.among([str(shape[at]), "1", "2", "(1,)", "[1, 3]"])]
    elif kind == "unflatten":
        options = ["0", g.among([f"({shape[0]}, 1)", f"(-1, {shape[0]})", "(-1, 1, 1)"])]
    elif kind == "rot90":
        options = g.among([[], ["2"], ["-1"], ["3", "[1, 0]"], ["k=1", "dims=(0, 1)"], ["4"]])
    else:
        options = ["torch.ones(2, 1, 1, 1)"] if kind == "broadcast_tensors" else []
    g.line(f"y = {g.call(name, a, *options)}")
    g.line("z = list(y) if isinstance(y, tuple) else [y]")
    g.line("for t in z:")
    g.line('    show("part", t)')
    if any("requires_grad" in line for line in g.lines):
        g.line("sum([(i + 1) * t.sum() for i, t in enumerate(z)]).backward()")
        g.show("a.grad")
