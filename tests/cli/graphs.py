"""Pictures of scripts: an SVG is well-formed, and nothing in it stands on anything else; a digraph is read
by Graphviz, where that is installed.

Usage: graphs.py MLPSTEP SCRIPT...
"""

import re
import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"
COLUMN, SMALL_COLUMN = 8, 7  # of the two sizes of text, as the layout counts with them
PIECE = re.compile(r"([MVC])([-\d ]+)")


def run(mlpstep, *words, text=None):
    return subprocess.run([mlpstep, "graph", *words], input=text, capture_output=True)


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "FW" else 1 for c in text)


class Box:
    def __init__(self, left, top, width, height, what):
        self.left, self.top, self.right, self.bottom = left, top, left + width, top + height
        self.what = what

    def overlaps(self, other):
        return self.left < other.right and other.left < self.right and \
            self.top < other.bottom and other.top < self.bottom

    def contains(self, other):
        return self.left <= other.left and other.right <= self.right and \
            self.top <= other.top and other.bottom <= self.bottom


class Grid:
    """Boxes by the cells of the page that they reach into."""

    WIDTH, HEIGHT = 256, 64

    def __init__(self, boxes):
        self.cells = {}
        for box in boxes:
            for cell in self.cells_of(box):
                self.cells.setdefault(cell, []).append(box)

    def cells_of(self, box):
        across = range(int(box.left // self.WIDTH), int(box.right // self.WIDTH) + 1)
        rows = range(box.top // self.HEIGHT, box.bottom // self.HEIGHT + 1)
        return ((column, row) for column in across for row in rows)

    def near(self, box):
        return {other for cell in self.cells_of(box) for other in self.cells.get(cell, ())}

    def overlapping(self, box):
        return [other for other in self.near(box) if other is not box and box.overlaps(other)]

    def has_end(self, x, y, side):
        at = Box(x, y, 0, 0, "")
        return any(getattr(box, side) == y and box.left <= x <= box.right for box in self.near(at))


def read_node(group):
    """The box of a node, and those of its texts."""
    rect = group.find(SVG + "rect")
    box = Box(*(int(rect.get(name)) for name in ("x", "y", "width", "height")),
              group.find(SVG + "title").text)
    texts = []
    for text in group.findall(SVG + "text"):
        width = columns(text.text) * COLUMN
        texts.append(Box(int(text.get("x")) - width / 2, int(text.get("y")) - 10, width, 13, text.text))
    return box, texts


def read_label(text):
    return Box(int(text.get("x")), int(text.get("y")) - 9, columns(text.text) * SMALL_COLUMN, 12, text.text)


def read_path(path):
    """Its first point, its last one, and boxes that it does not leave in between."""
    parts, first, x, y = [], None, 0, 0
    for command, numbers in PIECE.findall(path.get("d")):
        numbers = [int(number) for number in numbers.split()]
        if command == "M":
            first = x, y = numbers
            continue
        xs = numbers[::2] if command == "C" else []
        last = numbers[-1]
        if last < y or any(not y <= at <= last for at in numbers[1::2]):
            raise ValueError(f"{path.get('d')} goes up")
        left, right = min(xs + [x]), max(xs + [x])
        parts.append(Box(left - 0.5, y, right - left + 1, last - y, "a part"))
        x, y = xs[-1] if xs else x, last
    return first, (x, y), parts


def check_svg(text):
    root = xml.fromstring(text)
    page = Box(0, 0, int(root.get("width")), int(root.get("height")), "the page")
    nodes = [read_node(group) for group in root.findall(SVG + "g")]
    boxes = [box for box, _ in nodes]
    everything = boxes + [read_label(text) for text in root.findall(SVG + "text")]
    grid, ends = Grid(everything), Grid(boxes)
    yield from (f"{box.what} stands on {other.what}" for box in everything for other in grid.overlapping(box))
    yield from (f"{box.what} leaves the page" for box in everything if not page.contains(box))
    for box, texts in nodes:
        yield from (f"{text.what} leaves its box" for text in texts if not box.contains(text))
    paths = root.findall(SVG + "path")
    heads = {path.get("d").split("l")[0] for path in paths if path.get("class")}
    for path in paths:
        if path.get("class"):
            continue
        first, last, parts = read_path(path)
        if not ends.has_end(*first, "bottom") or not ends.has_end(*last, "top") or \
                "M%d %d" % last not in heads:
            yield f"an edge from {first} to {last} ends at no box"
        yield from (f"an edge from {first} to {last} crosses {box.what}"
                    for part in parts for box in grid.overlapping(part))
    tags = {SVG + tag for tag in ("svg", "title", "desc", "style", "g", "rect", "text", "path")}
    yield from (f"an element {element.tag}" for element in root.iter() if element.tag not in tags)


def check_dot(dot, digraphs, layout):
    """All in one process, laid out or only read."""
    if not dot or not digraphs:
        return
    done = subprocess.run([dot, "-Tsvg" if layout else "-Tcanon"], input=b"".join(digraphs), capture_output=True)
    if done.returncode != 0 or done.stderr:
        yield f"Graphviz: {done.returncode}, {done.stderr.decode()[:200]}"


def check_numbers(svg, digraph):
    """Both have the same nodes and edges."""
    nodes = len(xml.fromstring(svg).findall(SVG + "g"))
    edges = sum(not path.get("class") for path in xml.fromstring(svg).findall(SVG + "path"))
    lines = digraph.decode().splitlines()
    if nodes != sum(re.match(r"    n\d+ \[", line) is not None for line in lines) or \
            edges != sum(re.match(r"    n\d+ -> ", line) is not None for line in lines):
        yield f"{nodes} nodes and {edges} edges in the SVG, others in the digraph"


def check(mlpstep, *words, text=None):
    """The digraph, None where there is no picture, and what is wrong with both forms."""
    svg, digraph = (run(mlpstep, f"--format={form}", *words, text=text) for form in ("svg", "dot"))
    if svg.returncode or digraph.returncode:
        well = {svg.returncode, digraph.returncode} <= {0, 2} and not (svg.returncode and svg.stdout)
        return None, [] if well else [f"status {svg.returncode} and {digraph.returncode}"]
    return digraph.stdout, [*check_svg(svg.stdout), *check_numbers(svg.stdout, digraph.stdout)]


# --- names that want to be something else ---

NAMES = ["</text><script>alert(1)</script>", '"]; n0 -> n0 [label="', "&amp;&lt;", "a\\N\\G\\l", "<&'>",
         "\ufffe\uffff", "\u202eright", "\x1b[31m\x7f", "日本語の名前", "x" * 500, "]]>", "<!--", "%s%n"]


def check_names(mlpstep, dot):
    lines = ["import torch", "class Net(torch.nn.Module):", "    pass", "net = Net()", "l = torch.zeros(1)"]
    for i, name in enumerate(NAMES):
        lines += [f"net.register_parameter({ascii(name)}, torch.nn.Parameter(torch.ones(1)))"]
    lines += ["for name, p in net.named_parameters():", "    l = l + p", "l.backward()"]
    text = "\n".join(lines).encode()
    digraph, problems = check(mlpstep, "-", text=text)
    if not digraph:
        return [run(mlpstep, "-", text=text).stderr.decode()]
    problems += check_dot(dot, [digraph], True)
    svg = run(mlpstep, "-", text=text).stdout
    parameters = [group for group in xml.fromstring(svg).findall(SVG + "g")
                  if group.get("class") == "parameter"]
    if len(parameters) != len(NAMES):
        problems.append(f"{len(parameters)} parameters, not {len(NAMES)}")
    for name in ("</text><script>alert(1)</script>", "<&'>"):
        if not any(group.find(SVG + "title").text == f"{name} (1)" for group in parameters):
            problems.append(f"{name} is not shown as it is")
    return problems


def main(mlpstep, scripts):
    dot, digraphs = shutil.which("dot"), []
    failures = [f"names: {problem}" for problem in check_names(mlpstep, dot)]
    for script in scripts:
        digraph, problems = check(mlpstep, script)
        digraphs += [digraph] if digraph else []
        failures += [f"{script}: {problem}" for problem in problems]
    failures += check_dot(dot, digraphs, False)
    print("\n".join(failures[:100]))
    print(f"{len(digraphs)} of {len(scripts)} scripts drawn, {len(failures)} failures"
          f"{'' if dot else ', without Graphviz'}")
    return 1 if failures or 2 * len(digraphs) < len(scripts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
