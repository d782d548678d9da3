"""What a *.test file cannot hold: hostile bytes, and output that does not arrive.

Usage: streams.py MLPSTEP
"""

import os
import resource
import signal
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


def check_printed(mlpstep):
    """Long texts, held against a long transcript, are marked soon, or refused."""
    with open("long.py", "wb") as file:
        file.write(b"for i in range(100000):\n    print(i, i / 7)\n")
    printed = run(mlpstep, "transcript", "long.py", stdout=subprocess.PIPE).stdout
    lines = printed.splitlines(keepends=True)
    less = b"".join(lines[:500] + lines[501:70000] + lines[70001:])
    cases = {  # the text, and the end of what is said
        "100,000 lines": (printed, b"100000 right, 0 wrong, 0 carried, 0 blank\n"),
        "100,000 lines, but for two": (less, b"99998 right, 0 wrong, 0 carried, 0 blank, 2 differs\n"),
        "100,000 other lines": (b"".join(b"a%d 0.5\n" % i for i in range(100000)), b", 1 differs\n"),
    }
    for byte in (b"7", b"-", b"a", b"1 ", b"1.2.", b"1e", b"tensor(", b"0.5a"):
        cases[f"1 MB of {byte.decode()}"] = (byte * (1000000 // len(byte)), b"")
    for name, (text, end) in cases.items():
        done = run(mlpstep, "check", "long.py", "-", input=text, stdout=subprocess.PIPE)
        good = done.returncode in (0, 1, 2) and done.stdout.endswith(end) and \
            (done.returncode == 2) == (done.stderr != b"")
        if not good:
            failures.append(f"{name}: status {done.returncode}, {done.stdout[-200:]!r}")
        print(f"{'ok' if good else 'FAILED'}: {name}")


def check_files_of_windows(mlpstep):
    """A byte order mark and lines that end with \\r\\n say nothing."""
    script = b'import torch\nx = 2 * torch.tensor([0.5, 1.0])\ny = """a\n\xc3\xa9"""\nprint(x,\n      y)\nx + x\n'
    answers = {"a sheet": b"# forward\nx = [1,\n  2]\n", "a transcript": b"tensor([1.,\n   2.]) a\n\xc3\xa9\n"}
    mark = b"\xef\xbb\xbf"
    for name, change in (("plain", lambda text: text), ("a mark", lambda text: mark + text),
                         ("\\r\\n", lambda text: text.replace(b"\n", b"\r\n")),
                         ("both", lambda text: mark + text.replace(b"\n", b"\r\n"))):
        with open("windows.py", "wb") as file:
            file.write(change(script))
        done = run(mlpstep, "transcript", "windows.py", stdout=subprocess.PIPE)
        expect_exactly(f"a script, {name}", done, 0, "")
        if done.stdout != b"tensor([1., 2.]) a\n\xc3\xa9\n":
            failures.append(f"a script, {name}: {done.stdout!r}")
        for kind, text in answers.items():
            done = run(mlpstep, "check", "windows.py", "-", input=change(text),
                       stdout=subprocess.PIPE)
            expect_exactly(f"{kind}, {name}", done, 0, "")
            if done.stdout != b"right    x\n1 right, 0 wrong, 0 carried, 0 blank\n":
                failures.append(f"{kind}, {name}: {done.stdout!r}")
        for line, text in ((1, b"y\nx = 1\n"), (2, b"x = 1\ny\n")):
            done = run(mlpstep, "-", input=change(text))
            expect_exactly(f"a wrong line {line}, {name}", done, 2,
                           f"<stdin>:{line}:1: error: name 'y' is not defined\n"
                           f"    {line} | y\n      | ^\n")
        done = run(mlpstep, "check", SCRIPT, "-", input=change(b"z = 1\ny = 4\n"),
                   stdout=subprocess.PIPE)
        expect_exactly(f"a wrong sheet, {name}", done, 2,
                       "<stdin>:1:1: error: the script has no 'z': mlpstep worksheet lists the "
                       "names\n    1 | z = 1\n      | ^\n")


LINES_OF_SHEETS = {  # what is wrong with a line, and where
    b"x = [\x01]": (6, "byte 0x01 does not belong in answers"),
    b"x = 2 # \0\x7f": (9, "byte 0x00 does not belong in answers"),
    b"\x1b": (1, "byte 0x1b does not belong in answers"),
    b"x\0 = 1": (2, "byte 0x00 does not belong in answers"),
    b"x = [2.\xff]": (8, "'\\xff' has no meaning in a value"),
    b"x = $": (5, "'$' has no meaning here"),
    b"x = '2": (5, "this string is not closed"),
    b'x = """2': (5, "this string is not closed"),
    b"x = 0" + b"9" * 500: (5, "a whole number must not begin with 0"),
    b"x = " + b"9" * 500: (5, "a number of more than 400 digits"),
    b"x = 2]": (6, "']' closes nothing"),
    b"x = [(2])": (8, "']' does not close the '(' that was opened "),
    b"x = " + b"[" * 101: (105, "brackets are nested more than 100 deep"),
}


def check_faults(mlpstep):
    """None hides what is wrong with other lines; the rest is marked."""
    lines = list(LINES_OF_SHEETS)
    for name, sheet in [(repr(line[:9]), [line]) for line in lines] + [("all of them", lines)]:
        text = b"\n".join([b"nobody = 1", *sheet, b"zzz = 1", b"y = 4"])
        done = run(mlpstep, "check", SCRIPT, "-", input=text, stdout=subprocess.PIPE)
        told = [line for line in done.stderr.decode("utf-8").split("\n") if ": error: " in line]
        wanted = [(i + 2, *LINES_OF_SHEETS[line]) for i, line in enumerate(sheet)]
        wanted = [(1, 1, "the script has no 'nobody'"), *wanted,
                  (len(sheet) + 2, 1, "the script has no 'zzz'")]
        if sheet == lines:  # of which nobody knows which is x
            told = [line for line in told if " is answered " not in line]
        if done.returncode != 2 or done.stdout != b"right    y\n1 right, 0 wrong, 0 carried, 0 blank\n" \
                or len(told) != len(wanted) or not all(
                    line.startswith(f"<stdin>:{row}:{column}: error: {message}")
                    for line, (row, column, message) in zip(told, wanted)):
            failures.append(f"a sheet with {name}: {done.returncode}, {done.stdout!r}, {told}")
        print(f"checked: a sheet with {name}")


def check_newlines(mlpstep):
    """Python ends a line at any of them, in a string too."""
    for name, end in (("\\r", b"\r"), ("\\r\\n", b"\r\n"), ("\\n", b"\n")):
        script = end.join([b"x = '''a", b"b'''", b"if x:", b"    print(x)", b"y"])
        done = run(mlpstep, "transcript", "-", input=script, stdout=subprocess.PIPE)
        expect(f"lines that end with {name}", done, "<stdin>:5:1: error: name 'y'")
        if done.stdout != b"a\nb\n" or b"    5 | y\n" not in done.stderr:
            failures.append(f"lines that end with {name}: {done.stdout!r}, {done.stderr!r}")


MANY = b"for i in range(100000):\n    print(i)\n"
OUTPUTS = {  # what prints, and what it reads: each way to write, less and more than a buffer holds
    "help": (["--help"], b""),
    "version": (["--version"], b""),
    "the list of examples": (["example"], b""),
    "an example": (["example", "plain"], b""),
    "a report": ([], b""),
    "a long report": (["-"], b"import torch\nx = torch.zeros(20000)\ny = x + x\n"),
    "tensors as NPZ": (["--format=npz"], b""),
    "long tensors as JSON": (["--format=json", "-"], b"import torch\nx = torch.zeros(20000)\n"
                             b"y = x + x\n"),
    "tiny numbers as JSON": (["--format=json", "-"], b"import torch\nx = torch.full((20000,), 1e-40)\n"
                             b"y = x + x\n"),
    "a worksheet": (["worksheet"], b""),
    "marks": (["check", SCRIPT, "-"], b"y = 1\n"),
    "marks as TAP": (["check", "--format=tap", SCRIPT, "-"], b"y = 1\n"),
    "the last line of marks": (["check", "-q", SCRIPT, "-"], b"y = 1\n"),
    "gradients": (["gradcheck"], b""),
    "a graph": (["graph"], b""),
    "a digraph": (["graph", "--format=dot"], b""),
    "a transcript": (["transcript", "-"], b"print(1)\n"),
    "a transcript that ends in an error": (["transcript", "-"], b"print(1)\n1 / 0\n"),
    "a long transcript": (["transcript", "-"], MANY),
    "a long transcript that ends in an error": (["transcript", "-"], MANY + b"1 / 0\n"),
}


def expect_exactly(name, done, status, stderr):
    if done.returncode != status or done.stderr.decode("utf-8") != stderr:
        failures.append(f"{name}: status {done.returncode}, stderr {done.stderr[:300]!r}")
    print(f"{'FAILED' if failures and failures[-1].startswith(name) else 'ok'}: {name}")


def run_into_closed_pipe(mlpstep, args, text, action):
    """Into a pipe that nobody reads, with this action for SIGPIPE."""
    reader, writer = os.pipe()
    os.close(reader)
    done = run(mlpstep, *args, input=text, stdout=writer, restore_signals=False,
               preexec_fn=lambda: signal.signal(signal.SIGPIPE, action))
    os.close(writer)
    return done


def check_outputs(mlpstep):
    """Output that does not arrive: one message, and status 2."""
    for name, (args, text) in OUTPUTS.items():
        trouble = "mlpstep: cannot write the output: "
        with open("/dev/full", "w") as full:
            expect_exactly(f"{name} on a full disk", run(mlpstep, *args, input=text, stdout=full),
                           2, trouble + "No space left on device\n")
        expect_exactly(f"{name} into nothing",
                       run(mlpstep, *args, input=text, preexec_fn=lambda: os.close(1)),
                       2, trouble + "Bad file descriptor\n")
        expect_exactly(f"{name} into a closed pipe",
                       run_into_closed_pipe(mlpstep, args, text, signal.SIG_DFL),
                       -signal.SIGPIPE, "")
        expect_exactly(f"{name} into a closed pipe, ignored",
                       run_into_closed_pipe(mlpstep, args, text, signal.SIG_IGN), 2, "")
        with open("limited", "w") as file:
            expect_exactly(f"{name} into a file that may not grow",
                           run(mlpstep, *args, input=text, stdout=file, preexec_fn=forbid_growth),
                           2, trouble + "File too large\n")
    expect_exactly("nothing into nothing",
                   run(mlpstep, "transcript", "-", input=b"x = 1\n", preexec_fn=lambda: os.close(1)),
                   0, "")


def check_options_in_order(mlpstep):
    """An option may follow the words, and does so behind a subcommand, as POSIX sees it too."""
    for more in ({}, {"POSIXLY_CORRECT": "1"}):
        for args in (["check", "--quiet", SCRIPT, "-"], ["check", SCRIPT, "-", "-q"],
                     ["-q", "check", SCRIPT, "--", "-"], ["--", "check", "-q", SCRIPT]):
            done = run(mlpstep, *args, input=b"y = 4\n", stdout=subprocess.PIPE,
                       env={**os.environ, **more})
            if args[0] == "--":
                expect(" ".join(args), done, "cannot read -q")
            else:
                expect_exactly(" ".join(args), done, 0, "")
                if done.stdout != b"1 right, 0 wrong, 0 carried, 0 blank\n":
                    failures.append(f"{args}, {more}: {done.stdout!r}")


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (48 << 20, 48 << 20))


def check_memory(mlpstep):
    """What the system refuses is not told as the limit of a run. A sanitizer needs more itself."""
    if run(mlpstep, "--version", stdout=subprocess.PIPE, preexec_fn=limit_memory).returncode:
        return print("a program that needs more than 48 MiB to begin with: no memory to refuse")
    gives = "more memory than the system gives"
    for script, message in (
            (b"import torch\nx = torch.zeros(100000000)\n", "a tensor of shape [100000000] needs " + gives),
            (b"x = [0]\nfor i in x:\n    x.append(i)\n", "the script needs " + gives)):
        done = run(mlpstep, "-", input=script, stdout=subprocess.PIPE, preexec_fn=limit_memory)
        expect(message, done, message)
    done = run(mlpstep, "check", SCRIPT, "-", input=b"h = [" + b"1, " * 1000000 + b"]",
               stdout=subprocess.PIPE, preexec_fn=limit_memory)
    expect("answers and little memory", done, "the answers need " + gives)


DEEP = {  # however deep the stack lets it come, that is where it is refused
    "a function that calls itself": b"def f():\n    f()\nf()\n",
    "a forward that calls itself": b"import torch\nclass N(torch.nn.Module):\n"
                                   b"    def forward(self, x):\n        return self(x)\n"
                                   b"N()(torch.ones(1))\n",
    "a list in lists": b"x = []\nfor i in range(1000):\n    x = [x]\nprint(x)\n",
}


def check_small_stacks(mlpstep):
    for size in (256, 160):
        def limit_stack():
            resource.setrlimit(resource.RLIMIT_STACK, (size << 10, size << 10))
        for name, script in DEEP.items():
            done = run(mlpstep, "transcript", "-", input=script, preexec_fn=limit_stack)
            expect(f"{name}, {size} KiB of stack", done, "are nested")
        for args in ([], ["gradcheck"], ["worksheet"]):
            done = run(mlpstep, *args, stdout=subprocess.PIPE, preexec_fn=limit_stack)
            expect_exactly(f"{' '.join(args)} with {size} KiB of stack", done, 0, "")


def check_hostile_words(mlpstep):
    """Names of files and arguments may hold anything; a terminal is told nothing of it."""
    name, shown = "\x1b[31m\n\u202e.py", "\\x1b[31m\\n\\u202e.py"
    with open(name, "w", encoding="utf-8") as file:
        file.write("x = 1\ny\n")
    for args, stderr in (
            ([name], f"{shown}:2:1: error: name 'y' is not defined\n    2 | y\n      | ^\n"),
            (["run", name + "x"], f"mlpstep: cannot read {shown}x: No such file or directory\n"),
            (["example", name], f"mlpstep: there is no example '{shown}': mlpstep example lists them\n"),
            (["--only=" + name],
             f"plain.py: error: the report has no entry '{shown}': run without --only to see the names\n"),
            (["--" + name], f"mlpstep: unrecognized option '--{shown}'\nTry 'mlpstep --help'.\n"),
            (["-\x1b"], "mlpstep: invalid option -- '\\x1b'\nTry 'mlpstep --help'.\n"),
            ([name, name], f"mlpstep: one script at a time: '{shown}' is too much; try mlpstep --help\n")):
        expect_exactly(f"hostile words: {shown}", run(mlpstep, *args), 2, stderr)
    done = run(mlpstep, "check", SCRIPT, "-", input=b"h\x1b[2J\xe2\x80\xae = 1\n")
    expect_exactly("a hostile sheet", done, 2, "<stdin>:1:2: error: byte 0x1b does not belong in "
                   "answers: is this a text file?\n    1 | h\\x1b[2J\\u202e = 1\n      |  ^~~~\n")
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        done = run(mlpstep, "check", SCRIPT, "-", input="h = 1\n".encode(encoding))
        expect_exactly(f"a sheet in {encoding}", done, 2,
                       "<stdin>: error: this is UTF-16: save it as UTF-8\n")


def forbid_growth():
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(mlpstep):
    with open(SCRIPT, "w", encoding="utf-8") as file:
        file.write("import torch\nx = torch.tensor(2.0)\ny = x + x\n")
    check_script(mlpstep, "a NUL byte", b"x = 1\0\n", ":1:6: error: byte 0x00")
    check_script(mlpstep, "a NUL in a string", b"x = 1\ny = 'a\0b'\n", ":2:7: error: byte 0x00")
    check_script(mlpstep, "a NUL behind a backslash", b"x = f'a\\\0b'\n", ":1:9: error: byte 0x00")
    check_script(mlpstep, "a NUL in a comment", b"x = 1 # a\0b\n", ":1:10: error: byte 0x00")
    for name, rest in (("a stray byte", b"\xff"), ("a character too long", b"\xc0\xaf"),
                       ("half a character", b"\xc3"), ("a surrogate", b"\xed\xa0\x80"),
                       ("a code beyond Unicode", b"\xf4\x90\x80\x80")):
        check_script(mlpstep, name, b"x = 1 # \xc3\xa9 " + rest + b"\n", ":1:11: error: byte 0x")
        check_script(mlpstep, f"{name} in a string", b"\nx = '" + rest + b"'\n", ":2:6: error: byte 0x")
    check_script(mlpstep, "binary rubbish", bytes(range(256)) * 40, ":1:1: error: byte 0x00")
    check_script(mlpstep, "broken UTF-8", b"x = '\xff\xfe' + \xc3\n", "error: ")
    check_script(mlpstep, "100,000 brackets", b"x = " + b"[" * 100000, ":1:105: error: brackets are")
    check_script(mlpstep, "100,000 calls", b"x = f" + b"()" * 100000 + b"\n", "error: ")
    check_script(mlpstep, "100,000 attributes", b"x = f" + b".a" * 100000 + b"\n", "error: ")
    check_script(mlpstep, "100,000 blocks",
                 b"".join(b" " * i + b"def f():\n" for i in range(2000)), "error: ")
    check_script(mlpstep, "colours in a message", b"x = 1 '\x1b[31m\x7f'\n", "not ''\\x1b[31m\\x7f''")
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
    recursion = b"def f():\n" + b"".join(b" " * i + b"if 1:\n" for i in range(1, 90))
    check_script(mlpstep, "blocks in a function that calls itself", recursion + b" " * 90 + b"f()\nf()\n",
                 "nested too deep for the stack")
    doubling = b"".join(b"def f%d():\n    f%d()\n    f%d()\n" % (i, i - 1, i - 1)
                        for i in range(1, 60))
    check_script(mlpstep, "a run without end", b"def f0():\n    pass\n" + doubling + b"f59()\n",
                 "the script does too much")
    check_script(mlpstep, "a loop without end", b"l = [0]\nfor x in l:\n    l.append(x)\n",
                 "the script does too much")
    check_script(mlpstep, "a long loop", b"for i in range(10 ** 12):\n    pass\n",
                 "the script needs more memory than a run may use")
    done = run(mlpstep, "-", input=b" " * (65 << 20), stdout=subprocess.PIPE)
    expect("a script of 65 MiB", done, "mlpstep: cannot read -: File too large")

    for name, line in (("lines of text", b"xyz\n"), ("open brackets", b"h = [\n")):
        check_answers(mlpstep, f"100,000 {name}", line * 100000, "note: and 99997 more like this")
    check_answers(mlpstep, "1000 names", b"".join(b"n%d = 1\n" % i for i in range(1000)), "more than 100 faults")
    check_answers(mlpstep, "10 MB of brackets", b"h = " + b"[" * 10000000,
                  "brackets are nested more than 100 deep")
    check_answers(mlpstep, "binary answers", bytes(range(256)) * 40, ":1:1: error: byte 0x00")
    expect("a line of 50,000 tensors",  # of which the first two are marked
           run(mlpstep, "check", SCRIPT, "-", input=b"x tensor(1) " * 50000, stdout=subprocess.PIPE),
           "note: and 49995 more like this")
    check_answers(mlpstep, "a name of 100,000 tensors", b"f(" + b"tensor(1), " * 100000 + b") = 1",
                  "error: the script has no 'f(tensor")
    check_answers(mlpstep, "100,000 answers", b"x = 1\n" * 100000,
                  "'x' is answered 100000 times, but the report has that name once")
    check_answers(mlpstep, "empty answers", b"", "it is empty")

    check_outputs(mlpstep)
    check_options_in_order(mlpstep)
    check_files_of_windows(mlpstep)
    check_printed(mlpstep)
    check_faults(mlpstep)
    check_memory(mlpstep)
    check_hostile_words(mlpstep)
    check_small_stacks(mlpstep)
    check_newlines(mlpstep)

    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    command = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.exit(main(command))
