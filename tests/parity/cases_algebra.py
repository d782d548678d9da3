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
