"""Plants what check.py must find into a small tree of its own, and sees each found.

Usage: planted.py COMPILER NM
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check.py")
TABLE = """
[may use]
base
python base
torch  base python
check  base
main   public
[public headers]
base   text
torch  script
[never sees]
main   python/call.h
[no circle between files]
check
[words unknown to]
python *tensor* grad nn trace
"""
PAGE = "Rooms:\n```\n" + TABLE[TABLE.index("base"):TABLE.index("\n[public")] + "\n```\n"
CLEAN = {
    "src/layers.txt": TABLE,
    "src/README.md": PAGE,
    "include/mlpstep/text.h": "int mlp_length(void);\n",
    "include/mlpstep/script.h": '#include "mlpstep/text.h"\nint mlp_run(void);\n',
    "src/main.c": '#include "mlpstep/script.h"\n#include "source.h"\n'
                  'int main(void) { return mlp_run(); }\n',
    "src/source.h": "#include <stddef.h>\n",
    "src/base/text.c": '#include "mlpstep/text.h"\nint mlp_length(void) { return 1; }\n'
                       "int shared;\n",
    "src/base/text.h": "extern int shared;\n",
    "src/python/call.h": "int call(void);\n",
    "src/python/call.c": '#include "call.h"\n#include "base/text.h"\n'
                         "/* An inner string, planned: an upgrade of a traceback. */\n"
                         "int call(void) { return shared; }\n",
    "src/torch/tensor.c": '#include "python/call.h"\n#include "mlpstep/script.h"\n'
                          "int tensor(void);\nint tensor(void) { return call(); }\n"
                          "int mlp_run(void) { return tensor(); }\n",
    "src/torch/tensor.h": "int tensor(void);\n",
    "src/check/mark.c": '#include "mark.h"\n#include "slips.h"\n'
                        'int mark(void) { return slip(); }\n',
    "src/check/mark.h": "int mark(void);\n",
    "src/check/slips.c": '#include "slips.h"\nint slip(void) { return 2; }\n',
    "src/check/slips.h": "int slip(void);\n",
}
CALL = CLEAN["src/python/call.c"]
SLIPS = CLEAN["src/check/slips.c"]

# (what is planted, the files it changes, what must be said of it)
PLANTED = [
    ("a forbidden include", {"src/python/call.c": '#include "torch/tensor.h"\n' + CALL},
     ["src/python/call.c includes src/torch/tensor.h, but python may use base only"]),
    ("a forbidden public header", {"src/python/call.c": "#include <mlpstep/script.h>\n" + CALL},
     ["src/python/call.c includes include/mlpstep/script.h, but python may use base only"]),
    ("a forbidden include behind a comment",
     {"src/python/call.c": '/* in\n */ %: /**/ include "torch/tensor.h"\n' + CALL},
     ["src/python/call.c includes src/torch/tensor.h, but python may use base only"]),
    ("a forbidden symbol", {"src/base/text.c": CLEAN["src/base/text.c"] +
                            "int tensor(void);\nint user(void);\n"
                            "int user(void) { return tensor(); }\n"},
     ["src/base/text.c uses tensor of src/torch/tensor.c, but base may use nothing of ours",
      "a circle between rooms: "]),
    ("a private header in a public one",
     {"include/mlpstep/script.h": '#include "torch/tensor.h"\nint mlp_run(void);\n'},
     ["include/mlpstep/script.h includes src/torch/tensor.h, "
      "but a public header may use public ones only"]),
    ("a private header in the command", {"src/source.h": '#include "torch/tensor.h"\n'},
     ["src/source.h includes src/torch/tensor.h, but main may use public only"]),
    ("a private symbol in the command",
     {"src/main.c": "int tensor(void);\nint main(void) { return tensor(); }\n"},
     ["src/main.c uses tensor of src/torch/tensor.c, but main may use public only"]),
    ("a row that the page lacks", {"src/README.md": PAGE.replace("check  base\n", "")},
     ["src/README.md has not the rows of src/layers.txt"]),
    ("a row that the page has more", {"src/README.md": PAGE.replace("check", "derive\ncheck")},
     ["src/README.md has not the rows of src/layers.txt"]),
    ("a header that is reached through another",
     {"src/layers.txt": TABLE.replace("main   python/call.h", "torch  base/text.h"),
      "src/python/call.h": '#include "base/text.h"\nint call(void);\n'},
     ["torch never sees src/base/text.h, but in 1 files src/torch/tensor.c includes src/python/call.h "
      "includes src/base/text.h"]),
    ("a circle in the table",
     {"src/layers.txt": TABLE.replace("\nbase\n", "\nbase torch\n", 1)},
     ["src/layers.txt has a circle: base -> torch -> base"]),
    ("a circle between files, by symbols",
     {"src/check/slips.c": "int mark(void);\n" + SLIPS.replace("return 2", "return mark()")},
     ["a circle between files of check: src/check/mark -> src/check/slips -> src/check/mark",
      "src/check/slips.c uses mark of src/check/mark.c"]),
    ("a circle between files, by includes", {"src/check/slips.c": '#include "mark.h"\n' + SLIPS},
     ["a circle between files of check: src/check/mark -> src/check/slips -> src/check/mark",
      "src/check/slips.c includes src/check/mark.h"]),
    ("words in a comment, a string and a name",
     {"src/python/call.c": CALL + "// PyTensors\nconst char *text = \"x.grad\";\n"
                                "int no_grad, TRACE, nnOf;\n"},
     ["src/python/call.c:5: python knows no Tensors", "src/python/call.c:6: python knows no grad",
      "src/python/call.c:7: python knows no grad, TRACE, nn"]),
    ("a word in a file's name", {"src/python/tensor_call.h": ""},
     ["src/python/tensor_call.h:1: python knows no tensor"]),
    ("a room without a row", {"src/new/file.c": "int fresh;\n"},
     ["src/new/file.c lies in a room that src/layers.txt does not have: new"]),
    ("a public header without a room", {"include/mlpstep/new.h": ""},
     ["src/layers.txt has no room for the public header include/mlpstep/new.h"]),
    ("a room that only a row names",
     {"src/layers.txt": TABLE.replace("check  base", "check  bass")},
     ["src/layers.txt names bass, which has no row of what it may use"]),
    ("an include of nothing", {"src/base/text.h": '#include "lost.h"\n'},
     ['src/base/text.h includes "lost.h", which is not a file of ours']),
]


def write(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(text)


def build(root, compiler, sources, changed):
    """Compiles what changed, each file twice, as the kernels are."""
    commands = []
    for path in sources:
        for copy in (path + ".1.o", path + ".2.o"):
            words = [compiler, "-Iinclude", "-Isrc", "-o", copy, "-c", path]
            if path in changed:
                subprocess.run(words, cwd=root, check=True)
            commands.append({"directory": root, "file": os.path.join(root, path),
                             "command": " ".join(words)})
    with open(os.path.join(root, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(commands, file)


def check(compiler, nm, root, changes):
    write(root, changes)
    build(root, compiler, [path for path in {**CLEAN, **changes} if path.endswith(".c")], changes)
    done = subprocess.run([sys.executable, CHECK, root, root, nm], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout


def main(compiler, nm, folder):
    failures, clean = 0, os.path.join(folder, "clean")
    for name, changes, said in [("a clean tree", CLEAN, [])] + PLANTED:
        root = os.path.join(folder, name) if said else clean
        if said:
            shutil.copytree(clean, root)
        status, output = check(compiler, nm, root, changes)
        found = status == (1 if said else 0) and all(text in output for text in said)
        failures += not found
        print(f"ok: {name}" if found else f"FAILED: {name}, status {status}\n{output}")
    return 1 if failures else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(sys.argv[1], sys.argv[2], os.path.realpath(scratch)))
