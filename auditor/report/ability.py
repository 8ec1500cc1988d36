"""Says who can reach protected data: by side, by employer, and the gravest one by one."""

from collections import Counter
from collections.abc import Iterable

from auditor.report.model import Cell, Column, Grid
from auditor.report.reachers import MOST_ROWS, Employed, Question, Reachers, Total
from auditor.report.words import counted, country, listed, number

VERBS = {
    "read": "reads",
    "write": "writes",
    "administer": "administers",
    "share": "shares",
    "decrypt": "decrypts",
    "": "reaches in a way not known",
}
_STANDINGS = (1, 2, 3)
FOREIGN = (0, 1, 2, 3)
WHOLLY_KNOWN = 6
_ANYBODY = "anybody"
_USES = ("Used", "Unused", "Untold")
RANKS = {
    1: ("is of an excluded party", "are of an excluded party"),
    2: ("is a covered person of another employer", "are covered persons of other employers"),
    3: ("works in no approved country", "work in no approved country"),
    4: ("is an account outside or a federation", "are accounts outside or federations"),
    5: ("is not on the roster, or not in full", "are not on the roster, or not in full"),
}


def ability_sentences(found: Reachers) -> tuple[str, ...]:
    """Return how many can reach protected data, the gravest first, and what is not known."""
    held, perhaps = found.stores
    may = f" and {number(perhaps)} more may" if perhaps else ""
    said = f"{counted(held, 'store holds', 'stores hold')} protected data{may}. {_who_can(found)}"
    unknown = _not_known(found)
    return (said, unknown) if unknown else (said,)


def _who_can(found: Reachers) -> str:
    best = Counter[int]()
    ranks = Counter[int]()
    for total in found.totals:
        if total.side != _ANYBODY:
            best[total.standing] += total.principals
            ranks[total.rank] += total.principals
    everyone = best.total()
    everybody = any(each.side == _ANYBODY and each.standing == 1 for each in found.totals)
    parts = ["Anybody at all can reach some of it."] if everybody else []
    if not everyone:
        besides = " besides" if everybody else ""
        return " ".join([*parts, f"No right of anybody to it was found{besides}."])
    more = [f"{number(best[2])} more only under a condition"] if best[2] else []
    more += [f"of {number(best[3])} more it cannot be told"] if best[3] else []
    can = counted(best[1], "person, service or account", "people, services and accounts")
    parts.append(f"{listed([f'{can} can', *more])}.")
    grave = [
        f"{number(ranks[rank])} {words[ranks[rank] > 1]}"
        for rank, words in RANKS.items()
        if ranks[rank]
    ]
    parts.append(f"Of these {number(everyone)}, {listed(grave)}." if grave else "All are known.")
    return " ".join(parts)


def _not_known(found: Reachers) -> str:
    said = []
    if found.common:
        have = counted(found.common, "principal has", "principals have")
        said.append(f"{have} no right but those that anybody has, counted at anybody alone.")
    if found.nameless:
        rights = counted(found.nameless, "right")
        said.append(f"Of {rights} nobody can tell whose they are.")
    if found.gaps:
        gaps = counted(found.gaps, "collection about rights", "collections about rights")
        said.append(f"{gaps} could not be read in full: more may have access.")
    return " ".join(said)


def sides_grid(found: Reachers, asked: Question) -> Grid:
    """Return, for each side, how many principals can do what."""
    titles = {
        _ANYBODY: "Anybody, signed in or not",
        "excluded": _named("Excluded parties", asked.excluded),
        "company": _named("The company", asked.company),
        "trusted": _named("Trusted providers", asked.trusted),
        "service": "Services of the cloud providers",
        "outside": "Vendors, outside accounts and federations",
        "unlisted": "Not on the roster",
    }
    return Grid(
        caption="Who can reach protected data, by side",
        columns=(
            Column(title="Side", share=4),
            Column(title="For certain", share=4),
            Column(title="Only under a condition", share=3),
            Column(title="Cannot tell", share=3),
            *(Column(title=title, kind="number", share=0) for title in _USES),
        ),
        rows=tuple(
            (
                Cell(text=title),
                *(Cell(text=_abilities(found, side, standing)) for standing in _STANDINGS),
                *(
                    Cell(text=number(count))
                    for count in _uses(each for each in found.totals if each.side == side)
                ),
            )
            for side, title in titles.items()
        ),
        note="Principals, each counted by the best that it has, directly or by a path. A right "
        "counts whether or not it is used: ability is access (28 CFR 202.201). Groups are counted "
        "by their members. Used, unused: some right of theirs was used in the period, or none; "
        "untold: logs cannot tell.",
    )


def _named(title: str, names: tuple[str, ...]) -> str:
    return f"{title} ({', '.join(names)})" if names else f"{title} (the audit names none)"


def _abilities(found: Reachers, side: str, standing: int) -> str:
    said = [
        verb
        if side == _ANYBODY
        else f"{number(found.sides[side, access, standing])} {access or 'in a way not known'}"
        for access, verb in VERBS.items()
        if (side, access, standing) in found.sides
    ]
    return ", ".join(said) or "none found"


def _of(found: Reachers, side: str) -> Iterable[Total]:
    return (each for each in found.totals if each.side == side)


def _uses(totals: Iterable[Total]) -> tuple[int, int, int]:
    """Return how many used a right, how many used none, and of how many logs cannot tell."""
    counts = [(each.used, each.unused, each.principals) for each in totals]
    used, unused, everyone = (sum(part) for part in zip((0, 0, 0), *counts, strict=True))
    return used, unused, everyone - used - unused


def employed_grid(found: Reachers) -> Grid:
    """Return the principals by employer and country of work, the gravest first."""
    shown, rest = found.employed[:MOST_ROWS], found.employed[MOST_ROWS:]
    more = counted(sum(map(_all, rest)), "more principal")
    left = f"{more} of {number(len(rest))} other employers and countries: table principals. "
    return Grid(
        caption="People and services that can reach protected data, by employer",
        columns=(
            Column(title="Employer", share=4),
            Column(title="Works in", share=3),
            *(
                Column(title=title, kind="number", share=0)
                for title in ("All", "Uncertain", "Covered", "Perhaps", "By path", *_USES[1:])
            ),
        ),
        rows=tuple(_employed_row(each) for each in shown),
        note=(left if rest else "")
        + "Uncertain: only under a condition, or it cannot be told. Covered persons (28 CFR "
        "202.211), and those who perhaps are. By path: only by way of something else.",
    )


def _all(each: Employed) -> int:
    return each.certain + each.conditional + each.unknown


def _employed_row(each: Employed) -> tuple[Cell, ...]:
    counts = (_all(each), each.conditional + each.unknown, each.covered, each.undetermined)
    return (
        Cell(text=_employer(each.employer)),
        Cell(text=_place(each.country)),
        *(Cell(text=number(count)) for count in (*counts, each.by_path, each.unused, each.unheard)),
    )


def _employer(name: str | None) -> str:
    return "not known" if name is None else "anybody" if name == "*" else name


def _place(code: str | None) -> str:
    return "not known" if code is None else "anywhere" if code == "*" else country(code)


def idle_sentence(found: Reachers) -> str:
    """Return how many of the foreign and the covered used no right, as far as logs tell."""
    uses = _uses(each for each in found.totals if each.rank in FOREIGN)
    if not sum(uses):
        return ""
    used, unused, unheard = map(number, uses)
    who = counted(sum(uses), "principal", "principals")
    return (
        f"Of {who} abroad, of an excluded party or covered, anybody included, {used} used a right "
        f"in the period, {unused} used none, and of {unheard} logs cannot tell."
    )
