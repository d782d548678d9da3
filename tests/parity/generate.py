"""Random scripts of the subset: generate(seed) is always the same text for the same seed."""

import random

HEAD = """import torch
from torch import nn, optim
from torch.nn import functional as F
"""

ELEMENT_LOSSES = ("MSELoss", "HuberLoss", "SmoothL1Loss")


def literal(values, sizes):
    """A nested list of the sizes; values() gives one number."""
    if not sizes:
        return values()
    return "[" + ", ".join(literal(values, sizes[1:]) for _ in range(sizes[0])) + "]"


def count(sizes):
    n = 1
    for size in sizes:
        n *= size
    return n


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []

    def chance(self, p):
        return self.r.random() < p

    def size(self):
        return self.r.randint(1, 7) if self.chance(0.6) else self.r.randint(1, 40)

    def number(self):
        kind = self.r.random()
        if kind < 0.1:
            return self.r.choice(["0.0", "1.0", "-1.0", "0.5", "-0.0", "2"])
        return f"{self.r.gauss(0, 1.5):.{self.r.randint(1, 4)}f}"

    def positive(self):
        return f"{self.r.uniform(0.01, 2):.2f}"

    def numbers(self, sizes, values=None, options=""):
        """A tensor of the sizes: its numbers written out where they are few, else drawn."""
        if count(sizes) > 24 or self.chance(0.2):
            return f"torch.rand({', '.join(map(str, sizes)) or '()'}{options})"
        text = literal(values or self.number, list(sizes))
        return f"torch.tensor({text}, dtype={self.dtype}{options})"

    def new_seed(self):
        seed = self.r.choice([0, 1, 42, 2022, self.r.getrandbits(31)])
        self.lines.append(f"torch.manual_seed({seed})")

    # --- the network ---

    def activation(self, ndim, after_linear):
        """(constructor of a module, call of a function with {} for the input or None)"""
        inplace = after_linear and self.chance(0.15)
        options = "inplace=True" if inplace else ""
        kind = self.r.choice(["ReLU", "LeakyReLU", "LeakyReLU", "ELU", "Sigmoid", "Tanh",
                              "Softmax", "LogSoftmax", "Dropout", "Dropout"])
        if kind == "ReLU":
            return f"nn.ReLU({options})", "F.relu({})"
        if kind == "LeakyReLU":
            slope = self.r.choice(["0.1", "0.01", "0.3", "0", "1.5"] + ["-0.5"] * (not inplace))
            comma = ", " if inplace else ""
            return (f"nn.LeakyReLU(negative_slope={slope}{comma}{options})",
                    "F.leaky_relu({}, " + f"negative_slope={slope})")
        if kind == "ELU":
            alpha = self.r.choice(["1.0", "0.5", "2"])
            comma = ", " if inplace else ""
            return f"nn.ELU({alpha}{comma}{options})", "F.elu({}, " + f"alpha={alpha})"
        if kind in ("Softmax", "LogSoftmax"):
            dim = self.r.randrange(-ndim, ndim)
            function = {"Softmax": "softmax", "LogSoftmax": "log_softmax"}[kind]
            return f"nn.{kind}(dim={dim})", "F." + function + "({}, " + f"dim={dim})"
        if kind == "Dropout":
            p = self.r.choice(["0.5", "0.25", "0.75", "0.1", "0.9", "0.3", "0", "1"])
            comma = ", " if inplace else ""
            return f"nn.Dropout(p={p}{comma}{options})", None
        return f"nn.{kind}()", None if self.chance(0.5) else "F." + kind.lower() + "({})"

    def plan_network(self):
        """Modules as [(attribute, constructor, function)] and the sizes of the result."""
        ndim = len(self.leading) + 1
        sizes = [self.size()]
        self.modules, self.linears = [], []
        for layer in range(self.r.choice([1, 1, 2, 2, 2, 3, 4])):
            out = sizes[-1] if self.chance(0.1) else self.size()
            bias = self.r.choice(["", "", "", ", bias=True", ", bias=False"])
            name = f"w{layer + 1}"
            self.linears.append((name, sizes[-1], out, bias != ", bias=False"))
            self.modules.append((name, f"nn.Linear({sizes[-1]}, {out}{bias})", None))
            sizes.append(out)
            for k in range(self.r.choice([0, 1, 1, 1, 2])):
                constructor, function = self.activation(ndim, k == 0)
                self.modules.append((f"a{layer + 1}" + "_b" * k, constructor, function))
        if self.loss == "NLLLoss":
            self.modules.append(("scores", f"nn.LogSoftmax(dim={min(1, ndim - 1)})", None))
        self.features, self.outputs = sizes[0], sizes[-1]

    def write_sequential(self):
        nested = self.chance(0.2) and len(self.modules) > 2
        parts = [constructor for _, constructor, _ in self.modules]
        if nested:
            parts = [f"nn.Sequential({', '.join(parts[:2])})"] + parts[2:]
        self.lines.append(f"net = nn.Sequential({', '.join(parts)})")
        self.returns = 1
        self.attributes = False

    def write_class(self):
        lines = ["class Net(nn.Module):", "    def __init__(self):", "        super().__init__()"]
        calls, used_as_function = [], []
        for name, constructor, function in self.modules:
            as_function = function is not None and self.chance(0.3)
            used_as_function.append(as_function)
            if not as_function:
                lines.append(f"        self.{name} = {constructor}")
            calls.append(function if as_function else f"self.{name}({{}})")
        tied = [i for i, (n, c, _) in enumerate(self.modules)
                if n.startswith("w") and dict((x[0], x[1] == x[2]) for x in self.linears)[n]]
        if tied and self.chance(0.5):
            i = self.r.choice(tied)
            calls.insert(i, calls[i])
        lines += ["", "    def forward(self, x):"]
        current, names = "x", []
        for i, call in enumerate(calls):
            current = call.format(current)
            if i + 1 < len(calls) and self.chance(0.35):
                continue
            target = "x" if self.chance(0.2) else f"h{i}"
            lines.append(f"        {target} = {current}")
            names = [n for n in names if n != target] + [target]
            current = target
        self.returns = self.r.randint(1, len(names))
        lines.append(f"        return {', '.join(names[-self.returns:])}")
        self.lines += lines + ["", "", "net = Net()"]
        self.attributes = True

    def write_weights(self):
        if not self.attributes or self.chance(0.6):
            return
        for name, features, outputs, bias in self.linears:
            if self.chance(0.7):
                self.lines.append(f"net.{name}.weight.data = {self.numbers((outputs, features))}")
            if bias and self.chance(0.6):
                self.lines.append(f"net.{name}.bias.data = {self.numbers((outputs,))}")

    # --- loss and optimizer ---

    def plan_target(self):
        """What the loss compares with, and the sizes of the unreduced loss."""
        shape = self.leading + (self.outputs,)
        dim = min(1, len(shape) - 1)
        self.classes = shape[dim]
        rest = shape[:dim] + shape[dim + 1:]
        self.ignore = None
        if self.loss in ELEMENT_LOSSES:
            options = ", requires_grad=True" if self.chance(0.2) else ""
            self.target = self.numbers(shape, options=options)
            self.unreduced = shape
        elif self.loss == "CrossEntropyLoss probabilities":
            options = ", requires_grad=True" if self.chance(0.2) else ""
            self.target = self.numbers(shape, self.positive, options)
            self.unreduced = rest
        else:
            allowed = list(range(self.classes))
            if self.chance(0.3):
                self.ignore = self.r.choice([-100, -1, self.r.randrange(self.classes)])
                allowed += [self.ignore] * (1 + self.classes // 3)
            pick = lambda: str(self.r.choice(allowed))
            self.target = f"torch.tensor({literal(pick, list(rest))})"
            self.unreduced = rest

    def write_loss(self):
        kind = self.loss.split()[0]
        options = []
        if kind in ("HuberLoss", "SmoothL1Loss") and self.chance(0.5):
            name = "delta" if kind == "HuberLoss" else "beta"
            options.append(f"{name}={self.r.choice(['0.5', '0.1', '2'])}")
        if kind not in ELEMENT_LOSSES and self.chance(0.35):
            options.append(f"weight={self.numbers((self.classes,), self.positive)}")
        if self.ignore is not None and (self.ignore != -100 or self.chance(0.5)):
            options.append(f"ignore_index={self.ignore}")
        self.reduction = self.r.choice(["mean", "mean", "sum", "none"])
        if self.reduction != "mean" or self.chance(0.2):
            options.append(f"reduction='{self.reduction}'")
        if kind == "CrossEntropyLoss" and self.chance(0.3):
            options.append(f"label_smoothing={self.r.choice(['0.1', '0.2', '0.05', '1.0', '0.0'])}")
        self.lines.append(f"criterion = nn.{kind}({', '.join(options)})")

    def write_adam(self):
        options = [self.r.choice(["lr=0.1", "lr=0.01", "lr=0.5"])]
        # Where a gradient is but what rounding left of a zero, a small eps makes a full step of it.
        options.append(self.r.choice(["eps=0.001", "eps=0.1"]))
        if self.chance(0.5):
            options.append(self.r.choice(["betas=(0.8, 0.99)", "betas=(0, 0.5)"]))
        if self.chance(0.4):
            options.append("weight_decay=0.01")
        options += [f"{name}=True" for name in ("amsgrad", "maximize") if self.chance(0.25)]
        self.lines.append(f"optimizer = optim.Adam(net.parameters(), {', '.join(options)})")

    def write_sgd(self):
        options = [f"lr={self.r.choice(['0.1', '0.01', '0.5', '1', '0.003'])}"]
        momentum = self.chance(0.5)
        if momentum:
            options.append(f"momentum={self.r.choice(['0.9', '0.5', '0.99'])}")
        if momentum and self.chance(0.4):
            options.append(self.r.choice(["nesterov=True", "dampening=0.3", "dampening=0.1"]))
        if self.chance(0.4):
            options.append(f"weight_decay={self.r.choice(['0.01', '0.1', '0.0005'])}")
        if self.chance(0.15):
            options.append("maximize=True")
        self.lines.append(f"optimizer = optim.SGD(net.parameters(), {', '.join(options)})")

    def write_step(self, step):
        if self.chance(0.3):
            self.new_seed()
        output = f"o{step or ''}"
        names = [f"v{step}_{i}" for i in range(self.returns - 1)] + [output]
        if self.returns == 1 and not self.unsqueezed and self.chance(0.2):
            output = "net(x)"
        else:
            self.lines.append(f"{', '.join(names)} = net(x)")
        if self.unsqueezed:
            self.lines.append(f"{output}.unsqueeze_(0)")
        loss = f"l{step or ''}"
        self.lines.append(f"{loss} = criterion({output}, y)")
        zero = self.r.choice(["optimizer.zero_grad()", "net.zero_grad()",
                              "optimizer.zero_grad(set_to_none=True)",
                              "optimizer.zero_grad(set_to_none=False)", None])
        if zero:
            self.lines.append(zero)
        twice = self.chance(0.15)
        gradient = ""
        if self.reduction == "none":
            sizes = (1,) * self.unsqueezed + self.unreduced
            self.lines.append(f"g{step or ''} = {self.numbers(sizes)}")
            gradient = self.r.choice(["", "gradient="]) + f"g{step or ''}"
        retain = "retain_graph=True"
        if twice:
            self.lines.append(f"{loss}.backward({gradient + ', ' if gradient else ''}{retain})")
        last = [gradient] * bool(gradient) + [retain] * self.chance(0.1)
        self.lines.append(f"{loss}.backward({', '.join(last)})")
        self.lines.append("optimizer.step()")

    def unsqueeze_target(self):
        """x is a vector, but the loss is to have a batch."""
        self.unsqueezed = (not self.leading and self.loss in ("CrossEntropyLoss",) + ELEMENT_LOSSES
                           and self.modules[-1][0].startswith("w") and self.chance(0.5))
        if not self.unsqueezed:
            return
        if self.loss in ELEMENT_LOSSES:
            self.target = self.numbers((1, self.outputs))
        else:
            self.target = f"torch.tensor([{self.r.randrange(self.classes)}])"
            self.ignore = None

    def text(self):
        r = self.r
        self.float64 = self.chance(0.33)
        self.dtype = "torch.float64" if self.float64 else "torch.float32"
        self.loss = r.choice(["CrossEntropyLoss", "CrossEntropyLoss", "NLLLoss", "MSELoss",
                              "HuberLoss", "SmoothL1Loss", "CrossEntropyLoss probabilities"])
        batch = r.randint(1, 9) if self.chance(0.3) else r.randint(1, 3)
        self.leading = r.choice([(), (), (batch,), (batch,), (batch,), (batch, r.randint(1, 3)),
                                 (r.randint(1, 2), r.randint(1, 3), r.randint(1, 2))])
        self.lines = HEAD.splitlines() + [""]
        if self.float64:
            self.lines.append("torch.set_default_dtype(torch.float64)")
        self.new_seed()
        self.plan_network()
        self.plan_target()
        self.unsqueeze_target()
        (self.write_class if self.chance(0.6) else self.write_sequential)()
        self.write_weights()
        if self.chance(0.15):
            self.lines.append(r.choice(["net.eval()", "net.train(False)", "net.train()"]))
        (self.write_adam if self.chance(0.3) else self.write_sgd)()
        self.write_loss()
        grad = ", requires_grad=True" if self.chance(0.5) else ""
        self.lines.append(f"x = {self.numbers(self.leading + (self.features,), options=grad)}")
        self.lines.append(f"y = {self.target}")
        for step in range(r.choice([1, 1, 2])):
            self.write_step(step)
        return "\n".join(self.lines) + "\n"


def generate(seed):
    return Generator(seed).text()


if __name__ == "__main__":
    import sys
    print(generate(int(sys.argv[1])), end="")
