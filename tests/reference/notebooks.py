"""Writes what notebooks and sessions show, to NAME.out beside them in tests/transcript/notebooks.

    python3 notebooks.py [--check] [NAME...]

A notebook's cells (NAME.ipynb) are run by IPython, Debian's python3-ipython, and what they print and
show as text is put together; of the lines that are IPython's own, as %matplotlib, nothing is run.
The statements of a session (NAME.txt) are run as the interpreter runs them, and its output is what
it shows. With --check nothing is written: what differs from NAME.out is named.
"""

import ast
import builtins
import contextlib
import glob
import io
import json
import os
import re
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "transcript", "notebooks")


class Shown(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        print(format_dict["text/plain"])


class Shell(InteractiveShell):
    def run_line_magic(self, *arguments, **options):
        pass

    def system(self, command):
        pass

    def showtraceback(self, *arguments, **options):
        pass  # the error is raised


def run_notebook(text):
    notebook = json.loads(text)
    Shell.clear_instance()
    shell = Shell.instance(displayhook_class=Shown, history_length=0)  # display() asks for one
    shell.history_manager.enabled = False
    cells = notebook.get("cells") or [cell for sheet in notebook["worksheets"]
                                      for cell in sheet["cells"]]
    for cell in cells:
        if cell["cell_type"] == "code":
            source = "".join(cell["source"] if "source" in cell else cell["input"])
            shell.run_cell(source, store_history=True).raise_error()


def run_session(text, path):
    names = {"__name__": "__main__"}
    for unit in re.finditer(r"^ *>>>.*(?:\n *\.\.\.(?:[ ].*)?$)*", text, re.M):
        lines = [re.sub(r"^ *(>>>|\.\.\.) ?", "", line) for line in unit[0].split("\n")]
        before = "\n" * text.count("\n", 0, unit.start())  # so that errors are told of the right line
        if ast.parse("\n".join(lines)).body:
            try:
                exec(compile(before + "\n".join(lines) + "\n", path, "single"), names)
            except Exception:
                pass  # a session says so, and goes on
    vars(builtins).pop("_", None)  # what was shown last


def transcript(path):
    printed = io.StringIO()
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with contextlib.redirect_stdout(printed):
        run_notebook(text) if path.endswith(".ipynb") else run_session(text, path)
    return printed.getvalue()


def main(arguments):
    check, names = "--check" in arguments, [a for a in arguments if a != "--check"]
    different = []
    for path in sorted(glob.glob(os.path.join(FOLDER, "*"))):
        name, ending = os.path.splitext(os.path.basename(path))
        if ending not in (".ipynb", ".txt") or (names and name not in names):
            continue
        text, out = transcript(path), os.path.join(FOLDER, name + ".out")
        if not check:
            with open(out, "w", encoding="utf-8") as file:
                file.write(text)
        elif not os.path.exists(out) or open(out, encoding="utf-8").read() != text:
            different.append(name)
    print("\n".join(different) if different else "as committed" if check else "written")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
