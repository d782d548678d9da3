"""Runs a script under `mlpstep transcript` and compares what it prints with what python3 printed.

    python3 run.py MLPSTEP SCRIPT...

NAME.out beside NAME.py is what real python3 printed (tests/reference/transcripts.py writes it); it
is compared byte for byte. python3's was PyTorch 1.13 without MKL.
"""

import difflib
import os
import subprocess
import sys


def lines(text):
    return text.decode(errors="replace").splitlines(keepends=True)


def check(mlpstep, script):
    with open(os.path.splitext(script)[0] + ".out", "rb") as file:
        expected = file.read()
    done = subprocess.run([mlpstep, "transcript", "--torch=1.13,native", script],
                          capture_output=True)
    if done.returncode == 0 and done.stdout == expected:
        return True
    print(f"{script}: status {done.returncode}")
    sys.stdout.writelines(difflib.unified_diff(lines(expected), lines(done.stdout), "python3",
                                               "mlpstep transcript"))
    sys.stdout.writelines(lines(done.stderr))
    return False


def main(mlpstep, scripts):
    passed = [check(mlpstep, script) for script in scripts]
    return 0 if passed and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
