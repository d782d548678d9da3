"""Cases: tensors put together, norms, losses of probabilities, gradients that are asked for, questions,
containers of modules."""

from cases import operation
from cases_tensors import both, differentiate


@operation("cat, stack", weight=3)
def together(g):
    spelling = g.next_of(["torch.cat", "torch.concat", "torch.concatenate", "torch.stack"])
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
    p = g.among([[], ["1"], ["2"], ["p=1"], ["p=3"], ["None"]])
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


@operation("gradients that are asked for", weight=4)
def asked(g):
    shape = g.shape(empty=False)
    for name in "ab":
        g.tensor(name, shape, "float32", grad=True)
    path = g.next_of(["torch.autograd.grad", "torch.autograd.backward", "torch.autograd.Variable",
                      "torch.autograd.variable.Variable", "Tensor.register_hook", "torch.autograd.Function"])
    call = g.spell(path)
    if path.endswith("Variable"):
        g.line(f"a = {call}(a.detach(){g.among(['', ', True', ', requires_grad=True'])})")
    if path.endswith("Function"):
        g.line(f"""class Cut({call}):
    @staticmethod
    def forward(ctx, x, most):
        ctx.save_for_backward(x)
        ctx.most = most
        return x.clamp(max=most)

    @staticmethod
    def backward(ctx, dy):
        x, = ctx.saved_tensors
        return dy * (x < ctx.most), None


c = Cut.apply(a, {g.number()}) * b""")
    else:
        g.line(f"c = {g.among(['a * b', 'a * b.exp()', 'torch.sigmoid(a) - b ** 2', '(a - b).tanh()'])}")
    g.show("c")
    if path.endswith("grad"):
        given = g.among(["(a, b)", "[b]", "a", "inputs=(b, a)"])
        more = g.among(["", ", retain_graph=True", ", create_graph=True", ", allow_unused=True"])
        g.line(f"for d in {call}(c, {given}, grad_outputs=torch.ones_like(c){more}):\n    show('d', d)")
    elif path.endswith("backward"):
        g.line(f"{call}({g.among(['[c.sum(), (a * 3).sum()]', 'c.sum()', 'c, torch.ones_like(c)'])})")
    elif path.endswith("hook"):
        change = g.among(["dy * 2", "dy.clamp(-0.5, 0.5)", "print(dy.sum())", "None"])
        g.line(f"{g.among('ac')}{call}(lambda dy: {change})")
        g.line("c.mean().backward()")
    else:
        g.line("c.sum().backward()")
    g.line("for x in (a, b):\n    print(x.grad is None)\n    if x.grad is not None:\n"
           f"        show('{g.name}', x.grad)")


@operation("derivatives", weight=2)
def derivatives(g):
    n = g.r.randint(1, 4)
    path = g.next_of(["torch.autograd.functional.jacobian", "torch.autograd.functional.hessian",
                      "torch.autograd.functional.vjp", "torch.autograd.functional.jvp",
                      "torch.autograd.functional.hvp", "torch.autograd.functional.vhp",
                      "torch.autograd.gradcheck"])
    call, text = g.spell(path), g.among(["x * x", "x ** 3", "torch.tanh(x)", "x.exp() * a", "a @ x * x"])
    g.tensor("a", (n,), "float64")
    g.tensor("x", (n,), "float64", grad=True)
    if path.endswith("check"):
        g.line(f"print({call}(lambda x: {text}, (x,)))")
    else:
        kind = path.split(".")[-1]
        more = ".sum()" if kind in ("hessian", "hvp", "vhp") else ""
        vector = ", a" if kind.endswith("p") else ""
        part = "[1]" if vector else ""
        g.show(f"{call}(lambda x: ({text}){more}, x{vector}"
               f"{g.among(['', ', create_graph=True'])}){part}")


@operation("exceptions")
def exceptions(g):
    name = g.next_of(["torch.autograd.gradcheck.GradcheckError", "torch._C._LinAlgError",
                      "torch.linalg.LinAlgError"])
    g.spell(name)
    if name.endswith("GradcheckError"):
        g.line("x = torch.ones(1, dtype=torch.float64, requires_grad=True)")
        tried = "torch.autograd.gradcheck(lambda x: x.detach() * x, (x,))"
    else:
        tried = f"torch.linalg.inv(torch.zeros({g.r.randint(1, 3)}, {g.r.randint(1, 3)}))"
    g.line(f"try:\n    print({tried})")
    g.line("except RuntimeError as error:\n"
           "    print(type(error).__name__, isinstance(error, torch.linalg.LinAlgError))")


@operation("questions", weight=4)
def questions(g):
    shape = g.shape()
    a = g.tensor("a", shape, g.dtype(), special=0.05)
    g.line("b = a.clone()" if g.chance(0.6) else "b = a + 1")
    spelling = g.next_of(both("equal", "allclose", "any", "all")
                         + ["Tensor.type", "Tensor.numpy", "torch.is_tensor", "torch.nn.functional.one_hot"])
    if spelling.endswith(("equal", "allclose")):
        g.line(f"print({g.call(spelling, a, 'b')})")
    elif spelling.endswith("one_hot"):
        g.line(f"k = torch.randint(0, 5, {shape or (2,)})")
        g.show(g.call(spelling, "k", "5"))
    elif spelling.endswith(("any", "all")):
        g.show(g.call(spelling, f"({a} > 0)"))
    else:
        g.line(f"print({g.call(spelling, a)})")


@operation("arrays of numpy", weight=3)
def arrays(g):
    shape = tuple(g.r.randint(1, 40) for _ in range(g.r.randint(1, 2)))
    g.line(f"a = (torch.randn({shape}) * 5).to(torch.{g.among(['float32', 'float64', 'int64'])}).numpy()")
    along = g.among(["", "0", "axis=-1", "axis=0, keepdims=True"])
    names = "sum mean std var max min any all".split() + ([] if "keep" in along else ["argmax", "argmin"])
    number = g.among(["2", "0.3", "-1.5", "7", "a.max()", "a", "a.mean(0)"])
    one = f"a.{g.among(names)}({along})"
    other = g.among([f"a + {number}", f"{number} - a", f"a * {number}", f"a / ({number} + 100)", f"a > {number}",
                     f"a % ({number} * 0 + 3)", "a.round()", "a.clip(-1, 2)", "a.astype(int)", "a ** 2",
                     "a.T.sum(0)", "(a - a.mean()) / (a.std() + 1)", "a[a > 0]", "abs(a)"])
    for value in (one, other):
        g.line(f"print(({value}).tolist(), ({value}).dtype)")


@operation("containers", weight=4)
def containers(g):
    i, h, o = (g.r.randint(1, 6) for _ in range(3))
    kind = g.next_of(["torch.nn." + name for name in (
        "ModuleList", "Identity", "Flatten", "ModuleDict", "ParameterList", "ParameterDict",
        "Unflatten")])
    text = g.spell(kind)
    if "Parameter" in kind:
        g.line(f"w = [nn.Parameter(torch.randn({i}, {h})), torch.randn({h}, {o})]")
        given = "w" if kind.endswith("List") else "{'b': w[0], 'a': w[1]}"
        g.line(f"layers = {text}({given})")
        g.line(f"x = torch.randn({g.r.randint(1, 3)}, {i})\nprint(layers, len(layers), list(layers.state_dict()))")
        g.line(f"x = torch.tanh(x @ layers[{0 if kind.endswith('List') else repr('b')}])"
               f" @ layers[{1 if kind.endswith('List') else repr('a')}]")
        g.show("x")
        g.line("x.sum().backward()\nfor name, p in layers.named_parameters():\n    show(name, p.grad)")
        return
    if kind.endswith("Dict"):
        g.line(f"named = {text}({{'in': nn.Linear({i}, {h}), 'act': nn.Tanh()}})")
        g.line(f"named['out'] = nn.Linear({h}, {o})\nprint(named, list(named), 'act' in named)")
        g.line("layers = nn.Sequential(*named.values())")
    elif kind.endswith("List"):
        g.line(f"layers = {text}([nn.Linear({i}, {h}), nn.Tanh(), nn.Linear({h}, {o})])")
    elif kind.endswith("Unflatten"):
        g.line(f"layers = nn.Sequential(nn.Linear({i}, {2 * h}), {text}(1, (2, {h})), nn.Linear({h}, {o}))")
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
                      "Module.requires_grad_", "Module.load_state_dict", "Module.type"])
    text = g.spell(kind)
    if kind.endswith("type"):
        g.line(f"net{text}({g.among(['torch.float64', 'torch.float32', repr('torch.DoubleTensor')])})")
    elif kind.endswith("to"):
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


@operation("parts of modules", weight=2)
def parts_of_modules(g):
    path = g.next_of(["Module." + name for name in (
        "buffers", "named_buffers", "register_buffer", "register_parameter", "add_module",
        "register_module", "get_submodule", "get_parameter", "get_buffer",
        "register_forward_pre_hook", "register_forward_hook", "register_full_backward_hook",
        "register_backward_hook")])
    call = g.spell(path)
    name = path.split(".")[1]
    g.line("net = nn.Sequential(nn.Linear(2, 3), nn.Tanh())")
    g.line("net.register_buffer('kept', torch.tensor([0.5, -1.0]))")
    given = {
        "register_buffer": "'more', torch.ones(2)", "register_parameter":
        "'scale', nn.Parameter(torch.ones(2))", "add_module": "'last', nn.Linear(3, 1)",
        "register_module": "'last', nn.ReLU()", "get_submodule": "'0'",
        "get_parameter": "'0.bias'", "get_buffer": "'kept'",
        "register_forward_pre_hook": "lambda m, given: print(given[0].shape)",
        "register_forward_hook": "lambda m, given, out: out * 2",
        "register_full_backward_hook": "lambda m, given, out: print(out[0].shape)",
        "register_backward_hook": "lambda m, given, out: print(out[0].shape)"}.get(name, "")
    g.line(f"got = net{call}({given})")
    if name.startswith("get_"):
        g.line("print(tuple(got.shape) if isinstance(got, torch.Tensor) else got)")
    elif name.endswith("buffers"):
        shown = "b.shape for b in got" if name == "buffers" else "n for n, _ in got"
        g.line(f"print([{shown}])")
    elif name.endswith("hook"):
        g.line(f"print(type(got) is {g.spell('torch.utils.hooks.RemovableHandle')})")
        g.line("x = torch.ones(2, 2, requires_grad=True)")
        g.line("net(x).sum().backward()")
        g.show("x.grad")
    else:
        g.line("print(list(net.state_dict()), net)")
