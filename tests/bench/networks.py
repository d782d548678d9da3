"""Random small networks, and the PyTorch script of one or two training steps of each."""

from dataclasses import dataclass, field

HEAD = """import torch
from torch import nn, optim

"""

CLASS = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
{modules}

    def forward(self, x):
{calls}
        return {results}


net = Net()
{parameters}
optimizer = optim.SGD(net.parameters(), {sgd})
loss = nn.{loss}

torch.manual_seed({seed})
x = torch.tensor({x}{requires_grad})
y = torch.tensor({y})
{training}"""

TRAINING = """\
{results} = net(x)
l = loss(o, y)

optimizer.zero_grad()
l.backward()
optimizer.step()
"""


@dataclass
class Module:
    """A module of the network and where it is called: result = self.attribute(argument)."""
    attribute: str
    kind: str
    options: dict
    argument: str
    result: str

    def constructor(self):
        if self.kind == "Linear":
            return f"nn.Linear({self.options['features']}, {self.options['outputs']})"
        return f"nn.{self.kind}({written_options(self.options)})"


@dataclass
class Network:
    float64: bool
    seed: int                   # decides the masks
    modules: list
    loss: str                   # CrossEntropyLoss, BCEWithLogitsLoss or MSELoss
    reduction: str              # mean or sum
    lr: float
    x_requires_grad: bool
    label_smoothing: float = 0
    momentum: float = 0
    nesterov: bool = False
    weight_decay: float = 0
    steps: int = 1
    numbers: dict = field(default_factory=dict)  # name: nested lists of numbers as written

    def linears(self):
        return [module for module in self.modules if module.kind == "Linear"]

    def parameters(self):
        return [name for linear in self.linears() for name in parameters_of(linear)]

    def before(self, module):
        """The values, of the same shape, that the module's argument was made of."""
        source = next((m for m in self.modules if m.result == module.argument), None)
        if not source or source.kind == "Linear":
            return []
        return [source.argument] + self.before(source)

    @property
    def looks_at_prediction(self):
        return self.modules[-1].result == "y_pred"

    @property
    def decay(self):
        return {"weight_decay": self.weight_decay} if self.weight_decay else {}

    def loss_options(self):
        options = {"reduction": "'sum'"} if self.reduction == "sum" else {}
        return options | ({"label_smoothing": self.label_smoothing} if self.label_smoothing else {})

    def sgd_options(self):
        momentum = {"momentum": self.momentum} if self.momentum else {}
        return {"lr": self.lr} | momentum | self.decay | ({"nesterov": True} if self.nesterov else {})

    def training(self):
        text = TRAINING.format(results=", ".join(m.result for m in self.modules))
        return text if self.steps == 1 else f"for step in range({self.steps}):\n" + "".join(
            "    " + row if row.strip() else row for row in text.splitlines(keepends=True))

    def script(self):
        return HEAD + ("torch.set_default_dtype(torch.float64)\n\n" if self.float64 else "") + CLASS.format(
            modules="\n".join(f"        self.{m.attribute} = {m.constructor()}" for m in self.modules),
            calls="\n".join(f"        {m.result} = self.{m.attribute}({m.argument})" for m in self.modules),
            results=", ".join(m.result for m in self.modules),
            parameters="".join(f"net.{name}.data = torch.tensor({literal(self.numbers[name])})\n"
                               for m in self.linears() for name in parameters_of(m)),
            sgd=written_options(self.sgd_options()), seed=self.seed, training=self.training(),
            loss=f"{self.loss}({written_options(self.loss_options())})",
            requires_grad=", requires_grad=True" if self.x_requires_grad else "",
            x=literal(self.numbers["x"]), y=literal(self.numbers["y"]))


def parameters_of(linear):
    return linear.attribute + ".weight", linear.attribute + ".bias"


def written_options(options):
    return ", ".join(f"{name}={value}" for name, value in options.items())


def literal(value):
    """Nested lists of texts, as Python writes them."""
    if isinstance(value, str):
        return value
    return "[" + ", ".join(map(literal, value)) + "]"


def draw_numbers(rng, shape, spread, decimals=None):
    """Numbers with two or three decimals, the same for the whole tensor."""
    decimals = decimals or rng.choice([2, 3])
    if not shape:
        return f"{rng.gauss(0, spread):.{decimals}f}"
    return [draw_numbers(rng, shape[1:], spread, decimals) for _ in range(shape[0])]


def draw_sizes(rng, at_the_end):
    """Features of the layers, from the input on: often the same again, for a square weight."""
    sizes = [rng.randint(1, 5)]
    for _ in range(rng.choice([1, 2, 2, 3])):
        sizes.append(sizes[-1] if rng.random() < 0.35 else rng.randint(1, 5))
    sizes[-1] = max(sizes[-1], at_the_end)
    return sizes


def draw_activation(rng):
    kind = rng.choice(["LeakyReLU", "LeakyReLU", "ReLU", "Sigmoid", "Tanh"])
    slope = rng.choice([0.01, 0.05, 0.1, 0.2, 0.25, 0.3])
    return kind, {"negative_slope": slope} if kind == "LeakyReLU" else {}


def draw_modules(rng, sizes, loss):
    modules = []

    def call(attribute, kind, options, result):
        modules.append(Module(attribute, kind, options, modules[-1].result if modules else "x", result))

    last = len(sizes) - 1
    for i in range(1, last + 1):
        call(f"w{i}", "Linear", {"features": sizes[i - 1], "outputs": sizes[i]}, f"z{i}")
        if rng.random() < (0.9 if i < last else 0.3 if loss == "MSELoss" else 0):
            call(f"act{i}", *draw_activation(rng), f"a{i}")
        if i < last and rng.random() < 0.4:
            call(f"drop{i}", "Dropout", {"p": rng.choice([0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75])}, f"d{i}")
    modules[-1].result = "o"
    if rng.random() < 0.5 and loss != "MSELoss":
        call(*{"CrossEntropyLoss": ("softmax", "Softmax", {"dim": 1}),
               "BCEWithLogitsLoss": ("sigmoid", "Sigmoid", {})}[loss], "y_pred")
    return modules


def draw_targets(rng, loss, batch, outputs):
    if loss == "CrossEntropyLoss":
        return [str(rng.randrange(outputs)) for _ in range(batch)]
    if loss == "BCEWithLogitsLoss":
        return [[rng.choice(["0.0", "1.0"]) for _ in range(outputs)] for _ in range(batch)]
    return draw_numbers(rng, (batch, outputs), 1)


def draw_optimizer(rng, network):
    """Plain SGD half the time; else with momentum, weight decay or both, for one step or two."""
    if rng.random() < 0.5:
        return
    network.momentum = rng.choice([0, 0.5, 0.9])
    network.nesterov = bool(network.momentum) and rng.random() < 0.3
    network.weight_decay = rng.choice([0, 0.01, 0.1])
    network.steps = rng.choice([1, 2])
    if network.steps == 2:
        network.x_requires_grad = False          # the optimizer would not set its gradient to zero


def draw_network(rng):
    loss = rng.choice(["CrossEntropyLoss"] * 4 + ["BCEWithLogitsLoss"] + ["MSELoss"] * 2)
    sizes = draw_sizes(rng, at_the_end=2 if loss == "CrossEntropyLoss" else 1)
    batch = rng.randint(1, 4)
    network = Network(float64=rng.random() < 0.5, seed=rng.getrandbits(16),
                      modules=draw_modules(rng, sizes, loss), loss=loss,
                      reduction=rng.choice(["mean", "mean", "sum"]),
                      lr=rng.choice([0.01, 0.05, 0.1, 0.2, 0.5]), x_requires_grad=rng.random() < 0.5)
    if loss == "CrossEntropyLoss" and rng.random() < 0.2:
        network.label_smoothing = rng.choice([0.1, 0.2])
    draw_optimizer(rng, network)
    for linear in network.linears():
        weight, bias = parameters_of(linear)
        outputs = linear.options["outputs"]
        network.numbers[weight] = draw_numbers(rng, (outputs, linear.options["features"]), 0.6)
        network.numbers[bias] = draw_numbers(rng, (outputs,), 0.3)
    network.numbers["x"] = draw_numbers(rng, (batch, sizes[0]), 1)
    network.numbers["y"] = draw_targets(rng, loss, batch, sizes[-1])
    return network
