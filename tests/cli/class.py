"""Many sheets against one run of the script, and what Python's csv and json read back.

Usage: class.py MLPSTEP
"""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile

SCRIPT = """import torch
from torch import nn
net = nn.Linear(2, 2)
net.weight.data = torch.tensor([[0.5, -1.0], [0.25, 2.0]])
net.bias.data = torch.tensor([0.1, -0.2])
x = torch.tensor([[1.0, 2.0]])
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
for epoch in range(2):
    h = nn.LeakyReLU(0.1)(net(x))
    up = h > 0
    loss = nn.CrossEntropyLoss()(h, torch.tensor([1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print("done", loss.item())
"""

RIGHT = "# forward\nnet(x) = [-1.4, 4.05]\nh = [-0.14, 4.05]\nloss = 0.01503\n"
SHEETS = {
    "right.txt": RIGHT,
    "no bias, alas.txt": RIGHT.replace("[-1.4, 4.05]", "[-1.5, 4.25]", 1),
    'a "zero".txt': RIGHT.replace("[-1.4, 4.05]", "[0, 0]").replace("[-0.14, 4.05]", "[0, 0]"),
    "größe.txt": RIGHT.replace("[-0.14, 4.05]", "[-0.14, ?]").replace("0.01503", "nan"),
    "up\n\x1b[31m.txt": "# forward\nup = [True, True]\nloss = -inf\n",
    "fault.txt": "\nnobody = 1\n" + RIGHT,
    "refused.txt": "nobody = \"\\n\n",
    "empty.txt": "",
    "printed.txt": "Done 0.0112\n",
}
GONE = "gone.txt"
COUNTS = ["right", "wrong", "carried", "cheap", "blank", "undecided", "differs", "faults"]
failures = []


def run(mlpstep, *options, sheets=(*SHEETS, GONE), **more):
    return subprocess.run([mlpstep, "check", *options, "t.py", *sheets], capture_output=True, text=True,
                          encoding="utf-8", **more)


def expect(name, got, wanted):
    if got != wanted:
        failures.append(f"{name}: {got!r}, not {wanted!r}")
    print(f"{'ok' if got == wanted else 'FAILED'}: {name}")


def shown(name):
    """As it may reach a terminal."""
    return name.replace("\n", "\\n").replace("\x1b", "\\x1b")


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


TOLD = [  # in COUNTS, - where the sheet was refused; then the mistake and its slip
    ["pass", "30000000", "", ""],
    ["fail", "21000000", "net(x)", "no-bias"],
    ["fail", "11110000", "net(x)", None],
    ["fail", "11001000", "loss", ""],
    ["fail", "02000000", "up", None],
    ["faults", "30000001", "", ""],
    ["refused", "-------1", "", ""],
    ["refused", "-------1", "", ""],
    ["fail", "00000010", "line 1", ""],
    ["refused", "-------1", "", ""],
]


def check_csv(mlpstep):
    done = run(mlpstep, "--format=csv")
    rows = read_csv(done.stdout)
    expect("csv: status", done.returncode, 2)
    expect("csv: header", list(rows[0]), ["sheet", "status", *COUNTS, "mistake", "slip"])
    expect("csv: sheets", [row["sheet"] for row in rows], [shown(s) for s in (*SHEETS, GONE)])
    for row, told in zip(rows, TOLD):
        got = [row["status"], "".join(row[c] or "-" for c in COUNTS), row["mistake"], row["slip"]]
        expect(f"csv: {row['sheet']!a}", got[:3 if told[3] is None else 4],
               told[:3 if told[3] is None else 4])
    wrong = read_csv(run(mlpstep, "--format=csv", "--only-wrong").stdout)
    expect("csv: only wrong", wrong, [row for row in rows if row["status"] != "pass"])
    one = run(mlpstep, "--format=csv", "--hint", sheets=["right.txt"])
    expect("csv: one sheet", (read_csv(one.stdout), one.returncode), (rows[:1], 0))
    return rows


VERDICTS = ["right", "wrong", "carried", "blank", "undecided", "differs"]


def read_json(mlpstep, *options, **more):
    done = run(mlpstep, "--format=json", *options, **more)
    return done.returncode, {s["sheet"]: s for s in json.loads(done.stdout)["sheets"]}


def check_json(mlpstep, rows):
    status, sheets = read_json(mlpstep)
    expect("json: status", status, 2)
    expect("json: sheets", list(sheets), [*SHEETS, GONE])
    for row, sheet in zip(rows, sheets.values()):
        told = [sheet["status"], *(str(sheet.get(c, "")) for c in COUNTS[:-1]), str(len(sheet["faults"]))]
        expect(f"json: {row['sheet']!a} as csv", told, [row["status"], *(row[c] for c in COUNTS)])
        counted = {v: sum(m["verdict"] == v for m in sheet.get("marks", [])) for v in VERDICTS}
        expect(f"json: marks of {row['sheet']!a}", counted, {v: sheet.get(v, 0) for v in VERDICTS})
    marks = {name: {m["name"]: m for m in sheet.get("marks", [])} for name, sheet in sheets.items()}
    expect("json: a mistake", marks["no bias, alas.txt"]["net(x)"],
           {"name": "net(x)", "place": None, "line": 2, "verdict": "wrong", "numbers": 2, "given": 2,
            "differing": 2, "undecided": 0, "cheap": False, "text": None,
            "worst": {"index": [0, 1], "given": 4.25, "written": "4.25", "expected": 4.05},
            "slips": [{"slug": "no-bias", "sentence": "the bias was not added"}]})
    carried = marks['a "zero".txt']["h"]
    expect("json: carried", [carried[c] for c in ("follows", "follows_rounding", "follows_value", "cheap")],
           [[{"name": "net(x)", "place": None}], False, 0, True])
    expect("json: nan", marks["größe.txt"]["loss"]["worst"]["given"], "nan")
    expect("json: -inf", marks["up\n\x1b[31m.txt"]["loss"]["worst"]["given"], "-inf")
    expect("json: bool", marks["up\n\x1b[31m.txt"]["up"]["worst"],
           {"index": [0, 0], "given": True, "written": "True", "expected": False})
    expect("json: text", marks["printed.txt"]["line 1"]["text"]["found"], "Done 0.0112")
    expect("json: a fault", sheets["fault.txt"]["faults"],
           [{"line": 2, "column": 1,
             "message": "the script has no 'nobody': mlpstep worksheet lists the names"}])
    status, one = read_json(mlpstep, sheets=["right.txt"])
    expect("json: one sheet", (status, one), (0, {"right.txt": sheets["right.txt"]}))
    return sheets


def without_numbers(mark):
    """What --hint leaves out."""
    kept = {name: value for name, value in mark.items() if name != "follows_value"}
    for part in ("worst", "text"):
        if kept[part]:
            kept[part] = {name: value for name, value in kept[part].items() if name != "expected"}
    return kept


def check_options(mlpstep, sheets):
    _, hinted = read_json(mlpstep, "--hint")
    _, wrong = read_json(mlpstep, "--only-wrong")
    _, required = read_json(mlpstep, "--require-all")
    for name, sheet in sheets.items():
        marks = sheet.get("marks", [])
        expect(f"json: a hint, {name!a}", hinted[name].get("marks", []), [without_numbers(m) for m in marks])
        expect(f"json: only wrong, {name!a}", wrong[name].get("marks", []),
               [m for m in marks if m["verdict"] != "right"])
    missing = [m["name"] for m in required["right.txt"]["marks"] if m["line"] == 0]
    expect("json: all required", (required["right.txt"]["status"], missing[:1]), ("fail", ["up"]))


def check_order(mlpstep):
    """The worst sheet decides, wherever it stands."""
    fine, wrong, trouble = "right.txt", "printed.txt", GONE
    for names, status in (((fine, fine), 0), ((wrong, fine), 1), ((fine, wrong), 1),
                          ((trouble, fine), 2), ((fine, trouble, wrong), 2)):
        for form in ("text", "tap", "csv", "json"):
            done = run(mlpstep, f"--format={form}", sheets=names)
            expect(f"{form}: status of {' '.join(names)}", done.returncode, status)
    done = run(mlpstep, "--quiet", sheets=["-", fine], input=RIGHT)
    expect("a sheet from standard input", done.stdout,
           "<stdin>: 3 right, 0 wrong, 0 carried, 0 blank\nright.txt: 3 right, 0 wrong, 0 carried, 0 blank\n")


def check_full_disk(mlpstep):
    for form in ("text", "tap", "csv", "json"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([mlpstep, "check", f"--format={form}", "t.py", "right.txt", "right.txt"],
                                  stdout=full, stderr=subprocess.PIPE, text=True)
        expect(f"{form}: a full disk", (done.returncode, done.stderr),
               (2, "mlpstep: cannot write the output: No space left on device\n"))


WIDE = """import torch
torch.manual_seed(0)
x = torch.rand(40, 200)
w = torch.rand(200, 200)
h = x @ w
o = torch.tanh(h)
l = o.sum()
"""


def most_memory(mlpstep, count):
    """In KiB, of a class of so many."""
    child = subprocess.Popen([mlpstep, "check", "--quiet", "wide.py", *["wide.txt"] * count],
                             stdout=subprocess.DEVNULL,  # and AddressSanitizer keeps no memory
                             env={**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=0"})
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    expect(f"{count} sheets", child.returncode, 1)
    return usage.ru_maxrss


def check_thirty(mlpstep):
    """Thirty sheets take the memory of three, and have thirty rows in their order.

    The first has pages of the system that it need not touch; later ones have what is given out again,
    and is cleared.
    """
    with open("wide.py", "w", encoding="utf-8") as file:
        file.write(WIDE)
    report = subprocess.run([mlpstep, "run", "wide.py"], capture_output=True, text=True).stdout
    with open("wide.txt", "w", encoding="utf-8") as file:
        file.write(report[:report.index("l = ")] + "l = tensor(0.5)\n")
    three, thirty = most_memory(mlpstep, 3), most_memory(mlpstep, 30)
    expect("thirty sheets add up", thirty > 1.2 * three, False)
    print(f"three sheets: {three} KiB, thirty: {thirty} KiB")
    names = []
    for i in range(30):
        names.append(f"student {i}.txt")
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write(RIGHT if i % 3 else RIGHT.replace("[-1.4, 4.05]", "[-1.5, 4.25]", 1))
    rows = read_csv(run(mlpstep, "--format=csv", sheets=names).stdout)
    expect("thirty rows", [(row["sheet"], row["status"], row["slip"]) for row in rows],
           [(name, "pass", "") if i % 3 else (name, "fail", "no-bias") for i, name in enumerate(names)])


def main(mlpstep):
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, text in {"t.py": SCRIPT, **SHEETS}.items():
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
        rows = check_csv(mlpstep)
        check_options(mlpstep, check_json(mlpstep, rows))
        check_order(mlpstep)
        check_thirty(mlpstep)
        if os.path.exists("/dev/full"):
            check_full_disk(mlpstep)
    print("\n".join(failures))
    return 1 if failures else 0


sys.exit(main(os.path.abspath(sys.argv[1])))
