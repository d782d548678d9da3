"""Whether every number of PyTorch lies within the bound that mlpstep gives it.

    python3 bounds.py PRINT_BOUNDS [--turns N] [--first N] [--only NAME]

The cases are those of operations.py. Of each tensor that a case shows, PRINT_BOUNDS writes the
numbers and their bounds. PyTorch runs the case twice: as it stands, which is another build, at most
two bounds away; and in float64, with all that is given or drawn rounded to float32 first, which is
nearly exact, and one bound away. The second run is left out where the case asks for a type.

Status 1 where a number lies outside, or where one has no bound although nothing is open.
"""

import argparse
import collections
import math
import subprocess
import sys
import warnings

import torch

import cases
import cases_algebra  # noqa: F401: they put their generators into cases.OPERATIONS
import cases_bounds  # noqa: F401
import cases_more  # noqa: F401
import cases_networks  # noqa: F401
import cases_tensors  # noqa: F401

HEAD = cases.HEAD[:cases.HEAD.index("def show")]
OURS = HEAD + "def show(label, x):\n    print(x)\n\n\n"
# Where a comparison, a kink, an index or a rounding to an integer may lie within the bounds, or a
# divisor may be 0.
BRANCHES = {
    "Adam", "AdamW, RMSprop", "LBFGS", "abs", "acos", "acosh", "amax, amin",
    "any, all, count_nonzero", "argmax, argmin", "asin", "atanh", "cdist", "clamp", "conversion",
    "elu", "eq", "frac", "functions of two", "ge", "gt", "huber_loss, smooth_l1_loss", "init",
    "kl_div, xlogy", "kthvalue, mode, cummax, cummin", "le", "leaky_relu",
    "less common optimizers", "logit", "lt", "max, min", "norms of torch.linalg",
    "maximum, minimum", "mse_loss, l1_loss", "nan_to_num", "ne", "network by hand",
    "network with backward()", "prelu", "prod, cumsum, cumprod", "reductions by index", "relu",
    "sort, topk, median", "tan", "trunc",
}
# Where numbers come about in other ways than those that Exact replaces.
OTHERWISE = {"constructor", "modes", "random", "init", "modules"}
# What makes tensors out of numbers or at random.
MAKERS = ["tensor", "zeros", "ones", "full", "arange", "linspace", "rand", "randn", "eye"]


def make_exact(make, *arguments, dtype=None, **options):
    """What make gives in float32, and then as float64."""
    made = make(*arguments, dtype=None if dtype == torch.float64 else dtype, **options)
    if made.dtype != torch.float32:
        return made
    return made.detach().double().requires_grad_(made.requires_grad)


class Exact:
    """PyTorch as it stands, but that what it makes is in float64."""

    def __enter__(self):
        self.makers = {name: getattr(torch, name) for name in MAKERS}
        for name, make in self.makers.items():
            setattr(torch, name, lambda *a, make=make, **k: make_exact(make, *a, **k))
        self.init = torch.nn.Linear.__init__

        def init(layer, *a, **k):
            self.init(layer, *a, **k)
            layer.double()
        torch.nn.Linear.__init__ = init

    def __exit__(self, *_):
        for name, make in self.makers.items():
            setattr(torch, name, make)
        torch.nn.Linear.__init__ = self.init


def run(script):
    """The tensors that the script shows, or None where PyTorch refuses it."""
    shown = []

    def show(label, x):
        if isinstance(x, torch.Tensor):
            shown.append((label, x.detach().clone()))
    names = {"__name__": "__main__", "show": show, "print": lambda *a, **k: show("print", a and a[0])}
    try:
        exec(compile(script, "case", "exec"), names)
    except Exception:
        shown = None
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    torch.use_deterministic_algorithms(False)
    return shown


def print_bounds(program, case):
    done = subprocess.run([program], input=OURS + "\n".join(case.lines) + "\n",
                          capture_output=True, text=True)
    if done.returncode == 1:
        return None
    rows = []
    for line in done.stdout.splitlines():
        dtype, *words = line.split()
        numbers = [float.fromhex(w) for w in words]
        rows.append((dtype, numbers[::2], numbers[1::2]))
    return rows


class Count:
    def __init__(self):
        self.numbers = self.unbounded = self.exact = self.outside = 0
        self.ratios, self.examples = [], []


class Suite:
    def __init__(self):
        self.counts = collections.defaultdict(Count)
        self.failures = []

    def hold(self, case, ours, theirs, times):
        """Theirs are `times` bounds away from ours at most."""
        special = any('float("' in line for line in case.lines)  # inf and nan have no bound
        for (dtype, numbers, bounds), (label, tensor) in zip(ours, theirs):
            count = self.counts[case.name]
            for a, e, b in zip(numbers, bounds, tensor.flatten().tolist()):
                count.numbers += 1
                if e == math.inf:
                    count.unbounded += math.isfinite(a) and times == 2 and not special
                    continue
                is_same = a == b or math.isnan(a) and math.isnan(b)
                difference = 0 if is_same else abs(a - b)
                slack = 1e-12 * abs(a) if times == 1 else 0
                if not difference <= times * e + slack:
                    count.outside += 1
                    count.outside <= 4 and self.failures.append(f"{case.name} {case.turn}: {label}: {b!r} under PyTorch"
                                         f"{' in float64' if times == 1 else ''}, {a!r} here, "
                                         f"{difference:.2g} apart, bound {e:.2g}")
                elif difference > slack:
                    count.ratios.append(times * e / difference)

    def compare(self, program, case):
        ours = print_bounds(program, case)
        body = "\n".join(case.lines) + "\n"
        theirs = run(HEAD + body)
        if ours is None or theirs is None:
            return
        if len(ours) != len(theirs):
            self.failures.append(f"{case.name} {case.turn}: {len(theirs)} tensors under PyTorch, "
                                 f"{len(ours)} here")
            return
        self.hold(case, ours, theirs, 2)
        if case.name in OTHERWISE or "float" in body or "double" in body or "dtype" in body.replace("dtype=y.dtype", ""):
            return
        with Exact():
            exact = run(HEAD + body)
        if exact is not None:
            self.counts[case.name].exact += 1
            self.hold(case, ours, exact, 1)

    def print_table(self):
        print(f"{'operation':32} {'numbers':>8} {'outside':>8} {'no bound':>8} {'float64':>8}"
              " bound / difference: median, worst")
        for name, c in sorted(self.counts.items()):
            c.ratios.sort()
            middle = f"{c.ratios[len(c.ratios) // 2]:8.1f} {c.ratios[-1]:8.1g}" if c.ratios else ""
            print(f"{name:32} {c.numbers:8} {c.outside:8} {c.unbounded:8} {c.exact:8} {middle}")
        ratios = sorted(r for c in self.counts.values() for r in c.ratios)
        median = f"{ratios[len(ratios) // 2]:.1f}" if ratios else "none"
        print(f"{sum(c.numbers for c in self.counts.values())} numbers, "
              f"{sum(c.outside for c in self.counts.values())} outside, median ratio "
              f"{median} of {len(ratios)} that differ")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", metavar="PRINT_BOUNDS")
    parser.add_argument("--turns", type=int, default=8, help="of an operation of weight 1")
    parser.add_argument("--first", type=int, default=0, help="the number of the first turn")
    parser.add_argument("--only", metavar="NAME", choices=list(cases.OPERATIONS))
    options = parser.parse_args()
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    suite = Suite()
    for name, (_, weight) in cases.OPERATIONS.items():
        if options.only in (None, name):
            for turn in range(options.first, options.first + options.turns * weight):
                suite.compare(options.program, cases.Case(name, turn))
    suite.print_table()
    problems = suite.failures + [
        f"{name}: {c.unbounded} numbers have no bound" for name, c in suite.counts.items()
        if c.unbounded and name not in BRANCHES]
    print(f"{len(problems)} problems")
    for problem in problems[:100]:
        print("   ", problem)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
