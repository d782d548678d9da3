"""Mutants of the committed scripts (mutate.py) and scripts that chance writes (writers), run by
PyTorch and by `mlpstep transcript`.

    with_torch.sh mutants.py MLPSTEP [--seed S] [--count N] [--first I] [--only I] [--file SCRIPT...]
                                     [--written KIND...] [--jobs J] [--keep DIR] [--refused N]

What PyTorch refuses must be refused, with one diagnostic and no later than there; what it prints
must be printed, or be refused. Prints how many mutants came out in which way, then the failures,
each cut down to the lines it needs, and the N most frequent messages with which mlpstep alone
refused something. --only runs one mutant of the seed, --file scripts of your own, and both show
what the two programs print. --written takes those of these writers alone. --keep writes the failures
to DIR, as KIND-NUMBER.py. Status 1 where there is a failure, and where mlpstep prints the same for
fewer scripts of a writer than LEAST says.

Counted apart: what differs in the last digits of float64 alone, which are not promised.

Not compared, but counted: what needs more time, memory or output than a mutant is given; and what
PyTorch itself prints otherwise in a second run, in which only the seed, the addresses and the
content of fresh memory are others. Of the latter mlpstep has to have warned.
"""

import argparse
import ast
import collections
import difflib
import gc
import multiprocessing
import os
import re
import select
import signal
import sys
import tempfile
import time
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reference"))

import fixtures
import mutate
import torch
import writers
from forks import WALL, is_notebook, run_torch

SAME = "same output"
FLOAT64 = "same output but for the last digits of float64, within 1e-12"
BOTH = "refused by both"
ALONE = "refused by mlpstep alone"
UNDECIDED = "PyTorch prints something else each time, mlpstep warned"
TOO_LARGE = "too long or too large for PyTorch here"
ACCEPTED = "accepted though PyTorch raises"
OTHER = "other output"
INVENTED = "printed what PyTorch prints otherwise each time, without a warning"
BROKEN = "crash, hang, other status or not one diagnostic"
KINDS = (SAME, FLOAT64, BOTH, ALONE, UNDECIDED, TOO_LARGE, ACCEPTED, OTHER, INVENTED, BROKEN)
LEAST = 0.4  # of the scripts of a writer, as it wrote them, print the same
ENOUGH = 20  # of them to say so
FAILURES = (ACCEPTED, OTHER, INVENTED, BROKEN)

DIAGNOSTIC = re.compile(rb"^mutant\.(?:py|ipynb:cell \d+):(\d+):\d+: error: (.+)$", re.M)

Ours = collections.namedtuple("Ours", "output status errors text")
Outcome = collections.namedtuple("Outcome", "kind detail")


# --- the two held against each other ---


def present_names(output):
    """reshape has its present name in mlpstep, as README says."""
    return output.replace(b"ReshapeAliasBackward0", b"ViewBackward0")


def first_difference(ours, theirs):
    a, b = ours.decode(errors="replace").split("\n"), theirs.decode(errors="replace").split("\n")
    for i, (x, y) in enumerate(zip(a + ["(no more)"], b + ["(no more)"])):
        if x != y:
            return f"line {i + 1} of the output: {x[:300]!r}, but PyTorch prints {y[:300]!r}"
    return "the output has other ends"


def marked(text):
    """The script with a print before every statement that begins a line, to see how far it gets."""
    lines = text.split("\n")
    starts = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt):
            first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", ())])
            before = lines[first - 1].encode()[:node.col_offset].decode(errors="replace")
            if not before.strip() and not lines[first - 1].strip().startswith(("elif", "else")):
                starts.add(first)
    for first in sorted(starts, reverse=True):
        margin = re.match(r"[ \t]*", lines[first - 1])[0]
        lines.insert(first - 1, f"{margin}print('@{first}')")
    return "\n".join(lines)


BUDGET = "--budget=500M"  # so that a mutant without end is refused soon
LONG_NUMBER = re.compile(rb"-?\d+\.\d+(?:e[-+]\d+)?")


def is_float64_rounding(ours, theirs):
    """Whether only the last digits of float64 differ, which tests/reference/README.md leaves open.
    Those of float32, which differ by 6e-8 at least, are not among them."""
    a, b = LONG_NUMBER.findall(ours), LONG_NUMBER.findall(theirs)
    if len(a) != len(b) or LONG_NUMBER.sub(b"", ours) != LONG_NUMBER.sub(b"", theirs):
        return False
    return all(x == y or abs(float(x) - float(y)) <= 1e-12 * abs(float(y)) for x, y in zip(a, b))


class Bench:
    """Runs scripts by both programs, in a folder of its own."""

    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.folder = tempfile.TemporaryDirectory()
        os.chdir(self.folder.name)
        self.printed = tempfile.TemporaryFile()

    def run_ours(self, text):
        name = "mutant.ipynb" if is_notebook(text) else "mutant.py"
        with open(name, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        child = os.posix_spawn(
            self.program, ["mlpstep", "transcript", "--torch=1.13,native", BUDGET, name], os.environ,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, "out", new, 0o600),
                          (os.POSIX_SPAWN_OPEN, 2, "err", new, 0o600)])
        handle = os.pidfd_open(child)
        if not select.select([handle], [], [], WALL)[0]:
            os.kill(child, signal.SIGKILL)
        os.close(handle)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with open("out", "rb") as out, open("err", "rb") as err:
            output, text = out.read(), err.read()
        return Ours(output, status, DIAGNOSTIC.findall(text), text)

    def compare(self, text):
        ours = self.run_ours(text)
        expected = {0: 0, 2: 1}.get(ours.status)
        if expected is None or len(ours.errors) != expected or ours.text.count(b"error: ") > 1:
            return Outcome(BROKEN, f"status {ours.status}, {ours.text[:300]!r}")
        theirs = run_torch(text, self.printed)
        if theirs is None:
            return Outcome(TOO_LARGE, "")
        outcome = self.judge(text, ours, theirs)
        if outcome.kind in (OTHER, ACCEPTED):
            again = run_torch(text, self.printed, disturbed=True)
            if again is None or (again.output, again.error) != (theirs.output, theirs.error):
                if ours.errors and outcome.kind == ACCEPTED:
                    return Outcome(BOTH, outcome.detail)  # it was an address that was refused
                warned = b"warning: " in ours.text
                return Outcome(UNDECIDED if warned else INVENTED, outcome.detail)
        return outcome

    def judge(self, text, ours, theirs):
        output, expected = present_names(ours.output), present_names(theirs.output)
        message = ours.errors[0][1].decode(errors="replace") if ours.errors else ""
        if not message and not theirs.error:
            if output == expected:
                return Outcome(SAME, "")
            return Outcome(FLOAT64 if is_float64_rounding(output, expected) else OTHER,
                           first_difference(output, expected))
        if not expected.startswith(output):
            further = output.startswith(expected) and theirs.error
            return Outcome(ACCEPTED if further else OTHER,
                           f"{theirs.error}: {first_difference(output, expected)}")
        if not message:
            return Outcome(ACCEPTED, theirs.error)
        if theirs.error and int(ours.errors[0][0]) not in theirs.lines:
            further = self.gets_further(text)
            if further:
                return Outcome(ACCEPTED, f"{theirs.error}, and mlpstep comes to {message!r}")
        return Outcome(BOTH if theirs.error else ALONE, message)

    def gets_further(self, text):
        """Whether mlpstep runs a statement more than PyTorch before it refuses the script."""
        try:
            text = marked(text)
        except SyntaxError:
            return False
        theirs = run_torch(text, self.printed)
        return theirs and not present_names(theirs.output).startswith(
            present_names(self.run_ours(text).output))

    def reduce(self, text, kind):
        """Without the lines that the failure does not need."""
        lines = text.split("\n")
        size = len(lines) // 2
        while size:
            i = len(lines) - size
            while i > -size:
                shorter = lines[:max(i, 0)] + lines[i + size:]
                if self.compare("\n".join(shorter)).kind == kind:
                    lines = shorter
                i -= size
            size //= 2
        return "\n".join(lines)


# --- many ---

Found = collections.namedtuple("Found", "number path kind detail text")


def work(program, seed, written, numbers, results):
    bench, mutants = Bench(program), mutate.Mutants(seed, written)
    for number in numbers:
        path, text = mutants.make(number)
        kind, detail = bench.compare(text)
        if kind in FAILURES:
            text = bench.reduce(text, kind)
            detail = bench.compare(text).detail
        results.put(Found(number, path, kind, detail, text))
    results.put(None)


def run_all(options):
    """Workers that take turns; their results in the order of the mutants."""
    fork = multiprocessing.get_context("fork")
    results = fork.SimpleQueue()
    workers = []
    for i in range(options.jobs):
        numbers = range(options.first + i, options.first + options.count, options.jobs)
        workers.append(fork.Process(target=work, args=(
            options.program, options.seed, options.written, numbers, results)))
        workers[-1].start()
    found, running = [], options.jobs
    while running:
        result = results.get()
        if result is None:
            running -= 1
        else:
            found.append(result)
    return sorted(found)


def kept(folder, found):
    os.makedirs(folder, exist_ok=True)
    name = f"{found.kind.split()[0].strip(',')}-{found.number}.py"
    with open(os.path.join(folder, name), "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(found.text)


def report(options, found):
    counts = collections.Counter(f.kind for f in found)
    failures = [f for f in found if f.kind in FAILURES]
    for f in failures:
        print(f"--- mutant {f.number} of {f.path}: {f.kind}: {f.detail}\n{f.text.strip()}")
        if options.keep:
            kept(options.keep, f)
    alone = collections.defaultdict(list)
    for f in found:
        if f.kind == ALONE:
            alone[re.sub(r"'[^']*'|\d+", "*", f.detail)].append(f)
    for message in sorted(alone, key=lambda m: -len(alone[m]))[:options.refused]:
        f = alone[message][0]
        print(f"{len(alone[message]):5} {message}   (mutant {f.number}: {f.detail})")
    for kind in KINDS:
        print(f"{counts[kind]:7} {kind}")
    return len(failures)


def report_written(found):
    """A line for each writer; how many of them have too little left that is compared."""
    too_few = 0
    for kind in writers.KINDS:
        kinds = [f.kind for f in found if f.path == mutate.WRITTEN + kind]
        same, both, alone = (sum(k in those for k in kinds) for those in
                             ((SAME, FLOAT64), (BOTH,), (ALONE,)))
        if kinds:
            print(f"{kind:16} {len(kinds):5} written: {same:5} {SAME}, {both:4} {BOTH}, "
                  f"{alone:4} {ALONE}")
        if len(kinds) >= ENOUGH and same < LEAST * len(kinds):
            print(f"{kind}: the same output for less than {LEAST:.0%}")
            too_few += 1
    return too_few


def show_one(program, text):
    bench = Bench(program)
    theirs, ours = run_torch(text, bench.printed), bench.run_ours(text)
    if theirs is None:
        print(TOO_LARGE)
    else:
        sys.stdout.writelines(difflib.unified_diff(
            theirs.output.decode(errors="replace").splitlines(keepends=True),
            ours.output.decode(errors="replace").splitlines(keepends=True), "PyTorch", "mlpstep"))
        print(f"PyTorch: {theirs.error}")
    print(f"mlpstep: status {ours.status} {ours.text.decode(errors='replace')}")
    kind, detail = bench.compare(text)
    print(f"{kind}: {detail}")
    return kind in FAILURES


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", metavar="MLPSTEP")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--only", type=int, help="run this mutant and show it")
    parser.add_argument("--file", nargs="+", help="run these scripts, and show them")
    parser.add_argument("--written", nargs="+", default=(), metavar="KIND", choices=writers.KINDS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", metavar="DIR", help="write the failures there")
    parser.add_argument("--refused", type=int, default=0, metavar="N")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    fixtures.need_openblas()
    torch.manual_seed(12345)  # what no seed decides is the same in each fork
    gc.freeze()
    options.program = os.path.abspath(options.program)
    if options.file:
        texts = [open(path, encoding="utf-8", errors="surrogateescape").read()
                 for path in options.file]
        sys.exit(sum([show_one(options.program, text) for text in texts]) > 0)
    if options.only is not None:
        path, text = mutate.Mutants(options.seed, options.written).make(options.only)
        print(text)
        sys.exit(show_one(options.program, text))
    if options.keep:
        options.keep = os.path.abspath(options.keep)
    start = time.monotonic()
    found = run_all(options)
    failures = report(options, found) + report_written(found)
    print(f"{options.count} mutants of seed {options.seed}, {failures} failures, "
          f"{time.monotonic() - start:.0f} s")
    sys.exit(failures > 0 or options.count == 0)


if __name__ == "__main__":
    main()
