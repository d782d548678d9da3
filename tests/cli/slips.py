"""Every slip of the catalogue, made on purpose: the answer must be marked wrong, with the slip first
among what it looks like.

Usage: slips.py MLPSTEP FIXTURE TABLE
The fixture is tests/fixtures/slips.txt; the table src/check/slips.c, each row of which needs a case.
"""

import os
import re
import subprocess
import sys
import tempfile


def read_fixture(path):
    scripts, cases = {}, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("script "):
                name = line.split()[1]
                scripts[name] = ""
            elif line.startswith("| ") or line == "|\n":
                scripts[name] += line[2:].rstrip("\n") + "\n"
            elif line.startswith("case "):
                cases.append(line.split()[1:])
            elif not line.startswith("#"):
                cases[-1].append(line)
    return scripts, cases


def marks(mlpstep, script, answers, folder):
    with open(os.path.join(folder, "t.py"), "w", encoding="utf-8") as file:
        file.write(script)
    done = subprocess.run([mlpstep, "check", "--torch=1.13,native", "t.py", "-"], cwd=folder, text=True,
                          input=answers, capture_output=True)
    return done.returncode, done.stdout + done.stderr


def problem(mlpstep, scripts, case, folder):
    slug, name, answers = case
    status, text = marks(mlpstep, scripts[name], answers, folder)
    verdict = text.split(" ")[0]
    slips = re.findall(r"^  looks like ([a-z0-9-]+): \S", text, re.MULTILINE)
    if status != 1 or verdict != "wrong" or slips[:1] != [slug]:
        return f"{slug}: {answers}status {status}\n{text}"
    return None


def main(mlpstep, fixture, table):
    scripts, cases = read_fixture(fixture)
    mlpstep = os.path.abspath(mlpstep)
    with open(table, encoding="utf-8") as file:
        slugs = set(re.findall(r'\.slug = "([a-z0-9-]+)"', file.read()))
    failures = [f"{slug} has no case" for slug in slugs - {case[0] for case in cases}]
    with tempfile.TemporaryDirectory() as folder:
        failures += filter(None, (problem(mlpstep, scripts, case, folder) for case in cases))
    print("\n".join(failures))
    print(f"{len(cases)} cases, {len(slugs)} slips, {len(failures)} failures")
    return 1 if failures or not cases or not slugs else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
