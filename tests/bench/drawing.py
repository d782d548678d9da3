"""Sheets at random: a network, a student, and where the student slips."""

import math
import random
from dataclasses import dataclass, field

from command import output_for
from derivation import each, elements, leaky_relu, momentum_buffer, relu, sgd, sgd_by_buffer
from lines import carry_on, derive, in_report_order
from networks import draw_network
from sheets import (TOO_SMALL, Style, decimals_of, filled_worksheet, own_sheet, read_back, read_report,
                    written)
from slips import SLIPS, SLIPS_OF_THE_PEN, draw_way, possible_slips

KINDS = ["clean", "one slip", "one slip", "one slip", "one slip, blanks", "two slips", "a habit"]
SLIPS_OF_KIND = {"clean": 0, "one slip": 1, "one slip, blanks": 1, "two slips": 2}
FORMS = ["worksheet", "{}", "tensor({})"]
ROUTES = ["at once", "by steps"]    # from the scores to their gradient: by softmax or by log_softmax
UPDATES = [sgd, sgd_by_buffer, momentum_buffer]
NEAR_KINK = 1e-6       # nearer to zero than this, float32 and float64 may see a ReLU on two sides


@dataclass
class Slip:
    key: str
    slug: str
    formula: str
    change: float          # of the number most changed, in units of the last written place
    same_digits: list      # slugs that would have left the same digits
    mark: object = None


@dataclass
class Sheet:
    number: int
    kind: str
    network: object
    route: str
    lines: list
    style: Style
    form: str
    true: dict             # key: value without a slip
    values: dict           # key: the student's value
    slips: list
    script: str
    worksheet: str
    blanks: set = field(default_factory=set)

    @property
    def dtype(self):
        return "float64" if self.network.float64 else "float32"

    def answers(self):
        """{key: texts}: given lines as they are in the script, computed ones rounded."""
        texts = {}
        for line in self.lines:
            if not line.formula:
                texts[line.key] = self.network.numbers.get(line.key) or each(str, self.values[line.key])
            elif line.key in self.blanks:
                texts[line.key] = each(lambda _: "?", self.values[line.key])
            else:
                texts[line.key] = written(self.values[line.key], self.style)
        return texts

    def text(self):
        lines = in_report_order(self.lines)
        if self.form == "worksheet":
            return filled_worksheet(self.worksheet, lines, self.answers())
        return own_sheet(lines, self.answers(), self.form)


def given_values(network, lines, report):
    """What the student is told: numbers of the script, and what only the report knows, the masks."""
    told = {name: value for section, name, value in report if section != "step"}
    number = {"y": int} if network.loss == "CrossEntropyLoss" else {}
    return {line.key: each(number.get(line.key, float), network.numbers[line.key])
            if line.key in network.numbers else told[line.name] for line in lines if not line.formula}


def is_finite(values):
    return all(math.isfinite(e) for value in values.values() for e in elements(value))


def near_kink(lines, values):
    return any(abs(e) < NEAR_KINK for line in lines if line.formula in (relu, leaky_relu)
               for e in elements(values[line.arguments[0]]))


def draw_student(network, report, route):
    """(lines, true values), or None if the network stands on a kink or grows beyond all bounds."""
    lines = derive(network, route)
    try:
        true = carry_on(lines, given_values(network, lines, report))
    except (OverflowError, ValueError):
        return None
    return (lines, true) if is_finite(true) and not near_kink(lines, true) else None


def draw_place(rng, lines):
    """(line, slug). Most lines invite hardly a slip but those of the pen, so half the time the slug
    is drawn first."""
    computed = [line for line in lines if line.formula]
    slugs = {line.key: list(SLIPS.get(line.formula, {})) + SLIPS_OF_THE_PEN for line in computed}
    if rng.random() < 0.5:
        line = rng.choice(computed)
        return line, rng.choice(slugs[line.key])
    slug = rng.choice(sorted({slug for here in slugs.values() for slug in here}))
    return rng.choice([line for line in computed if slug in slugs[line.key]]), slug


def unit_of(number, digits):
    """One in the last of so many significant digits."""
    return 10.0 ** -decimals_of(max(abs(number), TOO_SMALL), digits)


def with_slip(lines, line, slug, choose, values, true, style):
    """(values from the slip on, the slip), or None if it cannot occur there or leaves no trace.
    choose: of the ways in which it may be made, which"""
    possible = possible_slips(line, values, style)
    wrong = choose(slug, possible.get(slug))
    if not wrong:
        return None
    text = written(wrong, style)
    if text in (written(values[line.key], style), written(true[line.key], style)):
        return None
    earlier = lines[:lines.index(line)]
    kept = {other.key: values[other.key] for other in lines if not other.formula or other in earlier}
    after = carry_on(lines, kept | {line.key: read_back(wrong, style) if style.on_paper else wrong}, style)
    change = max(abs(a - b) / unit_of(b, style.digits)
                 for a, b in zip(elements(wrong), elements(values[line.key])))
    same = [other for other, ways in possible.items()
            if any(written(way, style) == text for way in ways)]
    return after, Slip(line.key, slug, line.formula.__name__, change, same)


def draw_slips(rng, lines, values, true, style, count):
    """(values, slips), or None where one of the slips drawn cannot be had."""
    places = sorted((draw_place(rng, lines) for _ in range(count)), key=lambda place: lines.index(place[0]))
    if len({line.key for line, _ in places}) < count:
        return None
    slips = []
    for line, slug in places:
        found = with_slip(lines, line, slug, lambda slug, ways: draw_way(rng, slug, ways), values, true, style)
        if not found:
            return None
        values = found[0]
        slips.append(found[1])
    return values, slips


def draw_habit(rng, lines, values, true, style):
    """(values, [the first]) of a slip that is made in every update, always in the same way."""
    formula = rng.choice([line.formula for line in lines if line.formula in UPDATES])
    slug, number, slips = rng.choice(list(SLIPS[formula])), rng.randrange(12), []
    for line in lines:
        if line.formula is formula:
            found = with_slip(lines, line, slug, lambda _, ways: ways and ways[number % len(ways)], values, true,
                              style)
            values = found[0] if found else values
            slips += found[1:] if found else ()
    return (values, slips[:1]) if slips else None


def draw_mistakes(rng, kind, lines, true, style):
    """(values, slips), or None where what was drawn cannot be had."""
    given = {line.key: true[line.key] for line in lines if not line.formula}
    try:
        values = carry_on(lines, given, style)
        found = draw_habit(rng, lines, values, true, style) if kind == "a habit" else draw_slips(
            rng, lines, values, true, style, SLIPS_OF_KIND[kind])
    except (OverflowError, ValueError, ZeroDivisionError):
        return None
    return found if found and is_finite(found[0]) else None


def draw_manner(rng, network):
    """(route, style, form). A worksheet asks for the softmax of a loss."""
    route, form = rng.choice(ROUTES), rng.choice(FORMS)
    if network.loss == "CrossEntropyLoss" and form == "worksheet":
        route = "at once"
    return route, Style(rng.randint(2, 6), rng.random() < 0.25, rng.random() < 0.25), form


def nonsense(rng, true):
    """Numbers of the size of the true ones."""
    size = math.sqrt(sum(e * e for e in elements(true)) / len(elements(true))) or 1
    return each(lambda _: rng.gauss(0, size), true)


def draw_nonsense(mlpstep, seed, number):
    """A sheet with a line of random numbers, from which the student goes on."""
    rng = random.Random(f"{seed}/nonsense/{number}")
    while True:
        network = draw_network(rng)
        route, style, form = draw_manner(rng, network)
        script = network.script()
        worksheet = output_for(mlpstep, script, "worksheet")
        student = draw_student(network, read_report(worksheet), route)
        if not student:
            continue
        lines, true = student
        line = rng.choice([line for line in lines if line.formula])
        before = lines[:lines.index(line)]
        kept = {other.key: true[other.key] for other in lines if not other.formula or other in before}
        try:
            values = carry_on(lines, kept | {line.key: nonsense(rng, true[line.key])})
        except (OverflowError, ValueError, ZeroDivisionError):
            continue
        if is_finite(values):
            slip = Slip(line.key, "nonsense", line.formula.__name__, math.inf, [])
            return Sheet(number, "nonsense", network, route, lines, Style(style.digits), form, true, values, [slip],
                         script, worksheet)


def draw_blanks(rng, lines, slips):
    """A third of the computed lines, but none with a slip in it."""
    computed = [line.key for line in lines if line.formula]
    free = [key for key in computed if key not in [slip.key for slip in slips]]
    return set(rng.sample(free, len(computed) // 3))


def draw_sheet(mlpstep, seed, number):
    """Drawn again until it has the slips its kind wants, each of them visible."""
    rng = random.Random(f"{seed}/{number}")
    kind = KINDS[number % len(KINDS)]
    while True:
        network = draw_network(rng)
        route, style, form = draw_manner(rng, network)
        script = network.script()
        worksheet = output_for(mlpstep, script, "worksheet")
        student = draw_student(network, read_report(worksheet), route)
        for _ in range(50 if student else 0):
            lines, true = student
            drawn = draw_mistakes(rng, kind, lines, true, style)
            if drawn:
                blanks = draw_blanks(rng, lines, drawn[1]) if kind.endswith("blanks") else set()
                return Sheet(number, kind, network, route, lines, style, form, true, *drawn, script, worksheet,
                             blanks)
