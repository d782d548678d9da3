"""Files are found and named by names in UTF-8, and texts read as Windows' editors may write them:
behind a byte order mark, and with lines that end in CR and LF.

Usage: files.py MLPSTEP [windows]     windows: there a path may also be written with \\ and a drive
"""

import json
import os
import struct
import subprocess
import sys
import tempfile

SCRIPT = """import torch
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 2
y.sum().backward()
print('''a
b''', y)
"""
FOLDER, NAME, SHEET = "Straße", "Übung.py", "数.txt"
TRANSCRIPT = "a\nb tensor([2., 4.], grad_fn=<MulBackward0>)\n"
FULL = b"mlpstep: cannot write the output: No space left on device\n"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": SCRIPT, "metadata": {},
                                  "outputs": [], "execution_count": None}],
                       "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)

# What is read, its text, the arguments that have it read, and the status.
TEXTS = [
    ("a script", SCRIPT, ["run", "TEXT"], 0),
    ("what it prints", SCRIPT, ["transcript", "TEXT"], 0),
    ("a script, from which another is made", SCRIPT, ["variant", "--seed=3", "TEXT"], 0),
    ("a script with an error", SCRIPT + "z = (x + y[\n", ["run", "TEXT"], 2),
    ("a script with an error in its first line", "x = 'é\n", ["run", "TEXT"], 2),
    ("a script in another encoding", "# coding: latin-1\n" + SCRIPT, ["run", "TEXT"], 2),
    ("the same in the second line", "\n# coding: latin-1\n" + SCRIPT, ["run", "TEXT"], 2),
    ("a notebook", NOTEBOOK, ["run", "TEXT"], 0),
    ("a session", "".join(f">>> {line}\n" for line in SCRIPT.splitlines()[:3]), ["run", "TEXT"], 0),
    ("answers", "y = [2, 4]\nx.grad = [2, 3]\n", ["check", "t.py", "TEXT"], 1),
    ("answers with an error", "y = [2, 4]\nq = 3\n", ["check", "t.py", "TEXT"], 2),
    ("a transcript", TRANSCRIPT, ["check", "t.py", "TEXT"], 0),
    ("a dump", "y[0] 2\ny[1] 5\n", ["check", "--port", "t.py", "TEXT"], 1),
    ("JSON", '{"y": [2, 4],\n "x.grad": [2, 3]}\n', ["check", "--port", "t.py", "TEXT"], 1),
    ("csv", "step,section,name,dtype,shape,index,value\n", ["check", "t.py", "TEXT"], 2),
    ("names", "Y = y\nG = x.grad\n", ["check", "--names=TEXT", "t.py", "named.txt"], 0),
    ("names with an error", "Y = y\nG = q\n", ["check", "--names=TEXT", "t.py", "named.txt"], 2),
    ("a list of files", "y 2 y.bin\n? 2 y.bin\n", ["check", "--raw=TEXT", "t.py"], 0),
    ("a list with an error", "y 3 y.bin\n", ["check", "--raw=TEXT", "t.py"], 2),
]


def run(mlpstep, folder, args):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    environment.pop("MLPSTEP_TORCH", None)
    return subprocess.run([mlpstep, *args], cwd=folder, stdin=subprocess.DEVNULL,
                          capture_output=True, env=environment)


def write(folder, name, text):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def read_each_text(mlpstep, folder):
    for what, text, args, status in TEXTS:
        write(folder, "TEXT", text)
        plain = run(mlpstep, folder, args)
        if plain.returncode != status or not plain.stdout + plain.stderr:
            yield f"{what}: status {plain.returncode}, {plain.stdout}{plain.stderr}"
        for mark in (b"", b"\xef\xbb\xbf"):
            write(folder, "TEXT", mark + text.encode().replace(b"\n", b"\r\n"))
            done = run(mlpstep, folder, args)
            stdout = plain.stdout
            if args[0] == "variant":  # the same file with other numbers
                stdout = mark + stdout.replace(b"\n", b"\r\n")
            if (done.returncode, done.stdout, done.stderr) != (status, stdout, plain.stderr):
                yield f"{what}, {mark}: status {done.returncode}, {done.stdout}{done.stderr}"


def find_each_file(mlpstep, folder, separators):
    os.mkdir(os.path.join(folder, FOLDER))
    here = os.path.join(folder, FOLDER)
    write(here, NAME, SCRIPT)
    write(here, "é.py", "x = )\n")
    write(here, SHEET, "y = [2, 4.5]\n")
    write(here, "list.txt", "y 2 ü.bin\n")
    write(here, "ü.bin", struct.pack("<2f", 2, 4))
    for s in separators:
        script, sheet = FOLDER + s + NAME, FOLDER + s + SHEET
        wanted = [
            (["transcript", script], 0, TRANSCRIPT, ""),
            (["derive", script], 0, f"Derivation of {NAME}\n", ""),
            ([FOLDER + s + "é.py"], 2, "", f"{FOLDER}{s}é.py:1:5: error: "),
            ([FOLDER + s + "ö.py"], 2, "",
             f"mlpstep: cannot read {FOLDER}{s}ö.py: No such file or directory\n"),
            ([FOLDER + s], 2, "", f"mlpstep: cannot read {FOLDER}{s}: Is a directory\n"),
            (["check", script, sheet], 1, "wrong    y\n", ""),
            (["check", "--format=json", script, sheet], 1,
             '{"sheets": [\n{"sheet": ' + json.dumps(sheet, ensure_ascii=False), ""),
            (["check", f"--raw={FOLDER}{s}list.txt", script], 0, "right    y\n", ""),
        ]
        if s == "\\":  # no shell expands it there
            wanted.append((["check", script, f"{FOLDER}{s}?.txt"], 1, "wrong    y\n", ""))
        for args, status, stdout, stderr in wanted:
            done = run(mlpstep, folder, args)
            if done.returncode != status or not done.stdout.decode().startswith(stdout) \
                    or not done.stderr.decode().startswith(stderr) or bool(stderr) != bool(done.stderr):
                yield f"{args}: status {done.returncode}, {done.stdout}{done.stderr}"


def find_beside_no_list(mlpstep, folder, paths):
    """What is behind a drive, or begins at its root, is not looked for beside the list."""
    for path in paths:
        write(folder, os.path.join(FOLDER, "list.txt"), f"y 2 {path}\n")
        done = run(mlpstep, folder, ["check", f"--raw={FOLDER}/list.txt", "t.py"])
        if done.returncode != 2 or f": error: cannot read {path}: ".encode() not in done.stderr:
            yield f"{path}: status {done.returncode}, {done.stdout}{done.stderr}"


def write_to_trouble(mlpstep, folder):
    """What streams.py tries elsewhere, as far as wine has it: a full disk, and a reader who leaves."""
    for args in (["t.py"], ["--format=npz", "t.py"], ["derive", "t.py"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([mlpstep, *args], cwd=folder, stdin=subprocess.DEVNULL,
                                  stdout=full, stderr=subprocess.PIPE)
        if done.returncode != 2 or done.stderr != FULL:
            yield f"{args}, to a full disk: status {done.returncode}, {done.stderr}"
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run([mlpstep, "t.py"], cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs,
                          stderr=subprocess.PIPE)
    os.close(theirs)
    if done.returncode != 2 or done.stderr:
        yield f"to a closed pipe: status {done.returncode}, {done.stderr}"


def main(mlpstep, on_windows=None):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, "t.py", SCRIPT)
        write(folder, "named.txt", "Y = [2, 4]\nG = [2, 2]\n")
        write(folder, "y.bin", struct.pack("<2f", 2, 4))
        wrong = [*read_each_text(mlpstep, folder),
                 *find_each_file(mlpstep, folder, "/\\" if on_windows else "/"),
                 *find_beside_no_list(mlpstep, folder, ["/no.bin", "\\no.bin", "C:no.bin", "c:\\no.bin"]
                                      if on_windows else ["/no.bin"]),
                 *(write_to_trouble(mlpstep, folder) if on_windows else [])]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), *sys.argv[2:]))
