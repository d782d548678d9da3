"""What builds of PyTorch print for larger networks, to eight decimals, held against `mlpstep
transcript` and `mlpstep check`.

    python3 marked.py MLPSTEP

NAME.out-RELEASE-BUILD beside NAME.py is what that build printed:

    1.13-debian    Debian 12's package, on one thread, with OpenBLAS's kernels for Haswell
    2.6-debian     Debian 13's package, the same
    2.11-avx2      the wheel from pip (MKL 2024.2, Python 3.12) on an Intel processor, with the AVX2
                   kernels of PyTorch and of MKL
    2.11-avx512    the same with those for AVX-512

Each must be what transcript prints under the option of its build, byte for byte, but for the few of
DIFFERING. No build gives all the bits of another: those of the wheel are marked under --torch=2.11
whatever their processor is, and nothing may be called wrong or carried. That check still finds what
is wrong is tried with the first number of each script, its sign changed.
"""

import collections
import glob
import os
import re
import subprocess
import sys
import tempfile

RELEASES = {"1.13-debian": "1.13,native", "2.6-debian": "2.6,native",
            "2.11-avx2": "2.11,wheel", "2.11-avx512": "2.11,wheel"}
BUILDS = {**RELEASES, "2.11-avx512": "2.11,avx512"}
# By tanh, which is MKL's.
DIFFERING = {"00.out-2.11-avx2", "00.out-2.11-avx512", "10.out-2.11-avx2", "10.out-2.11-avx512"}
FIRST_NUMBER = re.compile(r"tensor\(\[*\s*(-?)(\d+\.\d*[1-9])")


def prints(mlpstep, release, script):
    done = subprocess.run([mlpstep, "transcript", f"--torch={release}", "-"], input=script,
                          text=True, capture_output=True)
    return done.stdout + done.stderr


def mark(mlpstep, release, script, output):
    """The verdicts by their numbers, and what check says."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(script)
        file.flush()
        done = subprocess.run([mlpstep, "check", f"--torch={release}", file.name, "-"],
                              input=output, text=True, capture_output=True)
    if done.returncode not in (0, 1) or done.stderr:
        raise RuntimeError(f"status {done.returncode}\n{done.stderr}{script}")
    found = re.findall(r"(\d+) (\w+)", done.stdout.splitlines()[-1])
    return collections.Counter({verdict: int(count) for count, verdict in found}), done.stdout


def accused(marks):
    return marks["wrong"] + marks["carried"] + marks["differs"]


def with_wrong_sign(output):
    first = FIRST_NUMBER.search(output)
    sign = "" if first[1] else "-"
    return output[:first.start(1)] + sign + output[first.start(2):]


def main(mlpstep):
    folder = os.path.dirname(os.path.abspath(__file__))
    outputs = sorted(glob.glob(os.path.join(folder, "*.out-*")))
    total, planted, failures = collections.Counter(), 0, 0
    for path in outputs:
        name, build = path.split(".out-")
        with open(f"{name}.py", encoding="utf-8") as file:
            script = file.read()
        with open(path, encoding="utf-8") as file:
            output = file.read()
        is_same = prints(mlpstep, BUILDS[build], script) == output
        if is_same == (os.path.basename(path) in DIFFERING):
            failures += 1
            print(f"{os.path.basename(path)}: transcript prints "
                  f"{'the same now' if is_same else 'something else'}")
        marks, text = mark(mlpstep, RELEASES[build], script, output)
        total += marks
        if accused(marks):
            failures += 1
            print(f"{os.path.basename(path)}:\n{text}")
        if build == "2.11-avx2":
            planted += mark(mlpstep, RELEASES[build], script, with_wrong_sign(output))[0]["wrong"]
    print(f"{len(outputs)} outputs: {dict(total)}; {planted} wrong signs found")
    return 1 if failures or not total["right"] or planted != len(outputs) / len(RELEASES) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
