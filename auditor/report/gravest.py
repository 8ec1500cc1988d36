"""Shows the principals whom a reader should look at first: whose, what they can do, and how."""

from collections import Counter
from collections.abc import Iterable

from auditor.report.ability import FOREIGN, RANKS, VERBS, WHOLLY_KNOWN
from auditor.report.model import Cell, Column, Grid
from auditor.report.reachers import Reacher, Reachers, Right
from auditor.report.words import counted, country, listed, number

_USED = {True: "yes", False: "no", None: "cannot tell"}


def gravest_grid(found: Reachers) -> Grid:
    """Return the principals whom a reader should look at first, and how each gets there."""
    counts = Counter[int]()
    for each in found.totals:
        counts[each.rank] += each.principals if each.rank < WHOLLY_KNOWN else 0
    counts.subtract(each.rank for each in found.gravest)
    return Grid(
        caption="Who stands out among them",
        columns=(
            Column(title="Who", kind="code", share=4),
            Column(title="Whose", share=3),
            Column(title="Can", share=3),
            Column(title="How", kind="code", share=4),
            Column(title="Used", share=0),
            Column(title="Statement", kind="code", share=4),
        ),
        rows=tuple(_grave_row(each) for each in found.gravest),
        note=_left(counts),
    )


def _left(counts: Counter[int]) -> str:
    parts = [f"{number(counts[r])} {words[counts[r] > 1]}" for r, words in RANKS.items()]
    kept = [part for part, rank in zip(parts, RANKS, strict=True) if counts[rank] > 0]
    more = f"Not shown: {listed(kept)}; the grants table has them. " if kept else ""
    return (
        more + "How: the shortest way, and the keys of conditions on which some right depends. "
        "Stores that anybody reaches as well count at anybody alone. Used: in the period."
    )


def _grave_row(each: Reacher) -> tuple[Cell, ...]:
    return (
        Cell(text=name_of(each.kind, each.person_name or each.name, each.id)),
        Cell(text=_whose(each)),
        Cell(text=f"{counted(each.stores, 'store')}: {_rights(each.rights)}"),
        Cell(text=_way(each)),
        Cell(text=_USED[each.used]),
        Cell(text=_statements(each)),
    )


def name_of(kind: str | None, name: str | None, id_: str | None) -> str:
    """Return what a principal is, its id, and the name that somebody gave it."""
    if id_ is None:
        return "not known"
    if id_ == "anybody":
        return id_
    named = f" “{name}”" if name and name not in id_ else ""
    return " ".join(part for part in (kind, f"{id_}{named}") if part)


def _whose(each: Reacher) -> str:
    if each.rank == 0:
        return "anybody"
    flag = {True: "covered person", None: "perhaps a covered person", False: ""}
    if each.employer is None and each.country is None and each.covered is None:
        return "not known: an account outside" if each.audited is False else "not on the roster"
    employer = "employer not known" if each.employer is None else each.employer
    place = "country not known" if each.country is None else country(each.country)
    said = [employer, place]
    return "; ".join(part for part in (*said, flag[each.covered]) if part)


def _rights(rights: Iterable[Right]) -> str:
    said = []
    for right in sorted(rights, key=_place_of):
        parts = [
            f"{number(count)}{how}"
            for count, how in (
                (right.certain, ""),
                (right.conditional, " on a condition"),
                (right.unknown, " perhaps"),
            )
            if count
        ] + ["stores not known"] * right.elsewhere
        said.append(f"{_verb(right.access)} {' + '.join(parts)}")
    return ", ".join(said)


def _verb(access: str) -> str:
    return VERBS.get(access, access)


def _place_of(right: Right) -> tuple[bool, int, str]:
    known = right.access in VERBS
    return (not known, list(VERBS).index(right.access) if known else 0, right.access)


def _way(each: Reacher) -> str:
    said = " → ".join(each.path) or "directly"
    if each.ways > 1:
        said += f" ({counted(each.ways - 1, 'other way')})"
    return f"{said}; depends on {', '.join(each.keys)}" if each.keys else said


def _statements(each: Reacher) -> str:
    own = tuple(f"{name}#" for name in (each.id, *each.through))
    ordered = sorted(each.statements, key=lambda name: not name.startswith(own))
    if not ordered:
        return "none: by what it is"
    more = len(ordered) - 1
    return f"{ordered[0]} and {number(more)} more" if more else ordered[0]


def idle_grid(found: Reachers) -> Grid:
    """Return rights of the foreign and the covered that nobody used in the period."""
    idle = [each for each in found.gravest if each.rank in FOREIGN and _idle(each)]
    return Grid(
        caption="Rights of the foreign and the covered that lay unused",
        columns=(
            Column(title="Who", kind="code", share=5),
            Column(title="Whose", share=4),
            Column(title="Never used, by stores", share=4),
        ),
        rows=tuple(
            (
                Cell(text=name_of(each.kind, each.person_name or each.name, each.id)),
                Cell(text=_whose(each)),
                Cell(text=_idle(each)),
            )
            for each in idle
        ),
        note="Known only where logs of the whole period are there. Among those shown above.",
    )


def _idle(each: Reacher) -> str:
    return ", ".join(
        f"{_verb(right.access)} {number(right.unused)}"
        for right in sorted(each.rights, key=_place_of)
        if right.unused
    )
