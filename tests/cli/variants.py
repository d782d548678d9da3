"""The rules of `mlpstep variant`, on scripts and seeds: what changes and how, and that a variant is
an exercise like the script, whose report is right.

Usage: variants.py MLPSTEP SEEDS SCRIPT...
"""

import ast
import io
import os
import re
import subprocess
import sys
import tempfile
import tokenize

failures = []


def run(mlpstep, *args, **more):
    return subprocess.run([mlpstep, *args], capture_output=True, text=True, encoding="utf-8", **more)


def tokens(text):
    return [(token.type, token.string) for token in tokenize.generate_tokens(io.StringIO(text).readline)]


def form(number):
    """What stays of a decimal number: a # stands for each of the digits that may change."""
    mantissa, exponent = re.fullmatch(r"([0-9_.]*)(.*)", number).groups()
    first, last = (re.search(pattern, mantissa).start() for pattern in (r"[1-9]", r"[1-9][0._]*$"))
    kept = re.sub(r"[0-9]", "#", mantissa[first:last + 1])
    return mantissa[:first] + kept + mantissa[last + 1:] + exponent


def is_other_number(before, after):
    return "." in before and float(before) not in (0, 1) and float(after) not in (0, 1, float(before)) \
        and form(before) == form(after)


def check_text(name, script, variant):
    before, after = tokens(script), tokens(variant)
    if len(before) != len(after):
        return failures.append(f"{name}: other tokens")
    changed = {a[1]: b[1] for a, b in zip(before, after) if a != b}
    for (kind, old), (_, new) in zip(before, after):
        if old != new and not (kind == tokenize.NUMBER and is_other_number(old, new)):
            failures.append(f"{name}: {old} became {new}")
    if not changed:
        failures.append(f"{name}: nothing changed")
    values = {float(old): float(new) for old, new in changed.items()}
    if len(set(values.values())) != len(values):
        failures.append(f"{name}: different numbers became equal")
    return None


def names(worksheet):
    """Lines without the numbers that are given, and what is to be computed."""
    return [re.sub(r" *-?[0-9][0-9.]*", "#", line) for line in worksheet.splitlines()]


NET = """import torch
x = torch.tensor([[0.5, -1.5], [2.0, 0.25]])
w = torch.tensor([[0.15, -0.5, 0.25], [0.075, 0.35, -0.45]])
z = x @ w
h = torch.relu(z)
p = torch.softmax(h, dim=1)
torch.manual_seed(1)
d = torch.nn.functional.dropout(h, 0.75)
print(z.tolist())
print(h.tolist())
print(p.tolist())
"""


def check_exercise(mlpstep, seeds):
    """No number near the kink of ReLU, no softmax above 0.99, not only zeros, no equal ones."""
    with open("net.py", "w", encoding="utf-8") as file:
        file.write(NET)
    for seed in range(seeds):
        made = run(mlpstep, "variant", f"--seed={seed}", "net.py").stdout
        printed = run(mlpstep, "transcript", "-", input=made).stdout
        z, h, p = ([n for row in ast.literal_eval(line) for n in row] for line in printed.splitlines())
        largest = max(abs(n) for n in z)
        active = [n for n in h if n != 0]
        if min(abs(n) for n in z) < 0.0099 * largest or max(p) > 0.99 or not active \
                or len(set(z)) < len(z) or len(set(active)) < len(active):
            failures.append(f"seed {seed} is no good exercise: {printed}")


def check_bytes(mlpstep):
    """A byte order mark, newlines of Windows, comments and odd spellings stay."""
    script = b'\xef\xbb\xbfimport torch # 0.5 \xc3\xa9\r\n"""[0.5]"""\rx = torch.tensor([\t.50,-2.\r\n , 1_0.25, 1.5e-3])\n\ny=x*2.5'
    with open("bytes.py", "wb") as file:
        file.write(script)
    made = subprocess.run([mlpstep, "variant", "--seed=3", "bytes.py"], capture_output=True).stdout
    pattern = re.escape(script)
    for old, new in ((rb"\.50", rb"\.[1-9]0"), (rb"\-2\.", rb"\-[1-9]\."), (rb"1_0\.25", rb"[1-9]_[0-9]\.[0-9][1-9]"),
                     (rb"1\.5e\-3", rb"[1-9]\.[1-9]e\-3")):
        if old not in pattern:
            failures.append(f"{old} is not in {pattern}")
        pattern = pattern.replace(old, new)
    if made == script or not re.fullmatch(pattern, made):
        failures.append(f"bytes: {made}")


def check_variant(mlpstep, path, seed):
    name = f"{os.path.basename(path)} of seed {seed}"
    with open(path, encoding="utf-8") as file:
        script = file.read()
    made = run(mlpstep, "variant", f"--seed={seed}", path)
    if made.returncode != 0:
        failures.append(f"{name}: {made.stderr}")
        return None
    check_text(name, script, made.stdout)
    with open("variant.py", "w", encoding="utf-8") as file:
        file.write(made.stdout)
    report = run(mlpstep, "variant.py")
    if report.returncode != 0:
        failures.append(f"{name}: {report.stderr}")
    if re.search(r"\b(nan|inf)\b", report.stdout):
        failures.append(f"{name}: numbers that are not finite")
    marked = run(mlpstep, "check", "--quiet", "variant.py", "-", input=report.stdout)
    if marked.returncode != 0:
        failures.append(f"{name}: its report: {marked.stdout}{marked.stderr}")
    sheets = [names(run(mlpstep, "worksheet", of).stdout) for of in (path, "variant.py")]
    if sheets[0] != sheets[1]:
        failures.append(f"{name}: other worksheets")
    return made.stdout


def main(mlpstep, seeds, *scripts):
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        check_exercise(mlpstep, 3 * seeds)
        check_bytes(mlpstep)
        for path in scripts:
            variants = [check_variant(mlpstep, path, seed) for seed in range(seeds)]
            again = run(mlpstep, "variant", "--seed=0", path).stdout
            if again != variants[0]:
                failures.append(f"{path}: seed 0 once more is another variant")
            if len(set(variants)) < seeds / 3:
                failures.append(f"{path}: only {len(set(variants))} variants for {seeds} seeds")
            print(f"{os.path.basename(path)}: {len(set(variants))} variants for {seeds} seeds")
    print("\n".join(failures))
    return 1 if failures else 0


sys.exit(main(os.path.abspath(sys.argv[1]), int(sys.argv[2]), *map(os.path.abspath, sys.argv[3:])))
