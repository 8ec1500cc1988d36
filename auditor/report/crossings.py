"""Statements of Oracle Cloud that reach across tenancies, and requests of providers' people."""

from auditor.report.model import Cell, Column, Grid
from auditor.report.permissions import Clause, Permissions, Visits
from auditor.report.places import Approved, approval, gravity
from auditor.report.words import counted, country, number

_MOST_ROWS = 30
_DAY = 10  # characters of a moment that name its day
_YES_NO = {True: "yes", False: "no", None: "unknown"}
_PROTECTED = {True: "yes", False: "none found", None: "may be"}

Inside = frozenset[str]


def clauses_grid(found: Permissions, inside: Inside) -> Grid:
    """Return statements across tenancies, of any user, and those that nobody could read.

    Args:
        inside: accounts inside the boundary; empty if the audit names none.
    """
    ordered = sorted(found.clauses, key=lambda clause: _weight(clause, inside))
    shown = ordered[:_MOST_ROWS]
    left = sum(clause.count for clause in ordered[_MOST_ROWS:])
    gives = "such statement gives nothing now: it ended or denies"
    give = "such statements give nothing now: they ended or deny"
    idle = f"{counted(found.idle, gives, give)}." if found.idle else ""
    more = f"{number(left)} more are in the policy_statements table. " if left else ""
    return Grid(
        caption="Statements across tenancies, of any user, or that could not be understood",
        columns=(
            Column(title="Does", share=0),
            Column(title="Who", share=5),
            Column(title="What", share=4),
            Column(title="Where", kind="code", share=4),
            Column(title="Condition", share=0),
            Column(title="Other side agrees", share=0),
            Column(title="Protected data", share=0),
        ),
        rows=tuple(_clause_row(clause, inside) for clause in shown),
        note=more + idle,
    )


def _weight(clause: Clause, inside: Inside) -> tuple[int, int, bool, str]:
    """Return a key that puts protected data and foreign tenancies first."""
    protected = (True, None, False).index(clause.protected)
    foreign = _tenancy(_other_side(clause), clause.account, inside).startswith("inside")
    return (protected, foreign, bool(clause.conditional), clause.text)


def _other_side(clause: Clause) -> str | None:
    return clause.target_account if clause.effect == "endorse" else clause.principal_account


def _clause_row(clause: Clause, inside: Inside) -> tuple[Cell, ...]:
    if not clause.parsed:
        return tuple(
            Cell(text=text)
            for text in ("unknown", "unknown", clause.text, "unknown", *["unknown"] * 2, "may be")
        )
    across = clause.effect in ("admit", "endorse")
    return (
        Cell(text=clause.effect or "unknown"),
        Cell(
            text=_who(
                clause.kind, clause.principal, clause.principal_account, clause.account, inside
            )
        ),
        Cell(text=_what(clause)),
        Cell(text=_where(clause)),
        Cell(text=_YES_NO[clause.conditional]),
        Cell(text=_YES_NO[clause.agreed] if across else "not needed"),
        Cell(text="not read" if clause.effect == "endorse" else _PROTECTED[clause.protected]),
    )


def _what(clause: Clause) -> str:
    access = "unknown" if clause.access is None else clause.access
    resource = "what is not known" if clause.resource is None else clause.resource
    return " ".join(part for part in (access, resource or "single permissions") if part)


def _where(clause: Clause) -> str:
    if clause.effect == "endorse":
        other = clause.target_account
        return "a tenancy not known" if other is None else "any tenancy" if other == "*" else other
    if clause.path is None:
        return "unknown"
    return ":".join(clause.path) or "the whole tenancy"


def _tenancy(account: str | None, own: str, inside: Inside) -> str:
    """Return how a tenancy stands to the boundary."""
    if account is None:
        return "a tenancy not known"
    if account == "*":
        return "any tenancy"
    if account == "":
        return "a service of the provider"
    if account == own and (not inside or account in inside):
        return "inside"
    if not inside:
        return f"tenancy {account}"
    return "inside" if account in inside else f"outside the boundary, {account}"


def _who(
    kind: str | None, principal: str | None, account: str | None, own: str, inside: Inside
) -> str:
    if kind is None and principal is None:
        return "unknown"
    named = " ".join(dict.fromkeys(part for part in (kind, principal) if part))
    place = _tenancy(account, own, inside)
    return named if place == "inside" or kind == "service" else f"{place}: {named}"


def visits_grid(found: Permissions, approved: Approved) -> Grid:
    """Return requests of the providers' own people to reach systems, from abroad first."""
    ordered = sorted(
        found.visits, key=lambda each: (gravity(each.country, approved), -each.granted, each.kind)
    )
    return Grid(
        caption="Requests of the providers' own people to reach systems",
        columns=(
            Column(title="By way of", share=4),
            Column(title="On behalf of", share=3),
            Column(title="From", share=3),
            Column(title="Approved country", share=0),
            Column(title="Requests", kind="number", share=0),
            Column(title="Granted", kind="number", share=0),
            Column(title="Nobody asked", kind="number", share=0),
            Column(title="No record", kind="number", share=0),
            Column(title="Latest", share=0),
        ),
        rows=tuple(_visit_row(each, approved) for each in ordered[:_MOST_ROWS]),
        note="Granted, nobody asked and no record count what is so or may be; the last two of what "
        "was granted. Nobody asked: a rule agreed, or nobody did.",
    )


def _visit_row(each: Visits, approved: Approved) -> tuple[Cell, ...]:
    return (
        Cell(text=f"{each.provider} {each.kind}"),
        Cell(text="not stated" if each.employer is None else each.employer),
        Cell(text="not stated" if each.country is None else country(each.country)),
        Cell(text=approval(each.country, approved)),
        *(
            Cell(text=number(count))
            for count in (each.count, each.granted, each.unasked, each.unlogged)
        ),
        Cell(text="unknown" if each.last is None else each.last[:_DAY]),
    )
