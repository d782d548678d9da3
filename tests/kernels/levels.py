"""Runs every transcript with the kernels of each level: they give the same bits.

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


def passes(level, compare, mlpstep, scripts):
    environment = {**os.environ, "MLPSTEP_KERNELS": level}
    products = subprocess.run([compare, level], env=environment)
    if products.returncode == SKIPPED:
        return True
    transcripts = subprocess.run([sys.executable, RUN, mlpstep, *scripts], env=environment)
    print(f"{level}: {len(scripts)} transcripts, status {transcripts.returncode}", flush=True)
    return products.returncode == 0 and transcripts.returncode == 0


def main(compare, mlpstep, *scripts):
    return 0 if scripts and all([passes(level, compare, mlpstep, scripts) for level in LEVELS]) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
