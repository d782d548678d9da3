"""Writes what `python3 SCRIPT` prints for every script of tests/transcript, to NAME.out beside it.

    python3 transcripts.py [--check] [NAME...]

With --check nothing is written: the transcripts are compared with those committed, and a difference
is shown and ends in status 1. Every script runs in a process of its own, forked off after the
import of PyTorch, which takes longer than all of them.
"""

import difflib
import glob
import multiprocessing
import os
import runpy
import sys
import tempfile
import traceback
import warnings

import fixtures

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "transcript")


def forbid_warnings():
    """A script that PyTorch warns about is one that its author would mend. Only F.sigmoid and
    F.tanh are so common that they are in the subset all the same, and so is a loss of two shapes,
    of which mlpstep warns too."""
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "nn.functional.")
    warnings.filterwarnings("ignore", "Using a target size")


def transcript(script):
    """What Python prints for the script, and its complaint, if it has one."""
    problem = ""
    forbid_warnings()
    with tempfile.TemporaryFile() as printed:
        os.dup2(printed.fileno(), sys.stdout.fileno())
        try:
            runpy.run_path(script, run_name="__main__")
        except BaseException:  # SystemExit too: a script ends by itself
            problem = traceback.format_exc()
        sys.stdout.flush()
        printed.seek(0)
        return printed.read(), problem


def difference(script, printed):
    committed = script[:-len(".py")] + ".out"
    if not os.path.exists(committed):
        return f"{os.path.basename(committed)} is missing; transcripts.py writes it\n"
    with open(committed, "rb") as file:
        expected = file.read()
    if expected == printed:
        return ""
    before, now = [text.decode(errors="replace").splitlines(keepends=True)
                   for text in (expected, printed)]
    return "".join(difflib.unified_diff(before, now, os.path.basename(committed), "python3"))


def main(arguments):
    fixtures.need_openblas()
    check = "--check" in arguments
    names = [name for name in arguments if name != "--check"]
    scripts = sorted(glob.glob(os.path.join(FOLDER, "*.py")))
    scripts = [s for s in scripts if os.path.basename(s) != "run.py"]
    if names:
        scripts = [s for s in scripts if os.path.basename(s)[:-len(".py")] in names]
    problems = []
    if check and not names:
        orphans = {p[:-len(".out")] for p in glob.glob(os.path.join(FOLDER, "*.out"))}
        orphans -= {s[:-len(".py")] for s in scripts}
        problems += [f"{os.path.basename(o)}.out has no script\n" for o in sorted(orphans)]
    processes = multiprocessing.get_context("fork")
    with processes.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for script, (printed, problem) in zip(scripts, pool.map(transcript, scripts, chunksize=1)):
            if problem:
                problems.append(f"{os.path.basename(script)}: {problem}")
            elif check:
                problems.append(difference(script, printed))
            else:
                with open(script[:-len(".py")] + ".out", "wb") as file:
                    file.write(printed)
    problems = [problem for problem in problems if problem]
    print(f"{len(scripts)} scripts, {len(problems)} problems")
    print("".join(problems), end="")
    sys.exit(bool(problems) or not scripts)


main(sys.argv[1:])
