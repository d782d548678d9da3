"""The lines of a training step, each with its formula and what it takes, as a student writes them."""

from dataclasses import dataclass, field

from derivation import (BACKWARD, FORWARD, linear_bias_gradient, linear_gradient,
                        linear_weight_gradient, log_softmax, log_softmax_gradient, logits_loss_gradient,
                        loss_of_logits, loss_of_sigmoid, loss_of_softmax, momentum_buffer, mse_loss,
                        mse_loss_gradient, nll_loss, nll_loss_gradient, sgd, sgd_by_buffer,
                        sigmoid_loss_gradient, softmax, softmax_loss_gradient)
from networks import parameters_of
from sheets import read_back

BUFFER = ".momentum_buffer"


@dataclass
class Line:
    name: str
    section: str
    step: int
    formula: object = None                       # None: a given line
    arguments: tuple = ()                        # keys of the lines whose values it takes
    options: dict = field(default_factory=dict)

    @property
    def key(self):
        return key(self.name, self.section, self.step)


def key(name, section, step):
    """Given lines and those of the first step have their name; a parameter's stands for several."""
    if section == "step":
        return f"{name} after step {step}"
    return name if step == 1 else f"{name} in step {step}"


def parameter_key(name, step):
    """The parameter that the step computes with."""
    return name if step == 1 else key(name, "step", step - 1)


class Step:
    """The lines of one step of a network, by one of the routes from the scores to their gradient."""

    def __init__(self, network, route, number):
        self.network, self.route, self.number = network, route, number
        self.lines = []

    def named(self, name):
        """The report's name: of several values the later ones are z1@2."""
        whole, dot, part = name.partition(".grad")
        is_parameter = whole in self.network.numbers
        return name if self.number == 1 or is_parameter else f"{whole}@{self.number}{dot}{part}"

    def key(self, name):
        return name if name in ("x", "y") else (
            parameter_key(name, self.number) if name in self.network.numbers else
            key(self.named(name), "forward", self.number))

    def add(self, name, section, formula=None, arguments=(), options=None):
        self.lines.append(Line(self.named(name), section, self.number, formula,
                               tuple(map(self.key, arguments)), options or {}))

    def given(self, *names):
        """What the script gives stands where it is first used."""
        for name in names if self.number == 1 else ():
            self.add(name, "forward")

    # --- forward ---

    def forward(self):
        self.given("x")
        for module in self.network.modules:
            arguments, options = (module.argument,), module.options
            if module.kind == "Linear":
                self.given(*parameters_of(module))
                arguments, options = arguments + parameters_of(module), {}
            elif module.kind == "Dropout":
                mask = module.attribute + ".mask"
                self.add(mask, "forward")        # drawn anew in every step
                arguments += (mask,)
            elif module.kind == "Softmax":
                options = {}
            self.add(module.result, "forward", FORWARD[module.kind], arguments, options)
        self.given("y")

    def loss(self):
        network = self.network
        options = {"reduction": network.reduction}
        if network.label_smoothing:
            options["label_smoothing"] = network.label_smoothing
        if network.loss == "MSELoss":
            return self.loss_of("o", mse_loss, mse_loss_gradient, options)
        if network.loss == "BCEWithLogitsLoss":
            if network.looks_at_prediction and self.route == "at once":
                return self.loss_of("y_pred", loss_of_sigmoid, sigmoid_loss_gradient, options)
            return self.loss_of("o", loss_of_logits, logits_loss_gradient, options)
        if self.route == "at once":
            if not network.looks_at_prediction:
                self.add("loss.softmax", "forward", softmax, ("o",))
            of = "y_pred" if network.looks_at_prediction else "loss.softmax"
            return self.loss_of(of, loss_of_softmax, softmax_loss_gradient, options)
        inner = "loss.log_softmax"
        self.add(inner, "forward", log_softmax, ("o",))
        self.add("l", "forward", nll_loss, (inner, "y"), options)
        self.add("l.grad", "backward")
        self.add(inner + ".grad", "backward", nll_loss_gradient, ("l.grad", inner, "y"), options)
        self.add("o.grad", "backward", log_softmax_gradient, (inner + ".grad", inner),
                 {"reduction": network.reduction})
        return None

    def loss_of(self, x, formula, gradient, options):
        self.add("l", "forward", formula, (x, "y"), options)
        self.add("l.grad", "backward")
        self.add("o.grad", "backward", gradient, ("l.grad", x, "y"), options)

    # --- backward ---

    def linear_backward(self, module, dy, dx):
        network, (weight, bias) = self.network, parameters_of(module)
        self.add(weight + ".grad", "backward", linear_weight_gradient,
                 (dy, module.argument, *network.before(module)))
        self.add(bias + ".grad", "backward", linear_bias_gradient, (dy,))
        if module.argument != "x" or network.x_requires_grad:
            self.add(dx, "backward", linear_gradient, (dy, weight, weight + ".grad"),
                     {"lr": None if network.decay or network.momentum else network.lr})

    def backward(self):
        for module in reversed(self.network.modules):
            dy, dx = module.result + ".grad", module.argument + ".grad"
            if module.kind == "Linear":
                self.linear_backward(module, dy, dx)
            elif module.result != "y_pred":      # it is looked at, but no loss is made of it
                # LeakyReLU is differentiated at its input, as PyTorch does; what else is bent, at
                # its output.
                beside = {"LeakyReLU": module.argument, "Dropout": module.attribute + ".mask"}
                self.add(dx, "backward", BACKWARD[module.kind],
                         (dy, beside.get(module.kind, module.result)), module.options)

    # --- step ---

    def update(self):
        for name in self.network.parameters():
            options = dict(self.network.decay)
            arguments = [parameter_key(name, self.number), self.key(name + ".grad")]
            if self.network.momentum:
                buffer = key(name + BUFFER, "step", self.number)
                before = [key(name + BUFFER, "step", self.number - 1)] if self.number > 1 else []
                self.lines.append(Line(name + BUFFER, "step", self.number, momentum_buffer,
                                       tuple(arguments + before),
                                       options | {"momentum": self.network.momentum}))
                arguments.append(buffer)
                options |= {"momentum": self.network.momentum, "nesterov": self.network.nesterov}
            formula = sgd_by_buffer if self.network.momentum else sgd
            self.lines.append(Line(name, "step", self.number, formula, tuple(arguments),
                                   options | {"lr": self.network.lr}))


def derive(network, route):
    """Every line of the steps, in an order in which they can be computed."""
    lines = []
    for number in range(1, network.steps + 1):
        step = Step(network, route, number)
        step.forward()
        step.loss()
        step.backward()
        step.update()
        lines += step.lines
    return lines


def in_report_order(lines):
    """A report has a parameter before its momentum buffer, which it was computed with."""
    ordered = []
    for line in lines:
        if ordered and ordered[-1].name == line.name + BUFFER:
            ordered.insert(len(ordered) - 1, line)
        else:
            ordered.append(line)
    return ordered


def compute(line, values):
    return line.formula(*(values[key] for key in line.arguments), **line.options)


def carry_on(lines, values, style=None):
    """Computes, from the values that are there, those that are not, into values: exactly, or from
    what the student has written down."""
    for line in lines:
        if line.key not in values:
            exact = compute(line, values)
            values[line.key] = read_back(exact, style) if style and style.on_paper else exact
    return values
