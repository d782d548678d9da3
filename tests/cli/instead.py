"""Holds the table of src/torch/instead.c against the command: a name that has a row must be
refused with the row's advice, or without a guess where that is empty; a path of torch that an
advice names must be known, and what is code in it must run. The same of src/torch/instead_of_import.c,
of modules and their parts.

Usage: instead.py MLPSTEP TABLE TABLE_OF_IMPORTS
"""

import ast
import builtins
import itertools
import re
import subprocess
import sys

# What the code in an advice may use.
HEAD = """import copy
import math
import torch
from torch.nn import functional as F
torch.manual_seed(0)
Module = net = w_x = w_h = torch.nn.Linear(4, 4)
Tensor = torch.tensor(1.0)
Generator = torch.Generator()
ndarray = torch.ones(2).numpy()
Optimizer = torch.optim.SGD(Module.parameters(), lr=0.1)
a = b = c = h = q = k = v = x = y = x1 = x2 = torch.eye(4) + 1
image = weight = torch.ones(4, 4, 4)
bias = torch.ones(4)
i = torch.tensor([0, 1])
mean, covariance = torch.zeros(4), torch.eye(4)
n, d, size, dim, start, end, eps, low, high, rate, scale = 2, 4, 2, 0, 1.0, 2.0, 1e-5, 0.0, 1.0, 2.0, 0.5
"""
STRING = r'((?:"[^"]*"\s*)+)'


def rows(table, columns):
    with open(table) as file:
        source = file.read()
    for row in re.findall(r"\{" + r",\s*".join([STRING] * columns) + r"\}", source):
        yield ["".join(re.findall('"([^"]*)"', strings)) for strings in row]


def message(mlpstep, line):
    done = subprocess.run([mlpstep, "-"], input=f"{HEAD}{line}\n", text=True,
                          capture_output=True)
    return "" if done.returncode == 0 else done.stderr


def is_code(text):
    """Whether it can be read as Python, and is no words of English that can be."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return False
    known = {*re.findall(r"\w+", HEAD), *dir(builtins)}
    of_english = [node for node in ast.walk(tree)
                  if isinstance(node, ast.Name) and node.id not in known
                  or isinstance(node, ast.Constant) and node.value is ...]
    return bool(re.search(r"[(\[=@]", text)) and not of_english


def codes(advice):
    """What of a sentence is code: from each word on as much as can be read as Python."""
    words = advice.split(" ")
    at = 0
    while at < len(words):
        ends = [end for end in range(len(words), at, -1)
                if is_code(" ".join(words[at:end]).strip(",:"))]
        if ends:
            yield " ".join(words[at:ends[0]]).strip(",:")
        at = ends[0] if ends else at + 1


def wrong(mlpstep, namespaces, names, advice):
    for space, name in itertools.product(namespaces.split(), names.split()):
        name = "anything" if name == "*" else name.replace("*", "3d")
        uses = [f"{space}.{name}"]
        if space.startswith("torch"):
            uses += [f"from {space} import {name} as m\nm", f"import {space} as m\nm.{name}"]
        for use in uses:
            got = message(mlpstep, use).split("\n")[0]
            if not advice and ("did you mean" in got
                               or not got.endswith(("supported", "outside the subset"))):
                yield f"{use} should be refused without a guess, but got '{got}'"
            elif not got.endswith(": " + advice) and advice:
                yield f"{use} should be refused with '{advice}', but got '{got}'"
    yield from wrong_advice(mlpstep, names, advice)


def wrong_import(mlpstep, paths, advice):
    for path in paths.split():
        space, _, name = path.rpartition(".")
        begin = f"from {space} import {name} as m" if space else f"import {path} as m"
        got = [message(mlpstep, f"{begin}\n{use}").split("\n")[0] for use in ("m()", "m.anything()")]
        if not any(line.endswith(": " + advice) for line in got):
            yield f"{path} should be refused with '{advice}', but got {got}"
    yield from wrong_advice(mlpstep, paths, advice)


def wrong_advice(mlpstep, names, advice):
    for use in [*re.findall(r"torch(?:\.\w+)+", advice), *codes(advice)]:
        got = message(mlpstep, use)
        if got:
            yield f"the advice for {names} says {use}, but: {got}"


def main(mlpstep, table, table_of_imports):
    count = 0
    failures = []
    for row in rows(table, 3):
        count += 1
        failures += wrong(mlpstep, *row)
    for row in rows(table_of_imports, 2):
        count += 1
        failures += wrong_import(mlpstep, *row)
    print("\n".join(failures))
    print(f"{count} rows, {len(failures)} failures")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
