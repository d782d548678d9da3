"""Random scripts, run by PyTorch and by mlpstep --torch 1.13,native: how many values agree.

    python3 parity.py MLPSTEP [--scripts N] [--seed S] [--keep DIR]

Every value of every report is compared by name: the same six decimals, the same bits, and how far
apart. What differs is listed by the seed of its script (generate.py SEED prints it), the first
entry of a script that differs being where to look.

Status 1 where a script was refused or crashed, an entry is missing, or the limits below are not
kept.
"""

import argparse
import collections
import math
import os
import sys
import time

import compare
import fixtures
import generate
import record
import torch

# Least shares.
LIMITS = {"six": 0.9999, "bits": 0.995}
APART = 2e-6  # absolute, or relative above 1
DECIMALS = 60  # enough to name the bits of any number that matters


class Tally:
    def __init__(self):
        self.values = self.six = self.bits = 0
        self.worst = 0.0

    def add(self, other):
        self.values += other.values
        self.six += other.six
        self.bits += other.bits
        self.worst = max(self.worst, other.worst)

    def line(self, title):
        if not self.values:
            return f"{title:46} none"
        return (f"{title:46} {self.values:8} {100 * self.six / self.values:10.4f} "
                f"{100 * self.bits / self.values:10.4f} {self.worst:10.2g}")


def apart(a, b):
    if a == b or math.isnan(a) and math.isnan(b):
        return 0.0
    if not (math.isfinite(a) and math.isfinite(b)):
        return math.inf
    return abs(a - b) / max(1.0, abs(a))


def compare_entry(recorded, reported, float32):
    tally = Tally()
    for number, text in zip(recorded.numbers, reported.texts):
        theirs, ours = number, int(text) if isinstance(number, int) else float(text)
        if isinstance(theirs, float) and abs(theirs) < 10.0**-DECIMALS:
            theirs = float(f"{theirs:.{DECIMALS}f}")  # as ours is written
        tally.values += 1
        tally.six += compare.six_decimals(theirs) == compare.six_decimals(ours)
        tally.bits += compare.bits(theirs, float32) == compare.bits(ours, float32)
        tally.worst = max(tally.worst, apart(theirs, ours))
    return tally


class Parity:
    def __init__(self, program, keep):
        self.program, self.keep = program, keep
        self.by_dtype = collections.defaultdict(Tally)
        self.by_kind = collections.defaultdict(Tally)
        self.scripts = collections.Counter()
        self.differences, self.failures = [], []

    def run(self, seed):
        script = generate.generate(seed)
        dtype = "float64" if "float64)" in script.split("manual_seed")[0] else "float32"
        try:
            recorded = record.record(script)
        except Exception as error:
            self.fail(seed, script, f"PyTorch refuses the script: {error}")
            return
        try:
            text = compare.run(self.program, script, "--torch", "1.13,native", "--precision", str(DECIMALS))
        except RuntimeError as error:
            self.fail(seed, script, str(error))
            return
        pairs, problems = compare.pair(recorded, compare.read_report(text))
        for problem in problems:
            self.fail(seed, script, problem)
        self.scripts[dtype] += 1
        self.compare_all(seed, script, dtype, pairs)

    def compare_all(self, seed, script, dtype, pairs):
        first = True
        for recorded, reported in pairs:
            tally = compare_entry(recorded, reported, dtype == "float32")
            self.by_dtype[dtype].add(tally)
            self.by_kind[dtype, recorded.kind].add(tally)
            if tally.bits == tally.values:
                continue
            self.differences.append((seed, dtype, recorded, tally, first))
            self.save(seed, script)
            first = False

    def fail(self, seed, script, message):
        self.failures.append(f"seed {seed}: {message}")
        self.save(seed, script)

    def save(self, seed, script):
        if self.keep:
            os.makedirs(self.keep, exist_ok=True)
            with open(os.path.join(self.keep, f"{seed}.py"), "w", encoding="utf-8") as file:
                file.write(script)

    # --- what came of it ---

    def print_tables(self):
        print(f"{'':46} {'values':>8} {'six dec. %':>10} {'bits %':>10} {'apart':>10}")
        for dtype in sorted(self.by_dtype):
            print(self.by_dtype[dtype].line(f"{dtype}, {self.scripts[dtype]} scripts"))
            for key in sorted(k for k in self.by_kind if k[0] == dtype):
                print(self.by_kind[key].line("  " + key[1]))

    def print_differences(self):
        for seed, _, entry, tally, first in self.differences:
            cause = "cause unknown" if first else "follows from the above"
            print(f"seed {seed}: {entry.name} ({entry.kind}): {tally.values - tally.bits} of "
                  f"{tally.values} differ in bits, {tally.values - tally.six} in six decimals, "
                  f"by up to {tally.worst:.2g}; {cause}")

    def problems(self):
        problems = list(self.failures)
        for dtype, tally in self.by_dtype.items():
            if not tally.worst <= APART:
                problems.append(f"{dtype}: values are {tally.worst:.2g} apart")
            for what, least in LIMITS.items():
                if getattr(tally, what) < least * tally.values:
                    problems.append(f"{dtype}: the same {what} in less than {100 * least} %")
        return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", metavar="MLPSTEP")
    parser.add_argument("--scripts", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="of the first script")
    parser.add_argument("--keep", metavar="DIR", help="write the scripts that differ there")
    options = parser.parse_args()
    torch.set_num_threads(1)
    fixtures.need_openblas()
    parity = Parity(options.program, options.keep)
    start = time.monotonic()
    for seed in range(options.seed, options.seed + options.scripts):
        parity.run(seed)
    parity.print_differences()
    parity.print_tables()
    problems = parity.problems()
    print(f"{options.scripts} scripts from seed {options.seed}, {len(problems)} problems, "
          f"{time.monotonic() - start:.0f} s")
    for problem in problems:
        print("   ", problem.replace("\n", "\n      "))
    sys.exit(bool(problems) or not parity.by_dtype)


if __name__ == "__main__":
    main()
