"""How time and memory of `mlpstep transcript` grow as a training does.

Steps, layers, batch and width are doubled in turn, with all else the same, and a row has the ratios
to the row before it: of multiplications, as the formula has them, and of time; of the numbers that a
training has to keep (parameters, their gradients and what one step computes, with its gradients),
and of memory. Time is that of the processor, best of three; memory is what was resident at most. Of
neither is the start taken off, and less than some 12 MiB of memory do not show, since Python, which
starts the command, has as much. Only ratios are printed; nothing asserts them.

Usage: growth.py MLPSTEP [--largest N] [--only NAME]

  --largest N   go up to N times the smallest (default 16), but not beyond 1,024,000 steps, 512
                layers, a batch of 4,096 and a width of 4,096
  --only NAME   of steps, layers, batch and width: this one only
"""

import argparse
import os
import subprocess
import tempfile

ROUNDS = 3
SCRIPT = """import torch
import torch.nn as nn
torch.manual_seed(0)
sizes = {sizes}
layers = []
for i in range(len(sizes) - 1):
    layers += [nn.Linear(sizes[i], sizes[i + 1]), nn.ReLU()]
net = nn.Sequential(*layers[:-1])
x, target = torch.randn({batch}, sizes[0]), torch.randint(0, sizes[-1], ({batch},))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
for step in range({steps}):
    optimizer.zero_grad()
    loss = criterion(net(x), target)
    loss.backward()
    optimizer.step()
print(loss.item())
"""


class Training:
    def __init__(self, sizes, batch, steps):
        self.sizes, self.batch, self.steps = sizes, batch, steps

    def multiplications(self):
        """Forward, and backward for the weights and, but for the first layer, for the input."""
        products = [a * b for a, b in zip(self.sizes, self.sizes[1:])]
        return self.steps * self.batch * (3 * sum(products) - products[0])

    def numbers(self):
        parameters = sum((a + 1) * b for a, b in zip(self.sizes, self.sizes[1:]))
        return 2 * parameters + 2 * self.batch * sum(self.sizes)

    def script(self):
        return SCRIPT.format(sizes=self.sizes, batch=self.batch, steps=self.steps)


SERIES = {  # the name, what else there is, the smallest and the largest, the training
    "steps": ("2-3-2, batch 1", 1000, 1_024_000, lambda n: Training([2, 3, 2], 1, n)),
    "layers": ("of 64 numbers, batch 16, 20 steps", 4, 512,
               lambda n: Training([64] * n + [10], 16, 20)),
    "batch": ("784-128-10, 10 steps", 16, 4096, lambda n: Training([784, 128, 10], n, 10)),
    "width": ("of two hidden layers, batch 16, 5 steps", 128, 4096,
              lambda n: Training([64, n, n, 10], 16, 5)),
}


def measure(command):
    """Seconds of the processor, and memory; what it says where it fails."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            return None, said.read().decode().split("\n")[0]
    return (used.ru_utime + used.ru_stime, used.ru_maxrss), ""


def best_of(command):
    results = []
    for _ in range(ROUNDS):
        result, said = measure(command)
        if not result:
            return None, said
        results.append(result)
    return [min(column) for column in zip(*results)], ""


def print_series(mlpstep, folder, name, largest):
    what, size, end, training_of = SERIES[name]
    end = min(end, size * largest)
    print(f"{name}: {what}")
    print(f"{name:>9}  multiplications  time  numbers  memory")
    before = None
    while size <= end:
        training = training_of(size)
        path = os.path.join(folder, "training.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(training.script())
        used, said = best_of([mlpstep, "transcript", "--budget=100000G", path])
        if not used:
            print(f"{size:>9}  refused: {said}")
            break
        now = [training.multiplications(), used[0], training.numbers(), used[1]]
        ratios = [b / a for a, b in zip(before, now)] if before else None
        print(f"{size:>9}" + ("  %15.2f  %4.2f  %7.2f  %6.2f" % tuple(ratios) if ratios else ""),
              flush=True)
        before = now
        size *= 2


def main():
    parser = argparse.ArgumentParser(usage=__doc__.rsplit("Usage: ", 1)[1])
    parser.add_argument("mlpstep")
    parser.add_argument("--largest", type=int, default=16)
    parser.add_argument("--only", choices=SERIES)
    given = parser.parse_args()
    mlpstep = os.path.abspath(given.mlpstep)
    with tempfile.TemporaryDirectory() as folder:
        for name in [given.only] if given.only else SERIES:
            print_series(mlpstep, folder, name, given.largest)


if __name__ == "__main__":
    main()
