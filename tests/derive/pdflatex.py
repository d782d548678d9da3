"""Derivations in LaTeX, compiled: no error, and in the examples no box that is too wide.

Usage: pdflatex.py MLPSTEP EXAMPLE... [-- SCRIPT...]
Status 77, which ctest takes for skipped, where there is no pdflatex.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
OVERFULL = re.compile(r"Overfull \\hbox \((\d+\.\d+)pt too wide\)[^\n]*")
# Of one's own: a fragment needs amsmath, and nothing else.
AROUND = ("\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage{amsmath}\\begin{document}\n"
          "%s\n\\end{document}\n")


def derive(mlpstep, script, options):
    done = subprocess.run([mlpstep, "derive", "--format=latex", *options, script], capture_output=True)
    if done.returncode:
        raise RuntimeError(f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8")


def compile_text(text):
    """The log of pdflatex, and whether it made a document."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "d.tex"), "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape",
                               "d.tex"], cwd=folder, capture_output=True, timeout=600)
        log = done.stdout.decode("utf-8", "replace")
        return log, done.returncode == 0 and os.path.exists(os.path.join(folder, "d.pdf"))


def check(mlpstep, script, options, is_example):
    """What is wrong with it."""
    name = " ".join([os.path.basename(script), *options])
    try:
        text = derive(mlpstep, script, options)
    except RuntimeError as error:
        return [f"{name}: {error}"]
    log, made = compile_text(AROUND % text if "--fragment" in options else text)
    problems = []
    if not made:
        problems.append(f"{name}: it is not compiled\n{log[-1500:]}")
    if "Package inputenc Error" in log or "LaTeX Warning: Reference" in log:
        problems.append(f"{name}: LaTeX does not know a character or a reference")
    if is_example:
        problems += [f"{name}: {box.group()}" for box in OVERFULL.finditer(log)]
    return problems


def main(mlpstep, words):
    if not shutil.which("pdflatex"):
        print("there is no pdflatex here")
        return SKIPPED
    at = words.index("--") if "--" in words else len(words)
    examples, scripts = words[:at], words[at + 1:]
    jobs = [(script, options, not options) for script in examples
            for options in ([], ["--blank"], ["--fragment"])]
    jobs += [(script, [], False) for script in scripts]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda job: check(mlpstep, *job), jobs))
    problems = [problem for problems in found for problem in problems]
    print("\n".join(problems) or f"{len(jobs)} documents")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
