"""Reads every format back with programs that are not ours, and compares the bits.

Of each script the tensors of --format=json, read by Python's json, are held against those of csv (by
Python's csv), npz (by numpy, and without it by Python's zipfile), c (by a C and a C++ compiler), and
the report of --hex and --digits=17.

Usage: read_back.py MLPSTEP CC CXX SUMS SCRIPT...
    CXX   a C++ compiler; - where there is none
    SUMS  a file of what sha256sum prints for the formats of kinds.py: they are the same everywhere
"""

import ast
import collections
import csv
import hashlib
import io
import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

try:
    import numpy
except ImportError:
    numpy = None

HERE = os.path.dirname(os.path.abspath(__file__))
CODES = {"float32": "f", "float64": "d", "int64": "q", "int32": "i", "int16": "h", "int8": "b",
         "uint8": "B", "bool": "?"}
WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror")

Tensor = collections.namedtuple("Tensor", "name step section dtype shape bits")


def bits_of(dtype, number):
    """The element's bytes, little-endian; every nan is one."""
    if dtype.startswith("float") and math.isnan(number):
        return {"float32": b"\0\0\xc0\x7f", "float64": b"\0\0\0\0\0\0\xf8\x7f"}[dtype]
    return struct.pack("<" + CODES[dtype], number)


def run(mlpstep, script, *options):
    done = subprocess.run([mlpstep, "run", *options, script], capture_output=True, check=False)
    assert done.returncode == 0, (script, options, done.stderr)
    return done.stdout


def flatten(values, depth):
    return [values] if depth == 0 else [x for v in values for x in flatten(v, depth - 1)]


def read_json(text):
    tensors = []
    for t in json.loads(text)["tensors"]:
        assert list(t) == ["name", "step", "section", "dtype", "shape", "values"], t
        values = flatten(t["values"], len(t["shape"])) if math.prod(t["shape"]) else []
        kind = float if t["dtype"].startswith("float") else bool if t["dtype"] == "bool" else int
        assert all(type(v) is kind for v in values) and len(values) == math.prod(t["shape"]), t
        tensors.append(Tensor(t["name"], t["step"], t["section"], t["dtype"], tuple(t["shape"]),
                              b"".join(bits_of(t["dtype"], v) for v in values)))
    return tensors


def read_csv(text, read_float):
    """Without the tensors that have no elements. A new one begins where all indices are 0."""
    tensors = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        dtype, value = row["dtype"], row["value"]
        shape, index = (tuple(map(int, row[k].split())) for k in ("shape", "index"))
        number = read_float(value) if dtype.startswith("float") else int(value)
        if not any(index):
            tensors.append(Tensor(row["name"], int(row["step"]), row["section"], dtype, shape, b""))
        last = tensors[-1]
        assert last[:5] == (row["name"], int(row["step"]), row["section"], dtype, shape), row
        size = struct.calcsize("<" + CODES[dtype])
        at = sum(i * math.prod(shape[d + 1:]) for d, i in enumerate(index))
        assert len(last.bits) == at * size, row
        tensors[-1] = last._replace(bits=last.bits + bits_of(dtype, number))
    return tensors


def read_members(data):
    """{key: (dtype, shape, bytes)}"""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in file.infolist())
        assert len(set(file.namelist())) == len(file.namelist())
        members = {}
        for name in file.namelist():
            content = file.read(name)
            assert content.startswith(b"\x93NUMPY\1\0") and name.endswith(".npy")
            end = 10 + struct.unpack("<H", content[8:10])[0]
            header = ast.literal_eval(content[10:end].decode())
            assert end % 64 == 0 and not header["fortran_order"], header
            names = {"<" + {"f": "f4", "d": "f8", "q": "i8", "i": "i4", "h": "i2"}.get(c, ""): d
                     for d, c in CODES.items()}
            names.update({"|i1": "int8", "|u1": "uint8", "|b1": "bool"})
            members[name[:-4]] = (names[header["descr"]], header["shape"], content[end:])
    if numpy is not None:
        loaded = numpy.load(io.BytesIO(data))
        assert loaded.files == list(members)
        for key in loaded.files:
            array = loaded[key]
            assert (array.dtype.name, array.shape,
                    array.astype(array.dtype.newbyteorder("<")).tobytes()) == members[key], key
    return members


def short(name):
    data = name.encode()
    return name if len(data) <= 200 else data[:200].decode(errors="ignore") + "..."


def expected_members(tensors):
    several = len({t.step for t in tensors}) > 1
    members = {}
    for t in tensors:
        key = f"{t.section}/{short(t.name)}"
        key = f"{t.step}/{key}" if several or t.step > 1 else key
        number = 1
        unique = key
        while unique in members:
            number += 1
            unique = f"{key}@{number}"
        members[unique] = (t.dtype, t.shape, t.bits)
    return members


def compile_and_read(compiler, language, header, folder):
    with open(os.path.join(folder, "tensors.h"), "wb") as file:
        file.write(header)
    program = os.path.join(folder, "dump")
    subprocess.run([compiler, "-x", *language, *WARNINGS, "-I", folder, os.path.join(HERE, "dump.c"),
                    "-o", program], check=True)
    printed = subprocess.run([program], capture_output=True, check=True).stdout.decode()
    tensors = []
    for line in printed.splitlines():
        name, step, section, dtype, shape, words = line.split("\t")
        size = struct.calcsize("<" + CODES[dtype])
        data = [int(word, 16).to_bytes(size, "little") for word in words.split()]
        if dtype.startswith("float"):
            data = [bits_of(dtype, struct.unpack("<" + CODES[dtype], d)[0]) for d in data]
        tensors.append(Tensor(name, int(step), section, dtype,
                              tuple(map(int, shape.split())), b"".join(data)))
    return tensors


def check_unused(compiler, language, folder):
    with open(os.path.join(folder, "unused.c"), "w", encoding="utf-8") as file:
        file.write('#include "tensors.h"\n')
    subprocess.run([compiler, "-x", *language, *WARNINGS, "-fsyntax-only",
                    os.path.join(folder, "unused.c")], check=True)


def read_report(text, tensors, read_float):
    """The entries in their order, whose names are known; floating-point numbers only are read."""
    entries = []
    for line in text.splitlines():
        if line.startswith(" ") or not line:
            entries[-1] += line
        elif not line.startswith("#"):
            entries.append(line)
    assert len(entries) == len(tensors)
    for entry, t in zip(entries, tensors):
        assert entry.startswith(f"{t.name} = tensor("), (entry, t)
        if t.dtype.startswith("float") and t.bits:
            words = entry[len(t.name) + len(" = tensor("):].replace("[", " ").replace("]", " ")
            numbers = [read_float(w) for w in words.rstrip(")").replace(",", " ").split()]
            assert b"".join(bits_of(t.dtype, x) for x in numbers) == t.bits, (entry, t)


def check_script(mlpstep, cc, cxx, script, folder):
    tensors = read_json(run(mlpstep, script, "--format=json"))
    filled = [t for t in tensors if t.bits]
    assert read_csv(run(mlpstep, script, "--format=csv").decode(), float) == filled
    assert read_csv(run(mlpstep, script, "--format=csv", "--hex").decode(), float.fromhex) == filled
    assert read_members(run(mlpstep, script, "--format=npz")) == expected_members(tensors)
    named = [t._replace(name=short(t.name)) for t in tensors]
    header = run(mlpstep, script, "--format=c")
    assert compile_and_read(cc, ("c", "-std=c99"), header, folder) == named
    if script.endswith("kinds.py"):
        check_unused(cc, ("c", "-std=c17"), folder)
    if cxx != "-":
        if script.endswith("kinds.py"):
            check_unused(cxx, ("c++", "-std=c++11"), folder)
        header = run(mlpstep, script, "--format=c", "--hex")
        assert compile_and_read(cxx, ("c++", "-std=c++17"), header, folder) == named
    read_report(run(mlpstep, script, "--hex").decode(), tensors, float.fromhex)
    read_report(run(mlpstep, script, "--digits=17").decode(), tensors, float)
    return tensors


def check_choice(mlpstep, script, tensors):
    """--step and --only choose the same everywhere, and a step has the number that --step takes."""
    last = max(t.step for t in tensors if t.section == "step")
    chosen = read_json(run(mlpstep, script, "--format=json", f"--step={last}"))
    assert {t.step for t in chosen} == {last}
    assert read_members(run(mlpstep, script, "--format=npz", f"--step={last}")) == \
        expected_members(chosen)
    there = collections.Counter(t[3:] for t in chosen)
    wanted = collections.Counter(t[3:] for t in tensors if t.step == last)
    assert last > 1 and wanted and not wanted - there, wanted - there
    name = max((t.name for t in tensors), key=[t.name for t in tensors].count)
    only = [t for t in tensors if t.name == name]
    assert len(only) > 1
    assert read_json(run(mlpstep, script, "--format=json", "--only", name)) == only
    assert read_csv(run(mlpstep, script, "--format=csv", "--only", name).decode(), float) == only
    assert read_members(run(mlpstep, script, "--format=npz", "--only", name)) == \
        expected_members(only)


def check_terminal(mlpstep, script):
    """An archive is nothing for a terminal."""
    reader, terminal = os.openpty()
    done = subprocess.run([mlpstep, "--format=npz", script], stdout=terminal, stderr=subprocess.PIPE,
                          check=False)
    os.close(terminal)
    os.close(reader)
    assert done.returncode == 2 and b"not for a terminal" in done.stderr, done


def check_sums(mlpstep, script, sums):
    """What is compared by its bits above is written in the same bytes, too."""
    got = "".join(f"{hashlib.sha256(run(mlpstep, script, *options.split())).hexdigest()}  {options}\n"
                  for options in ("--format=json", "--format=csv", "--format=npz", "--format=c",
                                  "--format=c --hex", "--hex", "--digits=9"))
    with open(sums, encoding="utf-8") as file:
        assert file.read() == got, got


def main(mlpstep, cc, cxx, sums, *scripts):
    seen = set()
    check_sums(mlpstep, os.path.join(HERE, "kinds.py"), sums)
    check_terminal(mlpstep, os.path.join(HERE, "kinds.py"))
    with tempfile.TemporaryDirectory() as folder:
        for script in scripts:
            tensors = check_script(mlpstep, cc, cxx, script, folder)
            if any(t.section == "step" and t.step > 1 for t in tensors):
                check_choice(mlpstep, script, tensors)
                seen.add("several steps")
            seen |= {t.dtype for t in tensors} | {len(t.shape) for t in tensors}
            seen |= {"empty" for t in tensors if not t.bits}
            print(f"{os.path.basename(script)}: {len(tensors)} tensors")
    assert seen >= {*CODES, 0, 1, 2, 5, "empty", "several steps"}, seen
    print("numpy.load read them too" if numpy else "without numpy")


if __name__ == "__main__":
    main(*sys.argv[1:])
