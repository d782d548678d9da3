"""Writes the fixtures again, into a temporary folder, and compares them with tests/fixtures.

    python3 regenerate.py

FIXTURES in the environment names another folder to compare with, as it names the folder that a
generator run by hand writes to. A line that names the version of PyTorch may differ; no number may.
"""

import gc
import glob
import os
import runpy
import sys
import tempfile
import warnings

import fixtures

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_GENERATORS = {"fixtures.py", "layout.py", "losses.py", "record.py", "regenerate.py",
                  "transcripts.py"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def difference(name, fresh, committed):
    if not os.path.exists(committed):
        return f"{name} is written by a generator, but is not in tests/fixtures"
    if not os.path.exists(fresh):
        return f"{name} is in tests/fixtures, but no generator writes it"
    a, b = read(committed), read(fresh)
    for i, (x, y) in enumerate(zip(a[1:], b[1:]), 2):
        if x != y:
            return f"{name} differs from line {i} on:\n  committed {x[:100]}\n  now       {y[:100]}"
    return f"{name} has {len(b)} lines instead of {len(a)}" if len(a) != len(b) else None


def main():
    fixtures.need_openblas()
    warnings.simplefilter("ignore")
    generators = [path for path in sorted(glob.glob(os.path.join(HERE, "*.py")))
                  if os.path.basename(path) not in NOT_GENERATORS]
    committed = fixtures.FIXTURES
    with tempfile.TemporaryDirectory() as fixtures.FIXTURES:
        folder = fixtures.FIXTURES
        for generator in generators:
            runpy.run_path(generator)
        gc.collect()  # closes the files
        names = set(os.listdir(folder)) | {n for n in os.listdir(committed) if n.endswith(".txt")}
        problems = [p for p in (difference(n, os.path.join(folder, n), os.path.join(committed, n))
                                for n in sorted(names)) if p]
    print(f"{len(generators)} generators, {len(names)} fixtures, {len(problems)} differ")
    print("\n".join(problems))
    sys.exit(bool(problems))


main()
