"""Holds the guesses of what was meant against PyTorch's and Python's own names: one that exists is no
misspelling, and a script must not be led to a function that computes something else. Nor may a script
be told that it is missing.

Usage: guesses.py MLPSTEP
"""

import builtins
import keyword
import math
import re
import subprocess
import sys

import torch
from torch import nn

HEAD = """import torch, math
torch.manual_seed(0)
Module = torch.nn.Linear(1, 1)
Net = torch.nn.Sequential()
Tensor = torch.tensor(1.0)
Optimizer = torch.optim.SGD(Module.parameters(), lr=0.1)
"""
# Names that were renamed, and the guess is the new one.
SAME = {"torch.nn.parameter"} | {f"torch.nn.init.{name}" for name in (
    "constant kaiming_normal kaiming_uniform normal uniform xavier_normal xavier_uniform").split()}


def spaces():
    optimizer = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)
    for path in ("torch", "torch.nn", "torch.nn.functional", "torch.nn.init", "torch.optim",
                 "torch.optim.lr_scheduler", "torch.nn.utils", "torch.autograd", "torch.random",
                 "torch.linalg", "torch.special", "torch.utils", "torch.cuda",
                 "torch.backends.cudnn"):
        yield path, eval(path)
    yield from (("math", math), ("Tensor", torch.Tensor), ("Module", nn.Linear(1, 1)),
                ("Net", nn.Sequential()), ("Optimizer", optimizer), ("''", str), ("[]", list),
                ("{}", dict), ("", builtins))


def asks(mlpstep, code):
    return subprocess.run([mlpstep, "transcript", "--torch=1.13,native", "-"], input=code, text=True,
                          capture_output=True)


def modules(mlpstep):
    """What classes of torch.nn that mlpstep has give beside what every module has."""
    common = set(dir(nn.Module()))
    for name, kind in vars(nn).items():
        for given in ("", "1", "1, 1", "0, 1", "0, (1, 1)"):
            made = f"torch.nn.{name}({given})"
            if not isinstance(kind, type) or asks(mlpstep, f"import torch\nx = {made}\n").returncode:
                continue
            yield made, eval(made), common
            break


def main(mlpstep):
    asked = wrong = 0
    for space, holder, known in [(*space, ()) for space in spaces()] + list(modules(mlpstep)):
        for name in dir(holder):
            if name in known or name.startswith("_") or keyword.iskeyword(name) or f"{space}.{name}" in SAME:
                continue
            path = f"{space}.{name}" if space else name
            code = f"{HEAD}try:\n    x = {path}\nexcept AttributeError as e:\n    print(e)\n"
            run = asks(mlpstep, code)
            asked += 1
            guess = re.search("did you mean '(.*)'", run.stderr)
            if guess:
                wrong += 1
                print(f"{path} exists, but the guess is {guess[1]}")
            if run.stdout:
                wrong += 1
                print(f"{path} exists: {run.stdout}", end="")
    print(f"{asked} names, {wrong} wrong")
    return 1 if wrong or not asked else 0


sys.exit(main(sys.argv[1]))
