"""What a *.test file cannot hold: hostile bytes, and output that does not arrive.

Usage: streams.py MLPSTEP
"""

import os
import subprocess
import sys
import tempfile

failures = []


def run(mlpstep, *args, **more):
    return subprocess.run(["mlpstep", *args], executable=mlpstep, stderr=subprocess.PIPE, **more)


def expect(name, done, message):
    stderr = done.stderr.decode("utf-8")
    if done.returncode != 2 or message not in stderr:
        failures.append(f"{name}: status {done.returncode}, stderr {stderr[:300]!r}")
    print(f"{'FAILED' if failures and failures[-1].startswith(name) else 'ok'}: {name}")


def check_script(mlpstep, name, script, message):
    with tempfile.NamedTemporaryFile(suffix=".py") as file:
        file.write(script)
        file.flush()
        done = run(mlpstep, file.name, stdout=subprocess.PIPE)
    expect(name, done, message)
    if done.stdout:
        failures.append(f"{name}: printed {done.stdout[:100]!r}")


SCRIPT = "t.py"


def check_answers(mlpstep, name, answers, message):
    done = run(mlpstep, "check", SCRIPT, "-", input=answers, stdout=subprocess.PIPE)
    expect(name, done, message)
    if done.stdout:
        failures.append(f"{name}: printed {done.stdout[:100]!r}")


def check_newlines(mlpstep):
    """Python ends a line at any of them, in a string too."""
    for name, end in (("\\r", b"\r"), ("\\r\\n", b"\r\n"), ("\\n", b"\n")):
        script = end.join([b"x = '''a", b"b'''", b"if x:", b"    print(x)", b"y"])
        done = run(mlpstep, "transcript", "-", input=script, stdout=subprocess.PIPE)
        expect(f"lines that end with {name}", done, "<stdin>:5:1: error: name 'y'")
        if done.stdout != b"a\nb\n" or b"    5 | y\n" not in done.stderr:
            failures.append(f"lines that end with {name}: {done.stdout!r}, {done.stderr!r}")


def main(mlpstep):
    with open(SCRIPT, "w", encoding="utf-8") as file:
        file.write("import torch\nx = torch.tensor(2.0)\ny = x + x\n")
    check_script(mlpstep, "a NUL byte", b"x = 1\0\n", ":1:6: error: byte 0x00")
    check_script(mlpstep, "a NUL in a string", b"x = 1\ny = 'a\0b'\n", ":2:7: error: byte 0x00")
    check_script(mlpstep, "a NUL behind a backslash", b"x = f'a\\\0b'\n", ":1:9: error: byte 0x00")
    check_script(mlpstep, "binary rubbish", bytes(range(256)) * 40, ":1:1: error: byte 0x00")
    check_script(mlpstep, "broken UTF-8", b"x = '\xff\xfe' + \xc3\n", "error: ")
    check_script(mlpstep, "100,000 brackets", b"x = " + b"[" * 100000, ":1:105: error: brackets are")
    check_script(mlpstep, "100,000 calls", b"x = f" + b"()" * 100000 + b"\n", "error: ")
    check_script(mlpstep, "100,000 attributes", b"x = f" + b".a" * 100000 + b"\n", "error: ")
    check_script(mlpstep, "100,000 blocks",
                 b"".join(b" " * i + b"def f():\n" for i in range(2000)), "error: ")
    check_script(mlpstep, "colours in a message", b"x = 1 '\x1b[31m\xff'\n", "not ''?[31m?''")
    check_script(mlpstep, "100,000 pluses", b"x = " + b"+" * 100000 + b"1\n", "error: expressions")
    many = b"".join(b"v%d = %d\n" % (i, i) for i in range(100000))
    check_script(mlpstep, "100,000 variables", many + b"x = v0, v\n", "name 'v' is not defined")
    for operator in (b"1+", b"not ", b"1 ** ", b"1 if 1 else ", b"(", b"-"):
        check_script(mlpstep, f"100,000 times {operator.decode()}", b"x = " + operator * 100000 + b"1\n",
                     "nested more than 100 deep")
    check_script(mlpstep, "100,000 subscripts", b"x = f" + b"[0]" * 100000 + b"\n",
                 "nested more than 100 deep")
    nested = b"".join(b" " * i + b"if 1:\n" for i in range(2000))
    check_script(mlpstep, "2,000 blocks", nested, "nested more than 100 deep")
    recursion = b"def f():\n" + b"".join(b" " * i + b"for i in [1]:\n" for i in range(1, 60))
    check_script(mlpstep, "blocks in a function that calls itself", recursion + b" " * 60 + b"f()\nf()\n",
                 "nested more than 400 deep")
    doubling = b"".join(b"def f%d():\n    f%d()\n    f%d()\n" % (i, i - 1, i - 1)
                        for i in range(1, 60))
    check_script(mlpstep, "a run without end", b"def f0():\n    pass\n" + doubling + b"f59()\n",
                 "the script needs more memory than a run may use")
    check_script(mlpstep, "a loop without end", b"l = [0]\nfor x in l:\n    l.append(x)\n",
                 "the script does too much")
    check_script(mlpstep, "a long loop", b"for i in range(10 ** 12):\n    pass\n",
                 "the script needs more memory than a run may use")
    done = run(mlpstep, "-", input=b" " * (65 << 20), stdout=subprocess.PIPE)
    expect("a script of 65 MiB", done, "mlpstep: cannot read -: File too large")

    check_answers(mlpstep, "10 MB of brackets", b"h = " + b"[" * 10000000,
                  "brackets are nested more than 100 deep")
    check_answers(mlpstep, "binary answers", bytes(range(256)) * 40, ":1:1: error: byte 0x00")
    check_answers(mlpstep, "a line of 50,000 tensors", b"x tensor(1) " * 50000,
                  "the script prints no tensor of shape []")
    check_answers(mlpstep, "a name of 100,000 tensors", b"f(" + b"tensor(1), " * 100000 + b") = 1",
                  "error: the script has no 'f(tensor")
    check_answers(mlpstep, "100,000 answers", b"x = 1\n" * 100000,
                  "'x' is answered 100000 times, but the script computes it once")
    check_answers(mlpstep, "empty answers", b"", "there are no answers in it")

    with open("/dev/full", "w") as full:
        expect("marks on a full disk",
               run(mlpstep, "check", SCRIPT, "-", input=b"y = 1\n", stdout=full),
               "mlpstep: cannot write the output: No space")
    with open("/dev/full", "w") as full:
        expect("a full disk", run(mlpstep, stdout=full), "mlpstep: cannot write the output: No space")
    expect("a closed output", run(mlpstep, preexec_fn=lambda: os.close(1)),
           "mlpstep: cannot write the output: Bad file")
    reader, writer = os.pipe()
    os.close(reader)
    expect("a closed pipe", run(mlpstep, stdout=writer), "mlpstep: cannot write the output: Broken")
    os.close(writer)
    many = b"for i in range(100000):\n    print(i)\n"
    with open("/dev/full", "w") as full:
        expect("a transcript on a full disk",
               run(mlpstep, "transcript", "-", input=many, stdout=full),
               "<stdin>:2:5: error: cannot write the output: No space")
        expect("a short transcript on a full disk",
               run(mlpstep, "transcript", "-", input=b"print(1)\n", stdout=full),
               "mlpstep: cannot write the output: No space")
    check_newlines(mlpstep)

    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    command = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.exit(main(command))
