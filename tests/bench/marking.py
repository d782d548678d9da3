"""Having a sheet marked, and judging the marks."""

from dataclasses import dataclass, field

from command import run
from drawing import UPDATES, Sheet
from sheets import marks_of_lines, read_marks, written


UPDATE_NAMES = [update.__name__ for update in UPDATES]


@dataclass
class Outcome:
    sheet: Sheet
    placed: bool           # the slips are marked wrong and nothing else is; no slip: all is right
    doubted: list = field(default_factory=list)    # keys: the digits are the true ones, the mark is not
    failure: str = ""      # what is the matter, if anything
    marks: str = ""        # as mlpstep printed them


def mark(mlpstep, sheet):
    done = run(mlpstep, "check", [sheet.script, sheet.text()])
    try:
        assert done.returncode in (0, 1) and not done.stderr, f"status {done.returncode}: {done.stderr}"
        marks = read_marks(done.stdout, {line.name for line in sheet.lines})
        outcome = judge(sheet, marks, done.returncode)
    except AssertionError as trouble:
        outcome = Outcome(sheet, False, failure=str(trouble).strip())
    outcome.marks = done.stdout + done.stderr
    return outcome


def judge(sheet, marks, status):
    mark_of = marks_of_lines(sheet.lines, marks)
    computed = {line.key for line in sheet.lines if line.formula}
    having = {verdict: {key for key, mark in mark_of.items() if mark.verdict == verdict}
              for verdict in ("wrong", "carried", "blank")}
    slips = {slip.key for slip in sheet.slips}
    may_be_carried = sheet.style.cut or sheet.style.on_paper
    cut = {key for key in having["wrong"] - slips if sheet.style.cut and mark_of[key].slugs == ["cut-off"]}
    doubted = having["wrong"] | having["carried"]
    assert computed <= set(mark_of), f"not marked: {', '.join(sorted(computed - set(mark_of)))}"
    misread = having["blank"] ^ sheet.blanks
    assert not misread, f"blank or not: {', '.join(sorted(misread))}"
    assert status == bool(having["wrong"]), f"status {status}"
    for slip in sheet.slips:
        slip.mark = mark_of[slip.key]
    accused = (having["wrong"] if sheet.slips or may_be_carried else doubted) - cut
    placed = accused == slips - repeated(sheet, having["carried"])
    answers = sheet.answers()
    without_reason = [key for key in mark_of if key in doubted & computed and not may_be_carried
                      and answers[key] == written(sheet.true[key], sheet.style)]
    return Outcome(sheet, placed, without_reason, what_failed(sheet, placed, accused, mark_of))


def repeated(sheet, carried):
    """The lines of slips that count as carried: those of an optimizer that was made before."""
    first = sheet.slips[0] if sheet.slips else None
    return {slip.key for slip in sheet.slips[1:]
            if slip.formula in UPDATE_NAMES and slip.slug == first.slug and slip.key in carried}


def what_failed(sheet, placed, accused, mark_of):
    failures = []
    if not placed:
        failures.append("accuses " + (", ".join(key for key in mark_of if key in accused) or "nothing"))
    failures += [f"{slip.key} looks like {', '.join(slip.mark.slugs) or 'nothing'}"
                 for slip in sheet.slips if slip.mark.verdict == "wrong" and not named(slip)]
    return "; ".join(failures)


def named(slip):
    return slip.mark is not None and slip.slug in slip.mark.slugs


def named_first(slip):
    return slip.mark is not None and slip.mark.slugs[:1] == [slip.slug]


def named_or_same(slip):
    return named(slip) and slip.mark.slugs[0] in slip.same_digits
