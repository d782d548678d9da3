"""Sheets of answers as a student hands them in, and the reading of reports and of marks."""

import json
import math
import re
from dataclasses import dataclass, field

from derivation import each, elements
from networks import literal

SECTIONS = ("forward", "backward", "step")
VERDICTS = ("right", "wrong", "carried", "blank", "undecided")


TOO_SMALL = 5e-7    # a report shows 0 for it, and so does a student


def decimals_of(number, digits):
    """How many decimals so many significant digits of a number have, one at least."""
    return max(1, digits - 1 - math.floor(math.log10(abs(number))))


@dataclass(frozen=True)
class Style:
    """How a student writes: so many significant digits, rounded or cut off, and whether that is what
    is computed on with."""
    digits: int
    cut: bool = False
    on_paper: bool = False


class AsWritten(float):
    """A number that stands on the sheet with these digits, whatever the style."""
    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number


def written_number(number, style):
    if isinstance(number, AsWritten):
        return number.text
    if abs(number) < TOO_SMALL:
        return "0"
    decimals = decimals_of(number, style.digits)
    if style.cut:
        number = math.copysign(math.floor(abs(number) * 10 ** decimals * (1 + 1e-12)) / 10 ** decimals, number)
    text = f"{number:.{decimals}f}"
    return text if text.strip("-0.") else "0"


def written(value, style):
    return each(lambda number: written_number(number, style), value)


def read_back(value, style):
    """The numbers that the student has written down for the value."""
    return each(lambda number: number if isinstance(number, AsWritten) else float(written_number(number, style)),
                value)


# --- reports and worksheets ---

def read_report(text):
    """[(section, name, value)], with None for ?"""
    entries, section = [], ""
    for line in text.splitlines():
        if line.startswith("#"):
            section = line[2:] if line[2:] in SECTIONS else section
        elif line.startswith(" "):
            entries[-1][2] += line
        elif line:
            entries.append([section, *line.split(" = ", 1)])
    return [(section, name, read_value(value)) for section, name, value in entries]


def read_value(text):
    return json.loads(text.removeprefix("tensor(").removesuffix(")").replace("?", "null"))


# --- what is handed in ---

def filled_worksheet(worksheet, lines, answers):
    """The worksheet with the computed numbers for its question marks, one after the other."""
    numbers = iter([text for line in lines if line.formula for text in elements(answers[line.key])])
    filled = [row if row.startswith("#") else re.sub(r"\?", lambda _: next(numbers), row)
              for row in worksheet.splitlines(keepends=True)]
    assert next(numbers, None) is None, "the worksheet asks for fewer numbers"
    return "".join(filled)


def own_sheet(lines, answers, form):
    """A sheet written from scratch; form has {} for the nested lists."""
    rows, section = [], None
    for line in lines:
        if line.section != section:
            section = line.section
            rows.append(f"# {section}\n")
        rows.append(f"{line.name} = {form.format(literal(answers[line.key]))}\n")
    return "".join(rows)


# --- marks ---

@dataclass(eq=False)    # two may say the same
class Mark:
    verdict: str
    name: str
    slugs: list = field(default_factory=list)    # what a wrong answer looks like, likeliest first


def read_marks(text, names):
    """[Mark]; what the last line counts must be what stands above it."""
    marks = []
    for row in text.splitlines():
        verdict, _, rest = row.partition(" ")
        if verdict in VERDICTS:
            marks.append(Mark(verdict, named_in(rest.strip(), names)))
        elif likeness := re.match(r"\s+looks like ([\w-]+)", row):
            marks[-1].slugs.append(likeness[1])
    counted = {verdict: int(n) for n, verdict in re.findall(r"(\d+) (\w+)", row)}
    for verdict in VERDICTS:
        given = sum(mark.verdict == verdict for mark in marks)
        assert counted.get(verdict, 0) == given, f"the last line miscounts: {row}"
    return marks


def named_in(text, names):
    """The longest known name the text begins with; a note may follow."""
    fitting = [name for name in names if text == name or text.startswith(name + " ")]
    assert fitting, f"a mark for no known name: {text}"
    return max(fitting, key=len)


def marks_of_lines(lines, marks):
    """{key: Mark}. Where a name has a given and an updated value but one mark, it is the latter's."""
    found = {}
    for line in reversed(lines):
        left = [mark for mark in marks if mark.name == line.name and mark not in found.values()]
        if left:
            found[line.key] = left[-1]
    return found
