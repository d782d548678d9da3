"""A long run shows a line on a terminal that tells how far it is, and leaves nothing of it there.

Usage: life.py MLPSTEP
"""

import os
import re
import subprocess
import sys
import tempfile
import time

PATIENCE = 100  # seconds, of a machine that has much else to do
LINE = re.compile(rb"\rmlpstep: ((?:step \d+, )?(?:turn \d+ of \d+, )?)\d+ s")
TRAINING = b"""import torch
w = torch.ones(2, requires_grad=True)
o = torch.optim.SGD([w], lr=0.01)
for i in range(1000000000):
    o.zero_grad()
    (w * w).sum().backward()
    o.step()
"""
BY_HAND = b"""import torch
w = torch.ones(2, requires_grad=True)
while True:
    (w * w).sum().backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    w.grad = None
"""
# A loop that raises is not the outermost one any more, nor is the one of a function that yields.
LOOPS = b"""def f():
    for k in range(10):
        yield k
g = f()
next(g)
try:
    for i in range(20):
        raise ValueError
except ValueError:
    pass
for i in [1, 2]:
    for j in range(1000000000):
        for k in range(30):
            pass
"""
# It ends where the budget does.
PRINTING = b"""print("begin")
for i in range(4):
    for j in range(%d):
        pass
    print("turn", i)
while True:
    pass
"""
UNENDED = b"""import sys
print("begin", end=" ", file=sys.stderr)
while True:
    pass
"""
failures = []


def check(name, good, seen):
    print(f"{'ok' if good else 'FAILED'}: {name}")
    if not good:
        failures.append(f"{name}: {seen[-2000:]!r}")


class Run:
    """A transcript with its stderr, and if wanted its stdout, on a terminal."""

    def __init__(self, mlpstep, script, *options, stdout=False):
        self.master, slave = os.openpty()
        self.file = tempfile.TemporaryFile()
        self.process = subprocess.Popen([mlpstep, "transcript", *options, "-"], stdin=subprocess.PIPE,
                                        stdout=slave if stdout else self.file, stderr=slave)
        os.close(slave)
        self.process.stdin.write(script)
        self.process.stdin.close()
        self.seen = b""

    def read(self):
        try:
            more = os.read(self.master, 65536)
        except OSError:  # Linux's way to say that nobody has the other end any more
            more = b""
        self.seen += more
        return more

    def wait(self):
        while self.read():
            pass
        self.end()
        return self.seen

    def wait_for_lines(self, count):
        """What the first lines tell; fewer where the run ends before."""
        until = time.monotonic() + PATIENCE
        while len(LINE.findall(self.seen)) < count and time.monotonic() < until and self.read():
            pass
        self.process.kill()
        self.end()
        return LINE.findall(self.seen)[:count]

    def end(self):
        self.process.wait()
        os.close(self.master)


def screen(seen):
    """What a terminal shows in the end; without sequences of escape, of which there are none."""
    rows, column = [[]], 0
    for character in seen.decode():
        if character == "\n":
            rows.append([])
        elif character == "\r":
            column = 0
        else:
            rows[-1][column:column + 1] = character
            column += 1
    return "\n".join("".join(row).rstrip() for row in rows)


def check_progress(mlpstep):
    for name, script, pattern in (
            ("steps and turns", TRAINING, rb"step (\d+), turn (\d+) of 1000000000, $"),
            ("updates by hand", BY_HAND, rb"step (\d+), $"),
            ("the outermost loop over a range", LOOPS, rb"turn (\d+) of 1000000000, $")):
        run = Run(mlpstep, script, "--budget=1000000G")
        told = [re.match(pattern, line) for line in run.wait_for_lines(3)]
        good = len(told) == 3 and all(told)
        if good:
            numbers = [[int(number) for number in line.groups()] for line in told]
            good = numbers[0] < numbers[1] < numbers[2] and \
                all(row[-1] - row[0] in (0, 1) for row in numbers)
        check(name, good, run.seen)


def check_end(mlpstep):
    """As many numbers as it takes until a line is seen, and then what is left of it."""
    billions, seen, until = 1, b"", time.monotonic() + PATIENCE
    while not LINE.search(seen) and time.monotonic() < until:
        billions *= 2
        script, budget = PRINTING % (billions * 150000), f"--budget={billions}G"
        seen = Run(mlpstep, script, budget, stdout=True).wait()
    check("a line that is overwritten", LINE.search(seen), seen)
    done = subprocess.run([mlpstep, "transcript", budget, "-"], input=script, capture_output=True)
    plain = (done.stdout + done.stderr).decode()
    check("nothing where stderr is no terminal", "mlpstep:" not in plain and "\r" not in plain,
          plain)
    check("nothing is left of it", screen(seen) == plain, seen)
    run = Run(mlpstep, script, budget)
    run.wait()
    run.file.seek(0)
    printed = run.file.read()
    check("stdout has what was printed", printed == done.stdout, printed)
    check("and stderr the rest", screen(run.seen) == done.stderr.decode(), run.seen)
    seen = Run(mlpstep, UNENDED, budget).wait()
    check("no line behind one that has not ended",
          seen.startswith(b"begin <stdin>:3:1: error: "), seen)


def check_short(mlpstep):
    seen = Run(mlpstep, b"print(1)\nprint(2)\n", stdout=True).wait()
    check("nothing in a short run", seen == b"1\r\n2\r\n", seen)


def main(mlpstep):
    try:
        for end in os.openpty():
            os.close(end)
    except OSError as error:
        print(f"there is no terminal: {error}")
        return 77
    for test in (check_short, check_progress, check_end):
        test(mlpstep)
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
