"""Compiles the document of test_writers with pdflatex: as a whole, and as a piece of another one.

No error, no warning, no box that is too full: it is made of every kind of mathematics, and of names
that mean something to LaTeX. Usage: pdflatex_document.py TEST_WRITERS; skipped (77) without pdflatex.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

FRAME = r"""\documentclass{{article}}
\usepackage[utf8]{{inputenc}}
\usepackage{{amsmath}}
\setlength{{\textwidth}}{{17cm}}
\begin{{document}}
{}
\end{{document}}
"""
COMPLAINT = re.compile(r"^!.*|^(?:Overfull|LaTeX Warning|LaTeX Font Warning|Package .* Warning).*", re.M)


def compile_latex(name, source):
    """What pdflatex complains about."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, name + ".tex"), "w", encoding="utf-8") as file:
            file.write(source)
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", name],
                              cwd=folder, capture_output=True, text=True, errors="replace",
                              check=False)
        complaints = COMPLAINT.findall(done.stdout)
        if done.returncode and not complaints:
            complaints = [f"pdflatex ended with {done.returncode}", done.stdout[-500:]]
        return [f"{name}: {complaint}" for complaint in complaints]


def main():
    if not shutil.which("pdflatex"):
        print("there is no pdflatex")
        sys.exit(77)
    whole, fragment = (subprocess.run([sys.argv[1], form], capture_output=True, text=True,
                                      encoding="utf-8", check=True).stdout
                       for form in ("latex", "fragment"))
    problems = compile_latex("whole", whole) + compile_latex("fragment", FRAME.format(fragment))
    if "\\documentclass" in fragment or "\\begin{document}" in fragment:
        problems.append("the fragment has a preamble")
    print("\n".join(problems) or "both compile")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
