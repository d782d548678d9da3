"""Runs products of thousands of shapes with the kernels of each level, and every transcript with those
of each but the highest, which all other tests have: they give the same bits.

    python3 levels.py COMPARE_LEVELS MLPSTEP SCRIPT...

A level that the processor lacks is said to be skipped.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
RUN = os.path.join(HERE, os.pardir, "transcript", "run.py")
LEVELS = ["plain", "avx2", "avx512", "neon"]
SKIPPED = 77


def environment_of(level):
    return {**os.environ, "MLPSTEP_KERNELS": level}


def transcripts_pass(level, mlpstep, scripts):
    status = subprocess.run([sys.executable, RUN, mlpstep, *scripts],
                            env=environment_of(level)).returncode
    print(f"{level}: {len(scripts)} transcripts, status {status}", flush=True)
    return status == 0


def main(compare, mlpstep, *scripts):
    products = {level: subprocess.run([compare, level], env=environment_of(level)).returncode
                for level in LEVELS}
    present = [level for level in LEVELS if products[level] != SKIPPED]
    passed = [transcripts_pass(level, mlpstep, scripts) for level in present[:-1]]
    return 0 if scripts and all(passed) and all(products[level] == 0 for level in present) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
