"""Runs the cases of *.test files against the mlpstep command.

A case begins with a line `### NAME`; the lines below are the script, t.py. Then sections may follow:

    --- answers   a file a.txt; then the arguments are check, t.py, a.txt
    --- args      the arguments, one a line, instead of those (the script is also standard input)
    --- env       lines NAME=VALUE for the environment; before the first case: for all cases
    --- stdout    what must be printed; without it nothing, or, where the status is 0, anything
    --- stderr    the diagnostics; without it none
    --- status N  0 if it is not given

Usage: run.py MLPSTEP FILE...
       run.py --python PYTHON FILE...   the transcripts, against what PYTHON prints
"""

import difflib
import os
import subprocess
import sys
import tempfile


def read_cases(path):
    cases, shared, section = [], [], None
    with open(path) as file:
        for line in file:
            if line.startswith("### "):
                case = {"name": line[4:].strip(), "script": [], "status": 0, "env": shared}
                section = "script"
                cases.append(case)
            elif line.startswith("--- status "):
                case["status"] = int(line.split()[2])
            elif line.startswith("--- "):
                section = line[4:].strip()
                assert section in ("answers", "args", "stdout", "stderr", "env"), f"{path}: {line}"
                if cases:
                    case[section] = []
            elif cases:
                case[section].append(line)
            elif section == "env":
                shared.append(line)
    return cases


def differences(what, expected, got):
    return list(difflib.unified_diff(expected, got.splitlines(keepends=True),
                                     f"expected {what}", f"{what}"))


def environment(case):
    kept = {name: value for name, value in os.environ.items() if name != "MLPSTEP_TORCH"}
    return {**kept, "LC_ALL": "C.UTF-8", **dict(line.rstrip("\n").split("=", 1) for line in case["env"])}


def run(mlpstep, case, folder):
    script = "".join(case["script"])
    with open(os.path.join(folder, "t.py"), "w") as file:
        file.write(script)
    if "answers" in case:
        with open(os.path.join(folder, "a.txt"), "w") as file:
            file.write("".join(case["answers"]))
    usual = ["check", "t.py", "a.txt"] if "answers" in case else ["t.py"]
    args = [line.rstrip("\n") for line in case.get("args", usual)]
    done = subprocess.run(["mlpstep"] + args, executable=mlpstep, cwd=folder,
                          input=script.encode(), capture_output=True, env=environment(case))
    stdout, stderr = done.stdout.decode(), done.stderr.decode()
    wrong = differences("stderr", case.get("stderr", []), stderr)
    if "stdout" in case or case["status"] != 0:
        wrong += differences("stdout", case.get("stdout", []), stdout)
    if done.returncode != case["status"]:
        wrong.append(f"status is {done.returncode}, not {case['status']}\n")
    return wrong


def run_python(python, case, folder):
    """What a transcript must be is what Python prints."""
    with open(os.path.join(folder, "t.py"), "w") as file:
        file.write("".join(case["script"]))
    done = subprocess.run([python, "t.py"], cwd=folder, text=True, capture_output=True)
    return differences("stdout", case["stdout"], done.stdout)


def main(run, mlpstep, files):
    count = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            for case in read_cases(path):
                wrong = run(mlpstep, case, folder)
                count += 1
                failed += bool(wrong)
                if wrong:
                    print(f"{path}: {case['name']}\n{''.join(wrong)}")
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    if sys.argv[1] == "--python":
        sys.exit(main(run_python, sys.argv[2], sys.argv[3:]))
    sys.exit(main(run, os.path.abspath(sys.argv[1]), sys.argv[2:]))
