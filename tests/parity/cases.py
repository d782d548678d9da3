"""What tests/parity/cases_*.py are made of: small random scripts, each about one operation.

A generator is a function of a Case, marked @operation(name). It writes lines of a script that run
under python3 and under mlpstep, and asks for values to be shown under a label. Case(name, n) is
always the same script for the same n.
"""

import random

HEAD = """import math
from collections import OrderedDict
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim


def show(label, x):
    print(label + ":", x.dtype, x.shape, x.requires_grad, x.tolist())


"""
NARROW = ["int32", "int16", "int8", "uint8"]  # integers of fewer than 64 bits
SPECIAL = ["0.0", "-0.0", 'float("inf")', '-float("inf")', 'float("nan")', "88.7", "-88.8",
           "1e-45", "3e38", "-104.1", "1e-7", "1.0", "-1.0"]
SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33]
SHORT = [("torch.nn.functional.", "F."), ("torch.nn.", "nn."), ("torch.optim.", "optim.")]

OPERATIONS = {}  # name: (generator, how many times more often than others it is run)


def operation(name, weight=1):
    def mark(generator):
        OPERATIONS[name] = (generator, weight)
        return generator
    return mark


def count(shape):
    n = 1
    for size in shape:
        n *= size
    return n


def nested(numbers, shape):
    """The numbers, which are texts, as a nested list of the shape."""
    if not shape:
        return next(numbers)
    return "[" + ", ".join(nested(numbers, shape[1:]) for _ in range(shape[0])) + "]"


class Case:
    def __init__(self, name, number):
        self.name, self.turn = name, number
        self.r = random.Random(f"{name} {number}")
        self.lines, self.spelled, self.shapes = [], [], {}
        self.seed()
        OPERATIONS[name][0](self)

    def script(self):
        return HEAD + "\n".join(self.lines) + "\n"

    # --- choices ---

    def chance(self, p):
        return self.r.random() < p

    def among(self, items):
        return self.r.choice(items)

    def next_of(self, items):
        """In turn, so that every one of them comes up; the rest is drawn for each anew."""
        return items[self.turn % len(items)]

    def size(self):
        return self.among(SIZES[:7]) if self.chance(0.7) else self.among(SIZES)

    def shape(self, least=0, most=4, empty=True, limit=600):
        while True:
            shape = [self.size() for _ in range(self.r.randint(least, most))]
            if empty and shape and self.chance(0.05):
                shape[self.r.randrange(len(shape))] = 0
            if count(shape) <= limit:
                return tuple(shape)

    def pair(self, most=4, misfit=0.03):
        """Two shapes that broadcast; rarely two that do not."""
        shape = self.shape(most=most)
        a, b = (self.narrowed(shape) for _ in range(2)) if self.chance(0.6) else (shape, shape)
        if b and self.chance(misfit):
            b = b[:-1] + (b[-1] + 1,)
        return (a, b) if self.chance(0.5) else (b, a)

    def narrowed(self, shape):
        if self.chance(0.4):
            return shape
        return tuple(1 if self.chance(0.35) else size
                     for size in shape[self.r.randint(0, len(shape)):])

    def dim(self, ndim, misfit=0.02):
        if self.chance(misfit):
            return self.among([ndim + 1, -ndim - 2])
        return self.r.randint(-max(ndim, 1), max(ndim, 1) - 1)

    def dtype(self, floating=False):
        kind = self.r.random()
        if floating or kind < 0.8:
            return "float64" if self.chance(0.1) else "float32"
        if kind < 0.93:
            return "int64" if kind < 0.9 else NARROW[int(kind * 1000) % len(NARROW)]
        return "bool"

    def number(self):
        kind = self.r.random()
        if kind < 0.15:
            return self.among(["0", "1", "2", "-1", "3", "10"])
        if kind < 0.3:
            return self.among(["0.0", "1.0", "0.5", "-0.5", "2.0", "0.1", "1e-3", "1 / 3"])
        return f"{self.r.gauss(0, 2):.{self.r.randint(1, 6)}f}"

    # --- lines ---

    def line(self, text):
        self.lines.append(text)

    def seed(self):
        self.line(f"torch.manual_seed({self.among([0, 1, 42, 2022, self.r.getrandbits(40)])})")

    def show(self, expression, label=None):
        self.line(f'show("{label or self.name}", {expression})')

    def spell(self, path):
        """The text that stands for a path; remembers that it was used."""
        self.spelled.append(path)
        for long, short in SHORT:
            if path.startswith(long):
                return short + path[len(long):]
        first = path.split(".")[0]
        return path[len(first):] if first in ("Tensor", "Module", "Optimizer") else path

    def call(self, path, x, *arguments):
        """A function, a method of Tensor, or a module of torch.nn that is called with x."""
        text, rest = self.spell(path), ", ".join(str(a) for a in arguments)
        if path.startswith("Tensor."):
            return f"{x}{text}({rest})"
        if path.startswith("torch.nn.") and path.split(".")[2][0].isupper():
            return f"{text}({rest})({x})"
        return f"{text}({x}{', ' if rest else ''}{rest})"

    def tensor(self, name, shape, dtype="float32", grad=False, positive=False, special=0.0):
        """Assigns a tensor of that shape to the name: its numbers are written out if they are few."""
        grad = grad and dtype.startswith("float")
        options = "" if dtype == "float32" else f", dtype=torch.{dtype}"
        options += ", requires_grad=True" if grad else ""
        n, floating = count(shape), dtype.startswith("float")
        self.shapes[name] = shape
        if n == 0 and shape != (0,):
            self.line(f"{name} = torch.zeros({shape}{options})")
        elif n > 40 and floating and not positive:
            self.line(f"{name} = torch.randn({shape}{options})")
        elif n > 40 and floating:
            self.line(f"{name} = torch.rand({shape}{options})")
        else:
            numbers = iter([self.element(dtype, positive, special) for _ in range(n)])
            self.line(f"{name} = torch.tensor({nested(numbers, shape)}{options})")
        return name

    def element(self, dtype, positive, special):
        if dtype == "bool":
            return self.among(["True", "False"])
        if dtype in ("int64", *NARROW):
            return str(self.r.randint(0 if positive else -6, 9))
        if self.chance(special):
            return self.among(SPECIAL)
        if positive:
            return f"{self.r.uniform(0.05, 3):.4f}"
        return f"{self.r.gauss(0, 1.5):.4f}"

    def backward(self, y, *leaves, label=None):
        """Differentiates, by a gradient of random numbers or by a sum or a mean of y."""
        label = label or self.name
        how = self.among(["y", "y", "y", "sum", "mean"])
        if how == "y":
            self.line(f"{y}.backward(torch.randn({y}.shape, dtype={y}.dtype))")
        else:
            self.line(f"{y}.{how}().backward()")
            label += f" of a {how}"
        for leaf in leaves:
            self.show(f"{leaf}.grad", f"{label}, gradient" if how == "y" else f"gradient: {label}")
