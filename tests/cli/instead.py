"""Holds the table of src/torch/instead.c against the command: a name that has a row must be
refused with the row's advice, or without a guess where that is empty, and a path of torch that an advice names must be known.

Usage: instead.py MLPSTEP TABLE
"""

import itertools
import re
import subprocess
import sys

HEAD = """import torch
torch.manual_seed(0)
Module = torch.nn.Linear(1, 1)
Tensor = torch.tensor(1.0)
Generator = torch.Generator()
Optimizer = torch.optim.SGD(Module.parameters(), lr=0.1)
"""
STRING = r'((?:"[^"]*"\s*)+)'


def rows(table):
    with open(table) as file:
        source = file.read()
    for row in re.findall(r"\{" + r",\s*".join([STRING] * 3) + r"\}", source):
        yield ["".join(re.findall('"([^"]*)"', strings)) for strings in row]


def message(mlpstep, line):
    done = subprocess.run([mlpstep, "-"], input=f"{HEAD}{line}\n", text=True,
                          capture_output=True)
    return done.stderr


def wrong(mlpstep, namespaces, names, advice):
    for space, name in itertools.product(namespaces.split(), names.split()):
        uses = [f"{space}.{name}"]
        if space.startswith("torch"):
            uses += [f"from {space} import {name}", f"import {space} as m\nm.{name}"]
        for use in uses:
            got = message(mlpstep, use).split("\n")[0]
            if not advice and ("did you mean" in got or not got.endswith("supported")):
                yield f"{use} should be refused without a guess, but got '{got}'"
            elif not got.endswith(": " + advice) and advice:
                yield f"{use} should be refused with '{advice}', but got '{got}'"
    for path in re.findall(r"torch(?:\.\w+)+", advice):
        got = message(mlpstep, path)
        if got:
            yield f"the advice for {names} names {path}, but: {got}"


def main(mlpstep, table):
    count = 0
    failures = []
    for row in rows(table):
        count += 1
        failures += wrong(mlpstep, *row)
    print("\n".join(failures))
    print(f"{count} rows, {len(failures)} failures")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
