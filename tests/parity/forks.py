"""Scripts run by PyTorch, each in a fork of this process, which has imported it."""

import collections
import ctypes
import json
import mmap
import os
import re
import resource
import select
import signal
import sys

import notebooks
import torch
import types

SECONDS = 5  # of processor time
WALL = 120  # seconds after which a program hangs, however busy the machine is
MEMORY = 3 << 30  # beyond what torch itself has mapped
OUTPUT = 4 << 20

NO_MEMORY = re.compile("can't allocate memory|MemoryError|bad_alloc|OutOfMemory")

Ran = collections.namedtuple("Ran", "output error lines")  # error: None, or text; lines of script


def disturb():
    """Another seed, other addresses, other content of fresh memory."""
    ctypes.CDLL(None).mallopt(-6, 0x5A)  # M_PERTURB
    disturb.kept = [bytearray(n) for n in range(1, 5000, 7)], [object() for _ in range(4321)]
    torch.manual_seed(54321)


def complaint(error):
    lines = []
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "mutant.py":
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    if isinstance(error, SyntaxError):
        lines.append(error.lineno or 0)
    return f"{type(error).__name__}: {error}"[:500], lines


def frames():
    frame, count = sys._getframe(), 0
    while frame:
        frame, count = frame.f_back, count + 1
    return count


def is_notebook(text):
    return text.startswith('{"cells"')


def run_text(text):
    if is_notebook(text):
        notebooks.run_notebook(text)
    elif text.startswith(">>>"):
        notebooks.run_session(text, "mutant.py")
    else:
        script = types.ModuleType("__main__")  # where unittest.main() looks for tests
        sys.modules["__main__"] = script
        exec(compile(text, "mutant.py", "exec"), vars(script))


def run_here(text, disturbed):
    """In the child: the complaint of PyTorch about the script, None where there is none."""
    sys.setrecursionlimit(1002 + frames())  # as deep as a script of its own: it has two calls before
    mapped = int(open("/proc/self/statm").read().split()[0]) * mmap.PAGESIZE
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, mapped + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    if disturbed:
        disturb()
    sys.argv = ["mutant.py"]
    try:
        run_text(text)
        sys.stdout.flush()
    except SystemExit as error:
        return complaint(error) if error.code else None
    except BaseException as error:  # a mutant may raise anything
        return complaint(error)
    return None


def run_torch(text, printed, disturbed=False):
    """None where it needs too much. printed: a file for what the script prints."""
    printed.seek(0)
    printed.truncate()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(printed.fileno(), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a script says there is not compared
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape")
        answer = run_here(text, disturbed)
        try:
            sys.stdout.flush()
            os.write(writing, json.dumps(answer).encode())
        finally:
            os._exit(0)
    os.close(writing)
    late = not select.select([reading], [], [], WALL)[0]
    if late:
        os.kill(child, signal.SIGKILL)
    answer = b"" if late else os.read(reading, 1 << 16)
    os.close(reading)
    os.waitpid(child, 0)
    if not answer:
        return None
    answer = json.loads(answer) or (None, [])
    printed.seek(0)
    output = printed.read()
    if answer[0] and NO_MEMORY.search(answer[0]) or len(output) >= OUTPUT:
        return None
    return Ran(output, *answer)
