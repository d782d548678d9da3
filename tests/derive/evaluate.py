"""Computes the equations of derivations again, in arithmetic of intervals.

A side that has numbers only is evaluated, each of its numbers being uncertain by half a unit of its
last decimal; the sides of an equation have to meet. Beyond that they may differ by what rounding to
float32 makes. Equations that leave terms out, or whose numbers are so uncertain that nothing could
be wrong, are counted apart.

Usage: evaluate.py MLPSTEP [--precision=N] [SCRIPT:LEAST | SCRIPT]...
LEAST is how many equations there are to be, at least. Without scripts it reads a derivation from
standard input; --self-test needs no MLPSTEP.
"""

import math
import os
import re
import subprocess
import sys

FLOAT_UNIT = 2.0 ** -23
VAGUE = 0.05  # of a number, or of 1: what is more uncertain proves nothing
START = re.compile(r" {4}(?: {4})?(?=[^ =+−·⊙/←])")
TOKEN = re.compile(r" *(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf\b|nan\b)|([^\W\d][\w.′]*)|(.))", re.DOTALL)
ABOVE = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁽⁾ᵀ", "0123456789-()T"))
BELOW = set("₀₁₂₃₄₅₆₇₈₉")


class Symbolic(Exception):
    """There is more in it than numbers."""


class LeftOut(Exception):
    """Terms are left out, or stand for something to be filled in."""


class Wrong(Exception):
    """It is no mathematics."""


# --- intervals ---

class Interval:
    largest = 0.0  # of all that was met

    def __init__(self, low, high):
        self.low, self.high = (low, high) if low <= high else (high, low)
        if math.isfinite(self.low) and math.isfinite(self.high):
            Interval.largest = max(Interval.largest, abs(self.low), abs(self.high))

    def __add__(self, other):
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self):
        return Interval(-self.high, -self.low)

    def __sub__(self, other):
        return self + -other

    def __mul__(self, other):
        ends = [0.0 if a == 0 or b == 0 else a * b
                for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other):
        if other.low <= 0 <= other.high:
            return Interval(-math.inf, math.inf)
        return self * Interval(1 / other.high, 1 / other.low)

    def __abs__(self):
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Interval(0.0, max(-self.low, self.high))

    def __pow__(self, other):
        if other.low == other.high and other.low == int(other.low):
            return self.to_whole(int(other.low))
        if self.low <= 0:
            if self.high < 0:
                return self.to_whole(round((other.low + other.high) / 2))
            return Interval(0.0, max(1.0, self.high) ** max(abs(other.low), abs(other.high)))
        ends = [bounded(lambda: a ** b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def to_whole(self, n):
        if n < 0:
            return Interval(1.0, 1.0) / self.to_whole(-n)
        if n % 2 == 0:
            self = abs(self)
        return Interval(bounded(lambda: self.low ** n), bounded(lambda: self.high ** n))

    def rises(self, function, low=-math.inf, high=math.inf):
        """The image by a function that rises, defined between low and high."""
        ends = [bounded(lambda: function(min(max(end, low), high))) for end in (self.low, self.high)]
        return Interval(*ends)

    def swings(self, function, slope=1.0, low=-math.inf, high=math.inf):
        """The image by a function that has no larger slope than this."""
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 2 * slope
        if not math.isfinite(middle + half):
            return Interval(low, high)
        value = function(middle)
        return Interval(max(value - half, low), min(value + half, high))

    def __repr__(self):
        return f"{(self.low + self.high) / 2:.9g} ± {(self.high - self.low) / 2:.2g}"


def bounded(compute):
    try:
        return compute()
    except OverflowError:
        return math.inf


def logarithm(x):
    return math.log(x) if x > 0 else -math.inf


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def softplus(x):
    return math.log1p(math.exp(x)) if x < 30 else x


def tangent(x):
    period = math.floor(x.low / math.pi + 0.5), math.floor(x.high / math.pi + 0.5)
    return x.rises(math.tan) if period[0] == period[1] else Interval(-math.inf, math.inf)


ONE = {
    "exp": lambda x: x.rises(math.exp), "expm1": lambda x: x.rises(math.expm1),
    "ln": lambda x: x.rises(logarithm, 0.0), "log": lambda x: x.rises(logarithm, 0.0),
    "log2": lambda x: x.rises(lambda v: logarithm(v) / math.log(2), 0.0),
    "log10": lambda x: x.rises(lambda v: logarithm(v) / math.log(10), 0.0),
    "log1p": lambda x: x.rises(lambda v: logarithm(1 + v), -1.0),
    "√": lambda x: x.rises(math.sqrt, 0.0), "sqrt": lambda x: x.rises(math.sqrt, 0.0),
    "sin": lambda x: x.swings(math.sin, 1.0, -1.0, 1.0), "cos": lambda x: x.swings(math.cos, 1.0, -1.0, 1.0),
    "tan": tangent, "asin": lambda x: x.rises(math.asin, -1.0, 1.0),
    "acos": lambda x: -x.rises(lambda v: -math.acos(v), -1.0, 1.0), "atan": lambda x: x.rises(math.atan),
    "sinh": lambda x: x.rises(math.sinh), "cosh": lambda x: abs(x).rises(math.cosh),
    "tanh": lambda x: x.rises(math.tanh), "asinh": lambda x: x.rises(math.asinh),
    "acosh": lambda x: x.rises(math.acosh, 1.0), "atanh": lambda x: x.rises(math.atanh, -1 + 1e-12, 1 - 1e-12),
    "erf": lambda x: x.rises(math.erf), "sigmoid": lambda x: x.rises(sigmoid), "σ": lambda x: x.rises(sigmoid),
    "softplus": lambda x: x.rises(softplus), "floor": lambda x: x.rises(math.floor),
    "ceil": lambda x: x.rises(math.ceil), "round": lambda x: x.rises(round), "trunc": lambda x: x.rises(math.trunc),
    "sign": lambda x: x.rises(lambda v: (v > 0) - (v < 0)), "abs": abs,
}


def add_up(numbers):
    total = Interval(0.0, 0.0)
    for number in numbers:
        total = total + number
    return total


def multiply_up(numbers):
    product = Interval(1.0, 1.0)
    for number in numbers:
        product = product * number
    return product


SEVERAL = {
    "max": lambda v: Interval(max(x.low for x in v), max(x.high for x in v)),
    "min": lambda v: Interval(min(x.low for x in v), min(x.high for x in v)),
    "sum": add_up, "∑": add_up, "prod": multiply_up,
    "mean": lambda v: add_up(v) / Interval(len(v), len(v)),
}


# --- tensors: lists of lists ---

def depth_of(x):
    return 1 + (depth_of(x[0]) if x else 0) if isinstance(x, list) else 0


def flat(x):
    return [number for part in x for number in flat(part)] if isinstance(x, list) else [x]


def each(function, *tensors):
    """Element by element; what has fewer dimensions, or size 1 along one, is used again."""
    depth = max(depth_of(t) for t in tensors)
    if depth == 0:
        return function(*tensors)
    size = max(len(t) for t in tensors if depth_of(t) == depth)
    if any(depth_of(t) == depth and len(t) not in (1, size) for t in tensors):
        raise Wrong("sizes do not go together")
    return [each(function, *(t if depth_of(t) < depth else t[i if len(t) > 1 else 0] for t in tensors))
            for i in range(size)]


def transposed(x):
    return [list(column) for column in zip(*x)] if depth_of(x) == 2 else x


def beside(a, b):
    """The product of matrices, or of numbers."""
    if not depth_of(a) or not depth_of(b):
        return each(lambda x, y: x * y, a, b)
    if depth_of(a) > 2 or depth_of(b) > 2:
        raise Symbolic()
    if depth_of(a) == 1 and depth_of(b) == 1:
        raise Symbolic()  # an inner product, or an outer one
    if depth_of(b) == 1:
        return [beside_rows(row, b) for row in a]
    columns = transposed(b)
    if depth_of(a) == 1:
        return [beside_rows(a, column) for column in columns]
    return [[beside_rows(row, column) for column in columns] for row in a]


def beside_rows(row, column):
    if len(row) != len(column):
        raise Wrong("sizes do not go together")
    return add_up(x * y for x, y in zip(row, column))


# --- sides ---

class Side:
    """sum = [-] term {+ - term}; term = power {· ⊙ / or nothing, power}; power = atom {above}."""

    def __init__(self, text, precision):
        self.tokens = [match.groups() for match in TOKEN.finditer(text.strip())]
        self.at, self.half = 0, 0.5 * 10.0 ** -precision

    def peek(self):
        number, name, sign = self.tokens[self.at] if self.at < len(self.tokens) else (None, None, None)
        return number or name or sign or ""

    def take(self, *wanted):
        if self.peek() not in wanted or not self.peek():
            return None
        self.at += 1
        return self.tokens[self.at - 1][2] or self.tokens[self.at - 1][1]

    def need(self, wanted):
        if not self.take(wanted):
            raise Wrong(f"{wanted} is missing before '{self.peek()}'")

    def whole(self):
        value = self.sum()
        if self.peek():
            raise Symbolic() if self.peek() in ("where", "elsewhere", "and", "<", ">", "≤", "≥", "≠", ",") \
                else Wrong(f"'{self.peek()}' is too much")
        return value

    def sum(self):
        value = self.signed()
        while sign := self.take("+", "−", "-"):
            other = self.term()
            value = each((lambda a, b: a + b) if sign == "+" else (lambda a, b: a - b), value, other)
        return value

    def signed(self):
        if self.take("-", "−"):
            return each(lambda x: -x, self.signed())
        return self.term()

    def begins_atom(self):
        number, name, sign = self.tokens[self.at] if self.at < len(self.tokens) else (None, None, None)
        return bool(number or sign in ("(", "[", "√", "∑") or
                    (name and name not in ("where", "elsewhere", "and")))

    def term(self):
        value = self.power()
        while True:
            if self.take("·", "⊙"):
                value = each(lambda a, b: a * b, value, self.factor())
            elif self.take("/"):
                value = each(lambda a, b: a / b, value, self.factor())
            elif self.begins_atom():
                value = beside(value, self.power())
            else:
                return value

    def factor(self):
        return each(lambda x: -x, self.factor()) if self.take("-", "−") else self.power()

    def power(self):
        is_e = self.peek() == "e"
        value = self.e() if is_e else self.atom()
        while True:
            if self.take("^"):
                exponent = self.parenthesis() if self.peek() == "(" else self.atom()
                value = each(lambda a, b: b.rises(math.exp) if is_e else a ** b, value, exponent)
            elif self.peek() in ABOVE:
                value = self.raised(value)
            else:
                return value

    def e(self):
        self.at += 1
        if self.peek() != "^" and self.peek() not in ABOVE:
            raise Symbolic()
        return Interval(math.e, math.e)

    def raised(self, value):
        text = ""
        while self.peek() in ABOVE:
            text += ABOVE[self.peek()]
            self.at += 1
        if text == "T":
            return transposed(value)
        if not re.fullmatch(r"-?\d+", text):
            raise Symbolic()
        return each(lambda x: x.to_whole(int(text)), value)

    def atom(self):
        number, name, sign = self.tokens[self.at] if self.at < len(self.tokens) else (None, None, None)
        if number:
            self.at += 1
            return self.number(number)
        if name or sign in ("√", "∑"):
            return self.named(name or sign)
        if sign == "(":
            return self.parenthesis()
        if sign == "[":
            return self.list()
        if sign == "|":
            self.at += 1
            value = each(abs, self.sum())
            self.need("|")
            return value
        if sign in ("…", "?"):
            raise LeftOut()
        if sign is None or sign in ABOVE or sign in BELOW or sign in "+−·⊙/^=,)]":
            raise Wrong(f"'{sign}' stands where a number has to")
        raise Symbolic()

    def number(self, text):
        value = float(text)
        if not math.isfinite(value):
            raise Symbolic()
        half = 0.0 if "e" in text else self.half
        return Interval(value - half, value + half)

    def parenthesis(self):
        self.need("(")
        value = self.sum()
        if self.peek() in (",", "<", ">", "≤", "≥", "≠", "="):
            raise Symbolic()
        self.need(")")
        return value

    def arguments(self, close):
        values = []
        while not self.take(close):
            values.append(self.sum())
            if self.peek() != close:
                if self.peek() == "where":
                    raise Symbolic()
                self.need(",")
        return values

    def list(self):
        self.need("[")
        return self.arguments("]")

    def named(self, name):
        self.at += 1
        if name == "π":
            return Interval(math.pi, math.pi)
        if (name not in ONE and name not in SEVERAL) or self.peek() != "(":
            raise Symbolic()
        self.at += 1
        values = self.arguments(")")
        if name in ONE:
            if len(values) != 1:
                raise Symbolic()
            return each(ONE[name], values[0])
        if len(values) == 1 and depth_of(values[0]) > 1:
            raise Symbolic()  # over one of the dimensions: which is not said
        return SEVERAL[name](flat(values)) if len(values) == 1 else \
            each(lambda *numbers: SEVERAL[name](list(numbers)), *values)


# --- equations ---

def has_words(side):
    return any(name not in ONE and name not in SEVERAL for name in re.findall(r"[^\W\d][\w.′]*", side))


def split_sides(text):
    """At each = outside of brackets."""
    sides, depth, begin = [], 0, 0
    for at, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if depth == 0 and text[at:at + 3] in (" = ", " ← "):
            sides.append(text[begin:at])
            begin = at + 3
    return sides + [text[begin:]]


def read_equations(text):
    """Lines that go on are joined; what stands behind three spaces, or begins with a bracket, is a remark."""
    equations, is_open, in_remark = [], False, False
    for number, line in enumerate(text.split("\n"), 1):
        content = line.strip()
        start = START.match(line)
        if start and re.match(r"\S.*? [=←] ", line[start.end():]) and not content.startswith("(since"):
            equations.append([number, ""])
            is_open, in_remark = True, False
        elif not content or not line.startswith("     "):
            is_open = False
        elif content.startswith("("):
            in_remark = True
        if is_open and not in_remark:
            content, *remark = re.split(r" {3,}", content, maxsplit=1)
            equations[-1][1] += (" " if equations[-1][1] else "") + content
            in_remark = bool(remark)
    return equations


class Count:
    def __init__(self):
        self.tight = self.vague = self.left_out = self.symbolic = 0

    def add(self, other):
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self):
        return f"{self.tight} equations, {self.vague} too uncertain, {self.left_out} with something left out, " \
               f"{self.symbolic} without numbers"


def is_vague(value):
    return any(not math.isfinite(x.high - x.low) or x.high - x.low > VAGUE * max(1.0, abs(x.low))
               for x in flat(value))


def meet(a, b, slack):
    if depth_of(a) != depth_of(b):  # a number for each element, or a row and a matrix of one row
        one, other = (flat(a), flat(b)) if depth_of(a) < depth_of(b) else (flat(b), flat(a))
        return meet(one * len(other) if len(one) == 1 else one, other, slack)
    if isinstance(a, list):
        return len(a) == len(b) and all(meet(x, y, slack) for x, y in zip(a, b))
    return a.low - slack <= b.high and b.low - slack <= a.high


def check_equation(text, precision, count):
    """Whether it holds; what is wrong with it, or None."""
    values, left_out = [], False
    Interval.largest = 0.0
    for side in split_sides(text):
        try:
            values.append((side, Side(side, precision).whole()))
        except Symbolic:
            pass
        except LeftOut:
            left_out = True
        except Wrong as error:
            if not has_words(side):
                return f"{error} in {side}"
    if len(values) < 2:
        count.left_out += left_out
        count.symbolic += not left_out
        return None
    slack = 4 * FLOAT_UNIT * Interval.largest
    for (a, x), (b, y) in zip(values, values[1:]):
        if not meet(x, y, slack):
            return f"{a} is {x}, and {b} is {y}"
    vague = any(is_vague(value) for _, value in values)
    count.vague += vague
    count.tight += not vague
    return None


def check(text, precision, name, count):
    failures = 0
    for line, equation in read_equations(text):
        error = check_equation(equation, precision, count)
        if error:
            print(f"{name}:{line}: {equation}\n    {error}")
            failures += 1
    return failures


def check_script(mlpstep, precision, script, least):
    done = subprocess.run([mlpstep, "derive", f"--precision={precision}", script], capture_output=True)
    if done.returncode:
        print(f"{script}: status {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
        return 1
    count, text = Count(), done.stdout.decode("utf-8")
    failures = check(text, precision, script, count)
    if count.tight < least:
        print(f"{script}: only {count.tight} equations with numbers, not {least}")
        failures += 1
    TOTAL.add(count)
    if least or failures:
        print(f"{os.path.basename(script)}: {count}")
    return failures


TOTAL = Count()

GOOD = """
    z₀ = 0.15 · 0.05 + 0.2 · 0.1 + 0.04 = 0.0675
    ŷ₀ = e^(0.5265) / (e^(0.5265) + e^(0.6805)) = 1.692996 / 3.667861 = 0.461576
    ℓ = −ln(0.538424) = 0.619109   (class 1 = the second)
    ∂ℓ/∂o = [0.461576, 0.538424] − [0, 1] = [0.461576, -0.461576]
    ∂ℓ/∂d = [[0.45, 0.6], [0.5, 0.7]] [0.461576, -0.461576] = [-0.069236, -0.092315]
        ∂ℓ/∂W[0, 1] = 0.45 · 0.461576 + 0.6 · (-0.461576)
                      + 0.25² − (-0.5)^(2) / √(16)
                    = -0.069236
                      (since 1 = 1, and what else there
                       is = 7)
    b = |-3 · 0.5| · max(0.5, -2) = 0.75
    W ← W − η ∂ℓ/∂W = 0.15 − 0.1 · (-0.013847) = 0.151385
    s = tanh(0.5) · sigmoid(-1) = 0.124282
"""
BAD = """
    z₀ = 0.15 · 0.05 + 0.2 · 0.1 + 0.04 = 0.0676
    ℓ = −ln(0.538424) = 0.619111
    v = [0.461576, 0.538424] − [0, 1] = [0.461576, 0.461576]
        w[0, 1] = 0.45 · 0.461576
                  + 0.6 · (-0.461576)
                = 0.069236
    b = 1 + · 3 = 7
    b = 2 · [1, 2] = [2, 4, 6]
"""


def self_test():
    count = Count()
    assert check(GOOD, 6, "good", count) == 0
    assert (count.tight, count.symbolic) == (9, 0), count
    wrong, all_of = [check_equation(text, 6, Count()) for _, text in read_equations(BAD)], read_equations(BAD)
    assert len(all_of) == 6 and all(wrong), list(zip(all_of, wrong))
    assert check_equation("a = x + 0.5 = 0.5", 6, count) is None and count.symbolic == 1
    assert check_equation("a = 1 + … + 2 = 7", 6, count) is None and count.left_out == 1
    assert check_equation("a = 1 / 0 = 7", 6, count) is None and count.vague == 1
    return 0


def main(words):
    precision = 6
    for word in [word for word in words if word.startswith("--precision=")]:
        precision = int(word.partition("=")[2])
        words.remove(word)
    if words == ["--self-test"]:
        return self_test()
    if not words:
        count = Count()
        failures = check(sys.stdin.read(), precision, "-", count)
        print(count)
        return failures > 0
    mlpstep, failures = words[0], 0
    for word in words[1:]:
        script, least = re.fullmatch(r"(.*?)(?::(\d+))?", word).groups()
        failures += check_script(mlpstep, precision, script, int(least or 0))
    print(TOTAL)
    return failures > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
