"""Reads a report of mlpstep and holds it against what PyTorch computed, which is what
tests/reference/record.py records."""

import math
import os
import re
import struct
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reference"))

HEADINGS = {"# forward": "forward", "# backward": "backward", "# step": "step"}
EMPTY = re.compile(r"\[\](?:, size=\(([^)]*)\))?$")


class Reported:
    """One entry of a report: where it stands, its shape, and its numbers as they are written."""

    def __init__(self, section, name, text):
        self.section, self.name = section, name
        body = " ".join(text.split())
        body = body[len("tensor("):-1]
        empty = EMPTY.match(body)
        self.shape = tuple(int(n) for n in (empty[1] or "0").split(", ")) if empty else shape(body)
        self.texts = [] if empty else re.findall(r"[^\[\], ]+", body)


def shape(body):
    """By the first element of every dimension; that the others agree shows in the count."""
    sizes = []
    while body.startswith("["):
        depth, count = 0, 1
        for i, c in enumerate(body):
            depth += (c == "[") - (c == "]")
            count += c == "," and depth == 1
            if depth == 0:
                break
        sizes.append(count)
        body = body[1:i].strip()
    return tuple(sizes)


def read_report(text):
    entries, section, name, value = [], None, None, []

    def finish():
        if name:
            entries.append(Reported(section, name, " ".join(value)))

    for line in text.splitlines():
        if line.startswith(" "):
            value.append(line)
        elif line.startswith("#"):
            finish()
            name, section = None, HEADINGS.get(line, section)
        elif line:
            finish()
            name, _, first = line.partition(" = tensor(")
            value = ["tensor(" + first]
    finish()
    return entries


def run(program, script, *options):
    """A report of the script, which is text; what went wrong is the message of a RuntimeError."""
    done = subprocess.run([program, *options, "-"], input=script, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"mlpstep ended with status {done.returncode}")
    return done.stdout


def by_name(entries):
    names = {}
    for entry in entries:
        names.setdefault(entry.name, []).append(entry)
    return names


def pair(recorded, reported):
    """Entries of the same name in the order they come in: [(recorded, reported)...], and in words
    what has no counterpart."""
    pairs, problems = [], []
    ours, theirs = by_name(reported), by_name(recorded)
    for name in sorted(set(ours) | set(theirs)):
        a, b = theirs.get(name, []), ours.get(name, [])
        if len(a) != len(b):
            problems.append(f"{name}: PyTorch has it {len(a)} times, the report {len(b)} times")
            continue
        for x, y in zip(a, b):
            if x.section != y.section:
                problems.append(f"{name}: stands under {y.section} instead of {x.section}")
            elif x.shape != y.shape or len(x.numbers) != len(y.texts):
                problems.append(f"{name}: has shape {list(y.shape)} instead of {list(x.shape)}")
            else:
                pairs.append((x, y))
    order = {id(entry): i for i, entry in enumerate(recorded)}
    return sorted(pairs, key=lambda p: order[id(p[0])]), problems


def six_decimals(number):
    if isinstance(number, int):
        return str(number)
    return "nan" if math.isnan(number) else "%.6f" % number


def bits(number, float32):
    """Equal for equal bits; every nan counts as the same."""
    if isinstance(number, int) or math.isnan(number):
        return number if isinstance(number, int) else "nan"
    return struct.pack("f" if float32 else "d", number)
