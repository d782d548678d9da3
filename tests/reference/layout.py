"""Writes tests/cli/layout.test: tensors as PyTorch lays them out, shifted as a report shifts them.

Whole tensors of numbers without decimals are left out: PyTorch prints them as `1.`, a report with
all its decimals.
"""

import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_printoptions(precision=6, sci_mode=False, threshold=float("inf"), linewidth=80)
torch.manual_seed(5)


def literal(tensor):
    """The tensor as a script spells it; 1e999 is how a literal says inf."""
    return str(tensor.tolist()).replace("inf", "1e999")


def block(title, script, name, tensor):
    shift = " " * len(f"{name} = ")
    lines = str(tensor.detach()).replace(", dtype=torch.float64", "").split("\n")
    shown = "\n".join([f"{name} = {lines[0]}"] + [line and shift + line for line in lines[1:]])
    return (f"### {title}\nimport torch\n{script}--- args\n--only={name}\nt.py\n"
            f"--- stdout\n# forward\n{shown}\n")


def given(title, tensor):
    script = f"x = torch.tensor({literal(tensor)})\nx.unsqueeze_(0)\n"
    return block(title, script, "x", torch.tensor(tensor.tolist()))


def scaled(*shape):
    return torch.randn(shape) * 10.0 ** torch.randint(-3, 4, shape)


blocks = [given(f"a tensor of {len(shape)} dimensions: {list(shape)}", scaled(*shape))
          for shape in [(), (1,), (3,), (40,), (2, 3), (5, 1), (1, 9), (3, 12), (2, 3, 4),
                        (2, 1, 11), (1, 1, 1), (2, 2, 2, 2), (1, 2, 3, 13)]]
blocks += [given(f"integers of shape {list(shape)}",
                 torch.randint(-10 ** digits, 10 ** digits, shape))
           for shape, digits in [((), 1), ((7,), 1), ((60,), 3), ((3, 4), 5), ((2, 3, 2), 12)]]
blocks += [
    given("no elements", torch.zeros(0)),
    given("no elements in two dimensions", torch.zeros(3, 0)),
    given("infinities", torch.tensor([0.5, float("inf"), -float("inf")])),
    given("zeros of both signs beside another number", torch.tensor([0.0, -0.0, 0.25])),
    given("a column as wide as its widest number", torch.tensor([[1e-7, 123456.789], [-0.5, 2.0]])),
    given("numbers beyond the width of a line", torch.tensor([1.5e30, -2.5e30, 0.5])),
    block("nan", "x = torch.tensor([1e999, 0.5])\ny = torch.nn.functional.softmax(x, dim=0)\n", "y",
          torch.softmax(torch.tensor([float("inf"), 0.5]), 0)),
]
with open(os.path.join(HERE, "..", "cli", "layout.test"), "w") as out:
    out.write("".join(blocks))
