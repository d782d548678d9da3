"""Holds what `mlpstep transcript` prints for a release of PyTorch against what that release printed.

    python3 releases.py MLPSTEP FOLDER RELEASE[,BUILD] [--digits]

FOLDER holds NAME.out for scripts NAME.py of the folder around it: tests/transcript/README.md tells
where they come from. Every byte must be the same. With --digits numbers may differ in their last
digits, in the scripts of DIFFERING alone: then the texts around the numbers must be the same, and
`mlpstep check` has to find that all numbers lie within their bounds.
"""

import argparse
import difflib
import glob
import os
import re
import subprocess
import sys

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\binf\b|\bnan\b)")
# The first operation of each whose bits are others in the wheel, as far as transcripts tell.
DIFFERING = {
    "functions_in_place": "cos",
    "logsumexp_counts": "exp",
}


def around_numbers(text):
    """The text without numbers. How many blanks stand before them depends on their digits."""
    return " ".join(NUMBER.sub("#", text).split())


def numbers_beyond_bounds(mlpstep, release, script, path):
    done = subprocess.run([mlpstep, "check", "--torch=" + release, script, path],
                          capture_output=True, text=True)
    is_right = done.returncode == 0 and " 0 wrong, 0 carried, 0 blank" in done.stdout
    return [] if is_right else [done.stdout, done.stderr]


def differences(ours, theirs, name, digits):
    """What is wrong with the text, as lines."""
    if ours == theirs:
        return [f"{name} has no other digit any more\n"] if name in DIFFERING and digits else []
    if digits and name in DIFFERING and around_numbers(ours) == around_numbers(theirs):
        return []
    return list(difflib.unified_diff(theirs.splitlines(keepends=True), ours.splitlines(keepends=True),
                                     "PyTorch", "mlpstep transcript"))


def check(mlpstep, path, release, digits):
    name = os.path.splitext(os.path.basename(path))[0]
    script = os.path.join(os.path.dirname(path), "..", name + ".py")
    with open(path, encoding="utf-8", newline="") as file:
        theirs = file.read()
    done = subprocess.run([mlpstep, "transcript", "--torch=" + release, script], capture_output=True)
    wrong = differences(done.stdout.decode(), theirs, name, digits)
    if done.returncode:
        wrong.append(done.stderr.decode())
    if digits and name in DIFFERING:
        wrong += numbers_beyond_bounds(mlpstep, release, script, path)
    if wrong:
        print(f"{name}: status {done.returncode}\n{''.join(wrong)}")
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mlpstep", metavar="MLPSTEP")
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("release", metavar="RELEASE")
    parser.add_argument("--digits", action="store_true")
    options = parser.parse_args()
    paths = sorted(glob.glob(os.path.join(options.folder, "*.out")))
    passed = [check(options.mlpstep, path, options.release, options.digits) for path in paths]
    print(f"{sum(passed)} passed, {len(passed) - sum(passed)} failed")
    return 0 if passed and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
