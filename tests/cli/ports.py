"""What a program may print of the tensors of a script is read, in every format: JSON, numpy's files,
single elements, raw numbers, tensors without names; right ones are right, and one altered number is found.

Usage: ports.py MLPSTEP CMAKE SOURCES, of which the last is the folder of the functions for CMake
"""

import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile

try:
    import numpy
except ImportError:
    numpy = None  # then there are no .npy and .npz to read

MLPSTEP, CMAKE, SOURCES = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3]
SCRIPT = """\
import torch
from torch import nn
import torch.nn.functional as F
x = torch.tensor([[0.05, 0.10], [0.3, -0.2]])
fc = nn.Linear(2, 3)
fc.weight.data = torch.tensor([[0.15, 0.20], [0.25, 0.30], [0.35, -0.40]])
fc.bias.data = torch.tensor([0.04, 0.08, 0.12])
out = nn.Linear(3, 2)
out.weight.data = torch.tensor([[0.4, 0.45, 0.5], [0.5, 0.55, -0.6]])
out.bias.data = torch.tensor([0.2, 0.3])
h = torch.tanh(fc(x))
y = torch.tensor([0, 1])
l = F.cross_entropy(out(h), y)
sgd = torch.optim.SGD([*fc.parameters(), *out.parameters()], lr=0.1)
l.backward()
sgd.step()
"""
SECTION = re.compile(r"# (forward|backward|step)\n")
ENTRY = re.compile(r"(\S.*?) = tensor\((.*)\)$", re.S)
failures = 0


TRAINING = """\
import torch
from torch import nn
net = nn.Linear(2, 2)
net.weight.data = torch.tensor([[0.1, -0.2], [0.3, 0.4]])
net.bias.data = torch.tensor([0.05, -0.05])
sgd = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
x = torch.tensor([[1.0, 2.0]])
for _ in range(3):
    loss = net(x).square().sum()
    sgd.zero_grad()
    loss.backward()
    sgd.step()
"""


def run(*words, text=True):
    return subprocess.run([MLPSTEP, *words], capture_output=True, text=text)


def fail(what, result):
    global failures
    failures += 1
    print(f"{what}: status {result.returncode}\n{result.stdout}{result.stderr}")


def expect(what, status, pattern, *words):
    result = run("check", *words)
    text = result.stdout + result.stderr
    if result.returncode != status or not re.search(pattern, text):
        fail(f"{what}, expected status {status} and {pattern!r}", result)


def entries():
    """(section, name, value) of the report, with all digits of float32 and more."""
    result = run("--precision=20", "net.py")
    found, section, name = [], None, ""
    for line in result.stdout.splitlines(keepends=True):
        heading = SECTION.fullmatch(line)
        if heading:
            section = heading.group(1)
        elif not line.startswith("#"):
            name += line
            entry = ENTRY.match(name)
            if entry and name.count("(") == name.count(")"):
                found.append((section, entry.group(1), eval(entry.group(2))))
                name = ""
    return found


def shape_of(value):
    return [len(value), *shape_of(value[0])] if isinstance(value, list) else []


def flat(value):
    return [x for row in value for x in flat(row)] if isinstance(value, list) else [value]


def indices(shape):
    return [[i, *rest] for i in range(shape[0]) for rest in indices(shape[1:])] if shape else [[]]


def single(number):
    return struct.unpack("<f", struct.pack("<f", number))[0]


def write(path, text):
    with open(path, "wb" if isinstance(text, bytes) else "w", **{} if isinstance(text, bytes) else {"newline": ""}) as file:
        file.write(text)
    return path


def last_of(tensors):
    """The last value of each name: an object has one of a name."""
    return {name: value for _, name, value in tensors}


def elements(tensors, form, number):
    lines = []
    for _, name, value in tensors:
        for index, x in zip(indices(shape_of(value)), flat(value)):
            brackets = "".join(f"[{i}]" for i in index)
            lines.append(form.format(name + brackets, number(x)))
    return "\n".join(lines) + "\n"


def as_mlpstep(tensors):
    return {"tensors": [{"name": name, "step": 1, "section": section, "dtype": "float32",
                         "shape": shape_of(value), "values": value}
                        for section, name, value in tensors]}


def raw(tensors, folder, words):
    lines = []
    for i, (_, name, value) in enumerate(tensors):
        numbers = flat(value)
        write(os.path.join(folder, f"{i}.bin"), struct.pack(f"<{len(numbers)}f", *numbers))
        lines.append(f"{name} {words(shape_of(value))} {i}.bin")
    return "# what the port left behind\n\n" + "\n".join(lines) + "\n"


def altered(tensors, name):
    """With the last number of the last value of that name a thousandth larger."""
    at = max(i for i, entry in enumerate(tensors) if entry[1] == name)

    def change(value):
        return value[:-1] + [change(value[-1])] if isinstance(value, list) else value * 1.001

    return [(s, n, change(v) if i == at else v) for i, (s, n, v) in enumerate(tensors)]


def check_texts(tensors, right):
    status, pattern = (0, r"[1-9]\d* right, 0 wrong, 0 carried, 0 blank") if right else (1, r"wrong +out\.weight\.grad")
    names = last_of(tensors)
    sections = {}
    for section, name, value in tensors:
        sections.setdefault(section, {})[name] = value
    texts = {
        "names.json": json.dumps(names),
        "singles.json": json.dumps({name: [single(x) for x in flat(value)]
                                    if len(shape_of(value)) == 1 else value
                                    for name, value in names.items()}, indent=1),
        "sections.json": "\ufeff" + json.dumps(sections),
        "tensors.json": json.dumps(as_mlpstep(tensors)),
        "flat.json": json.dumps({name: {"shape": shape_of(value), "data": flat(value)}
                                 for name, value in names.items()}),
        "hex.json": json.dumps({name: {"shape": shape_of(value),
                                       "data": [float(x).hex() for x in flat(value)]}
                                for name, value in names.items()}),
        "bare_hex.json": "{" + ", ".join(
            f"\"{name}\": {{\"shape\": {shape_of(value)}, \"data\": "
            f"[{', '.join(float(x).hex() for x in flat(value))}]}}"
            for name, value in names.items()) + "}",
        "blank.txt": elements(tensors, "{} {}", repr),
        "equals.txt": elements(tensors, "{} = {}", repr),
        "colon.txt": elements(tensors, "{}: {}", repr).replace("\n", "\r\n"),
        "hex.txt": elements(tensors, "{} {}", lambda x: float(x).hex()),
        "six.txt": elements(tensors, "{} {}", lambda x: f"{x:.6f}"),
        "lists.txt": "".join(f"{name} = {value}\n" for name, value in names.items()),
        "hex_lists.txt": "".join(
            f"{name} = [{', '.join(float(x).hex() for x in flat(value))}]\n"
            for name, value in names.items() if len(shape_of(value)) == 1)
            + f"out.weight.grad = [[{'], ['.join(', '.join(float(x).hex() for x in row) for row in names['out.weight.grad'])}]]\n",
        "unnamed.txt": "".join(f"{value}\n" for _, _, value in tensors),
    }
    for path, text in texts.items():
        expect(path, status, pattern, "net.py", write(path, text))
    folder = "raw"
    os.makedirs(folder, exist_ok=True)
    for words in (lambda s: "x".join(map(str, s)) or "1", lambda s: str(s), lambda s: f"({','.join(map(str, s))})"):
        write("raw/list.txt", raw(tensors, folder, words))
        expect("raw", status, pattern, "--raw=raw/list.txt", "net.py")


def check_numpy(tensors, right):
    status, pattern = (0, r"[1-9]\d* right, 0 wrong, 0 carried, 0 blank") if right else (1, r"wrong +out\.weight\.grad")
    names = {name: numpy.array(value, "<f4") for name, value in last_of(tensors).items()}
    numpy.savez("names.npz", **names)
    numpy.savez("sections.npz", **{f"{s}/{n}": numpy.array(v, ">f4") for s, n, v in tensors})
    numpy.savez("doubles.npz", **{f"1/{s}/{n}": numpy.asfortranarray(numpy.array(v, "<f8"))
                                  for s, n, v in tensors})
    numpy.savez("made_up.npz", *[numpy.array(v, "<f4") for _, _, v in tensors])
    for path in ("names.npz", "sections.npz", "doubles.npz", "made_up.npz"):
        expect(path, status, pattern, "net.py", path)
    numpy.save("out.weight.grad.npy", names["out.weight.grad"])
    expect("npy", status, "1 right" if right else pattern, "net.py", "out.weight.grad.npy")
    numpy.save("some.npy", names["out.weight.grad"])
    expect("npy by its shape", status, "1 right" if right else r"out\.weight", "net.py", "some.npy")
    numpy.savez_compressed("packed.npz", **names)
    expect("packed", 2, "compressed: write it with numpy.savez,", "net.py", "packed.npz")
    numpy.save("complex.npy", numpy.array([1j]))
    expect("complex", 2, "numbers of type <c16 are not read", "net.py", "complex.npy")
    for path in ("names.npz", "some.npy"):
        with open(path, "rb") as file:
            whole = file.read()
        for length in {*range(6, 140, 19), *range(140, len(whole), 311)}:
            if length < len(whole):
                expect(f"{path} cut at {length}", 2, "error: ", "net.py", write("cut", whole[:length]))


def check_tolerances(tensors):
    wrong = write("wrong.json", json.dumps(as_mlpstep(tensors)))
    for words, status in ((["--rtol=out.weight.grad=2e-3"], 0), (["--rtol=out.*grad=2e-3"], 0),
                          (["--atol=*=1e-3"], 0), (["--rtol=out.?eight.grad=2e-3"], 0),
                          (["--rtol=2e-3", "--rtol=out.*=1e-6", "--rtol=*.grad=2e-3"], 0),
                          (["--rtol=fc.*=2e-3"], 1), (["--rtol=2e-3", "--rtol=*grad=1e-4"], 1)):
        expect(" ".join(words), status, "", *words, "net.py", wrong)
    for words in (["--rtol=fc=x"], ["--atol=a=-1"], ["--rtol==1"], ["--atol=a="]):
        expect(" ".join(words), 2, "takes", *words, "net.py", wrong)
    for words in (["--rtol=nosuch=0.5"], ["--atol=fc*=1", "--rtol=q*=0.5"], ["--port", "--rtol=l?=0.5"]):
        expect(" ".join(words), 2, rf"the tolerance {re.escape(words[-1])} is for no name", *words, "net.py", wrong)
    write("net.names", "hidden = h\n")
    expect("a name of a port", 2, "0 different|is wrong|and no element", "--rtol=hidden=1e-4", "--names=net.names", "net.py",
           write("bad.txt", "hidden[2][0] 0.5\n"))


def check_whole_training():
    """What a port prints of all steps is held against those that are chosen, and no other."""
    tensors = json.loads(run("--format=json", "training.py").stdout)["tensors"]
    by_step = {name: [t["values"] for t in tensors if t["name"].split("@")[0] == name and t["section"] == section]
               for name, section in (("loss", "forward"), ("weight", "step"))}
    assert [len(values) for values in by_step.values()] == [3, 3]
    by_step["cost"] = by_step["loss"]
    lines = {name: [f"{name} = {value}\n" for value in values] for name, values in by_step.items()}
    loop = write("loop.txt", "".join(a + b for a, b in zip(lines["loss"], lines["weight"])))
    write("cost.names", "cost = loss\n")
    cost = write("cost.txt", "".join(lines["cost"]))
    numbered = write("numbered.json", json.dumps({
        name + (f"@{i + 1}" if i else ""): value for name in ("loss", "weight") for i, value in enumerate(by_step[name])}))
    slow = write("slow.txt", "".join(lines["loss"] + lines["weight"][:2] + [lines["weight"][1]]))
    every = [write(f"every.{form}", run(f"--format={form}", "training.py", text=False).stdout) for form in ("json", "npz")]
    for steps in ("1", "2", "3", "1-2", "1-3"):
        count = 1 if "-" not in steps else int(steps[-1])
        for path in (loop, numbered):
            expect(f"{path} and {steps}", 0, rf"^{2 * count} right, 0 wrong, 0 carried, 0 blank\n$", "--port", f"--step={steps}",
                   "training.py", path)
        expect(f"{cost} and {steps}", 0, rf"^{count} right, 0 wrong, 0 carried, 0 blank\n$", "--port", f"--step={steps}",
               "--names=cost.names", "training.py", cost)
        for path in every:
            expect(f"{path} and {steps}", 0, r"^\d+ right, 0 wrong, 0 carried, 0 blank", "--port", f"--step={steps}",
                   "training.py", path)
    expect("a loop and steps 2-3", 0, r"^4 right, 0 wrong", "--port", "--step=2-3", "training.py", loop)
    expect("one wrong number", 1, r"^first divergence: weight\[\d, \d\]  \(step 3\)", "--port", "--step=1-3", "training.py", slow)
    expect("the wrong step left out", 0, r"^4 right, 0 wrong", "--port", "--step=1-2", "training.py", slow)
    expect("numbers without --step", 0, r"^6 right, 0 wrong", "--port", "training.py", numbered)
    expect("numbers of no port", 0, r"\n6 right, 0 wrong", "training.py", numbered)
    expect("another name", 0, r"\n3 right, 0 wrong", "--names=cost.names", "training.py", cost)
    expect("a report", 2, "error: the report has more sections # step than --step chooses: leave --step out", "--port",
           "--step=1-2", "training.py", write("every.txt", run("--precision=12", "training.py").stdout))
    expect("numbers and steps 2-3", 2, "'loss@2' may be of step 2 of the training, or number 2 of what", "--port", "--step=2-3",
           "training.py", numbered)
    expect("all and steps 2-3", 2, "is of step 1, which --step leaves out: take one step, or those from 1 on", "--port",
           "--step=2-3", "training.py", every[0])
    expect("too often", 2, "'loss' is answered 6 times, .* write which step it is of behind it, as @2", "--port", "--step=1",
           "training.py", write("often.txt", 2 * "".join(lines["loss"])))


def check_steps():
    """Those of one step are found among those of all, in both formats."""
    write("training.py", TRAINING)
    for step in ("1", "2", "3", "2-3"):
        for form in ("json", "npz"):
            path = write(f"step.{form}", run(f"--step={step}", f"--format={form}", "training.py", text=False).stdout)
            expect(f"{path} of step {step}", 0, r"^\d\d right, 0 wrong, 0 carried, 0 blank", "--port", "training.py", path)
            expect(f"{path} of step {step} alone", 0, r"^\d+ right, 0 wrong, 0 carried, 0 blank", "--port",
                   f"--step={step}", "training.py", path)
    text = run("--step=2", "--format=json", "training.py").stdout
    for old, new, pattern in (
            ('"section": "step"', '"section": "nope"', r":\d+:\d+: error: no section is called so"),
            ('"step": 2', '"step": 9', "'[a-z.]+' is of step 9 of the training, but the last one is 3"),
            ('"step": 2', '"step": 0', "expected the number of a step"),
            ('"step": 2', '"step": "2"', "expected the number of a step")):
        expect(new, 2, pattern, "--port", "training.py", write("bad.json", text.replace(old, new)))
    check_whole_training()
    other = re.sub(r'(?s)("name": "loss".*?"values": )[0-9.]+', r"\g<1>0.5", text)
    expect("another loss", 1, r"^first divergence: \S+(?:  \(.*\))?\n  port    0\.5\n", "--port", "training.py",
           write("other.json", other))


def check_ports():
    """What a port is asked for beyond what other answers are."""
    inputs = '"x": [[0.05, 0.1], [0.3, -0.2]]'
    for text, status, pattern in (
            ('{"l": null}', 1, "^first divergence: l\n  port    null"),
            ('{"h": [[null, null, null], [null, null, null]]}', 1, "6 of 6 numbers are off"),
            ("{" + inputs + "}", 2, "nothing was compared"),
            ("h = ?\n", 2, "nothing was compared"),
            ("h[0][1] 0.1\nl 0.7\n", 2, r"of h 5 of 6 numbers are not there: the first is h\[0\]\[0\]"),
            ("h[0][0] 0.1\nh[0][1] 0.1\n", 2, r"of h 4 of 6 numbers are not there: the first is h\[0\]\[2\]"),
            ('{"tensors": []}', 2, "there are no tensors in it"),
            ('{"layer": {"h": [1]}}', 2, "no section is called so"),
            ('{"": 1}', 2, "the script has no '': "),
            ('{"h": ' + 200 * "[", 2, "error: this is JSON nested more than 100 deep"),
            ("x = [[0.05, 0.1], [0.3, 0.2]]\n", 1, r"  script  -0\.2, the same in every build of PyTorch\n"),
            (run("--format=csv", "net.py").stdout, 2, "csv and c of run are for other programs"),
            (run("--format=c", "net.py").stdout, 2, "csv and c of run are for other programs"),
            ("0.7\n", 1, "^first divergence: l\n")):
        expect(text[:40], status, pattern, "--port", "net.py", write("port.txt", text))
    write("open.py", UNDECIDED)
    expect("undecided", 1, r"undecided, since .*\n  y\n0 right, 0 wrong, 0 carried, 0 blank, 1 undecided",
           "--port", "open.py", write("port.txt", "y = [0.6, 8, 9]\n"))
    expect("undecided in TAP", 1, r"(?m)^not ok 1 - y$", "--port", "--format=tap", "open.py", "port.txt")
    expect("a tolerance", 0, "^1 right", "--port", "--rtol=y=20", "open.py", "port.txt")
    expect("null by hand", 0, "blank +l", "net.py", write("port.txt", '{"l": null, "h": [[null, null, null], [null, null, null]], '
                                                          f'"h.grad": {named_values()["h.grad"]}}}'))
    doubles = [[0.05, 0.1], [0.3, -0.2]]
    for x in (doubles, [[float(v).hex() for v in row] for row in doubles]):
        text = str(x).replace("'", "")
        expect("double", 0, r"^1 right, 0 wrong, 0 carried, 0 blank; 1 given", "--port", "net.py",
               write("port.txt", f"x = {text}\nl = {named_values()['l']}\n"))
    expect("another double", 1, r"^first divergence: x\[0, 1\]", "--port", "net.py",
           write("port.txt", f"x = [[0.05, 0.10000001], [0.3, -0.2]]\nl = {named_values()['l']}\n"))
    write("tiny.py", "import torch\nx = torch.tensor([1e-45, 2e-40, 1e-42])\ny = x * 3\n")
    write("tiny.json", run("--format=json", "tiny.py").stdout)
    for words in (["--port"], []):
        expect("denormals", 0, "1 right, 0 wrong, 0 carried, 0 blank; 1 given", *words, "tiny.py", "tiny.json")


def check_parts():
    """Names of parts of an nn.Sequential begin with their numbers."""
    write("parts.py", "import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(2, 1), nn.Tanh())\n"
          "net[0].weight.data = torch.tensor([[0.5, 0.25]])\nnet[0].bias.data = torch.tensor([0.1])\n"
          "x = torch.tensor([[1.0, 2.0]])\nnet(x).sum().backward()\n")
    grad = 1 - math.tanh(1.1) ** 2
    write("parts.names", "bg = 0.bias.grad\nz = 0(x)\n")
    for text, names in ((f"0.bias.grad[0] {grad}\n0(x)[0][0]: 1.1\n", []), (f"bg[0] {grad}\nz = 1.1\n", ["--names=parts.names"])):
        expect("parts", 0, "^2 right, 0 wrong", "--port", *names, "parts.py", write("port.txt", text))
    expect("no part", 1, r"^first divergence: 0\.bias\.grad\n  port    4\.e5\n", "--port", "parts.py",
           write("port.txt", "0.bias.grad 4.e5\n"))


NESTED = """\
import torch
from torch import nn
net = nn.Sequential(nn.Linear(2, 1), nn.Sequential(nn.Linear(1, 1), nn.Tanh()), nn.Tanh())
for p in net.parameters():
    p.data = torch.full_like(p, 0.5)
x = torch.tensor([[1.0, 2.0]])
e = net(x) * 2
l = (x * x).sum() + (1 - x).sum() + e.sum()
l.backward()
"""
NESTED_NAMES = """\
h = 0(x)
z: 1.0(0(x))
Net::fc1.W ~ 1.0.weight
Net::b: 1.0.bias
my a = 1(0(x))
q := (x * x)
s = (x * x).sum() + (1 - x).sum()
E: e  # which is a number on paper
scratch : -
"""


def check_names():
    """All names of the report can be written, and so can those of C++."""
    write("nested.py", NESTED)
    report = run("--precision=9", "nested.py").stdout
    values = {name: value for name, value in re.findall(r"(?m)^(\S.*?) = tensor\(\[*([^][,]*?)\]*\)$", report)}
    scalars = {"(x * x).sum()", "(x * x).sum() + (1 - x).sum()"}
    if not {"0(x)", "1.0(0(x))", "1.0.weight.grad", "1(0(x))", "e"} | scalars <= set(values):
        print("the report has other names:", sorted(values))
    brackets = {name: "" if f"\n{name} = tensor([" not in report else "[0][0]" if f"\n{name} = tensor([[" in report
                else "[0]" for name in values}
    for form in ("{}{} {}\n", "{}{}: {}\n", "{}{} = {}\n"):
        text = "".join(form.format(name, brackets[name], value) for name, value in values.items()
                       if brackets[name] or name in scalars)
        text += "".join(form.format("(x * x)", f"[0][{i}]", v) + form.format("(1 - x)", f"[0][{i}]", -i)
                        for i, v in enumerate((1, 4)))
        if form[4] == ":":  # only names of one word or call have it without an index
            text = "".join(line + "\n" for line in text.splitlines() if not line.startswith("(x * x).sum() +"))
        expect(form, 0, r"^1\d right, 0 wrong, 0 carried, 0 blank; 3 given", "--port", "nested.py", write("port.txt", text))
    write("nested.names", NESTED_NAMES)
    for text in ("h[0][0] 2\n", f"z[0][0]: {values['1.0(0(x))']}\n", "q = [[1, 4]]\n", "s 4\n", f"E {values['e']}\n",
                 "h[0][0] 2\nNet::fc1.W[0][0] 0.5\nNet::b[0]: 0.5\n", "h[0][0] 2\nNet::b: 0.5\n", "h[0][0] 2\nNet::b 0.5\n",
                 f"Net::fc1.W.grad[0][0] {values['1.0.weight.grad']}\n", f"my a = {values['1(0(x))']}\nscratch[0] 1\n"):
        expect(f"{text!r} of names", 0, "^1 right, 0 wrong, 0 carried", "--port", "--names=nested.names", "nested.py",
               write("port.txt", text))
    for text, at in (("a = 3", "1:5"), ("a: [1,\n2]", "1:4"), ("a = -0x1p3", "1:5"), ("a =", "1:4"), ("h = 0(x)\na ~ 1e5", "2:5")):
        expect(text, 2, rf"^\n*bad\.names:{at}: error: expected the name of a value of the script, as in W1 = w1\.weight\n"
               r"[^\n]*\n[^\n]*\n$", "--port", f"--names={write('bad.names', text)}", "nested.py", "port.txt")
    for text in ("[1, 2]", "5", "h 0(x)", "Net::h"):
        expect(text, 2, "error: expected NAME = NAME-IN-THE-SCRIPT, as in", "--port", f"--names={write('bad.names', text)}",
               "nested.py", "port.txt")
    for text in ("loading weights...", "Net::h", "(1/3) 5", "2(3) 5", "h + 2", "::", "h" + "-" * 1000000):
        expect(text, 2, r"error: expected NAME = VALUE, as in .*, NAME\[i\]\[j\] NUMBER, or a comment that begins with #",
               "--port", "nested.py", write("port.txt", text + "\nl.grad 1\n"))


def named_values():
    return last_of(entries())


def check_words():
    """nan and infinity as the C libraries and languages print them are never taken for 1."""
    write("words.py", "import torch\nx = torch.tensor([1.0, 0.0])\n"
          "n = x[1] / 0\ni = x[0] / 0\none = x[0] * 1\nl = torch.stack([n, i])\n")
    spelled = {"n": ("nan", "NaN", "NAN", "-nan", "nan(ind)", "-nan(ind)", "-nan(0x400000)", "1.#QNAN0", "-1.#IND00", "1.#SNAN"),
               "i": ("inf", "Inf", "INF", "+inf", "Infinity", "infinity", "1.#INF", "1.#INF00")}
    for i, name in enumerate(spelled):
        lines = [form.format(name, word) for word in spelled[name]
                 for form in ("{} {}", "{} = {}", "{}: {}", "{} = tensor({})  # 1.#INF")]
        lines += [f"l = [{spelled['n'][i]}, {word}]" for word in spelled["i"] if i]
        lines += [f"one {word}" for word in spelled[name]]
        for line in lines:
            off = line.startswith("one")
            expect(line, off, "^first divergence: one\n" if off else "^1 right, 0 wrong", "--port", "words.py",
                   write("words.txt", line + "\n"))
    for name, word in ((name, word) for name in spelled for word in spelled[name] if word[0] != "+"):
        text = f'{{"{name}": {word}, "l": [{spelled["n"][0]}, "{spelled["i"][0]}"], "one": "{word}"}}'
        expect(text, 1, r"^first divergence: one\n(?s:.*)2 right, 1 wrong", "--port", "words.py", write("words.json", text))
    for text in ('{"n": nanx}', '{"n": "nanx"}', '{"n": infinit}', '{"n": -}', '{"n": TRUE}', '{"n": 1.#}'):
        expect(text, 2, "error: ", "--port", "words.py", write("words.json", text))
    write("lost.py", "import torch\nx = torch.tensor([1.0, 0.5])\np = torch.sigmoid(torch.log(x) - 0.5)\n"
          "loss = -torch.log(p).mean()\n")
    for line in ("loss = nan", "loss = inf", "p = [nan, nan]", "p = [nan, 0.3]"):
        expect(f"{line} has no name", 1, r"but should be \S+(?:\n  \d of 2 [^\n]*)?\n0 right, 1 wrong", "lost.py",
               write("lost.txt", line + "\n"))


def check_few_digits():
    """A report of few significant digits is one, and no answers by hand nor those of %g."""
    for digits in (1, 2, 3):
        text = run(f"--digits={digits}", "net.py").stdout
        for words in ([], ["--port"]):
            expect(f"{digits} digits", 0, r"[1-9]\d right, 0 wrong, 0 carried", *words, "net.py", write("few.txt", text))
            expect(f"{digits} other digits", 1, r"(wrong +|^first divergence: )l\n", *words, "net.py",
                   write("few.txt", re.sub(r"(?m)^l = tensor\([6-8]", "l = tensor(4", text)))
    expect("shortest in another form", 1, "^first divergence: l\n", "--port", "net.py",
           write("few.txt", "l = 7e-1\nfc.bias = [3.8e-2, 8.25e-2, 1.19e-1]\n"))


def check_digits_left_open():
    """A number leaves open what the most digits of any in its text do, in every format."""
    value = last_of(entries())
    values = {name: value[name] for name in ("l", "h", "h.grad", "fc.weight.grad", "out.bias.grad")}
    l = value["l"]
    for digits in range(2, 7):
        def short(x):
            return f"{x:.{digits}g}"
        printed = "".join(f"{name}{''.join(f'[{i}]' for i in index)} {short(x)}\n" for name, v in values.items()
                          for index, x in zip(indices(shape_of(v)), flat(v)))
        lone = f"l {short(l)}\n"
        others = (short(l + units * 10 ** -digits) for units in (1.5, 2.5))
        other = next(f"l {text}\n" for text in others if len(text) == digits + 2)  # none that has lost a zero
        as_json = json.dumps({"l": float(short(l)), "h": [[float(short(x)) for x in row] for row in value["h"]]})
        for text, status in ((printed, 0), (lone, 0), (as_json, 0), (other, 1)):
            if digits < 6 or not status:
                expect(f"%.{digits}g", status, "", "--port", "net.py", write("port.txt", text))
    for decimals in (2, 3):
        for off, status in ((0, 0), (1, 1)):
            text = "".join(f"h[{i}][{j}] {h + off * 10 ** -decimals:.{decimals}f}\n"
                           for i, row in enumerate(value["h"]) for j, h in enumerate(row))
            expect(f"%.{decimals}f", status, "", "--port", "net.py", write("port.txt", text))
    # A number that has lost its zeros, beside others; a whole one alone has six digits.
    for text in (f"h = {value['h']}\nl = {l:.2g}\n", f"h = {value['h']}\nl = {l:.1g}\n", "l 1\n", "l 0\n",
                 "x = [[0.05, 0.1], [0.3, -0.2]]\nl = 1\n"):
        expect(text, 1, "^first divergence: l\n", "--port", "net.py", write("port.txt", text))
    expect("JSON that is no port's", 1, "wrong +l\n", "net.py", write("port.json", json.dumps({"l": round(l, 2)})))


def check_what_is_shown():
    """The first number that is off, as check and diff name it; what is missing; a single beside doubles."""
    h = named_values()["h"]
    off = [[h[0][0], h[0][1] + 1, h[0][2]], [h[1][0], h[1][1], h[1][2] + 2]]
    write("first.txt", f"h = {off}\n")
    expect("the first", 1, r"^first divergence: h\[0, 1\]\n(?s:.*)  2 of 6 numbers are off, the farthest \[1, 2\] by 2\.0e\+00\n",
           "--port", "net.py", "first.txt")
    result = run("diff", "net.py", write("right.txt", f"h = {h}\n"), "first.txt")
    if not re.match(r"first difference: h\[0, 1\]\n(?s:.*)  2 of 6 numbers differ, the farthest \[1, 2\]\n", result.stdout):
        fail("diff, expected h[0, 1]", result)
    expect("missing", 1, r"^missing: fc\(x\), out\(h\), (\S+, ){2}\S+ and \d+ more\n2 right, 0 wrong", "--port", "--require-all",
           "net.py", write("some.txt", f"h = {h}\nl = {named_values()['l']}\n"))
    expect("not asked for", 0, "^2 right", "--port", "net.py", "some.txt")
    if numpy:
        numpy.savez("single.npz", **{"y": numpy.float32([0.1, 0.25])})
        write("double.py", "import torch\nx = torch.tensor([0.05, 0.125], dtype=torch.float64)\ny = x * 2\n")
        expect("a single", 1, r"^first divergence: y\[0\]\n  port    0\.10000000149011612\n  script  0\.1[,\n]", "--port",
               "double.py", "single.npz")


def check_left_out():
    """What the script has no value for is left out by a line of --names."""
    value = named_values()["l"]
    write("left.names", "scratch = - # of the port alone\nmy tmp = -\nW1 = -\nloss = l\n")
    for text, status, pattern in (
            (f"scratch[0][0] 1\nscratch[0][1] 2\nloss {value}\nW1[0] 5\n", 0, "^1 right, 0 wrong, 0 carried, 0 blank\n"),
            (json.dumps({"scratch": [1], "my tmp": 2, "l": value}), 0, "^1 right, 0 wrong, 0 carried, 0 blank\n"),
            ("scratch 1\n", 2, "nothing was compared"),
            (f"scratched 1\nl {value}\n", 2, "the script has no 'scratched': .*in a file of --names, scratched = - leaves it out\n"),
            (f"weight 1\nl {value}\n", 2, "has no 'weight'; did you mean 'fc.weight'\\? In"),
            (f"hh 1\nl {value}\n", 2, "'hh'; did you mean 'h'\\? In a file of --names, hh = h says so, and hh = - leaves it out\n")):
        expect(text[:40], status, pattern, "--port", "--names=left.names", "net.py", write("left.txt", text))
    for names, pattern in (("t = -\nt = h\n", "'t' stands for '-' already"), ("h = -\n", "'h' is a name that the script has")):
        expect(names, 2, pattern, "--port", f"--names={write('bad.names', names)}", "net.py", "left.txt")
    expect("in a sheet", 2, "expected a number", "net.py", write("left.txt", f"scratch = -\nl = {value}\n"))


def check_said_once():
    """What is wrong with every line is told of three; an empty text is called so."""
    lines = "".join(f"h[{i}] => 0.5\n" for i in range(150))
    expect("150 lines", 2, r"^\n*(\S+ error: [^\n]+\n[^\n]+\n[^\n]+\n){3}\S+ note: and 147 more like this\n$", "--port", "net.py",
           write("lines.txt", lines))
    expect("as JSON", 2, '"message": "[^"]*", "more": 147}\]', "--format=json", "net.py", "lines.txt")
    expect("as CSV", 2, r"lines\.txt,refused,[,]*,150,,", "--format=csv", "net.py", "lines.txt")
    expect("beside what is right", 2, "note: and 147 more like this\n", "--port", "net.py",
           write("lines.txt", lines + "l 1e9\n"))
    for text in ("", " \r\n\n"):
        expect("nothing of a port", 2, "error: it is empty: the program printed nothing", "--port", "net.py", write("lines.txt", text))
        expect("nothing", 2, "error: it is empty: write lines", "net.py", write("lines.txt", text))


def cmake(*words):
    return subprocess.run([CMAKE, *words], capture_output=True, text=True)


def check_cmake():
    """Keywords that are misspelled behind COMMAND; raw numbers that an earlier run left behind."""
    write("test.cmake", "function(message)\n  execute_process(COMMAND ${CMAKE_COMMAND} -E echo \"${ARGV1}\")\nendfunction()\n"
          "function(add_test)\nendfunction()\n"
          f"include({SOURCES}/mlpstepGolden.cmake)\nforeach(word OPTION OPTOINS OPTINS SCRPT NAEM TORHC WORKING_DIRECTORY"
          " options FAST -x $<1:OPTION>)\n"
          "  mlpstep_add_port_test(NAME n SCRIPT s COMMAND port ${word} --x)\nendforeach()\n"
          "mlpstep_add_port_test(NAME n SCRIP s COMMAND port)\n")
    told = re.findall(r"does not know (\S+); (?:did you mean )?(\w+)", cmake("-P", "test.cmake").stdout)
    if told != [("OPTION", "OPTIONS"), ("OPTOINS", "OPTIONS"), ("OPTINS", "OPTIONS"), ("SCRPT", "SCRIPT"), ("NAEM", "NAME"),
                ("TORHC", "TORCH"), ("WORKING_DIRECTORY", "set_tests_properties"), ("SCRIP", "SCRIPT")]:
        print("of misspelled keywords is told:", told)
        return 1
    os.makedirs("listed", exist_ok=True)
    write("listed/all", "# of the port\n\nl [] the loss.bin\r\nh (2, 3) h.bin\n")
    write("listed/the loss.bin", struct.pack("<f", named_values()["l"]))
    write("listed/h.bin", struct.pack("<6f", *flat(named_values()["h"])))
    os.utime("listed/h.bin", (0, 0))
    os.utime("listed/the loss.bin", (0, 0))
    words = ["-P", f"{SOURCES}/mlpstepRunPort.cmake", "--", MLPSTEP, "check", "--port", "--raw=listed/all", "--", "net.py", "--",
             CMAKE, "-E", "touch", "listed/h.bin"]
    for more, status, pattern in (([], 1, r"not written \S*/listed/the\s+loss\.bin, and ended\s+with 0"),
                                  (["listed/the loss.bin"], 0, "^2 right, 0 wrong")):
        result = cmake(*words, *more)
        if result.returncode != status or not re.search(pattern, result.stdout + result.stderr) or "h.bin" in result.stderr:
            fail("raw numbers of an earlier run", result)
        os.utime("listed/h.bin", (0, 0))
    return 0


def check_damage():
    path = "damaged.npz"
    numpy.savez(path, **{name: numpy.array(value, "<f4") for name, value in named_values().items()})
    with open(path, "rb") as file:
        whole = file.read()
    expect("whole", 0, "right, 0 wrong", "--port", "net.py", path)
    at = whole.index(b"NUMPY") + 130
    expect("damaged", 2, "error: x: it is damaged", "--port", "net.py",
           write(path, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:]))
    numpy.save("scalar.npy", numpy.array(0.7, "<f4"))
    expect("scalar", 1, "^first divergence: l\n", "--port", "net.py", "scalar.npy")
    numpy.savez("double.npz", x=numpy.array([[0.05, 0.1], [0.3, -0.2]]), l=numpy.array(named_values()["l"]))
    expect("double", 0, "^1 right, 0 wrong, 0 carried, 0 blank; 1 given", "--port", "net.py", "double.npz")


def check_diff(tensors, wrong):
    right = write("right.json", json.dumps(as_mlpstep(tensors)))
    other = write("wrong.json", json.dumps(as_mlpstep(wrong)))
    fewer = write("fewer.txt", elements([entry for entry in tensors if entry[1] != "l"], "{} {}", repr))
    bad = write("bad.txt", "h[2][0] 0.5\n")
    for texts, status, pattern in (
            ([right, right], 0, r"\n?\d+ alike, 0 different, 0 in one only; off the script: 0 in A, 0 in B\n"),
            ([other, other], 0, "0 different, 0 in one only; off the script: 1 in A, 1 in B"),
            ([right, other], 1, r"first difference: out\.weight\.grad\[1, 2\]\n  right\.json: \S+, as it may be\n"
                                r"  wrong\.json: \S+, off by .* 1 different, 0 in one only"),
            ([other, right], 1, r"  wrong\.json: \S+, off by .*  right\.json: \S+, as it may be"),
            ([right, fewer], 1, r"only in right\.json:\n  l\n"),
            ([fewer, right], 1, r"only in right\.json:\n  l\n"),
            ([right, bad], 2, "and no element"), ([right, "missing"], 2, "cannot read missing"),
            ([right], 2, "diff takes files"), (["-", "-"], 2, "can be standard input")):
        result = run("diff", "net.py", *texts)
        text = result.stdout + result.stderr
        if result.returncode != status or not re.search(pattern, text, re.S):
            fail(f"diff {texts}, expected status {status} and {pattern!r}", result)


UNDECIDED = """\
import torch
x = torch.tensor([0.2, 0.3, 0.4])
s = float(torch.softmax(x, 0).sum()) - 0.4
k = 2.0 if s > 0.6 else 3.0
y = x * k
"""


def check_diff_of_numbers():
    """Each number of one text against that of the other, whatever the script decides."""
    write("open.py", UNDECIDED)
    last = r"\n%s alike, %s different%s, %s in one only; off the script: %s in A, %s in B\n$"
    first = r"^first difference: %s\n  a\.txt: %s\n  b\.txt: %s\n  the script: "
    for script, a, b, status, pattern in (
            # Where it decides nothing: numbers, and a nan.
            ("open.py", "y = [0.6,0.9,1.2]", "y = [0.6,0.9,1.2]", 0, "^" + last[2:] % (1, 0, "", 0, 0, 0)),
            ("open.py", "y = [0.6,0.9,1.2]", "y = [0.6,8,9]", 1,
             first % (r"y\[1\]", "0.9, as it may be", "8, undecided")
             + r".* they differ, undecided\n  2 of 3 numbers differ, the farthest \[2\]"
             + last % (0, 1, r" \(1 undecided\)", 0, 0, 0)),
            ("open.py", "y = [0.6,0.9,1.2]", "y = [nan,8,9]", 1, first % (r"y\[0\]", "0.6, .*", "nan, .*")),
            ("open.py", "y = [nan,inf,1.2]", "y = [nan,inf,1.2]", 0, "1 alike"),
            ("open.py", "y = [nan,inf,1.2]", "y = [nan,-inf,1.2]", 1, first % (r"y\[1\]", "inf, .*", "-inf, .*")),
            # What only one has: a number, or a tensor.
            ("open.py", "y = [0.6,?,1.2]", "y = [0.6,0.9,1.2]", 1,
             first % (r"y\[1\]", "not there", "0.9, as it may be")),
            ("net.py", "h[0][1] 0.11942", "h[0][0] 0.06739\nh[0][1] 0.11942", 1,
             first % (r"h\[0, 0\]", "not there", r"0\.06739, .*")),
            ("net.py", "x = [[0.05,0.1],[0.3,-0.2]]", "l = 0.6", 1,
             first % ("l", "not there", "0.6, off by .*") + r".*only in a\.txt:\n  x\n" + last[2:] % (0, 1, "", 1, 0, 1)),
            # Digits: as many as both have.
            ("net.py", "fc.bias = [1.234567,1.2346,1.23]", "fc.bias = [1.234569,1.2346,1.23]", 1,
             first % (r"fc\.bias\[0\]", ".*", ".*")),
            ("net.py", "fc.bias = [1.23456,1.23457,1.23458]", "fc.bias = [1.2346,1.2346,1.2346]", 0, "1 alike, 0 different"),
            # Of a number that is the same in both, and off, nothing is shown.
            ("net.py", "x = [[0.05,9],[0.3,-0.2]]", "x = [[0.05,9],[0.3,2.9]]", 1,
             first % (r"x\[1, 1\]", "-0.2, as it may be", "2.9, off by .*")),
            # The script's order, whichever text has it; what is given, and is as it is given.
            ("net.py", "l = 9", "h = [[7,7,7],[7,7,7]]\nl = 0.5", 1,
             first % (r"h\[0, 0\]", "not there", "7, off by .*") + r".*and then:\n  l, off in both\n"),
            ("net.py", "x = [[0.05,9],[0.3,-0.2]]", "x = [[0.05,0.1],[0.3,-0.2]]", 1,
             first % (r"x\[0, 1\]", "9, off by .*", "0.1, as it may be"))):
        result = run("diff", script, write("a.txt", a + "\n"), write("b.txt", b + "\n"))
        if result.returncode != status or result.stderr or not re.search(pattern, result.stdout, re.S):
            fail(f"diff of {a!r} and {b!r}, expected status {status} and {pattern!r}", result)


def check_broken():
    texts = {
        "list.json": ('{"h": [[1, 2], [3]]}', "this list is not as long as the one before it"),
        "word.json": ('{"h": [1, "two"]}', "expected a number, or nested lists of them"),
        "deep.json": ('{"h": ' + "[" * 9 + "1" + "]" * 9 + "}", "nested too deep"),
        "shape.json": ('{"h": {"shape": [4], "data": [1, 2]}}', "another number of elements"),
        "none.json": ('{"tensors": [{"name": "h"}]}', 'expected an object with "name" and "values"'),
        "end.json": ('{"h": [1, 2}', "this is JSON: expected"),
        "empty.json": ("{}", "there are no tensors in it"),
        "index.txt": ("h[2][0] 0.5\n", r"h has shape \[2, 3\], and no element h\[2\]\[0\]"),
        "indices.txt": ("h[0][0][0] 0.5\n", "and no element"),
        "unknown.txt": ("hid[0][0] 0.5\nhid[0][1] 0.5\n", r"^\n*\S+ error: the script has no 'hid'[^\n]*"
                        r"\n[^\n]*hid\[0\]\[0\] 0.5\n[^\n]*\n$"),
        "shapes.txt": ("[[[[1.0]]], [[[2.0]]]]\n", "the script computes no tensor of shape"),
        "mixed.txt": ("h[0][0] 0.5\n[1.0, 2.0]\n", "expected NAME = VALUE"),
    }
    for path, (text, pattern) in texts.items():
        expect(path, 2, pattern, "net.py", write(path, text))
    lists = {
        "h 2x3": "expected NAME SHAPE FILE", "h 2y3 0.bin": "expected a shape",
        "h 2x4 0.bin": "has 16 bytes", "h 2x3 missing.bin": "cannot read raw/missing.bin",
        "h 99999999999999999999 0.bin": "expected a shape", "": "no tensors",
        "h 1x1x1x1x1x1x1x1x1 0.bin": "expected a shape",
    }
    for text, pattern in lists.items():
        expect(f"raw: {text}", 2, pattern, f"--raw={write('raw/list.txt', text)}", "net.py")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write("net.py", SCRIPT)
        tensors = entries()
        names = {name for _, name, _ in tensors}
        if not {"x", "h", "out.weight.grad", "fc.bias"} <= names:
            print("the report has other names:", sorted(names))
            return 1
        wrong = altered(tensors, "out.weight.grad")
        for right, these in ((True, tensors), (False, wrong)):
            check_texts(these, right)
            if numpy:
                check_numpy(these, right)
        check_tolerances(wrong)
        check_steps()
        check_ports()
        check_parts()
        check_names()
        check_words()
        check_few_digits()
        check_digits_left_open()
        check_what_is_shown()
        check_left_out()
        check_said_once()
        if check_cmake():
            return 1
        if numpy:
            check_damage()
        check_diff(tensors, wrong)
        check_diff_of_numbers()
        check_broken()
    print("all is read" if not failures else f"{failures} failures")
    return failures > 0


sys.exit(main())
