"""The version of the report is one number: in README's list, in the header, and by --version.

Usage: version.py MLPSTEP README.md report.h
"""

import re
import subprocess
import sys


def numbers_listed(readme):
    section = readme.split("\n## The report\n")[1].split("\n## ")[0]
    return [int(number) for number in re.findall(r"^(\d+)\. ", section, re.MULTILINE)]


def main(mlpstep, readme, header):
    with open(readme) as file:
        listed = numbers_listed(file.read())
    with open(header) as file:
        constant = int(re.search(r"#define MLP_REPORT_VERSION (\d+)\n", file.read())[1])
    shown = subprocess.run([mlpstep, "--version"], text=True, capture_output=True, check=True).stdout
    if listed != list(range(1, constant + 1)):
        return f"README lists {listed}, but the header says {constant}"
    if not re.fullmatch(rf"mlpstep \d+\.\d+\.\d+\nreport version {constant}\n", shown):
        return f"the header says {constant}, but --version prints {shown!r}"
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
