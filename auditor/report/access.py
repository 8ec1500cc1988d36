"""Who may reach the data: across tenancies, by policy, and the providers' own people."""

from auditor.report.inventory import Inventory
from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.permissions import Clause, Permissions, Reacher, Visits
from auditor.report.places import Approved, approval, gravity
from auditor.report.words import counted, country, number

_MOST_ROWS = 30
_DAY = 10  # characters of a moment that name its day
_YES_NO = {True: "yes", False: "no", None: "unknown"}
_PROTECTED = {True: "yes", False: "none found", None: "may be"}
_PEOPLE = (
    "The country that a provider's people work from: Amazon Web Services states neither their "
    "access nor where they were. Oracle Cloud states requests to reach dedicated infrastructure "
    "and Fusion Applications, and the country for Fusion Applications alone. That no request is "
    "listed does not show that nobody had access."
)
_AT_RESOURCES = (
    "Permissions in Amazon Web Services are read only where they stand at a resource or key: "
    "those are among the ways out and the findings."
)

Inside = frozenset[str]


def access_section(inventory: Inventory, boundary: tuple[str, ...], approved: Approved) -> Section:
    """Return what policies give to whom, and what the providers' own people asked for.

    Args:
        boundary: accounts inside the boundary; empty if the audit names none.
        approved: codes of the countries that may hold the data; None if no pack says.
    """
    found, inside = inventory.permissions, frozenset(boundary)
    grids = (_clauses(found, inside), _reachers(found, inside), _visits(found, approved))
    return Section(
        anchor="access",
        title="Who may reach the data",
        paragraphs=(Text(text=_summary(inventory)), Text(text=_PEOPLE)),
        grids=tuple(grid for grid in grids if grid.rows),
    )


def _summary(inventory: Inventory) -> str:
    found = inventory.permissions
    read, illegible = found.statements
    if not read:
        return f"No statement of a policy of Oracle Cloud was read. {_AT_RESOURCES}"
    stores = sum(s.protected + s.possible for s in inventory.stores if s.provider == "oci")
    everybody, outsiders = found.open_to
    unread = f", {number(illegible)} of which could not be understood" if illegible else ""
    return (
        f"{counted(read, 'statement')} of policies of Oracle Cloud "
        f"{'was' if read == 1 else 'were'} read{unread}. Of {counted(stores, 'store')} there that "
        f"{'holds' if stores == 1 else 'hold'} or may hold protected data, they open "
        f"{number(everybody)} to any user of a tenancy, and {number(outsiders)} to a tenancy "
        f"outside the boundary or not known, some perhaps under a condition. {_AT_RESOURCES}"
    )


def _clauses(found: Permissions, inside: Inside) -> Grid:
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


def _reachers(found: Permissions, inside: Inside) -> Grid:
    ordered = sorted(found.reachers, key=lambda reacher: _rank(reacher, inside))
    shown = ordered[:_MOST_ROWS]
    left = len(ordered) - len(shown)
    more = f"{counted(left, 'more principal is', 'more principals are')} in the grants table. "
    return Grid(
        caption="Stores in Oracle Cloud that hold or may hold protected data, by who may reach "
        "them",
        columns=(
            Column(title="Who", share=6),
            Column(title="May administer", kind="number", share=0),
            Column(title="May write", kind="number", share=0),
            Column(title="May read", kind="number", share=0),
            Column(title="Under a condition", kind="number", share=0),
            Column(title="Statements not known", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=_who(each.kind, each.principal, each.account, "", inside)),
                *(
                    Cell(text=number(count))
                    for count in (each.manage, each.use, each.read, each.conditional, each.unsure)
                ),
            )
            for each in shown
        ),
        note=(more if left else "")
        + "The most that policies give, less what others deny. Members of groups are in the grants "
        "table. Statements not known: which stores, or how far, could not be told.",
    )


def _rank(reacher: Reacher, inside: Inside) -> tuple[bool, bool, int, str, str]:
    """Return a key that puts everybody and foreign tenancies first, then who may reach the most."""
    home = reacher.account == "" or reacher.account in inside
    everybody = (reacher.kind or "").startswith("any-")
    reach = reacher.manage + reacher.use + reacher.read
    return (
        home and not everybody,
        not everybody,
        -reach,
        reacher.kind or "",
        reacher.principal or "",
    )


def _visits(found: Permissions, approved: Approved) -> Grid:
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
