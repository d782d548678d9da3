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
    order = g.among(["1", "2", 'float("inf")', '-float("inf")', "0", "2.0", "3", "1.5", "0.5", "-1", "7.3"])
    if order == "0":
        g.line("a = a.detach()")
    options = dims(g, len(shape))
    keep = ["keepdim=True"] if options and g.chance(0.4) else []
    keep += ["dtype=torch.float64"] if "linalg" not in name and g.chance(0.2) else []
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


@operation("kthvalue, mode, cummax, cummin", weight=4)
def chosen(g):
    name = g.next_of(both("kthvalue", "mode", "cummax", "cummin"))
    kind, shape = name.split(".")[-1], g.shape(1, 3, False)
    if g.chance(0.3):  # with many equal ones
        dtype = "int64"
    else:
        dtype = g.dtype(True)
    g.tensor("a", shape, dtype, g.chance(0.6), special=0.03 if kind != "mode" else 0)
    if dtype != "int64" and g.chance(0.3):
        g.line("a = a.detach().round().requires_grad_()")
    dim = g.r.randrange(len(shape))
    options = [f"dim={dim}"]
    if kind == "kthvalue":
        options.insert(0, str(g.r.randint(1, shape[dim])))
    if not kind.startswith("cum") and g.chance(0.4):
        options.append("keepdim=True")
    g.line(f"y, i = {g.call(name, 'a', *options)}")
    g.show("y")
    g.show("i")
    differentiate(g, "y")


@operation("elements put by their places", weight=5)
def put(g):
    name = g.next_of([*both("index_copy", "index_fill", "put", "take", "masked_scatter"),
                      "Tensor.index_copy_", "Tensor.index_fill_", "Tensor.put_",
                      "Tensor.masked_scatter_", "Tensor.index_put", "torch.index_put", "Tensor.index_put_",
                      "Tensor.fill_diagonal_"])
    kind, dtype = name.split(".")[-1].rstrip("_"), g.dtype(True)
    shape = g.shape(2, 3, False, 60)
    if kind == "fill_diagonal":
        shape = shape[:2]
    n, dim = g.r.randint(1, 5), g.r.randrange(len(shape))
    x = g.tensor("a", shape, dtype, g.chance(0.6) and kind != "fill_diagonal")
    if name.endswith("_"):
        g.line("x = a * 1")
        x = "x"
    rows = [g.r.randrange(shape[dim]) for _ in range(min(n, shape[dim]))]
    rows = list(dict.fromkeys(rows))
    size = 1
    for s in shape:
        size *= s
    if kind == "index_copy":
        b = g.tensor("b", shape[:dim] + (len(rows),) + shape[dim + 1:], dtype, g.chance(0.5))
        options = [str(dim), f"torch.tensor({rows})", b]
    elif kind == "index_fill":
        options = [str(dim), f"torch.tensor({rows})", g.among(["2", "-0.5", "torch.tensor(3.0)"])]
    elif kind in ("put", "take"):
        places = list(dict.fromkeys(g.r.randrange(size) for _ in range(n)))
        places = [p - size if g.chance(0.3) else p for p in places]
        options = [f"torch.tensor({places})"]
        if kind == "take" and g.chance(0.5):
            options = [f"torch.tensor([{places}, {places}])"]
        if kind == "put":
            options.append(g.tensor("b", (len(places),), dtype, g.chance(0.5)))
    elif kind == "masked_scatter":
        options = ["a > 0", g.tensor("b", (size,), dtype, g.chance(0.5))]
    elif kind == "index_put":
        places = [g.r.randrange(shape[0]) for _ in range(n)]
        add = g.chance(0.5)
        places = places if add else list(dict.fromkeys(places))
        b = g.tensor("b", (len(places),) + shape[1:], dtype, g.chance(0.5))
        options = [f"(torch.tensor({places}),)", b] + (["accumulate=True"] if add else [])
    else:
        number = g.among(["2", "-0.5", "1.25"])
        options = [number] + g.among([[], ["wrap=True"], ["False"]])
    g.line(f"y = {g.call(name, x, *options)}")
    g.show("y")
    differentiate(g, "y")


@operation("taken several times")
def taken_again(g):
    g.tensor("a", (3, 4), g.dtype(True), True)
    places = [g.r.randrange(-12, 12) for _ in range(20)]
    g.line(f"y = {g.call('Tensor.take', 'a', f'torch.tensor({places})')}")
    g.show("y")
    differentiate(g, "y")


@operation("assert_close")
def close(g):
    shape, dtype = g.shape(1, 3, False), g.dtype()
    g.tensor("a", shape, dtype)
    g.tensor("b", shape, dtype)
    spelling = g.spell("torch.testing.assert_close")
    options = g.among(["", ", rtol=0.5, atol=1.0", ", rtol=0, atol=0", ", rtol=0, atol=10"])
    g.line(f"try:\n    {spelling}(a, {g.among(['b', 'a', 'a + 1'])}{options})\n    print('close')")
    g.line("except AssertionError as e:\n    print(e)")


@operation("matrices taken to pieces", weight=4)
def pieces(g):
    name = g.next_of(["torch.linalg.eigh", "torch.linalg.eigvalsh", "torch.linalg.svdvals",
                      "torch.linalg.qr", "torch.linalg.pinv", "torch.pinverse",
                      "torch.linalg.lstsq", "torch.linalg.cond", "torch.linalg.matrix_rank",
                      "torch.linalg.slogdet", *both("slogdet", "logdet")])
    kind, n, more = name.split(".")[-1], g.r.randint(1, 4), []
    grad = kind not in ("eigh", "qr", "matrix_rank")
    g.tensor("m", (n + g.r.randint(0, 3), n), "float64", grad)
    g.line("a = m")
    if kind in ("eigh", "eigvalsh", "slogdet", "logdet"):
        g.line(f"a = m.t() @ m + torch.eye({n}, dtype=torch.float64)")
    if kind == "lstsq":
        g.tensor("b", (2,), "float64")
        more = ["m.detach().flip(0)[:, :1].sin()"]
    g.line(f"y = {g.call(name, 'a', *more)}")
    g.line("y = y if isinstance(y, tuple) else (y,)")
    g.line("for part in y:\n    print(part.dtype, part.shape, [f'{x:.6f}' for x in "
           "part.double().flatten().tolist()])")
    if grad and kind != "slogdet":
        g.line("y[0].sum().backward()\nprint([f'{x:.5f}' for x in m.grad.flatten().tolist()])")


@operation("pairs and places", weight=5)
def pairs_of(g):
    name = g.next_of(["torch.cartesian_prod", "torch.combinations", "torch.tril_indices",
                      "torch.triu_indices", "torch.isin", "torch.block_diag"])
    kind, dtype = name.split(".")[-1], g.dtype(True)
    if kind == "cartesian_prod":
        dtype = "float32"
    if kind in ("cartesian_prod", "block_diag"):
        for letter in "abc"[:g.r.randint(1, 3)]:
            shape = (g.r.randint(1, 4),)
            if kind == "block_diag" and g.chance(0.7):
                shape += (g.r.randint(1, 4),)
            g.tensor(letter, shape, dtype, letter in "ab" and g.chance(0.5))
        letters = [line[0] for line in g.lines[1:]]
        g.line(f"y = {g.spell(name)}({', '.join(letters)})")
    elif kind == "combinations":
        g.tensor("a", (g.r.randint(1, 5),), dtype, g.chance(0.5))
        g.line(f"y = {g.call(name, 'a', g.r.randint(1, 4), g.among(['True', 'False']))}")
    elif kind == "isin":
        g.tensor("a", g.shape(0, 2, False, 40), "int64")
        g.tensor("b", g.shape(0, 2, False, 20), "int64")
        g.line(f"y = {g.call(name, 'a', g.among(['b', '3']), g.among(['invert=True', 'invert=False']))}")
    else:
        sizes = [g.r.randint(0, 5), g.r.randint(0, 5), g.r.randint(-3, 3)]
        g.line(f"y = {g.call(name, *sizes)}")
    g.show("y")
    differentiate(g, "y")
