"""Cases: tensors put together, norms, losses of probabilities, questions, containers of modules."""

from cases import operation
from cases_tensors import both, differentiate


@operation("cat, stack", weight=3)
def together(g):
    spelling = g.next_of(["torch.cat", "torch.concat", "torch.stack"])
    shape = list(g.shape(least=1, most=3, empty=False, limit=100))
    dim = g.r.randint(-len(shape), len(shape) - 1)
    names = []
    for name in "abcdef"[:g.r.randint(1, 6)]:
        own = list(shape)
        if spelling != "torch.stack":
            own[dim] = g.r.randint(1, 4)
        names.append(g.tensor(name, tuple(own), grad=g.chance(0.6)))
    items = g.among(["[{}]", "({},)"]).format(", ".join(names))
    g.line(f"y = {g.spell(spelling)}({items}, {g.among(['', 'dim='])}{dim})")
    g.show("y")
    leaves = [name for name in names if any(
        line.startswith(name + " = ") and "requires_grad" in line for line in g.lines)]
    if leaves:
        g.backward("y", *leaves)


@operation("norm", weight=3)
def norm(g):
    shape = g.shape(empty=False)
    g.tensor("a", shape, g.dtype(floating=True), g.chance(0.7), special=0.01)
    p = g.among([[], ["1"], ["2"], ["p=1"]])
    dim = [f"dim={g.dim(len(shape), 0)}"] if p and shape and g.chance(0.5) else []
    keep = ["keepdim=True"] if dim and g.chance(0.4) else []
    g.line(f"y = {g.call(g.next_of(both('norm')), 'a', *p, *dim, *keep)}")
    g.show("y")
    differentiate(g, "y")


@operation("binary losses", weight=4)
def binary(g):
    shape = g.shape(empty=False)
    spelling = g.next_of([
        "torch.nn.BCELoss", "torch.nn.functional.binary_cross_entropy",
        "torch.nn.BCEWithLogitsLoss", "torch.nn.functional.binary_cross_entropy_with_logits"])
    logits = "ogits" in spelling
    g.tensor("a", shape, "float32", grad=logits)
    if not logits:
        g.line("a = torch.sigmoid(a).requires_grad_()")
    g.tensor("t", shape, positive=True)
    g.line("t = t / 3")
    options = [] if g.chance(0.5) else [f'reduction="{g.among(["none", "mean", "sum"])}"']
    if g.chance(0.3):
        g.tensor("w", shape, positive=True)
        options.append("weight=w")
    if spelling.startswith("torch.nn.BCE"):
        g.line(f"y = {g.spell(spelling)}({', '.join(options)})(a, t)")
    else:
        g.line(f"y = {g.call(spelling, 'a', 't', *options)}")
    g.show("y")
    g.backward("y", "a")


@operation("questions", weight=4)
def questions(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), special=0.05)
    g.line("b = a.clone()" if g.chance(0.6) else "b = a + 1")
    spelling = g.next_of(both("equal", "allclose", "any", "all")
                         + ["Tensor.type", "torch.is_tensor", "torch.nn.functional.one_hot"])
    if spelling.endswith(("equal", "allclose")):
        g.line(f"print({g.call(spelling, a, 'b')})")
    elif spelling.endswith("one_hot"):
        g.line(f"k = torch.randint(0, 5, {shape or (2,)})")
        g.show(g.call(spelling, "k", "5"))
    elif spelling.endswith(("any", "all")):
        g.show(g.call(spelling, f"({a} > 0)"))
    else:
        g.line(f"print({g.call(spelling, a)})")


@operation("containers", weight=4)
def containers(g):
    i, h, o = (g.r.randint(1, 6) for _ in range(3))
    kind = g.next_of(["torch.nn.ModuleList", "torch.nn.Identity", "torch.nn.Flatten"])
    text = g.spell(kind)
    if kind.endswith("List"):
        g.line(f"layers = {text}([nn.Linear({i}, {h}), nn.Tanh(), nn.Linear({h}, {o})])")
    else:
        g.line(f"layers = nn.Sequential(nn.Linear({i}, {h}), {text}(), nn.Linear({h}, {o}))")
    g.line(f"x = torch.randn({g.r.randint(1, 3)}, {i})")
    g.line("print(layers)\nfor layer in layers:\n    x = layer(x)")
    g.show("x")
    g.line("x.sum().backward()\nfor name, p in layers.named_parameters():\n"
           "    show(name, p.grad)")


@operation("module conversions", weight=5)
def conversions(g):
    i, o = g.r.randint(1, 6), g.r.randint(1, 6)
    g.line(f"net = nn.Sequential(nn.Linear({i}, {o}), nn.Sigmoid())")
    kind = g.next_of(["Module.to", "Module.float", "Module.double", "Module.cpu",
                      "Module.requires_grad_", "Module.load_state_dict"])
    text = g.spell(kind)
    if kind.endswith("to"):
        g.line(f"net{text}({g.among(['torch.float64', 'torch.float32', repr('cpu')])})")
    elif kind.endswith("requires_grad_"):
        g.line(f"net{text}({g.among(['', 'False', 'True'])})")
    elif kind.endswith("dict"):
        g.line(f"other = nn.Sequential(nn.Linear({i}, {o}), nn.Sigmoid())")
        g.line(f"print(net{text}(other.state_dict()))")
    else:
        g.line(f"net{text}()")
    g.line(f"y = net(torch.randn(2, {i}, dtype=net[0].weight.dtype))")
    g.show("y")
    g.line("for name, p in net.named_parameters():\n    show(name, p)")
