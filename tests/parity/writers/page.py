"""What a script is written on: lines, and templates that chance fills in.

In a template

    «a|b||c»   is one of a, b, nothing and c; the innermost of several is decided first
    $f $p      a float; a positive one
    $i $n      an integer from -3 to 9; a size from 1 to 4
    $l(2,3)    a list of two lists of three floats
    $k(4,3)    a list of 4 integers below 3

and a dot before a square bracket is left out, so that x.«T|[0]» is x.T or x[0].
"""

import contextlib
import re

CHOICE = re.compile(r"«([^«»\n]*)»")
SLOT = re.compile(r"\$(?:([fpin])(?![A-Za-z0-9_])|([lk])\(([\d,]+)\))")


class Page:
    def __init__(self, r):
        self.r = r
        self.lines = []
        self.margin = ""
        self.has_zeros = True

    def chance(self, p):
        return self.r.random() < p

    def number(self):
        if self.has_zeros and self.chance(0.1):
            return self.r.choice(["0.0", "1.0", "-1.0", "0.5", "-0.0", "2.0"])
        return f"{self.r.gauss(0, 1.5):.{self.r.randint(1, 3)}f}"

    def list(self, *sizes):
        if not sizes:
            return self.number()
        return "[" + ", ".join(self.list(*sizes[1:]) for _ in range(sizes[0])) + "]"

    def slot(self, match):
        letter, group, sizes = match.groups()
        if letter:
            return {"f": self.number, "p": lambda: f"{self.r.uniform(0.05, 2):.2f}",
                    "i": lambda: str(self.r.randint(-3, 9)),
                    "n": lambda: str(self.r.randint(1, 4))}[letter]()
        sizes = [int(size) for size in sizes.split(",")]
        if group == "l":
            return self.list(*sizes)
        return str([self.r.randrange(sizes[1]) for _ in range(sizes[0])])

    def fill(self, template):
        while CHOICE.search(template):
            template = CHOICE.sub(lambda m: self.r.choice(m[1].split("|")), template)
        return SLOT.sub(self.slot, template).replace(".[", "[")

    def add(self, template):
        for line in self.fill(template).strip("\n").split("\n"):
            self.lines.append(self.margin + line if line else line)

    def add_some(self, templates, least, most):
        """Some of them, in any order, each once."""
        for template in self.r.sample(templates, min(self.r.randint(least, most), len(templates))):
            self.add(template)

    def add_tried(self, templates, least, most):
        """As add_some, but what fails is told and does not end the script."""
        for template in self.r.sample(templates, min(self.r.randint(least, most), len(templates))):
            if self.chance(0.1):
                self.add(template)
                continue
            with self.block("try:"):
                self.add(template)
            self.add("except Exception as e: print(type(e).__name__«|, e|, e»)")

    def add_in_order(self, templates, p):
        """Each with this chance, in their order."""
        for template in templates:
            if self.chance(p):
                self.add(template)

    @contextlib.contextmanager
    def block(self, head):
        self.add(head)
        before, self.margin = self.margin, self.margin + "    "
        yield
        self.margin = before

    def text(self):
        return "\n".join(self.lines) + "\n"
