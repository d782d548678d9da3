"""The bounds of `mlpstep run --bounds` against what builds of PyTorch make of one step of small and
larger networks: no number may be further from ours than two bounds, and what PyTorch makes of the
same numbers in float64 not further than one.

    python3 bounds_networks.py MLPSTEP

Each build runs all networks in a process of its own. Says how wide the bounds are: the median of
bound / largest difference between builds, over the numbers in which builds differ.
"""

import ast
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile

# What the environment says of the kernels, and the flag of the processor that they need.
BUILDS = {
    "OpenBLAS Haswell, AVX2": ({"OPENBLAS_CORETYPE": "Haswell", "ATEN_CPU_CAPABILITY": "avx2"},
                               "avx2"),
    "OpenBLAS Prescott, no vectors": ({"OPENBLAS_CORETYPE": "Prescott",
                                       "ATEN_CPU_CAPABILITY": "default"}, "sse2"),
    "OpenBLAS SkylakeX, AVX-512": ({"OPENBLAS_CORETYPE": "SkylakeX",
                                    "ATEN_CPU_CAPABILITY": "avx512"}, "avx512f"),
}

# Up to this width, the bounds stay below a hundred times the differences. They grow with the
# number of terms of a sum, since any order of them counts.
SIZES = [(2, 3, 3, 2), (4, 8, 8, 3), (8, 16, 8, 4), (16, 32, 16, 5), (33, 65, 17, 3)]
NARROW = SIZES[:3]
WIDEST = 100

ACTIVATIONS = ["nn.ReLU()", "nn.Tanh()", "nn.Sigmoid()", "nn.LeakyReLU(0.1)", "nn.ELU()"]
OPTIMIZERS = ["optim.SGD(net.parameters(), lr=0.1)",
              "optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=0.01)",
              "optim.Adam(net.parameters(), lr=0.01)"]
CLASSES, NUMBERS = "torch.randint(0, {classes}, ({batch},))", "torch.rand({batch}, {classes})"
LOSSES = [("CrossEntropyLoss()", CLASSES), ("MSELoss()", NUMBERS),
          ("BCEWithLogitsLoss()", NUMBERS), ("CrossEntropyLoss(label_smoothing=0.1)", CLASSES),
          ("HuberLoss(delta=0.3)", NUMBERS), ("SmoothL1Loss()", NUMBERS),
          ("CrossEntropyLoss(reduction='sum')", CLASSES)]

NETWORK = """\
import torch
from torch import nn, optim
torch.manual_seed({seed})
torch.set_default_dtype(torch.{dtype})
net = nn.Sequential(nn.Linear({a}, {b}), {activation}, nn.Linear({b}, {c}), {activation},
                    nn.Linear({c}, {d}))
criterion = nn.{loss}
optimizer = {optimizer}
x = torch.{inputs}({batch}, {a})
y = {target}
optimizer.zero_grad()
scores = net(x)
loss = criterion(scores, y)
loss.backward()
optimizer.step()
"""


def networks():
    """(sizes, source) of each."""
    for seed, sizes in enumerate(size for size in SIZES for _ in range(7)):
        loss, target = LOSSES[seed % len(LOSSES)]
        a, b, c, d = sizes
        batch = [4, 8, 16, 32][seed % 4]
        yield sizes, NETWORK.format(
            seed=seed, a=a, b=b, c=c, d=d, batch=batch, loss=loss,
            dtype="float64" if seed % 6 == 5 else "float32",
            inputs="randn" if seed % 3 == 2 else "rand",
            activation=ACTIVATIONS[seed % len(ACTIVATIONS)],
            optimizer=OPTIMIZERS[seed % len(OPTIMIZERS)],
            target=target.format(classes=d, batch=batch))


# --- with PyTorch ---

def in_float64(source):
    """The same numbers, drawn in the type they have, computed in float64."""
    for line, wide in [("optimizer = ", "net = net.double()\noptimizer = "),
                       ("scores = net(x)", "scores = net(x.double())"),
                       ("(scores, y)", "(scores, y.double() if y.is_floating_point() else y)")]:
        source = source.replace(line, wide, 1)
    return source


def results(source):
    import torch
    torch.set_default_dtype(torch.float32)
    scope = {}
    exec(source, scope)
    torch.set_default_dtype(torch.float32)
    named = {"scores": scope["scores"], "loss": scope["loss"]}
    for name, parameter in scope["net"].named_parameters():
        named[name], named[name + ".grad"] = parameter, parameter.grad
    return {name: tensor.detach().double().flatten().tolist() for name, tensor in named.items()}


def compute():
    import torch
    torch.set_num_threads(1)
    json.dump([(results(source), results(in_float64(source))) for _, source in networks()],
              sys.stdout)


def has_flag(flag):
    with open("/proc/cpuinfo") as file:
        return re.search(r"\b%s\b" % flag, file.read())


def run_builds():
    computed = {}
    for name, (environment, flag) in BUILDS.items():
        if not has_flag(flag):
            print("left out, for want of %s: %s" % (flag, name))
            continue
        output = subprocess.run([sys.executable, "-B", __file__, "--compute"], check=True,
                                env={**os.environ, **environment}, stdout=subprocess.PIPE)
        computed[name] = json.loads(output.stdout)
    return computed


# --- ours ---

def flat(value):
    return [number for part in value for number in flat(part)] if isinstance(value, list) else [value]


def report(mlpstep, source):
    """The last numbers of each name, NAME.bound among them."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(source)
        script.flush()
        text = subprocess.run([mlpstep, "run", "--bounds", "--precision=20", "--torch=1.13,native",
                               script.name], check=True, capture_output=True, text=True).stdout
    named = {}
    for entry in re.split(r"\n(?=\S)", text):
        name, equals, tensor = entry.partition(" = tensor(")
        if equals and not name.startswith("#"):
            numbers = re.sub(r"\s+", "", tensor.strip()[:-1]).replace("inf", "1e999")
            named[name] = flat(ast.literal_eval(numbers))
    return named


class Tally:
    def __init__(self):
        self.numbers = self.outside = self.infinite = 0
        self.widths = []

    def take(self, label, ours, bound, of_builds, in_float64):
        self.numbers += 1
        if bound == float("inf"):
            self.infinite += 1
            return
        slack = 1e-19
        held = [abs(ours - theirs) <= 2 * bound + slack for theirs in of_builds] + \
            [abs(ours - exact) <= bound + 1e-15 * abs(exact) + slack for exact in in_float64]
        if not all(held):
            self.outside += 1
            print("outside: %s is %.9g, within %.2g, but %s, in float64 %s" %
                  (label, ours, bound, of_builds, in_float64))
        apart = max(of_builds) - min(of_builds)
        if apart > 0:
            self.widths.append(bound / apart)

    def median(self):
        return statistics.median(self.widths) if self.widths else 0


def main(mlpstep):
    computed = run_builds()
    tallies = {sizes: Tally() for sizes in SIZES}
    for i, (sizes, source) in enumerate(networks()):
        ours = report(mlpstep, source)
        builds = [computed[name][i] for name in computed]
        is_narrow = "float32" in source  # of the others, what is computed is a build as any
        for name in builds[0][0]:
            for k, bound in enumerate(ours[name + ".bound"]):
                tallies[sizes].take("%s[%d] of network %d" % (name, k, i), ours[name][k], bound,
                                    [build[0][name][k] for build in builds],
                                    [build[1][name][k] for build in builds[:1] if is_narrow])
    for sizes, tally in tallies.items():
        print("%-16s %6d numbers, %d outside, %d without a bound, %d differ between builds, "
              "median of bound / difference %.1f" %
              ("-".join(map(str, sizes)), tally.numbers, tally.outside, tally.infinite,
               len(tally.widths), tally.median()))
    wide = [sizes for sizes in NARROW if tallies[sizes].median() >= WIDEST]
    for sizes in wide:
        print("too wide: %s" % (sizes,))
    sys.exit(bool(wide or any(tally.outside for tally in tallies.values())))


if sys.argv[1:] == ["--compute"]:
    compute()
else:
    main(sys.argv[1])
