"""Writes tests/fixtures/number_text.txt and value_text.txt: numbers and other values as Python and
PyTorch print them. A case is a script that makes v and, for format(v, spec) or template % v, one of
spec and template; an error of Python's is written as !."""

import math
import random
import struct

import torch

import fixtures

random.seed(4)
torch.manual_seed(4)


class Cases:
    def __init__(self, name):
        self.out = open(f"{fixtures.FIXTURES}/{name}.txt", "w", encoding="utf-8")
        self.out.write(f"# Written by tests/reference/value_text.py with PyTorch "
                       f"{torch.__version__}.\n\n")

    def case(self, script):
        names = {"nan": math.nan, "inf": math.inf, "__name__": "__main__"}
        exec(script, names)
        v = names["v"]
        try:
            text = (format(v, names["spec"]) if "spec" in names else
                    names["template"] % v if "template" in names else repr(v))
        except (TypeError, ValueError, OverflowError):
            text = None
        if text and "\0" in text:
            return  # a NUL is refused
        torch.set_printoptions(profile="default")
        torch.set_default_dtype(torch.float32)
        self.out.write(script)
        self.out.write("!\n" if text is None else
                       "".join(f"> {line}\n" for line in text.split("\n")))
        self.out.write("\n")


def literal(value):
    """Not repr, whose shortest digits are what is tested."""
    if not isinstance(value, float) or not math.isfinite(value):
        return repr(value)
    return f"{value:.17e}"


numbers = Cases("number_text")


def show(value):
    numbers.case(f"v = {literal(value)}\n")


def show_as(value, spec):
    numbers.case(f"v = {literal(value)}\nspec = {spec!r}\n")


def show_in(template, value):
    text = literal(value) if not isinstance(value, tuple) else (
        f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})")
    numbers.case(f"v = {text}\ntemplate = {template!r}\n")


# repr(float): every power of two, where neighbours lie unevenly, and numbers of any bits.
for exponent in range(-1074, 1024):
    if exponent % 5 == 0 or abs(exponent) < 60:
        show(2.0 ** exponent)
for exponent in range(-324, 309):
    if exponent % 9 == 0 or abs(exponent) < 25:
        show(float(f"1e{exponent}"))
for bits in [random.getrandbits(63) for _ in range(600)]:
    value = struct.unpack("<d", struct.pack("<Q", bits))[0]
    show(-value if bits & 1 else value)
for _ in range(400):
    show(torch.randn(()).item() * 10.0 ** random.randint(-6, 20))
    show(random.uniform(-1000, 1000))
    show(round(random.uniform(-1000, 1000), random.randint(0, 6)))
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 2.5, 3.5, 1e-5, 1e-4, 0.00012345, 9.5, 99.95, 999999.5,
          1e15, 1e16, 123456789.0, 1234.5678, -1234567.891, 1e22, 1.5e300, 5e-324, math.nan,
          math.inf, -math.inf, 0.6931471824645996]
INTEGERS = [0, 1, -1, 7, 42, -42, 255, 999, 1000, -1234, 65, 1234567, -123456789, 2 ** 53 + 1,
            2 ** 63 - 1, -2 ** 63 + 1]
STRINGS = ["", "a", "loss", "a longer text", "é", "größe", "日本語", "🙂🙂"]
for value in FLOATS + INTEGERS + [True, False]:
    show(value)

SPECS = ["", "d", "5", "05", "<8", ">8", "^8", "^9", "=8", "*^11", "0<8", "0>8", "0=8", "0^8",
         "*=8", "+", "-", " ", "+8", " 8", "+08", " 08", "-08", ",", "_", "10,", "010,", "08,",
         "07,", "06,", "05_", "012_", "b", "o", "x", "X", "c", "n", "#b", "#o", "#x", "#X", "#010x",
         "+#012b", "_b", "_x", "#_x", "020_b", "021_b", "#022_b", "<#9x", "^#9x", ",x", ",b", ",n",
         "_c", "05c", "5c", "<5c", "+c", "#c", "s", "10s", ".2f", ".0f", "#.0f", ".4f", "8.3f",
         "08.3f", "+.2f", "+09.2f", "<9.2f", "^9.2f", "=9.2f", "*>12.4f", "f", "F", "e", "E", ".0e",
         "#.0e", ".3e", "12.3e", "g", "G", ".0g", ".1g", ".3g", ".10g", "#g", "#.3g", "012.4g", "%",
         ".1%", ".0%", "8.2%", "08.2%", ",.2f", "_.2f", "012,.2f", "013,.2f", "014,.2f", ",e", ",g",
         ",%", "_%", ".3", ".1", ".0", ".10", ".17", "#.3", "#", "#5", "10.3", "010.3", "+.3", "n",
         ".3n", "010n", ",.4", "x>10", "é>10", "日^9.1f", "{>8", "}<8", " >8", "08", "00", "008", "10",
         ".", ".f", "5.", "f5", "ff", "q", "y", "5 ", "++", ",,", "__", ",_", "_,", "0,,", "<<8",
         ">>8", "<", ">", "^", "=", "==", "=<5", "<=5", "5x", "5d5", "Z", "i", "r", "!r", "a",
         ".5d", ".2x", ".2s", ".20s", "5.1s", "<5.1s", "^5.1s", "=5s", "05s", "+s", "#s", ",s", "*<6",
         "*>6.2", "#08", "#.0%", "#n", "#.3n", "# x", " #x", "-#x", "10d", "^+9d", "=+9d", "<+9d"]
for spec in SPECS:
    for value in FLOATS[::2] + INTEGERS[::2] + STRINGS[::2] + [True]:
        show_as(value, spec)
for _ in range(1500):
    spec = (random.choice(["", "", "<", ">", "^", "=", "*>", "0=", "é^"])
            + random.choice(["", "", "+", "-", " "]) + random.choice(["", "", "", "#"])
            + random.choice(["", "", "0"]) + random.choice(["", str(random.randrange(1, 30))])
            + random.choice(["", "", "", ",", "_"])
            + random.choice(["", "", f".{random.randrange(20)}"])
            + random.choice(["", *"bcdoxXeEfFgGn%s"]))
    show_as(random.choice(FLOATS + INTEGERS + STRINGS + [True, False]), spec)
for value in (0.1, 1e300, 1e-300, 2 ** 62):
    for spec in (".60f", ".100e", ".1000f", "500", ".300g", "0400.60f", "0900,.60f"):
        show_as(value, spec)

CONVERSIONS = [f"%{flags}{width}{precision}{kind}"
               for flags in ("", "-", "0", "+", " ", "#", "-0", "+0", "#0", "-#", "0 ")
               for width in ("", "9") for precision in ("", ".0", ".3")
               for kind in "disrfFeEgGxXoc"]
for conversion in CONVERSIONS:
    for value in random.sample(FLOATS, 2) + random.sample(INTEGERS, 2) + [
            random.choice(STRINGS), random.choice([True, False, None])]:
        show_in(conversion, value)
TEMPLATES = [("%d", (1,)), ("%d %d", (1, 2)), ("%d %d", (1,)), ("%d", (1, 2)), ("%d", ()), ("no", ()),
             ("no", 1), ("no", (1,)), ("%s", "x"), ("%s and %r", ("x", "y'z")), ("100%%", ()),
             ("%5%", ()), ("%d%%", 5), ("%", 1), ("%5", 1), ("%5.", 1), ("%y", 1), ("%*d", (5, 3)),
             ("%-*d|", (5, 3)), ("%*d|", (-5, 3)), ("%.*f", (2, 1.25)), ("%*.*f", (8, 2, 1.25)),
             ("%.*f", (-2, 1.5)), ("%*d", (1.5, 3)), ("%*d", ("5", 3)), ("%*d", 3), ("%ld", 3),
             ("%hd", 3), ("%Lf", 3.5), ("%lld", 3), ("%u", 3), ("%u", -3), ("%d", "3"), ("%f", "3"),
             ("%x", 3.0), ("%x", -255), ("%#x", -255), ("%#06x", -255), ("%06d", -42), ("%.5d", -42),
             ("%8.5d", 42), ("%-8.5d|", 42), ("%08.5d", 42), ("%+.5d", 42), ("%c%c", (65, "b")),
             ("%c", "ab"), ("%c", ""), ("%c", 0x1F642), ("%c", -1), ("%c", 0x110000), ("%5c", "é"),
             ("%-5s|", "é"), ("%.1s|", "éa"), ("%d", math.nan), ("%d", math.inf), ("%d", 1e20),
             ("%d", -1e300), ("%d", -0.5), ("%i", 2.9), ("%s %s", "ab"), ("epoch %d: loss %.4f",
             (3, 0.693147)), ("%s", None), ("%s", (None,)), ("%5s%-5s|", (True, None)), ("%r", ("é",)),
             ("%d %s %f", (1, "two", 3)), ("%(a)d", 1), ("%.3f%%", 12.5), ("% d", 42), ("%+d", 42)]
for template, value in TEMPLATES:
    show_in(template, value)

values = Cases("value_text")
IMPORT = "import torch\nfrom torch import nn\n"
for text in [*STRINGS, "it's", 'say "hi"', "it's \"both\"", "back\\slash", "line\nbreak", "tab\t", "\r",
             "\x01", "\x1f", "\x7f", "\x80", "\xa0", "\xad", "ÿ", "\u200b", "\u2028", "\ufeff", "\ue000",
             "\U0001f642", "\U000e0001", "\u3000", "\u0600", "ａ", "'", '"', "\\", "''", '""']:
    source = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    source = source.replace("\r", "\\r").replace('"', '\\"')
    if all(c.isprintable() or ord(c) > 0x7F for c in source):
        values.case(f'v = "{source}"\n')
SIMPLE = ["None", "True", "[]", "()", "(1,)", "(1, 2)", "[1, 2.0, 'x', None, True]", "[[1], [2, [3]]]",
          "((), (1,), [()])", "['it\\'s', \"say \\\"hi\\\"\"]", "[1e-5, 1e16, nan, inf, -inf, -0.0]",
          "torch.float32", "torch.float64", "torch.int64", "torch.float", "torch.long",
          "[torch.tensor([1, 2]), torch.tensor(0.5)]", "(torch.tensor([[1., 2.], [3., 4.5]]), 3)",
          "torch.tensor(1)", "torch.tensor(1.5, requires_grad=True)", "torch.zeros(2, 3)",
          "torch.tensor([1.5, 2.5], dtype=torch.float64)", "torch.zeros(0, 3)",
          "nn.Parameter(torch.tensor([1., 2.]))", "nn.Parameter(torch.tensor(1.5))",
          "nn.Parameter(torch.tensor([1., 2.]), requires_grad=False)", "[nn.Parameter(torch.zeros(2))]",
          "print", "super", "nn.Linear", "nn.ReLU", "nn.Softmax", "nn.CrossEntropyLoss", "nn.Sequential",
          "nn.Module", "nn.Dropout", "torch.optim.SGD", "nn.Parameter"]
MODULES = ["nn.Linear(2, 3)", "nn.Linear(2, 3, bias=False)", "nn.ReLU()", "nn.ReLU(inplace=True)",
           "nn.LeakyReLU()", "nn.LeakyReLU(0.2)", "nn.LeakyReLU(1, inplace=True)",
           "nn.LeakyReLU(negative_slope=1e-5)", "nn.Dropout()", "nn.Dropout(0.25)", "nn.Dropout(0)",
           "nn.Dropout(p=1, inplace=True)", "nn.Sigmoid()", "nn.Tanh()", "nn.Softmax()",
           "nn.Softmax(dim=1)", "nn.Softmax(dim=-1)", "nn.LogSoftmax(1)", "nn.LogSoftmax()",
           "nn.CrossEntropyLoss()", "nn.CrossEntropyLoss(reduction='sum')",
           "nn.CrossEntropyLoss(weight=torch.tensor([1., 2.]))", "nn.NLLLoss()", "nn.MSELoss()",
           "nn.Sequential()", "nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2))",
           "nn.Sequential(nn.Sequential(nn.Linear(1, 2), nn.Tanh()), nn.Sequential(), nn.Dropout())"]
for expression in SIMPLE + MODULES:
    values.case(f"{IMPORT}v = {expression}\n")
values.case(f"{IMPORT}v = [{', '.join(MODULES[:6])}]\n")
MODEL = IMPORT + """class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.linear = nn.Linear(n, n)
        self.activation = nn.LeakyReLU(0.1)
class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor([1.0]))
        self.w1 = nn.Linear(2, 3)
        self.size = 4
        self.blocks = nn.Sequential(Block(3), Block(3))
        self.drop = nn.Dropout(0.2)
        self.again = self.w1
class Empty(nn.Module):
    def __init__(self):
        super().__init__()
class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Empty()
    def extra_repr(self):
        return "one\\ntwo"
class Named(Own):
    def extra_repr(self):
        return "one=1"
class Leaf(Empty):
    def extra_repr(self):
        return "n=2"
"""
for expression in ["MLP()", "Block(2)", "Empty()", "Own()", "Named()", "Leaf()",
                   "nn.Sequential(Own(), Named(), Leaf())", "nn.Sequential(nn.Sequential(Own()))",
                   "MLP", "Block", "[Block(1), Empty()]", "Empty().state_dict()"]:
    values.case(f"{MODEL}v = {expression}\n")
FILLED = IMPORT + """net = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1, bias=False))
net.state_dict()
def fill(model):
    model_0 = nn.Parameter(torch.tensor([[1.0, 2.5], [-3.0, 0.125]]))
    return model_0
layer = nn.Linear(2, 2)
layer.weight = fill(layer)
layer.bias = nn.Parameter(torch.tensor([1.0, 2.0]))
"""
for expression in ["layer.state_dict()", "layer.weight", "layer.bias", "layer.weight.data",
                   "[layer.bias, layer.bias.data]", "nn.Sequential(layer).state_dict()"]:
    values.case(f"{FILLED}v = {expression}\n")
for arguments in ["lr=0.1", "lr=1", "lr=0.05, momentum=0.9", "lr=1e-5, momentum=0.0, dampening=0",
                  "0.1, 0.9, 0, 1e-4, True", "lr=0.1, maximize=True, weight_decay=1",
                  "lr=0.1, momentum=1, dampening=0.5"]:
    values.case(f"{FILLED}v = torch.optim.SGD([layer.weight], {arguments})\n")
TENSORS = ["torch.tensor(0.6931471824645996)", "torch.tensor(2.0)", "torch.tensor(3)", "torch.tensor([1.5])",
           "torch.tensor([[2.0]])", "torch.tensor([1, 2])", "torch.tensor(65)", "torch.tensor([65])",
           "torch.tensor(0.25, requires_grad=True)", "nn.Parameter(torch.tensor(1.5))",
           "torch.tensor(0.1, dtype=torch.float64)", "[1, 2]", "None", "(1, 2)", "torch.float32", "nn.ReLU()",
           "[]", "()", "True"]
for expression in TENSORS:
    for spec in ["", ".4f", ">12", "d", "s", "e", "%", ",", "05.1f", "c", "x", "g"]:
        values.case(f"{IMPORT}v = {expression}\nspec = {spec!r}\n")
    for template in ["%s", "%r", "%d", "%f", "%.3f", "%x", "%c", "%10.2f|", "%.5s", "none", "%s %s", "%*d",
                     "%e", "%05d", "%%"]:
        values.case(f"{IMPORT}v = {expression}\ntemplate = {template!r}\n")
        values.case(f"{IMPORT}v = ({expression},)\ntemplate = {template!r}\n")
OPTIONS = ["precision=2", "precision=6, sci_mode=False", "sci_mode=True", "profile='short'",
           "profile='full'", "profile='short', precision=1", "threshold=5", "threshold=2.5, edgeitems=1",
           "threshold=inf", "linewidth=40", "linewidth=0", "10", "2, 1, 1, 20", "edgeitems=1"]
for options in OPTIONS:
    for expression in ["torch.tensor([[1.25, -1000.5, 3.0], [0.001, 2.0, 1e-6]])",
                       "torch.ones(3, 7)", "torch.zeros(1001)", "[torch.tensor(0.125), 0.125]"]:
        values.case(f"{IMPORT}torch.set_printoptions({options})\nv = {expression}\n")
values.case(f"{IMPORT}torch.set_printoptions(sci_mode=True)\ntorch.set_printoptions(precision=2)\n"
            "v = torch.tensor([0.5])\n")
values.case(f"{IMPORT}torch.set_printoptions(profile='short')\ntorch.set_printoptions(linewidth=40)\n"
            "v = torch.ones(5, 5)\n")
for dtype in ("float32", "float64"):
    values.case(f"{IMPORT}torch.set_default_dtype(torch.float64)\n"
                f"v = [torch.tensor([0.5], dtype=torch.{dtype}), torch.tensor([1]), torch.zeros(0)]\n")
