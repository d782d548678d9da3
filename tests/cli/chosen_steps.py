"""What --step holds is what the report of all steps has there, and can be marked.

For each script and some of its steps: the entries of the step in the whole report stand, in their
order and with their numbers, in the report of the step alone, which may have more, of what other
steps gave it. That report is right as a sheet; with a number changed it has one that is wrong.

Usage: chosen_steps.py MLPSTEP SCRIPT...
"""

import os
import re
import subprocess
import sys
import tempfile

MLPSTEP = os.path.abspath(sys.argv[1])
ENTRY = re.compile(r"(\S.*?) = ((?:tensor|-?\d|nan|-?inf|True|False).*)")


def mlpstep(*words):
    run = subprocess.run([MLPSTEP, *words], capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr


def steps_of(report):
    """Of each step, the section and the value of each entry."""
    steps, section = [[]], None
    for line in report.splitlines():
        if line in ("# forward", "# backward", "# step"):
            if section == "# step" and line != section:
                steps.append([])
            section = line
        elif match := ENTRY.match(line):
            steps[-1].append([section, match[2].replace(" ", "")])
        elif line.startswith(" "):
            steps[-1][-1][1] += line.replace(" ", "")
    return steps


def stands_in(part, whole):
    rest = iter(whole)
    return all(entry in rest for entry in part)


def change(report):
    """One decimal less in the last number of the last entry that is computed."""
    at = [m.start(1) for m in re.finditer(r"\.\d*?([1-9])\d*[\],)]", report)][-1]
    return report[:at] + str(int(report[at]) - 1) + report[at + 1 :]


def check_step(script, number, wanted, sheet):
    option = f"--step={number}"
    status, report, error = mlpstep("run", option, script)
    if status or error:
        return f"status {status}: {error}"
    if not report.startswith(f"# --step={number}\n") or len(steps_of(report)) != 1:
        return f"is no report of the step:\n{report}"
    if not stands_in(wanted, steps_of(report)[0]):
        return f"lacks an entry:\n{report}"
    for text, expected in ((report, 0), (change(report), 1)):
        with open(sheet, "w") as to:
            to.write(text)
        status, marks, error = mlpstep("check", "--atol=6e-7", option, script, sheet)
        if status != expected:
            return f"check ends with {status}, not {expected}:\n{marks}{error}"
    status, blank, error = mlpstep("worksheet", option, script)
    return None if status == 0 and "?" in blank else f"has no worksheet: {error}"


def check_last(script, steps):
    """The last step is the last that ends with an update."""
    number = len(steps) - (steps[-1][-1][0] != "# step")
    report = mlpstep("run", "--step=last", script)[1]
    return None if report.startswith(f"# --step={number}\n") else f"is not the last:\n{report}"


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for script in sys.argv[2:]:
            status, report, error = mlpstep("run", script)
            steps = steps_of(report)
            assert status == 0 and len(steps) > 1, (script, error)
            why = check_last(script, steps)
            if why:
                print(f"{script}, step {len(steps)}: {why}")
                failures += 1
            for number in sorted({1, 2, (len(steps) + 1) // 2, len(steps) - 1, len(steps)}):
                wanted = steps[number - 1]
                why = check_step(script, number, wanted, os.path.join(folder, "sheet.txt"))
                if why:
                    print(f"{script}, step {number}: {why}")
                    failures += 1
    print(f"{len(sys.argv) - 2} scripts, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
