"""What PyTorch prints here with other kernels, another number of threads and another BLAS, marked
by `mlpstep check`: nothing of it may be called wrong or carried.

    python3 builds.py MLPSTEP

Each build runs all networks in a process of its own. One that this machine has no processor or no
library for is left out, which is said.
"""

import collections
import contextlib
import io
import itertools
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "builds"))

from marked import accused, mark    # noqa: E402

REFERENCE_BLAS = "/usr/lib/x86_64-linux-gnu/blas"

# What the environment says, and the flag of the processor or the folder that it needs.
BUILDS = {
    "OpenBLAS Haswell, AVX2": ({"OPENBLAS_CORETYPE": "Haswell", "ATEN_CPU_CAPABILITY": "avx2"},
                               "avx2"),
    "the same, two threads": ({"OPENBLAS_CORETYPE": "Haswell", "ATEN_CPU_CAPABILITY": "avx2",
                               "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}, "avx2"),
    "OpenBLAS Haswell, no vectors": ({"OPENBLAS_CORETYPE": "Haswell",
                                      "ATEN_CPU_CAPABILITY": "default"}, "avx2"),
    "OpenBLAS SkylakeX, AVX-512": ({"OPENBLAS_CORETYPE": "SkylakeX",
                                    "ATEN_CPU_CAPABILITY": "avx512"}, "avx512f"),
    "reference BLAS, AVX2": ({"LD_LIBRARY_PATH": REFERENCE_BLAS, "ATEN_CPU_CAPABILITY": "avx2"},
                             REFERENCE_BLAS),
}

NETWORK = """\
import torch
from torch import nn, optim
torch.manual_seed({seed})
torch.set_printoptions(precision=8)
net = nn.Sequential({layers})
criterion = nn.{criterion}
optimizer = optim.{optimizer}
x = torch.rand({batch}, {inputs})
y = {target}
for step in range({steps}):
    optimizer.zero_grad()
    scores = net(x)
    loss = criterion(scores, y)
    loss.backward()
    optimizer.step()
    print(scores[:3])
    print(net[0].weight.grad[:4, :16])
    print(net[0].bias.grad)
    print(net[-1].weight[:4, :16])
    print(net[-1].bias)
"""

NETWORKS = [
    # sizes, activation, criterion, optimizer, batch, steps
    ((33, 65, 17, 3), "Tanh()", "CrossEntropyLoss()", "SGD(net.parameters(), lr=0.1)", 16, 3),
    ((64, 128, 64, 10), "ReLU()", "CrossEntropyLoss()",
     "SGD(net.parameters(), lr=0.1, momentum=0.9)", 8, 2),
    ((100, 200, 10), "Sigmoid()", "MSELoss()", "SGD(net.parameters(), lr=0.1)", 100, 3),
    ((50, 70, 5), "ELU()", "SmoothL1Loss()", "Adam(net.parameters(), lr=0.01)", 20, 4),
    ((784, 128, 10), "ReLU()", "CrossEntropyLoss()", "SGD(net.parameters(), lr=0.1)", 64, 2),
    ((784, 128, 10), "Tanh()", "CrossEntropyLoss(label_smoothing=0.1)",
     "SGD(net.parameters(), lr=0.05, weight_decay=0.001)", 64, 2),
]


def script(seed, sizes, activation, criterion, optimizer, batch, steps):
    layers = [f"nn.Linear({a}, {b})" for a, b in itertools.pairwise(sizes)]
    target = f"torch.rand({batch}, {sizes[-1]})"
    if criterion.startswith("CrossEntropy"):
        target = f"torch.randint(0, {sizes[-1]}, ({batch},))"
    return NETWORK.format(seed=seed, layers=f", nn.{activation}, ".join(layers), batch=batch,
                          criterion=criterion, optimizer=optimizer, inputs=sizes[0],
                          target=target, steps=steps)


SCRIPTS = [script(seed, *network) for seed, network in enumerate(NETWORKS)]


def output_of(text):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(text, "network", "exec"), {})
    return out.getvalue()


def is_possible(need):
    if os.path.isabs(need):
        return os.path.isdir(need)
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        return need in file.read().split()


def outputs_of(environment):
    done = subprocess.run([sys.executable, "-B", __file__, "--print"], text=True, check=True,
                          env={**os.environ, **environment}, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def main(mlpstep):
    marked, failures = 0, 0
    for name, (environment, need) in BUILDS.items():
        if not is_possible(need):
            print(f"{name}: left out, there is no {need}")
            continue
        total = collections.Counter()
        for text, output in zip(SCRIPTS, outputs_of(environment), strict=True):
            marks, said = mark(mlpstep, "1.13,native", text, output)
            total += marks
            if accused(marks):
                print(f"{text}\n{said}")
        print(f"{name}: {dict(total)}")
        marked += 1
        failures += accused(total)
    return 1 if failures or not marked else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        import torch    # noqa: F401

        json.dump([output_of(text) for text in SCRIPTS], sys.stdout)
    else:
        sys.exit(main(*sys.argv[1:]))
