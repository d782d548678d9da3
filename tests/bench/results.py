"""What the bench prints: failures, then shares of the slips by this and by that."""

import collections
import math

from drawing import KINDS
from marking import named, named_first, named_or_same

LABEL = 52


def print_table(title, heads, rows):
    """rows: [(label, how many, how many of them each head counts)]"""
    print(f"\n{title:{LABEL}}" + "".join(f"{head:>14}" for head in heads))
    for label, total, counts in rows:
        shares = [f"{100 * count / total:.1f} %" if total else "-" for count in counts]
        print(f"  {label:{LABEL - 2}}{total:14}" + "".join(f"{share:>14}" for share in shares))


def grouped(things, label):
    groups = collections.defaultdict(list)
    for thing in things:
        groups[str(label(thing))].append(thing)
    return sorted(groups.items())


def slip_counts(pairs):
    return [sum(outcome.placed for outcome, _ in pairs)] + [
        sum(test(slip) for _, slip in pairs) for test in (named, named_first, named_or_same)]


def print_slips(title, groups):
    print_table(title, ["slips", "placed", "named", "named first", "or the same"],
                [(label, len(pairs), slip_counts(pairs)) for label, pairs in groups])


def accused(outcomes):
    return sum(not outcome.placed for outcome in outcomes)


def print_sheets(title, groups):
    print_table(title, ["sheets", "not as is"],
                [(label, len(outcomes), [accused(outcomes)]) for label, outcomes in groups])


def size_of_change(slip):
    """A change of a few units in the last place can hardly be told from rounding."""
    return next(f"{at_most:6}" for at_most in (1, 2, 5, 10, 100, math.inf) if slip.change <= at_most)


def how(sheet):
    return ("cut off" if sheet.style.cut else "rounded") + (
        ", computed on with that" if sheet.style.on_paper else "")


def route(sheet):
    return f"{sheet.network.loss}, {sheet.route}"


def pairs_of(outcomes):
    return [(outcome, slip) for outcome in outcomes for slip in outcome.sheet.slips]


def describe(outcome):
    sheet = outcome.sheet
    slips = "; ".join(f"{slip.slug} in {slip.key} ({slip.formula}, {slip.change:.1f} units)"
                      for slip in sheet.slips)
    return (f"sheet {sheet.number}, {sheet.kind}, {sheet.style.digits} digits, {how(sheet)}, {sheet.dtype}: "
            f"{slips or 'no slip'}: " + "; ".join(filter(None, [
                outcome.failure, "doubts " + ", ".join(outcome.doubted) if outcome.doubted else ""])))


def print_results(outcomes):
    """Whether they are good enough."""
    of_kind = {kind: [o for o in outcomes if o.sheet.kind == kind] for kind in dict.fromkeys(KINDS)}
    for outcome in outcomes:
        if outcome.failure or outcome.doubted:
            print(describe(outcome))
    clean, single = of_kind["clean"], pairs_of(of_kind["one slip"])
    for title, label in [("one slip, by slug", lambda sheet, slip: slip.slug),
                         ("by the formula it spoils", lambda sheet, slip: f"{slip.formula}: {slip.slug}"),
                         ("by digits", lambda sheet, slip: sheet.style.digits),
                         ("rounded or cut off", lambda sheet, slip: how(sheet)),
                         ("by route", lambda sheet, slip: route(sheet)),
                         ("by dtype", lambda sheet, slip: sheet.dtype),
                         ("by its change in the last place, up to",
                          lambda sheet, slip: size_of_change(slip))]:
        print_slips(title, grouped(single, lambda pair: label(pair[0].sheet, pair[1])))
    for kind in ("one slip, blanks", "two slips", "a habit"):
        print_slips(f"{kind}, by slug", grouped(pairs_of(of_kind[kind]), lambda pair: pair[1].slug))
    print_sheets("clean, by digits", grouped(clean, lambda outcome: outcome.sheet.style.digits))
    print_sheets("clean, rounded or cut off", grouped(clean, lambda outcome: how(outcome.sheet)))
    print_sheets("clean, by route", grouped(clean, lambda outcome: route(outcome.sheet)))
    print_sheets("clean, by dtype", grouped(clean, lambda outcome: outcome.sheet.dtype))
    print_sheets("sheets", of_kind.items())
    print_slips("slips", [(kind, pairs_of(of_kind[kind])) for kind in of_kind if kind != "clean"])
    print(f"\n{sum(len(o.doubted) for o in outcomes)} answers doubted that have the digits of the true value")
    placed, names = slip_counts(single)[:2]
    return placed >= 0.99 * len(single) and names >= 0.95 * len(single) and not accused(clean)
