"""Runs products of thousands of shapes with the kernels of each level, and every transcript with those
of each but the highest, which all other tests have: they give the same bits.

    python3 levels.py HASH_PRODUCTS MLPSTEP SCRIPT...

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


def products_at(level, hash_products):
    """What they come to; None where the processor lacks the level."""
    done = subprocess.run([hash_products, level], env=environment_of(level), stdout=subprocess.PIPE)
    if done.returncode not in (0, SKIPPED):
        sys.exit(f"{level}: hash_products ends with {done.returncode}")
    return done.stdout.splitlines() if done.returncode == 0 else None


def products_agree(level, products, plain):
    different = sum(a != b for a, b in zip(products, plain, strict=True))
    print(f"{level}: {len(products)} products, {different} differ from the plain ones", flush=True)
    return bool(products) and different == 0


def main(hash_products, mlpstep, *scripts):
    products = {level: products_at(level, hash_products) for level in LEVELS}
    present = [level for level in LEVELS if products[level] is not None]
    passed = [products_agree(level, products[level], products["plain"]) for level in present]
    passed += [transcripts_pass(level, mlpstep, scripts) for level in present[:-1]]
    return 0 if scripts and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
