"""How long a training step takes under `mlpstep transcript`, as a ratio to PyTorch on one thread.

Both run the same script in turn, best of five: a step is zero_grad, forward, backward and SGD. Of
mlpstep the start, PyTorch's import and the drawing of weights do not count: a run of no steps is
taken off. The last line is the ratio of whole runs of the founding example to a C program that does
nothing, both started from here. Only ratios are printed; nothing asserts them.

Usage: ../parity/with_torch.sh speed.py MLPSTEP [--cc CC]
"""

import argparse
import os
import subprocess
import tempfile
import time

import torch

ROUNDS = 5
NETWORKS = [  # sizes, batch, steps in a run
    ((2, 3, 2), 1, 2000),
    ((784, 128, 10), 64, 200),
    ((784, 512, 512, 10), 128, 20),
    ((1024, 2048, 2048, 1000), 256, 3),
]


def script_for(sizes, batch, steps):
    layers = []
    for before, after in zip(sizes, sizes[1:]):
        layers += [f"nn.Linear({before}, {after})", "nn.ReLU()"]
    return f"""import torch
import torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential({", ".join(layers[:-1])})
x, target = torch.randn({batch}, {sizes[0]}), torch.randint(0, {sizes[-1]}, ({batch},))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
def train(steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(net(x), target)
        loss.backward()
        optimizer.step()
train({steps})
"""


def timed(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def ratio_of_steps(mlpstep, folder, sizes, batch, steps):
    paths = []
    for count in (0, steps):
        paths.append(os.path.join(folder, f"{count}.py"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write(script_for(sizes, batch, count))
    scope = {}
    exec(script_for(sizes, batch, 1), scope)  # what PyTorch does once
    transcript = [mlpstep, "transcript", "--torch=1.13,native", "--budget=1000G"]
    theirs, ours, start = [], [], []
    for _ in range(ROUNDS):
        theirs.append(timed(lambda: scope["train"](steps)))
        ours.append(timed(lambda: run(*transcript, paths[1])))
        start.append(timed(lambda: run(*transcript, paths[0])))
    return (min(ours) - min(start)) / min(theirs)


def ratio_of_starts(mlpstep, folder, cc):
    source, empty = os.path.join(folder, "empty.c"), os.path.join(folder, "empty")
    with open(source, "w", encoding="utf-8") as file:
        file.write("int main(void) { return 0; }\n")
    run(cc, "-O2", "-o", empty, source, "-lm")
    ours, nothing = [], []
    for _ in range(40 * ROUNDS):
        ours.append(timed(lambda: run(mlpstep)))
        nothing.append(timed(lambda: run(empty)))
    return min(ours) / min(nothing)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.rsplit("Usage: ", 1)[1])
    parser.add_argument("mlpstep")
    parser.add_argument("--cc", default="cc")
    given = parser.parse_args()
    mlpstep = os.path.abspath(given.mlpstep)
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__}, one thread")
    with tempfile.TemporaryDirectory() as folder:
        for sizes, batch, steps in NETWORKS:
            ratio = ratio_of_steps(mlpstep, folder, sizes, batch, steps)
            print(f"{'-'.join(map(str, sizes))}, batch {batch}: {ratio:.2f}", flush=True)
        print(f"start and founding example, to an empty program: "
              f"{ratio_of_starts(mlpstep, folder, given.cc):.2f}")


if __name__ == "__main__":
    main()
