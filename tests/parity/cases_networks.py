"""Cases: constructors, random numbers, layers, losses, optimizers, modes, hand-written networks."""

from cases import count, nested, operation
from cases_tensors import both, differentiate

# --- tensors from sizes and numbers ---


def sizes(g, shape):
    if not shape:
        return "()"
    listed = ", ".join(map(str, shape))
    return g.among([listed, f"({listed},)", f"[{listed}]"])


def options(g, floating=False):
    return g.among([""] * 5 + [f", dtype=torch.{g.dtype(floating)}", ", requires_grad=True",
                               ", device='cpu'"])


TYPES = {"FloatTensor": "float32", "DoubleTensor": "float64", "LongTensor": "int64",
         "BoolTensor": "bool", "IntTensor": "int32", "ShortTensor": "int16", "CharTensor": "int8",
         "ByteTensor": "uint8"}


@operation("constructor", weight=7)
def constructor(g):
    path = g.next_of(["torch." + name for name in (
        "tensor", "Tensor", *TYPES, "zeros", "ones", "full", "eye", "arange",
        "zeros_like", "ones_like", "full_like", "linspace", "empty", "Size")])
    name, call = path.split(".")[1], g.spell(path)
    shape = g.shape(most=3)
    if g.chance(0.1):
        g.line(f"{g.spell('torch.set_default_dtype')}({g.spell('torch.float64')})")
    if name == "Size":
        g.line(f"print({call}({list(shape)}), torch.zeros({shape}).shape == {call}({list(shape)}))")
    elif name == "empty":
        g.line(f"with torch.no_grad():\n    a = {call}({sizes(g, shape)}).fill_({g.number()})")
        g.show("a")
    elif name == "linspace":
        g.show(f"{call}({g.number()}, {g.number()}, {g.size()}{options(g, True)})")
    elif name in ("tensor", "Tensor", *TYPES):
        shape = g.shape(1 if name != "tensor" else 0, 3, empty=False, limit=40)
        dtype = TYPES.get(name) or g.dtype()
        numbers = iter([g.element(dtype, False, 0.02) for _ in range(count(shape))])
        given = nested(numbers, shape)
        g.show(f"{call}({given}{options(g) if name == 'tensor' else ''})")
    elif name in ("zeros", "ones"):
        g.show(f"{call}({sizes(g, shape)}{options(g)})")
    elif name == "full":
        g.show(f"{call}({shape}, {g.number()}{options(g)})")
    elif name == "eye":
        g.show(f"{call}({g.size()}{g.among(['', f', {g.size()}'])}{options(g)})")
    elif name == "arange":
        bounds = g.among([f"{g.size()}", f"{g.size()}.", f"1, {g.size() + 1}", "0, 1, 0.1",
                          f"0.0, {g.size()}", "5, 0, -1", "-1, 1, 0.25", f"0, {g.size()}, 2",
                          "1.5, 40.2, 0.7", "3, 1", "0, 2.5, 1 / 3"])
        g.show(f"{call}({bounds}{options(g)})")
    else:
        g.tensor("a", shape, g.dtype())
        value = f", {g.number()}" if name == "full_like" else ""
        g.show(f"{call}(a{value}{options(g)})")


# --- random numbers ---

def generator(g):
    """The last argument of what draws: none, or a generator of its own."""
    if g.chance(0.7):
        return ""
    return f", generator=torch.Generator().manual_seed({g.r.getrandbits(16)})"


@operation("patterned")
def patterned(g):
    path = g.next_of(["torch.as_tensor"] + ["Tensor." + name for name in (
        "new_zeros", "new_ones", "new_full", "new_empty", "new_tensor", "view_as", "reshape_as",
        "type_as", "ndimension")])
    name, shape = path.split(".")[1], g.shape(1, 3, empty=False, limit=40)
    a = g.tensor("a", shape, g.dtype(), g.chance(0.4))
    numbers = [g.number() for _ in range(3)]
    given = {
        "as_tensor": f"[{', '.join(map(str, numbers))}]{options(g).replace(', requires_grad=True', '')}",
        "new_zeros": f"{shape}{options(g, True)}", "new_ones": f"{shape}{options(g, True)}",
        "new_full": f"{shape}, {g.r.randint(0, 3)}", "new_empty": f"{shape}",
        "new_tensor": f"[{', '.join(str(g.r.randint(-5, 5)) for _ in range(3))}]",
        "view_as": f"torch.zeros({count(shape)})", "reshape_as": f"torch.zeros(({count(shape)}, 1))",
        "type_as": f"torch.zeros(1, dtype=torch.{g.dtype(True)})", "ndimension": ""}[name]
    if name == "as_tensor":
        g.show(f"{g.spell(path)}({given})")
    elif name == "ndimension":
        g.line(f"print({g.call(path, a)})")
    elif name == "new_empty":
        g.line(f"b = {g.call(path, a, given)}.fill_(1)")
        g.show("b")
    else:
        g.show(g.call(path, a, given))


@operation("random", weight=6)
def randoms(g):
    path = g.next_of(["torch." + name for name in (
        "rand", "randn", "rand_like", "randn_like", "randint", "randperm", "bernoulli",
        "multinomial", "normal", "randint_like")] +
        ["Tensor.normal_", "Tensor.uniform_", "Tensor.bernoulli_", "Tensor.random_",
         "Tensor.exponential_", "Tensor.bernoulli", "Tensor.multinomial", "Tensor.geometric_",
         "Tensor.cauchy_", "Tensor.log_normal_"])
    name, call = path.split(".")[1], g.spell(path)
    if g.chance(0.5):
        g.line(f"{g.spell('torch.manual_seed')}({g.r.getrandbits(16)})")
    for _ in range(g.r.randint(1, 3)):
        shape = g.shape(limit=300)
        if name in ("rand", "randn"):
            g.show(f"{call}({sizes(g, shape)}{options(g, True)}{generator(g)})")
        elif name in ("rand_like", "randn_like"):
            g.tensor("a", shape, g.dtype(True))
            g.show(f"{call}(a)")
        elif name == "randint":
            bounds = g.among(["10", "2, 5", "-3, 4", "0, 2", "high=7"])
            g.show(f"{call}({bounds}, {shape}{generator(g)})" if "=" not in bounds else
                   f"{call}(0, 7, size={shape}, dtype=torch.{g.among(['int64', 'float32'])})")
        elif name == "randint_like":
            g.tensor("a", shape, g.dtype())
            g.show(f"{call}(a, {g.among(['10', '-2, 5'])})")
        elif name == "multinomial":
            g.tensor("a", g.among([(3,), (9,), (2, 5)]), g.dtype(True), positive=True)
            count = g.among(["1", "2", "3"]) + g.among(["", ", replacement=True", ", True"])
            g.show(g.call(path, "(a + 0.1)", count + generator(g)))
        elif name == "normal":
            g.tensor("a", shape, g.dtype(True), positive=True)
            g.show(f"{call}({g.among(['a, a', 'a, 0.5', '1.5, a', f'0.5, 2.0, {shape}'])}{generator(g)})")
        elif name == "randperm":
            dtype = g.among(["", "", ", dtype=torch.int32", ", dtype=torch.float64"])
            g.show(f"{call}({g.size()}{dtype}{generator(g)})")
        elif name == "bernoulli":
            g.tensor("a", shape, g.dtype(True), positive=True)
            g.show(g.call(path, "(a / 3.5)", *[generator(g)[2:]]))
        else:
            g.tensor("a", shape, "float32" if name == "cauchy_" else g.dtype(True))
            arguments = {"geometric_": ["0.3", "p=0.9"], "cauchy_": ["", "1.5, 0.5"],
                         "log_normal_": ["", "0.5, 0.25"], "normal_": ["", "0, 0.1", "1.5, 2", "mean=0.0, std=0.02"],
                         "uniform_": ["", "-1, 1", "-0.577, 0.577"],
                         "random_": ["", "7", "-3, 9"], "exponential_": ["", "0.5"],
                         "bernoulli_": ["", "0.3", "0.9"]}[name]
            g.show(f"a{call}({g.among(arguments)})")


@operation("states of generators", weight=2)
def states(g):
    """Numbers drawn again after a state was put back, by the default generator and one of its own."""
    path = g.next_of(["torch.Generator", "torch.random.manual_seed", "torch.initial_seed",
                      "torch.get_rng_state", "torch.set_rng_state", "torch.default_generator"])
    call, seed = g.spell(path), g.among([0, 1, 42, -5, g.r.getrandbits(50)])
    if path.endswith("rator"):
        g.line(f"g = {call}{'()' if path == 'torch.Generator' else ''}")
        g.line(f"g.manual_seed({seed})\nstate = g.get_state()\nprint(g.initial_seed())")
        drawn, back = "torch.randn(3, 7, generator=g)", "g.set_state(state)"
    else:
        g.line(f"{g.spell('torch.random.manual_seed')}({seed})\nprint({g.spell('torch.initial_seed')}())")
        drawn, back = f"torch.rand{g.among(['', 'n'])}({g.size()}, 3)", "torch.set_rng_state(state)"
        g.line(f"torch.rand({g.size()})\nstate = {g.spell('torch.get_rng_state')}()")
        g.spell("torch.set_rng_state")
    g.show(drawn)
    g.line(back)
    g.show(drawn)


@operation("init", weight=4)
def init(g):
    name = g.next_of(["uniform_", "normal_", "constant_", "ones_", "zeros_", "eye_", "xavier_uniform_",
                      "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "calculate_gain",
                      "trunc_normal_", "orthogonal_", "_calculate_fan_in_and_fan_out", "uniform",
                      "normal", "constant", "xavier_uniform", "xavier_normal", "kaiming_uniform",
                      "kaiming_normal"])
    call = g.spell("torch.nn.init." + name)
    if name == "calculate_gain":
        kind = g.among(["'relu'", "'tanh'", "'sigmoid'", "'linear'", "'leaky_relu'",
                        "'leaky_relu', 0.2", "'selu'"])
        g.line(f"print({call}({kind}))")
        return
    shape = g.shape(2 if g.chance(0.95) else 0, 3, empty=False)
    g.line(f"w = nn.Parameter(torch.zeros({shape}, dtype=torch.{g.dtype(True)}))")
    arguments = {
        "uniform_": ["", ", -0.1, 0.1", ", a=-1, b=2"],
        "normal_": ["", ", 0, 0.01", ", mean=1.0, std=0.2"],
        "constant_": [", 0.1", ", 3"],
        "ones_": [""], "zeros_": [""], "eye_": [""],
        "xavier_uniform_": ["", ", gain=2", ", gain=nn.init.calculate_gain('relu')"],
        "xavier_normal_": ["", ", gain=0.5"],
        "kaiming_uniform_": ["", ", nonlinearity='relu'", ", a=0.1", ", mode='fan_out'",
                             ", a=math.sqrt(5)"],
        "kaiming_normal_": ["", ", mode='fan_out', nonlinearity='relu'", ", nonlinearity='tanh'"],
        "trunc_normal_": ["", ", std=0.02", ", 0.5, 2, -1, 1", ", mean=1.0, a=0.0"],
        "orthogonal_": ["", ", gain=2", ", nn.init.calculate_gain('relu')"],
        "_calculate_fan_in_and_fan_out": [""],
    }[name if name.endswith("_") or name[0] == "_" else name + "_"]
    g.line(f"r = {call}(w{g.among(arguments)})")
    if name[0] == "_":
        g.line("print(r)")
    if name == "orthogonal_":  # LAPACK's roundings
        g.line("print([f'{x:.4f}' for x in w.flatten().tolist()])")
    else:
        g.show("w")


# --- layers ---

def layer_sizes(g):
    """batch, in, out"""
    return [g.among([1, 2, 3, 4, 5, 7, 8, 10, 20]) for _ in range(3)]


@operation("linear", weight=3)
def linear(g):
    b, i, o = layer_sizes(g)
    shape = g.among([(b, i), (b, i), (i,), (1, b, i)])
    x = g.tensor("x", shape, grad=True)
    has_bias = g.chance(0.8)
    path = g.next_of(["torch.nn.Linear", "torch.nn.LazyLinear", "torch.nn.functional.linear"])
    if path != "torch.nn.functional.linear":
        sizes = f"{i}, {o}" if path == "torch.nn.Linear" else f"{o}"
        g.line(f"layer = {g.spell(path)}({sizes}{'' if has_bias else ', bias=False'})")
        g.line("y = layer(x)\nw, c = layer.weight, layer.bias")
    else:
        g.tensor("w", (o, i), grad=True)
        if has_bias:
            g.tensor("c", (o,), grad=True)
        g.line(f"y = {g.call('torch.nn.functional.linear', 'x', 'w', *['c'] * has_bias)}")
    g.show("y")
    g.show("w")
    g.backward("y", "x", "w", *["c"] * has_bias)


@operation("softmax, log_softmax", weight=5)
def softmax(g):
    shape = g.shape()
    path = g.next_of(both("softmax", "log_softmax") +
                     ["torch.nn.Softmax", "torch.nn.LogSoftmax", "torch.nn.functional.softmax",
                      "torch.nn.functional.log_softmax", "torch.special.softmax",
                      "torch.special.log_softmax"])
    g.tensor("a", shape, g.dtype(True), True, special=0.01)
    cast = [] if path[9].isupper() else g.among([[], [], ["dtype=torch.float64"], ["dtype=torch.float32"]])
    g.line(f"y = {g.call(path, 'a', g.among(['dim=', '']) + str(g.dim(len(shape))), *cast)}")
    g.show("y")
    g.backward("y", "a")


@operation("dropout", weight=3)
def dropout(g):
    path = g.next_of(["torch.nn.Dropout", "torch.nn.functional.dropout", "torch.dropout"])
    g.tensor("a", g.shape(), g.dtype(True), True)
    p = g.among(["0.5", "0.1", "0.9", "0.25", "0", "1", "p=0.3"])
    arguments = {"Dropout": (p,), "functional": (p,) + g.among([(), ("training=False",),
                                                               ("training=True",)]),
                 "dropout": (p.replace("p=", ""), g.among(["True", "False"]))}
    part = "Dropout" if "Dropout" in path else "functional" if "functional" in path else "dropout"
    g.line(f"y = {g.call(path, 'a', *arguments[part])}")
    g.show("y")
    g.backward("y", "a")


# --- losses ---

@operation("cross_entropy, nll_loss", weight=6)
def class_loss(g):
    path = g.next_of(["torch.nn.CrossEntropyLoss", "torch.nn.functional.cross_entropy",
                      "torch.nn.NLLLoss", "torch.nn.functional.nll_loss"])
    classes, batch = g.among([1, 2, 3, 4, 7, 10, 17]), g.among([1, 2, 3, 5, 8, 16, 33])
    shape = g.among([(batch, classes)] * 4 + [(classes,), (batch, classes, 2)])
    positions = (batch,) + shape[2:] if len(shape) > 1 else ()
    is_entropy = "ross" in path
    g.tensor("a", shape, g.dtype(True), True)
    g.line(f"x = a if {is_entropy} else F.log_softmax(a, dim={0 if len(shape) == 1 else 1})")
    g.line(f"t = torch.randint({classes}, {positions})")
    given = []
    if g.chance(0.3):
        g.line(f"weight = torch.rand({classes}, dtype=a.dtype)")
        given.append("weight=weight")
    if g.chance(0.25):
        given.append(f"ignore_index={g.r.randrange(classes)}")
    if g.chance(0.4):
        given.append(f"reduction='{g.among(['sum', 'none', 'mean'])}'")
    if is_entropy and g.chance(0.3):
        given.append(f"label_smoothing={g.among(['0.1', '0.25', '0.0'])}")
    if is_entropy and g.chance(0.2) and not any("ignore" in o for o in given):
        g.line("t = F.softmax(torch.randn(a.shape, dtype=a.dtype), "
               f"dim={0 if len(shape) == 1 else 1})")
    rest, call = ", ".join(given), g.spell(path)
    g.line(f"y = {call}({rest})(x, t)" if path[9].isupper() else
           f"y = {call}(x, t{', ' if rest else ''}{rest})")
    g.show("y")
    g.backward("y", "a")


@operation("mse_loss, l1_loss", weight=4)
def mse(g):
    path = g.next_of(["torch.nn.MSELoss", "torch.nn.functional.mse_loss",
                      "torch.nn.L1Loss", "torch.nn.functional.l1_loss"])
    shape, dtype = g.shape(), g.dtype(True)
    g.tensor("a", shape, dtype, True)
    g.tensor("b", shape, dtype, g.chance(0.4))
    given = g.among([[]] * 3 + [["reduction='sum'"], ["reduction='none'"], ["reduction='mean'"]])
    call, rest = g.spell(path), ", ".join(given)
    g.line(f"y = {call}({rest})(a, b)" if path[9].isupper() else
           f"y = {call}(a, b{', ' if rest else ''}{rest})")
    g.show("y")
    g.backward("y", "a")


@operation("huber_loss, smooth_l1_loss", weight=6)
def huber(g):
    path = g.next_of(["torch.nn.HuberLoss", "torch.nn.functional.huber_loss",
                      "torch.nn.SmoothL1Loss", "torch.nn.functional.smooth_l1_loss"])
    shape, dtype = g.shape(), g.dtype(True)
    g.tensor("a", shape, dtype, True)
    g.tensor("b", shape, dtype, g.chance(0.4))
    is_huber = "uber" in path
    end = g.among(["1", "0.5", "0.1", "0.7", "2.5", "True", "0", "-1.0"])
    reduction = g.among(["'sum'", "'none'", "'mean'"])
    given = g.among([[], [f"reduction={reduction}"], [f"{'delta' if is_huber else 'beta'}={end}"],
                     ([] if is_huber else ["None", "None"]) + [reduction, end]])
    call, rest = g.spell(path), ", ".join(given)
    g.line(f"y = {call}({rest})(a, b)" if path[9].isupper() else
           f"y = {call}(a, b{', ' if rest else ''}{rest})")
    g.show("y")
    g.backward("y", "a")


@operation("kl_div, xlogy", weight=3)
def kl_div(g):
    path = g.next_of(["torch.nn.KLDivLoss", "torch.nn.functional.kl_div", "torch.xlogy",
                      "Tensor.xlogy", "torch.special.xlogy"])
    if "xlogy" in path:
        a_shape, b_shape = g.pair()
        a = g.tensor("a", a_shape, g.dtype(True), g.chance(0.6), special=0.05)
        b = g.tensor("b", b_shape, g.dtype(True), g.chance(0.6), positive=g.chance(0.7))
        g.line(f"y = {g.call(path, a, b)}")
        g.show("y")
        differentiate(g, "y")
        return
    shape, dtype = g.shape(), g.dtype(True)
    log_target = g.among(["False", "True"])
    g.tensor("a", shape, dtype, True)
    g.tensor("b", shape, dtype, g.chance(0.4), positive=log_target == "False")
    reduction = g.among(["'sum'", "'none'", "'mean'", "'batchmean'"])
    given = g.among([[f"reduction={reduction}", f"log_target={log_target}"],
                     ["None", "None", reduction, log_target]])
    call, rest = g.spell(path), ", ".join(given)
    g.line(f"y = {call}({rest})(a, b)" if path[9].isupper() else f"y = {call}(a, b, {rest})")
    g.show("y")
    g.backward("y", "a")


# --- modules and optimizers ---

@operation("modules", weight=3)
def modules(g):
    for path in ("torch.nn.Sequential", "torch.nn.Module", "Module.__init__", "torch.nn.Parameter"):
        g.spell(path)
    method = g.next_of(["parameters", "named_parameters", "children", "named_children", "modules",
                        "named_modules", "state_dict", "apply", "train", "eval", "zero_grad",
                        "extra_repr", "_get_name"])
    g.spell("Module." + method)
    _, i, h = layer_sizes(g)
    g.line(f"""class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear({i}, {h}), nn.{g.among(['ReLU', 'Tanh', 'Sigmoid'])}(),
                                  nn.Dropout(0.4), nn.Linear({h}, 2))
        self.scale = nn.Parameter(torch.ones(2))

    def forward(self, x):
        return self.body(x) * self.scale


def reset(m):
    if {g.among(['type(m) == nn.Linear', 'isinstance(m, nn.Linear)'])}:
        nn.init.{g.among(['xavier_uniform_', 'kaiming_normal_', 'normal_'])}(m.weight)
        {g.among(['m.bias.data.fill_(0.01)', 'nn.init.zeros_(m.bias)'])}


net = Net()
x = torch.randn(3, {i})""")
    loops = {"parameters": "for p in net.parameters():\n    show('modules', p)",
             "named_parameters": "for name, p in net.named_parameters():\n    show(name, p)",
             "children": "for m in net.children():\n    print(m)",
             "named_children": "for name, m in net.named_children():\n    print(name, m)",
             "modules": "for m in net.modules():\n    print(m)",
             "named_modules": "for name, m in net.named_modules():\n    print(name, m)",
             "state_dict": f"for name, p in net.state_dict({g.among(['', 'prefix=' + repr('net.')])}).items():\n"
                           "    show(name, p)",
             "_get_name": "print(net._get_name(), net.body._get_name())",
             "apply": "net.apply(reset)", "train": "net.train(False)", "eval": "net.eval()",
             "zero_grad": "net(x).sum().backward()\nnet.zero_grad()",
             "extra_repr": "net.body[0].reset_parameters()\nprint(net.body[0].extra_repr())"}
    g.line(loops[method])
    g.line("y = net(x)\nshow('modules', y)\ny.mean().backward()")
    g.line("for p in net.parameters():\n    show('modules', p.grad)")


@operation("SGD", weight=3)
def sgd(g):
    for path in ("torch.optim.SGD", "torch.optim.Optimizer", "Optimizer.step", "Optimizer.zero_grad"):
        g.spell(path)
    b, i, o = layer_sizes(g)
    given = g.among(["lr=0.1", "0.01", "lr=0.05, momentum=0.9", "lr=0.1, weight_decay=0.01",
                     "lr=0.1, momentum=0.8, nesterov=True", "lr=0.2, momentum=0.9, dampening=0.1",
                     "lr=0.1, maximize=True", "lr=0.1, momentum=0.9, foreach=True"])
    g.line(f"""net = nn.Linear({i}, {o})
opt = optim.SGD(net.parameters(), {given})
x, t = torch.randn({b}, {i}), torch.randn({b}, {o})
for step in range(3):
    loss = F.mse_loss(net(x), t)
    opt.zero_grad({g.among(['', 'set_to_none=True'])})
    loss.backward()
    opt.step()
    print("loss", loss.item())
print(isinstance(opt, optim.Optimizer), isinstance(net, optim.Optimizer))
show("SGD", net.weight)
show("SGD", net.bias)""")


@operation("Adam", weight=3)
def adam(g):
    g.spell("torch.optim.Adam")
    b, i, o = layer_sizes(g)
    given = g.among(["", "lr=0.1", "0.01", "0.01, (0.8, 0.99)", "lr=0.05, betas=[0, 0.5]",
                     "weight_decay=0.01", "lr=0.1, amsgrad=True", "eps=1e-3, maximize=True",
                     "0.02, (0.9, 0.9), 0, 0.1, True"])
    change = g.among(["pass"] * 3 + ["group['lr'] *= 0.5", "group['betas'] = (0.5, 0.75)",
                                     "group['eps'] = 0.1", "group['weight_decay'] = 1",
                                     "group['amsgrad'] = False", "group['maximize'] = True"])
    g.line(f"""net = nn.Linear({i}, {o})
opt = optim.Adam(net.parameters(){', ' if given else ''}{given})
group = opt.param_groups[0]
x, t = torch.randn({b}, {i}), torch.randn({b}, {o})
for step in range({g.among([3, 4, 20])}):
    loss = F.mse_loss(net(x), t)
    opt.zero_grad({g.among(['', 'set_to_none=True'])})
    loss.backward()
    opt.step()
    if step == 1:
        {change}
    print("loss", loss.item())
print(opt)
show("Adam", net.weight)
show("Adam", net.bias)""")


def train_by(g, optimizer, arguments):
    """A layer `net` and some steps of an optimizer `opt`."""
    b, i, o = layer_sizes(g)
    g.line(f"""net = nn.Linear({i}, {o})
opt = {optimizer}(net.parameters(){', ' if arguments else ''}{arguments})
x, t = torch.randn({b}, {i}), torch.randn({b}, {o})
for step in range({g.among([3, 4, 20])}):
    loss = F.mse_loss(net(x), t)
    opt.zero_grad({g.among(['', 'set_to_none=True'])})
    loss.backward()
    opt.step()
    print("loss", loss.item())
print(opt)""")


@operation("AdamW, RMSprop", weight=4)
def other_optimizers(g):
    name = g.next_of(["AdamW", "RMSprop"])
    call = g.spell("torch.optim." + name)
    given = {"AdamW": ["", "lr=0.1", "0.01, (0.8, 0.99)", "weight_decay=0.5, amsgrad=True",
                       "eps=1e-3, maximize=True", "0.02, (0.9, 0.9), 1e-6, 0.1, True"],
             "RMSprop": ["", "lr=0.1", "foreach=True, differentiable=False", "0.01, 0.9", "alpha=0.5, momentum=0.9, eps=1e-3",
                         "centered=True, eps=1e-2", "0.02, 0.9, 1e-6, 0.1, 0.5, True",
                         "maximize=True, weight_decay=0.1"]}[name]
    train_by(g, call, g.among(given))
    g.line("""show("AdamW, RMSprop", net.weight)
show("AdamW, RMSprop", net.bias)""")


@operation("Optimizer", weight=3)
def groups_and_state(g):
    """An optimizer of the script beside one of PyTorch, both with groups and kept state."""
    for path in ("Optimizer.__init__", "Optimizer.add_param_group", "Optimizer.state_dict",
                 "Optimizer.load_state_dict", "torch.optim.optimizer.required",
                 "torch.preserve_format"):
        g.spell(path)
    base = g.among(["optim.Optimizer", "Optimizer"])
    b, i, o = layer_sizes(g)
    make = g.among([f"Heavy(groups, lr={g.among(['0.1', '0.03'])})", "Heavy(groups)",
                    "optim.SGD(groups, lr=0.1, momentum=0.9)", "optim.Adam(groups)",
                    "optim.AdamW(groups, lr=0.05, amsgrad=True)",
                    "optim.RMSprop(groups, momentum=0.5, centered=True, eps=0.1)"])
    own = g.among(["", ", 'lr': 0.5", ", 'weight_decay': 0.1"])
    g.line(f"""from torch.optim.optimizer import Optimizer, required


class Heavy({base}):
    def __init__(self, params, lr={g.among(['0.02', 'required'])}, weight_decay=0.0):
        super().__init__(params, dict(lr=lr, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                d = p.grad + group["weight_decay"] * p
                state = self.state[p]
                if "v" not in state:
                    state["v"] = torch.zeros_like(p, memory_format=torch.preserve_format)
                state["v"].mul_(0.75).add_(d)
                p.sub_(group["lr"] * state["v"])


def new():
    groups = [{{"params": net[0].parameters(){own}}}, {{"params": [net[2].weight]}}]
    opt = {make}
    opt.add_param_group({{"params": net[2].bias, "lr": 0.25}})
    return opt


net = nn.Sequential(nn.Linear({i}, 3), nn.Tanh(), nn.Linear(3, {o}))
x, t = torch.randn({b}, {i}), torch.randn({b}, {o})
opt = new()
for step in range(6):
    if step == 3:
        kept = opt.state_dict()
        opt = new()
        opt.load_state_dict(kept)
        print(kept["param_groups"], list(kept["state"][0].keys()))
    opt.zero_grad()
    F.mse_loss(net(x), t).backward()
    opt.step()
    for group in opt.param_groups:
        group["lr"] *= 0.9
print(opt)
for p in net.parameters():
    show("Optimizer", p)
    for name, item in opt.state[p].items():
        if name not in ("step",):
            show("Optimizer", item)""")


@operation("less common optimizers", weight=5)
def less_common_optimizers(g):
    name = g.next_of(["Adagrad", "Adamax", "Adadelta", "RAdam", "Rprop"])
    call = g.spell("torch.optim." + name)
    given = {"Adagrad": ["", "lr=0.1", "0.1, 0.5, 0.01", "lr_decay=0.1, eps=1e-3, maximize=True",
                         "0.05, initial_accumulator_value=0.3"],
             "Adamax": ["", "lr=0.1", "foreach=True", "0.1, (0.5, 0.9), 1e-3, 0.1", "betas=(0, 0.5), maximize=True"],
             "Adadelta": ["", "lr=0.1", "0.5, 0.5, 1e-3, 0.1", "rho=0.99, eps=0.01, maximize=True"],
             "RAdam": ["", "lr=0.1", "0.1, (0.5, 0.9), 1e-3, 0.1", "betas=(0.9, 0.95)"],
             "Rprop": ["", "lr=0.1", "0.1, (0.3, 1.5), (1e-3, 0.2)", "maximize=True"]}[name]
    train_by(g, call, g.among(given))
    g.line("""for p in net.parameters():
    show("less common optimizers", p)
    for name, item in opt.state[p].items():
        if name != "step":
            show("less common optimizers", item)""")


@operation("LBFGS", weight=2)
def lbfgs(g):
    call = g.spell("torch.optim.LBFGS")
    b, i, o = layer_sizes(g)
    given = g.among(["", "lr=0.3", "line_search_fn='strong_wolfe'", "0.5, 4, history_size=2",
                     "max_iter=5, line_search_fn='strong_wolfe', history_size=3",
                     "max_eval=7, tolerance_grad=1e-2", "tolerance_change=1e-2"])
    g.line(f"""net = nn.Sequential(nn.Linear({i}, 3), nn.{g.among(['Tanh', 'Sigmoid'])}(), nn.Linear(3, {o}))
opt = {call}(net.parameters(){', ' if given else ''}{given})
x, t = torch.randn({b}, {i}), torch.randn({b}, {o})


def closure():
    opt.zero_grad({g.among(['', 'set_to_none=True'])})
    loss = F.mse_loss(net(x), t)
    loss.backward()
    return loss


for step in range(3):
    print("loss", opt.step(closure).item())
print(opt.state[net[0].weight]["func_evals"], opt.state[net[0].weight]["n_iter"])
for p in net.parameters():
    show("LBFGS", p)""")


@operation("scheduler", weight=3)
def scheduler(g):
    name = g.next_of(["StepLR", "MultiStepLR", "ExponentialLR", "LambdaLR", "MultiplicativeLR",
                      "ConstantLR", "LinearLR", "CosineAnnealingLR", "PolynomialLR", "OneCycleLR",
                      "CosineAnnealingWarmRestarts", "CyclicLR"])
    call = g.spell("torch.optim.lr_scheduler." + name)
    given = {"StepLR": ["2", "step_size=3, gamma=0.5", "1, 0.9"],
             "MultiStepLR": ["[2, 4]", "milestones=[1, 1, 3], gamma=0.3"],
             "ExponentialLR": ["0.9", "gamma=0.5"],
             "LambdaLR": ["lambda epoch: 0.95 ** epoch", "[lambda e: 1 / (e + 1)]"],
             "MultiplicativeLR": ["lambda epoch: 0.95"],
             "ConstantLR": ["", "0.5, 2", "factor=0.3, total_iters=3"],
             "LinearLR": ["", "0.5, total_iters=4", "1.0, 0.1, 3"],
             "CosineAnnealingLR": ["3", "T_max=5, eta_min=0.01"],
             "PolynomialLR": ["", "6, 2", "total_iters=20, power=0.5"],
             "OneCycleLR": ["1.5, 13", "max_lr=0.3, epochs=5, steps_per_epoch=3, pct_start=0.25",
                            "2, 20, anneal_strategy='linear', three_phase=True, div_factor=4.0",
                            "0.4, 30, cycle_momentum=False, final_div_factor=10.0"],
             "CosineAnnealingWarmRestarts": ["3", "2, 2", "T_0=4, T_mult=3, eta_min=0.02"],
             "CyclicLR": ["0.1, 0.5, 3", "0.1, 0.5, 2, 4, 'triangular2'",
                          "base_lr=0.2, max_lr=1, step_size_up=3, mode='exp_range', gamma=0.9",
                          "0.1, 1, 4, cycle_momentum=False"]}[name]
    arguments = g.among(given)
    g.line(f"""w = torch.tensor([1.5, -2.0], requires_grad=True)
opt = optim.SGD([w], lr={g.among(['0.1', '0.3', '1'])})
scheduler = {call}(opt{', ' if arguments else ''}{arguments})
for epoch in range({g.among([4, 8, 12])}):
    opt.zero_grad()
    (w * w).sum().backward()
    opt.step()
    scheduler.step()
    print(scheduler.last_epoch, scheduler.get_last_lr())
print(opt)
show("scheduler", w)""")


@operation("schedulers", weight=3)
def schedulers(g):
    """Schedules made of others, of the script, and ReduceLROnPlateau."""
    name = g.next_of(["SequentialLR", "ChainedScheduler", "ReduceLROnPlateau", "_LRScheduler"])
    call = g.spell("torch.optim.lr_scheduler." + name)
    a, b = (g.among(["StepLR(opt, 2)", "LinearLR(opt)", "ExponentialLR(opt, 0.8)", "ConstantLR(opt)",
                     "PolynomialLR(opt, 4)", "LambdaLR(opt, lambda e: 1 / (1 + e))",
                     "MultiStepLR(opt, [1, 3])", "MultiplicativeLR(opt, lambda e: 0.9)"])
            for _ in range(2))
    made = {"SequentialLR": f"{call}(opt, [L.{a}, L.{b}], [{g.among([1, 3, 5])}])",
            "ChainedScheduler": f"{call}([L.{a}, L.{b}])",
            "ReduceLROnPlateau": f"{call}(opt, " + g.among(
                ["patience=0)", "'max', 0.5, 1)", "cooldown=1, patience=0, threshold=0.5)",
                 "'min', patience=0, threshold_mode='abs', threshold=0.3, min_lr=0.01)"]),
            "_LRScheduler": "Own(opt)"}[name]
    step = "loss" if name == "ReduceLROnPlateau" else ""
    g.line(f"""import warnings
from torch.optim import lr_scheduler as L
warnings.filterwarnings("ignore")


class Own(L._LRScheduler):
    def get_lr(self):
        return [rate / (1 + self.last_epoch) for rate in self.base_lrs]


w = torch.tensor([1.5, -2.0], requires_grad=True)
opt = optim.SGD([w], lr={g.among(['0.1', '0.3', '1'])})
scheduler = {made}
for epoch in range({g.among([4, 8, 12])}):
    opt.zero_grad()
    loss = (w * w).sum()
    loss.backward()
    opt.step()
    scheduler.step({step})
    print(scheduler._last_lr)
print(opt)
show("schedulers", w)""")


@operation("clipping", weight=3)
def clipping(g):
    name = g.next_of(["clip_grad_norm_", "clip_grad_norm", "clip_grad_value_",
                      "parameters_to_vector", "vector_to_parameters"])
    module = g.among(["", "clip_grad."]) if name.startswith("clip") else ""
    call = g.spell("torch.nn.utils." + module + name)
    b, i, o = layer_sizes(g)
    norm = g.among(["1", "0.1", "max_norm=1e-3", "1e6", "torch.tensor(0.5)"]) + g.among(
        [""] * 3 + [", 2", ", 1", ", norm_type=1.0", ", float('inf')", ", 'inf'", ", 3", ", 0.5",
                    ", error_if_nonfinite=True"])
    given = {"clip_grad_norm_": norm, "clip_grad_norm": norm,
             "clip_grad_value_": g.among(["0.1", "1", "clip_value=0.01", "1e6"])}
    parameters = g.among(["net.parameters()", "list(net.parameters())",
                          "[net.weight]" if name.startswith("vector") else "net.weight",
                          "(p for p in net.parameters())"])
    g.line(f"""net = nn.Linear({i}, {o}){g.among(['', '.double()'])}
x = torch.randn({b}, {i}, dtype=net.weight.dtype)
(net(x) ** 2).sum().backward()""")
    if name.startswith("clip"):
        g.line(f"print({call}({parameters}, {given[name]}))")
    else:
        to = g.spell("torch.nn.utils.parameters_to_vector")
        g.line(f"vector = {to}({parameters}) * {g.number()}\nprint(vector)")
    if name == "vector_to_parameters":
        g.line(f"{call}(vector, {parameters})")
    g.line("""show("clipping", net.weight)
show("clipping", net.weight.grad)
print(net.bias.grad)""")


# --- modes of autograd and settings ---

@operation("modes", weight=4)
def modes(g):
    g.tensor("a", g.shape(1, 2), grad=True)
    within = ["no_grad", "enable_grad", "set_grad_enabled", "inference_mode", "detect_anomaly",
              "set_detect_anomaly"]
    path = g.next_of(["torch." + name for name in within[:4]] +
                     ["torch.autograd." + name for name in within] +
                     ["torch.is_grad_enabled", "torch.is_inference_mode_enabled",
                      "Tensor.requires_grad_", "Tensor.backward", "Tensor.zero_", "Tensor.fill_",
                      "Tensor.copy_", "Tensor.grad", "Tensor.retain_grad"])
    name, call = path.split(".")[-1], g.spell(path)
    if name in within:
        mode = g.among(["True", "False"]) if name.startswith("set") else ""
        g.line(f"with {call}({mode}):\n    y = a * 2\n    show('modes', y)")
    elif name in ("is_grad_enabled", "is_inference_mode_enabled"):
        mode = "no_grad" if name == "is_grad_enabled" else "inference_mode"
        g.line(f"print({call}())\nwith torch.{mode}():\n    print({call}())")
    elif name == "requires_grad_":
        g.line(f"b = torch.zeros(3){call}({g.among(['', 'True', 'False'])})")
        g.show("b + 1")
    elif name == "retain_grad":
        g.line(f"b = torch.exp(a)\nb{call}()\n(b * b).sum().backward()")
        g.show("b.grad")
    elif name in ("zero_", "fill_", "copy_"):
        value = {"zero_": "", "fill_": g.number(), "copy_": "torch.ones(a.shape)"}[name]
        g.line(f"with torch.no_grad():\n    a{call}({value})")
        g.show("a")
    else:
        g.line("y = (a * a).sum()")
        g.line(g.among(["y.backward(retain_graph=True)\ny.backward()", "y.backward()",
                        "y.backward(torch.tensor(2.0))"]))
        g.show("a.grad")
        g.line(g.among(["a.grad.zero_()", "a.grad = None", "a.grad.data.zero_()"]))
        g.line("print(a.grad)")


SETTINGS = ["torch.cuda.is_available()", "torch.cuda.device_count()",
            "torch.backends.mps.is_available()", "torch.backends.mps.is_built()",
            "torch.backends.cudnn.is_available()", "torch.version.cuda", "torch.dtype",
            "torch.device('cpu')", "torch.set_num_threads(1)",
            "torch.set_default_tensor_type(torch.DoubleTensor)",
            "torch.use_deterministic_algorithms(True)", "torch.cuda.manual_seed(3)",
            "torch.cuda.manual_seed_all(3)", "torch.cuda.empty_cache()",
            "torch.backends.cudnn.deterministic = True", "torch.backends.cudnn.benchmark = False",
            "torch.backends.cudnn.enabled = False", "torch.backends.cudnn.allow_tf32 = False",
            "torch.backends.cuda.matmul.allow_tf32 = True",
            "torch.set_printoptions(precision=7)"]


@operation("settings", weight=2)
def settings(g):
    text = g.next_of(SETTINGS)
    g.spell(text.split("(")[0].split(" ")[0])
    is_asked = any(word in text for word in ["is_", "dev", "dtype", "version"])
    g.line(f"print({text})" if is_asked else text)
    g.tensor("a", g.shape(1, 2))
    g.line("print(a)")
    g.show("torch.randn(3)")


@operation("constants")
def constants(g):
    constant = g.next_of(["torch.pi", "torch.e", "torch.inf", "torch.nan", "torch.__version__"])
    g.spell(constant)
    if constant.endswith("__"):
        g.spell("torch.torch_version.TorchVersion")
        g.line("print(type(torch.__version__), isinstance(torch.__version__, str))")
        g.line("print(torch.__version__, torch.__version__[:4], torch.__version__.split('.')[0])")
        g.line(f"print(torch.__version__ {g.among(['<', '<=', '>', '>=', '=='])} "
               f"{g.among(['(1, 9)', '(2, 0)'] + [repr(v) for v in '1.9 1.13 1.13.0 1.13.1 2 2.1'.split()])})")
        return
    g.line(f"print({constant}, -{constant})")
    g.tensor("a", g.shape(1, 2))
    g.show(f"a * {constant}")


# --- networks written out by hand ---

ACTIVATIONS = {
    "torch.sigmoid({z})": "{h} * (1 - {h})", "torch.tanh({z})": "1 - {h} ** 2",
    "1 / (1 + torch.exp(-{z}))": "{h} * (1 - {h})", "torch.relu({z})": "({z} > 0).float()",
    "torch.clamp({z}, min=0)": "({z} > 0).float()", "{z}.clamp(min=0)": "({z} >= 0) * 1.0",
    "F.relu({z})": "({h} > 0)", "torch.maximum({z}, torch.zeros_like({z}))": "({z} > 0).float()"}
LOSSES = {
    "((o - t) ** 2).mean()": "2 * (o - t) / o.numel()",
    "((o - t) ** 2).sum() / 2": "(o - t)",
    "(o - t).pow(2).mean()": "2.0 * (o - t) / (o.shape[0] * o.shape[1])",
    "0.5 * ((t - o) ** 2).sum()": "-(t - o)",
    "F.mse_loss(o, t)": "2 * (o - t) / t.numel()",
    "-(torch.log(torch.softmax(o, dim=1)) * q).sum(dim=1).mean()":
        "(torch.softmax(o, dim=1) - q) / o.shape[0]",
    "-torch.log((torch.exp(o) / torch.exp(o).sum(1, keepdim=True))[torch.arange(N), c]).mean()":
        "(torch.exp(o) / torch.exp(o).sum(dim=1, keepdim=True) - q) / N",
    "F.nll_loss(F.log_softmax(o, dim=1), c)": "(o.softmax(dim=1) - q) / N",
    "F.cross_entropy(o, c)": "(F.softmax(o, 1) - q) / N",
    "(torch.log(torch.exp(o).sum(1)) - o[torch.arange(N), c]).mean()":
        "(F.softmax(o, 1) - q) / N"}


def network(g):
    """x, the targets t, c (classes) and q (the same as rows of 0 and 1), W0, b0, W1, b1."""
    batch, i, h = layer_sizes(g)
    o = g.among([1, 2, 3, 5, 7])
    transposed = g.chance(0.4)
    grad = g.among([", requires_grad=True"])
    g.line(f"N = {batch}\nx = torch.randn(N, {i})\nt = torch.rand(N, {o})")
    g.line(f"c = torch.randint({o}, (N,))\nq = torch.eye({o})[c]")
    for n, (a, b) in enumerate([(i, h), (h, o)]):
        shape = (b, a) if transposed else (a, b)
        g.line(f"W{n} = torch.randn{shape}")
        if g.chance(0.3):
            g.line(f"W{n} *= {g.among(['0.1', '0.5', 'math.sqrt(2.0 / N)'])}")
        g.line(f"b{n} = torch.zeros({g.among([f'{b}', f'1, {b}'])})")
    return ".T" if transposed else "", grad


def forward(g, flip, act, indent):
    z0 = f"x @ W0{flip} + b0" if g.chance(0.7) else f"torch.matmul(x, W0{flip}) + b0"
    h = act.format(z="z0")
    return f"{indent}z0 = {z0}\n{indent}h = {h}\n{indent}o = h @ W1{flip} + b1"


@operation("network with backward()", weight=6)
def by_autograd(g):
    flip, _ = network(g)
    act, loss = g.among(list(ACTIVATIONS)), g.among(list(LOSSES))
    names = ["W0", "b0", "W1", "b1"]
    for name in names:
        g.line(f"{name}.requires_grad_()")
    lr = g.among(["0.1", "0.01", "0.5", "1e-3", "lr"])
    g.line("lr = 0.05")
    g.line("for epoch in range(3):\n" + forward(g, flip, act, "    "))
    g.line(f"    loss = {loss}\n    loss.backward()\n    print('loss', loss.item())")
    update = g.among(["no_grad", "data", "data assigned"])
    if update == "no_grad":
        g.line("    with torch.no_grad():")
    for name in names:
        g.line({"no_grad": f"        {name} -= {lr} * {name}.grad",
                "data": f"    {name}.data -= {lr} * {name}.grad.data",
                "data assigned": f"    {name}.data = {name}.data - {lr} * {name}.grad"}[update])
        indent = "        " if update == "no_grad" else "    "
        g.line(indent + g.among([f"{name}.grad.zero_()", f"{name}.grad = None",
                                 f"{name}.grad.data.zero_()"]))
    for name in names + ["h", "o"]:
        g.show(name)


@operation("network by hand", weight=6)
def by_hand(g):
    flip, _ = network(g)
    act, loss = g.among(list(ACTIVATIONS)), g.among(list(LOSSES))
    g.line("lr = 0.1\nfor epoch in range(3):\n" + forward(g, flip, act, "    "))
    g.line(f"    loss = {loss}\n    print('loss', loss.item())")
    g.line(f"    do = {LOSSES[loss]}")
    if flip:
        g.line("    dW1 = do.T @ h\n    dh = do @ W1")
    else:
        g.line("    dW1 = h.T @ do\n    dh = do @ W1.T")
    g.line(f"    db1 = do.sum({g.among(['0', 'dim=0', '0, keepdim=True'])})")
    g.line(f"    dz = dh * ({ACTIVATIONS[act].format(z='z0', h='h')})")
    g.line("    dW0 = dz.T @ x" if flip else f"    dW0 = {g.among(['x.T @ dz', 'x.t().mm(dz)'])}")
    g.line("    db0 = dz.sum(0)")
    for name in ["W0", "b0", "W1", "b1"]:
        g.line(g.among([f"    {name} = {name} - lr * d{name}", f"    {name} -= lr * d{name}"])
               if not name.startswith("b") else
               f"    {name} = {name} - lr * d{name}")
    for name in ["W0", "b0", "W1", "b1", "dW0", "db0", "dW1", "db1", "h", "o"]:
        g.show(name)
