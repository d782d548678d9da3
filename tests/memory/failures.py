"""Each allocation of every subcommand refused: status 2 and one diagnostic, never a mark or a report.

Usage: failures.py REFUSE EVERY EXAMPLES TRANSCRIPTS
REFUSE is the program of refuse.c, EVERY how many allocations lie between two refusals (1: none), the
folders hold scripts.
"""

import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

RUN = """import torch
from torch import nn, optim
from torch.nn import functional as F
torch.manual_seed(1)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 3), nn.LeakyReLU(0.1), nn.Dropout(0.5))
        self.head = nn.ModuleList([nn.Linear(3, 2)])
        self.tied = self.head[0]
    def forward(self, x, scale=1.0):
        return self.head[0](self.body(x) * scale)
net = Net()
optimizer = optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
x = torch.tensor([[0.5, -1.0]], requires_grad=True)
for turn in range(2):
    o = net(x, scale=2.0)
    l = F.cross_entropy(o, torch.tensor([1])) + abs(o[0, 1].item())
    optimizer.zero_grad()
    l.backward()
    optimizer.step()
names = {"a": [1, 2.5], "b": (None, "c" * 300)}
print(net, x.T, f"{l.item():.3f} {names}", "%s and %5.2f" % (names["a"], 0.5))
v = x.detach()
v[0] = 3.0
print(sorted([3, 1, 2]), x, list(zip("ab", [1, 2])))
"""

SHEET = """# forward
body.0.weight = ?
o = tensor([[0.25, ?]])
l = tensor(1.)
# backward
o.grad = [[0.5, -0.5]]
# step
head.0.bias = [0.1, 0.2]
tied.bias = [0.1, 0.2]
"""

DERIVATION = """import torch
x = torch.tensor([[1.0, -2.0], [0.25, 1.5]])
W = torch.tensor([[0.5, -0.25], [0.75, 1.5]], requires_grad=True)
z = torch.sigmoid(x @ W)
l = z.sum()
l.backward()
with torch.no_grad():
    W -= 0.5 * W.grad
print(z)
print(l)
"""

EPOCHS = """import torch
y = torch.tensor([0.5, -0.5])
for epoch in range(1, 4):
    print(f"epoch {epoch}: {y[0].item() / 2}", y.tolist())
print("y =", y)
print("the end", 0.1)
"""

def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})


def numpy_array(shape, *numbers):
    header = f"{{'descr': '<f4', 'fortran_order': True, 'shape': {shape}, }}\n".encode()
    return (b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header
            + struct.pack(f"<{len(numbers)}f", *numbers))


FILES = {
    "unread.ipynb": notebook("!ls\nx = 1\n" * 20, "%time y = 2", "%%timeit\n3"),
    "shown.ipynb": notebook("import torch", "x = torch.ones(2)\n[x, (x,), {'a': [x] * 20}]", "x?"),
    "session.txt": ">>> x = [1,\n...      2.5]\n>>> x\n[1, 2.5]\n>>> y\n",
    "empty.py": "",
    "run.py": RUN,
    "wrong.py": DERIVATION + "z.zero()\n",
    "unfinished.py": "x = f'{1}' + (\n",
    "derivation.py": DERIVATION,
    "sheet.txt": SHEET,
    "unknown.txt": "# forward\nx = ?\nw = [1]\n",
    "unread.txt": "x = 0.5\nW = [1, [2]]\n",
    "transposed.txt": "x = 1\nW = [[-0.5, 0.25], [0.57, 1.5]]\n",
    "printed.txt": "tensor([[0.1, 0.2],\n        [0.8, 0.9]])\nand tensor(2.1)\n",
    "dump.json": json.dumps({"W": [[0.5, -0.25], [0.75, 1.5]], "forward": {
        "z": {"shape": [2, 2], "data": ["0x1p-1", 0.25, 0.1, 0.3]}}, "l": 1.5}),
    "elements.txt": "z[0][0] 0x1.8p-3\nz[0][1]: 0.5\nz[3] = 0.25\nl 2.5\nW[1] 0.1\n",
    "unnamed.txt": "[[0.1, 0.2], [0.3, 0.4]]\n2.5\n",
    "list.txt": "z 2x2 numbers.bin\n? (2, 2) numbers.bin\n",
    "numbers.bin": "01230123?<=>789:",
    "z.npy": numpy_array((2, 2), 0.25, 0.5, 0.75, 1),
    "epochs.py": EPOCHS,
    "epochs.txt": "epoch 1: 0.25 [0.5, -0.5]\nEpoch 2: 0.25\ny = tensor([0.5000, -0.5000])\nend\n",
}

COMMANDS = [
    ["run", "wrong.py"],
    ["run", "unfinished.py"],
    ["run", "--only=z,l,(x @ W)", "derivation.py"],
    ["run", "--dtype=float64", "--precision=12", "derivation.py"],
    ["run", "--format=npz", "--step=1-2", "run.py"],
    ["run", "--format=c", "--hex", "--only=z,l", "derivation.py"],
    ["worksheet", "derivation.py"],
    ["transcript", "run.py"],
    ["transcript", "shown.ipynb"],
    ["transcript", "session.txt"],
    ["gradcheck", "derivation.py"],
    ["graph", "derivation.py"],
    ["graph", "--format=dot", "run.py"],
    ["variant", "--seed=1", "derivation.py"],
    ["check", "run.py", "sheet.txt"],
    ["check", "--format=tap", "derivation.py", "printed.txt"],
    ["check", "epochs.py", "epochs.txt"],
    ["check", "--atol=0.01", "derivation.py", "transposed.txt"],
    ["check", "--format=json", "derivation.py", "printed.txt", "printed.txt"],
    ["check", "derivation.py", "unknown.txt"],
    ["check", "derivation.py", "unread.txt"],
    ["check", "derivation.py", "dump.json"],
    ["check", "--port", "derivation.py", "elements.txt"],
    ["check", "--port", "derivation.py", "unnamed.txt"],
    ["check", "--raw=list.txt", "derivation.py"],
    ["check", "derivation.py", "z.npy", "dump.npz"],
]

SCRIPTS = ["state_dict_ordered", "param_groups", "views_follow", "str_format"]


def refuse(program, skip, every, arguments):
    """Runs it; returns how many allocations there were, and the failures."""
    done = subprocess.run([program, str(skip), str(every), *arguments], text=True,
                          capture_output=True)
    if done.returncode not in (0, 1) or not done.stdout:
        return 0, f"status {done.returncode}\n{done.stderr}"
    print(f"{' '.join(map(os.path.basename, arguments))}: {done.stdout}", end="")
    return int(done.stdout.split()[0]), done.stderr if done.returncode else ""


def main(program, every, examples, transcripts):
    failures = []
    for name, text in FILES.items():
        with open(name, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
    with zipfile.ZipFile("dump.npz", "w") as archive:
        archive.write("z.npy")
        archive.writestr("forward/l.npy", numpy_array((), 2.5))
    tables, wrong = refuse(program, 0, every, ["run", "empty.py"])
    failures += [wrong] * bool(wrong)
    _, wrong = refuse(program, 0, 1, ["run", "unread.ipynb"])  # which ends before the tables
    failures += [wrong] * bool(wrong)
    skip = tables - 20  # the rest begins in much the same way, with the tables of functions
    scripts = [["run", os.path.join(examples, "momentum.py")]]
    scripts += [["transcript", os.path.join(transcripts, f"{name}.py")] for name in SCRIPTS]
    for arguments in COMMANDS + scripts:
        count, wrong = refuse(program, skip, every, arguments)
        if wrong or count <= skip:
            failures.append(f"{' '.join(arguments)}:\n{wrong}")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    paths = [os.path.abspath(path) for path in (sys.argv[1], *sys.argv[3:])]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.exit(main(paths[0], int(sys.argv[2]), *paths[1:]))
