"""Runs products of thousands of shapes, and loops over elements, with the kernels of each level, and
every transcript with those of each but the highest, which all other tests have: they give the same
bits.

    python3 levels.py HASH_KERNELS MLPSTEP SCRIPT...

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


def hashes_at(level, hash_kernels):
    """What they come to; None where the processor lacks the level."""
    done = subprocess.run([hash_kernels, level], env=environment_of(level), stdout=subprocess.PIPE)
    if done.returncode not in (0, SKIPPED):
        sys.exit(f"{level}: hash_kernels ends with {done.returncode}")
    return done.stdout.splitlines() if done.returncode == 0 else None


def hashes_agree(level, hashes, plain):
    different = sum(a != b for a, b in zip(hashes, plain, strict=True))
    print(f"{level}: {len(hashes)} products and loops, {different} differ from the plain ones",
          flush=True)
    return bool(hashes) and different == 0


def main(hash_kernels, mlpstep, *scripts):
    hashes = {level: hashes_at(level, hash_kernels) for level in LEVELS}
    present = [level for level in LEVELS if hashes[level] is not None]
    passed = [hashes_agree(level, hashes[level], hashes["plain"]) for level in present]
    passed += [transcripts_pass(level, mlpstep, scripts) for level in present[:-1]]
    return 0 if scripts and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
