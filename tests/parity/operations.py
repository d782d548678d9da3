"""Every spelling and operation, run by PyTorch and by mlpstep transcript: whose bits agree.

    python3 operations.py MLPSTEP LIST_SPELLINGS [--turns N] [--first N] [--only NAME] [--keep DIR]

The cases (cases*.py) are small random scripts that print their values in full. Both programs run
each, and what they print is compared line by line: a float32 or an integer must be the same bit by
bit, and a float64, but for a few functions (OTHERWISE). What PyTorch refuses must be refused, and nothing else.

Status 1 where a case is refused by one program only, prints something else or crashes, where an
operation has fewer equal values than its limit, and where a spelling that LIST_SPELLINGS prints
has no case.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import io
import math
import os
import re
import subprocess
import sys
import time
import warnings

import compare
import fixtures
import torch

import cases
import cases_algebra  # noqa: F401: they put their generators into cases.OPERATIONS
import cases_more  # noqa: F401
import cases_networks  # noqa: F401
import cases_functions  # noqa: F401
import cases_norms  # noqa: F401
import cases_second  # noqa: F401
import cases_tensors  # noqa: F401

# Labels whose values may differ in the last bits: the least share that must agree, and why.
LIMITS = {
    "pow of tensors": (0.99, "the C library's powf computes the tails"),
    "sum of a view": (0.97, "PyTorch adds up a transpose or a slice in the order of its memory"),
    "pairs and places, gradient": (0.97, "likewise: that of a column of all pairs"),
    "batch_norm of a view": (0.9, "likewise: its mean is such a sum"),
}
# Where PyTorch 1.13 itself goes wrong.
FAULTS = ["VarBackward0 returned an invalid gradient", "StdBackward0 returned an invalid gradient",
          "the derivative for 'inplace version of a"]
# What PyTorch runs and mlpstep says it does not: (part of the message, why).
REFUSED = [
    ("alpha= needs a Tensor", "PyTorch rounds alpha times a number in two ways"),
    ("but this one holds integers", "functions of integers: a float tensor is as short to write"),
    ("but this one holds bools", "extremes of bools"),
    ("an integer tensor without elements has no median", "PyTorch's is the least of all integers"),
    ("allclose() of bools", "torch.equal() asks the same"),
]
# Of which float64 has other last bits: PyTorch takes the first from SLEEF, and adds up the others in
# another order.
OTHERWISE = {"tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "arcsin", "arccos", "arctan", "arctan2",
             "hypot", "cdist"}
NUMBER = re.compile(r"(?<![\w.])(-?(?:\d+\.?\d*(?:e[+-]?\d+)?|nan|inf)|True|False)(?!\w)")
SHOWN = re.compile(r"(?P<label>[^:]*(?::[^:]*)?): torch\.(?P<dtype>\w+) (?P<what>torch\.Size\(.*?\]\) "
                   r"(?:True|False)) (?P<values>.*)$")


def run_torch(script):
    """What PyTorch prints, and the exception it ends with."""
    out, problem = io.StringIO(), None
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(script, "case", "exec"), {"__name__": "__main__"})
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    torch.set_printoptions(profile="default")
    torch.use_deterministic_algorithms(False)
    return out.getvalue(), problem


def run_mlpstep(program, script):
    """(what it prints, its first line of complaint, whether it crashed)"""
    done = subprocess.run([program, "transcript", "--torch", "1.13,native", "-"], input=script,
                          capture_output=True, text=True)
    complaint = done.stderr.split("\n")[0] if done.returncode else None
    return done.stdout, complaint, done.returncode not in (0, 2)


class Count:
    def __init__(self):
        self.cases = self.values = self.differ = self.doubles = self.doubles_differ = 0
        self.examples = []


def same_value(theirs, ours, is_loose):
    if theirs == ours:
        return True
    if not is_loose or theirs in ("True", "False") or ours in ("True", "False"):
        return False
    a, b = float(theirs), float(ours)
    return abs(a - b) <= 1e-12 * max(1.0, abs(a)) or math.isnan(a) and math.isnan(b)


class Suite:
    def __init__(self, program, keep):
        self.program, self.keep = program, keep
        self.labels = collections.defaultdict(Count)
        self.spellings = collections.defaultdict(Count)
        self.failures, self.refused, self.both_refused = [], collections.Counter(), 0

    def fail(self, case, message):
        self.failures.append(f"{case.name} {case.turn}: {message}")
        self.save(case)

    def save(self, case):
        if self.keep:
            os.makedirs(self.keep, exist_ok=True)
            name = re.sub(r"\W+", "_", case.name) + f"_{case.turn}.py"
            with open(os.path.join(self.keep, name), "w", encoding="utf-8") as file:
                file.write(case.script())

    def compare(self, case, theirs, ours):
        printed, problem = theirs
        text, complaint, crashed = ours
        if crashed:
            self.fail(case, f"mlpstep crashed: {complaint}")
        elif problem and (complaint or any(fault in problem for fault in FAULTS)):
            self.both_refused += 1
        elif problem:
            self.fail(case, f"only PyTorch refuses it: {problem.splitlines()[0][:200]}")
        elif complaint:
            known = [part for part, _ in REFUSED if part in complaint]
            if known:
                self.refused[known[0]] += 1
            else:
                self.fail(case, f"only mlpstep refuses it: {complaint}")
        else:
            self.compare_lines(case, printed.splitlines(), text.splitlines())

    def compare_lines(self, case, theirs, ours):
        if len(theirs) != len(ours):
            self.fail(case, f"PyTorch prints {len(theirs)} lines, mlpstep {len(ours)}")
            return
        for path in set(case.spelled):
            self.spellings[path].cases += 1
        for a, b in zip(theirs, ours):
            shown = SHOWN.match(a)
            label = shown["label"] if shown else case.name
            dtype = shown["dtype"] if shown else "text"
            if shown:
                other = SHOWN.match(b)
                if not other or a[:shown.start("values")] != b[:other.start("values")]:
                    self.fail(case, f"PyTorch prints {a[:100]}, mlpstep {b[:100]}")
                    continue
                a, b = shown["values"], other["values"]
            if NUMBER.sub("0", a) != NUMBER.sub("0", b):
                self.fail(case, f"PyTorch prints {a[:100]}, mlpstep {b[:100]}")
                continue
            self.compare_values(case, label, dtype, NUMBER.findall(a), NUMBER.findall(b))

    def compare_values(self, case, label, dtype, theirs, ours):
        is_loose = dtype == "float64" and any(
            path.split(".")[-1].rstrip("_") in OTHERWISE for path in case.spelled)
        differing = [(a, b) for a, b in zip(theirs, ours) if not same_value(
            a, b, is_loose)]
        group = case.name if label not in LIMITS and not label.startswith(case.name) and (
            not label.startswith("gradient: ")) else label
        for count in [self.labels[group]] + [self.spellings[p] for p in set(case.spelled)]:
            if dtype == "float64":
                count.doubles += len(theirs)
                count.doubles_differ += len(differing)
            else:
                count.values += len(theirs)
                count.differ += len(differing)
            if differing and len(count.examples) < 3:
                count.examples.append((case.turn, differing[0]))
        if differing:
            self.save(case)

    # --- what came of it ---

    def print_table(self):
        print(f"{'operation':52} {'values':>8} {'differ':>7} {'float64':>8} {'differ':>7}")
        for label, c in sorted(self.labels.items()):
            print(f"{label:52} {c.values:8} {c.differ:7} {c.doubles:8} {c.doubles_differ:7}")
            for turn, (a, b) in c.examples:
                print(f"    turn {turn}: {a} under PyTorch, {b} here")
        differing = {p: c for p, c in self.spellings.items() if c.differ or c.doubles_differ}
        print(f"{len(self.spellings)} spellings, {len(differing)} with a value that differs")
        for path, c in sorted(differing.items()):
            print(f"    {path}: {c.differ} of {c.values}")
        total = [sum(getattr(c, n) for c in self.labels.values())
                 for n in ("values", "differ", "doubles", "doubles_differ")]
        print(f"{'all':52} {total[0]:8} {total[1]:7} {total[2]:8} {total[3]:7}")
        print(f"{self.both_refused} cases are refused by both programs")
        for part, reason in REFUSED:
            print(f"{self.refused[part]} only by mlpstep, '{part}': {reason}")

    def problems(self, listed):
        problems = list(self.failures)
        for label, c in self.labels.items():
            least = LIMITS.get(label, (1.0, ""))[0]
            if c.values - c.differ < least * c.values or c.doubles_differ:
                problems.append(f"{label}: {c.differ} of {c.values} values differ, and "
                                f"{c.doubles_differ} of {c.doubles} in float64")
        for path in listed:
            if self.spellings[path].cases == 0:
                problems.append(f"{path} has no case")
        return problems


def all_cases(turns, first, only):
    for name, (_, weight) in cases.OPERATIONS.items():
        if only in (None, name):
            for turn in range(first, first + turns * weight):
                yield cases.Case(name, turn)


def spellings(program):
    paths = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    return [p for p in paths if p.split(".")[0] in ("torch", "Tensor", "Module", "Optimizer")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", metavar="MLPSTEP")
    parser.add_argument("list_spellings", metavar="LIST_SPELLINGS")
    parser.add_argument("--turns", type=int, default=15, help="of an operation of weight 1")
    parser.add_argument("--first", type=int, default=0, help="the number of the first turn")
    parser.add_argument("--only", metavar="NAME", choices=list(cases.OPERATIONS),
                        help="one operation")
    parser.add_argument("--keep", metavar="DIR", help="write the cases that differ there")
    options = parser.parse_args()
    torch.set_num_threads(1)
    fixtures.need_openblas()
    suite, start, count = Suite(options.program, options.keep), time.monotonic(), 0
    with concurrent.futures.ThreadPoolExecutor(1) as pool:  # beside PyTorch, which is here
        for case in all_cases(options.turns, options.first, options.only):
            ours = pool.submit(run_mlpstep, options.program, case.script())
            suite.compare(case, run_torch(case.script()), ours.result())
            count += 1
    suite.print_table()
    problems = suite.problems([] if options.only else spellings(options.list_spellings))
    print(f"{count} cases, {len(problems)} problems, {time.monotonic() - start:.0f} s")
    for problem in problems:
        print("   ", problem)
    sys.exit(bool(problems) or not count)


if __name__ == "__main__":
    main()
