"""Simulated students: does `mlpstep check` put its finger on the slip?

Every sheet is a random network and a student who derives one or two training steps of it by hand,
in plain Python, makes a known slip (or none, or two) at a random line, and goes on from the wrong
number. From the scores to their gradient goes a student by the softmax or by its logarithm. Then
`mlpstep check` marks the sheet. Counted are

    placed       the line with the slip is marked wrong, and no other line is
    named        the slip is among what that line is said to look like
    named first  it is the first of them
    or the same  it is named, and the first of them would have left the same digits

Numbers have 2 to 6 significant digits: rounded, or, on every fourth sheet, cut off. What was cut off
is marked wrong, and counts for nothing where `cut-off` alone is named. On every fourth sheet the
student computes on with these numbers, and not with all digits.

Of every seven sheets one is clean, three have one slip, one has a slip and a third of its computed
lines left blank, one has two slips, and one has the same slip in every update, of which the first
alone counts. The status is 0 if, of the sheets with one slip and no blanks, 99 % are placed and 95 %
named, and no clean sheet is accused of anything.

Usage: students.py MLPSTEP [--sheets N] [--seed S] [--first N] [--keep DIR]
       students.py MLPSTEP --validate [--sheets N] [--seed S]
       students.py MLPSTEP --nonsense [--sheets N] [--seed S]

--keep DIR writes script, sheet and marks of each failure, and of each sheet where an answer is
doubted though it has the digits of the true value. `--first N --sheets 1` repeats sheet N.
--validate holds students who make no slip to the numbers of `mlpstep run` instead. --nonsense has them
write random numbers on a line, of the size of the true ones, and asks that fewer than 0.2 % of these
get the name of a slip.
"""

import argparse
import multiprocessing
import os
import random
import sys

from command import output_for
from derivation import elements
from drawing import ROUTES, draw_nonsense, draw_sheet, draw_student
from lines import in_report_order
from marking import mark
from networks import draw_network
from results import describe, print_results
from sheets import read_report

TOLERANCE = {False: 1e-5, True: 1e-9}    # float64?


def marked_sheet(job):
    mlpstep, seed, number = job
    return mark(mlpstep, draw_sheet(mlpstep, seed, number))


def marked_nonsense(job):
    mlpstep, seed, number = job
    return mark(mlpstep, draw_nonsense(mlpstep, seed, number))


def print_nonsense(outcomes):
    """Whether few enough of the random numbers have a name."""
    named = [outcome for outcome in outcomes
             if any(slip.mark and slip.mark.slugs for slip in outcome.sheet.slips)]
    for outcome in named:
        print(describe(outcome))
    print(f"{len(named)} of {len(outcomes)} lines of random numbers get the name of a slip")
    return len(named) < 0.002 * len(outcomes)


def keep(folder, outcome):
    os.makedirs(folder, exist_ok=True)
    for ending, text in (("py", outcome.sheet.script), ("answers", outcome.sheet.text()),
                         ("marks", outcome.marks), ("txt", describe(outcome) + "\n")):
        with open(os.path.join(folder, f"{outcome.sheet.number}.{ending}"), "w") as file:
            file.write(text)


def validate(job):
    """Where a student without slips and `mlpstep run` differ, as texts."""
    mlpstep, seed, number = job
    rng = random.Random(f"{seed}/validate/{number}")
    while True:
        network = draw_network(rng)
        report = read_report(output_for(mlpstep, network.script(), "run", "--precision=12"))
        student = draw_student(network, report, rng.choice(ROUTES))
        if student:
            return differences(*student, report, TOLERANCE[network.float64])


def differences(lines, values, report, tolerance):
    """Of what stands inside a loss a student has what is on the route, the report everything."""
    lines = in_report_order(lines)
    own = {line.name for line in lines}
    report = [entry for entry in report if entry[1] in own or not entry[1].startswith("loss.")]
    names = [(line.section, line.name) for line in lines]
    if names != [(section, name) for section, name, _ in report]:
        return [f"the lines are {names}"]
    return [f"{line.name}: {values[line.key]}, not {value}"
            for line, (_, _, value) in zip(lines, report)
            if not all(abs(a - b) <= tolerance * max(1, abs(a))
                       for a, b in zip(elements(values[line.key]), elements(value), strict=True))]


def print_validation(numbers, found):
    for number, texts in zip(numbers, found):
        for text in texts:
            print(f"network {number}: {text}")
    bad = sum(map(bool, found))
    print(f"{len(found) - bad} networks as mlpstep run has them, {bad} otherwise")
    return not bad


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mlpstep", metavar="MLPSTEP", type=os.path.abspath)
    parser.add_argument("--sheets", metavar="N", type=int, default=1200)
    parser.add_argument("--seed", metavar="S", type=int, default=1)
    parser.add_argument("--first", metavar="N", type=int, default=0)
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--validate", action="store_true")
    parser.add_argument("--nonsense", action="store_true")
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.sheets)
    jobs = [(options.mlpstep, options.seed, number) for number in numbers]
    with multiprocessing.Pool(2) as pool:
        if options.validate:
            return 0 if print_validation(numbers, pool.map(validate, jobs)) else 1
        outcomes = pool.map(marked_nonsense if options.nonsense else marked_sheet, jobs, chunksize=1)
    for outcome in outcomes:
        if options.keep and (outcome.failure or outcome.doubted):
            keep(options.keep, outcome)
    return 0 if (print_nonsense if options.nonsense else print_results)(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
