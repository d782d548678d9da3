"""Notebooks and sessions that are broken, and what editors make of line ends: whatever the bytes, the
command ends with status 0, or with status 2 and a diagnostic.

    python3 broken_notebooks.py MLPSTEP
"""

import json
import random
import subprocess
import sys

NOTEBOOK = json.dumps({
    "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# \u00e9\n"]},
              {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
               "source": ["%matplotlib inline\n", "x = [1, 2.5]\n", "x"]},
              {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
               "source": "print('\U0001f600', \\\n      x)"}],
    "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4}, indent=1).encode()
SHOWN = "[1, 2.5]\n\U0001f600 [1, 2.5]\n".encode()
SESSION = b">>> x = [1,\n...      2.5]\n>>> x\n[1, 2.5]\n>>> 'a'\n"


def transcript(mlpstep, text):
    return subprocess.run([mlpstep, "transcript", "-"], input=text, capture_output=True)


def broken(text, turns):
    draw = random.Random(1)
    for _ in range(turns):
        at, length = draw.randrange(len(text)), draw.randrange(1, 4)
        put = bytes(draw.choices(b'{}[]",:\\u\n\r 0x>.%!?\x00\xff', k=draw.randrange(3)))
        yield text[:at] + put + text[at + length:]


def nested(opening, closing, depth):
    return b'{"cells": ' + opening * depth + b"1" + closing * depth + b"}"


def main(mlpstep):
    right = [
        (NOTEBOOK, SHOWN), (NOTEBOOK.replace(b"\n", b"\r\n"), SHOWN),
        (b" \n" + NOTEBOOK, SHOWN),
        (NOTEBOOK.replace(b"\\n", b"\\r\\n"), SHOWN),
        (SESSION.replace(b"\n", b"\r\n"), b"[1, 2.5]\n'a'\n"),
        (SESSION.replace(b"\n", b"\r"), b"[1, 2.5]\n'a'\n"),
        (b"\xef\xbb\xbf" + SESSION, b"[1, 2.5]\n'a'\n"),
        (b"\xef\xbb\xbf  x = 1\r\n  print(x)\r\n", b"1\n"),
        (b"\tx = 1\n\tif x:\n\t\tprint(x)\n", b"1\n"),
        (b'{"cells": [{"cell_type": "code", "outputs": ' + b"[" * 40 + b"]" * 40 +
         b', "source": "3"}]}', b"3\n"),
        (b'{"cells": [{"cell_type": "code", "source": "3", "x": "' + b"a" * 3000000 + b'"}]}', b"3\n"),
        (b'{"cells": [' + b'{"cell_type": "code", "source": "3"},' * 2000 +
         b'{"cell_type": "code", "source": "4"}]}', b"3\n" * 2000 + b"4\n"),
    ]
    wrong = [NOTEBOOK[:n] for n in range(NOTEBOOK.index(b'"cells"') + 8, len(NOTEBOOK), 7)]
    wrong += [nested(b"[", b"]", 100000), nested(b'{"a":', b"}", 100000), nested(b"[", b"", 90),
              NOTEBOOK.replace(b"x = [1", b"x = [\x00"), NOTEBOOK.replace(b"x = [1", b"x = [\xff"),
              SESSION + b"\x00", b"```\nx = 1\n```\n\xff",
              b'{"cells": [{"cell_type": "code", "source": "' + b"(" * 1000000 + b'"}]}']
    failed = 0
    for text, expected in right:
        done = transcript(mlpstep, text)
        if done.returncode or done.stdout != expected:
            print(text[:300], done)
            failed += 1
    for text in wrong:
        done = transcript(mlpstep, text)
        if done.returncode != 2 or b": error: " not in done.stderr:
            print(text[:300], done)
            failed += 1
    for text in [*broken(NOTEBOOK, 150), *broken(SESSION, 100)]:
        done = transcript(mlpstep, text)
        if done.returncode not in (0, 2) or (done.returncode == 2) != (b": error: " in done.stderr):
            print(text, done)
            failed += 1
    print(f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
