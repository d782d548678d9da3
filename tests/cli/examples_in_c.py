"""What the programs in examples print, against the golden reports.

Usage: examples_in_c.py ONE_STEP EMBED EXAMPLES GOLDEN
"""

import os
import re
import subprocess
import sys


def print_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def read_report(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def largest_gradients(report):
    """(name, the largest number) of each entry under # backward."""
    backward = "\n".join(re.findall(r"^# backward\n(.*?)(?=^# (?:forward|step)\n|\Z)", report,
                                    re.MULTILINE | re.DOTALL))
    entries = re.findall(r"^(?! |#)(.*?) = (tensor\(.*(?:\n .*)*)", backward, re.MULTILINE)
    return [(name, max(abs(float(n)) for n in re.findall(r"-?\d+\.\d+", value)))
            for name, value in entries]


def main(one_step, embed, examples, golden):
    plain = read_report(os.path.join(golden, "plain.report"))
    numbers = [line for line in plain.splitlines() if not line.startswith("#")]
    printed = print_of(one_step).splitlines()
    assert len(numbers) > 30 and printed == numbers, "\n".join(printed)

    for name in ("plain", "dropout", "momentum", "batch"):
        expected = largest_gradients(read_report(os.path.join(golden, f"{name}.report")))
        rows = [re.fullmatch(r"(.*?) +\[[\d, ]*\] +(\S+)", line).groups()
                for line in print_of(embed, os.path.join(examples, f"{name}.py")).splitlines()]
        assert len(expected) >= 8 and [n for n, _ in rows] == [n for n, _ in expected], rows
        for (_, got), (entry, most) in zip(rows, expected):
            assert abs(float(got) - most) < 1e-6 + 1e-5 * most, (name, entry, got, most)

    for wrong in (examples, os.path.join(golden, "plain.report"), os.path.join(golden, "none.py")):
        done = subprocess.run([embed, wrong], capture_output=True, text=True, check=False)
        assert done.returncode == 2 and done.stderr and not done.stdout, done

    for command in ([one_step], [embed, os.path.join(examples, "plain.py")]):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 2 and "cannot write the output" in done.stderr, done


if __name__ == "__main__":
    main(*sys.argv[1:])
