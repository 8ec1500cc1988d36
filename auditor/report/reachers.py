"""Who can reach protected data: principals by side, by employer, and the gravest one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from auditor.model import Audit, Json, Party
from auditor.report import reachers_sql as sql
from auditor.report.fact_tables import Ask

MOST_ROWS = 30
_NOBODY = "(none)"  # how packs name nobody
Approved = frozenset[str] | None
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the audit and its packs say of whom to ask about.

    Attributes:
        protected: data classes that count as protected.
        approved: countries in which people may work who reach it; None if no pack says.
        excluded, trusted, company: names of the parties with that role.
        emergency: ids of principals kept for emergencies; empty if no pack names any.
        boundary: accounts inside the boundary; empty if the audit names none.
    """

    protected: tuple[str, ...]
    approved: Approved
    excluded: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    emergency: tuple[str, ...] = ()
    boundary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Employed:
    """Principals of one employer and country of work; both None where not known.

    Attributes:
        rank: how grave the gravest of them is; see ``Reacher``.
        certain, conditional, unknown: how many can reach protected data, by the best that they
            have.
        covered, undetermined: how many are covered persons, and how many may be.
        by_path: how many reach it only by way of something else.
        unused, unheard: how many used none of their rights, and of how many nobody can tell.
    """

    employer: str | None
    country: str | None
    rank: int
    certain: int
    conditional: int
    unknown: int
    covered: int
    undetermined: int
    by_path: int
    unused: int
    unheard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What one principal can do, by number of stores.

    Attributes:
        access: '' where not known.
        elsewhere: it has rights of which nobody knows over which stores.
        unused: stores on which it is known to be unused.
    """

    access: str
    certain: int
    conditional: int
    unknown: int
    elsewhere: bool
    unused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacher:
    """One principal, how it reaches protected data, and whether it did.

    Attributes:
        rank: 0 anybody, 1 of an excluded party, 2 a covered person, 3 at work abroad, 4 of an
            account outside, 5 not fully known, 6 none of these.
        audited: its account is one that was audited; None where not known.
        used: in the period; None where logs cannot tell.
        path: steps of its shortest way, in words; () if direct.
        through: principals that it acts as on that way.
        ways: number of different ways.
        keys: of conditions that some of its rights depend on.
        stores: how many different ones it reaches, or may.
    """

    id: str
    name: str | None
    kind: str | None
    account: str | None
    person_name: str | None
    employer: str | None
    country: str | None
    covered: bool | None
    audited: bool | None
    rank: int
    used: bool | None
    path: tuple[str, ...]
    through: tuple[str, ...]
    statements: tuple[str, ...]
    ways: int
    keys: tuple[str, ...]
    rights: tuple[Right, ...]
    stores: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Principals of one side and rank, alike in the best that they have.

    Attributes:
        rank: see ``Reacher``.
        standing: 1 for certain, 2 only under a condition, 3 where it cannot be told.
        used, unused: how many used a right in the period, and how many used none.
    """

    side: str
    rank: int
    standing: int
    principals: int
    used: int
    unused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachers:
    """Everything that the report says of who can reach protected data.

    Attributes:
        stores: (stores that hold protected data, stores that may).
        nameless: rights of which nobody knows whose they are.
        gaps: collections that bear on rights and could not be read in full.
        common: principals with no right beyond what anybody has; they are counted nowhere else.
        sides: (side, access, standing) -> principals, by the best that each has.
        totals: principals by side, rank and standing.
    """

    stores: tuple[int, int]
    nameless: int
    gaps: int
    common: int
    sides: Mapping[tuple[str, str, int], int]
    totals: tuple[Total, ...]
    employed: tuple[Employed, ...]
    gravest: tuple[Reacher, ...]


def question(
    audit: Audit, protected: tuple[str, ...], parameters: Sequence[Mapping[str, Json]]
) -> Question:
    """Return whom to ask about, from the parties and the parameters of all packs."""

    def named(role: str) -> tuple[str, ...]:
        return tuple(sorted({party.name for party in audit.parties if _has(party, role)}))

    countries = [
        frozenset(map(str, each.get("access_countries") or each.get("approved_countries") or ()))
        for each in parameters
    ]
    stated = [each for each in countries if each]
    kept = {str(name) for each in parameters for name in each.get("break_glass_principals") or ()}
    return Question(
        protected=protected,
        approved=frozenset.intersection(*stated) if stated else None,
        excluded=named("excluded"),
        trusted=named("trusted provider"),
        company=named("company"),
        emergency=tuple(sorted(kept - {_NOBODY})),
        boundary=audit.boundary_accounts,
    )


def _has(party: Party, role: str) -> bool:
    first = next((name for name in ("excluded", "trusted provider") if name in party.roles), "")
    return role in party.roles if not first else role == first


def take_reachers(ask: Ask, asked: Question) -> Reachers:
    """Count who can reach stores of protected data.

    Args:
        ask: answers a query over the fact tables.
    """
    protected = list(asked.protected)
    approved = None if asked.approved is None else sorted(asked.approved)
    for statement, given in ((sql.ABLE, [protected]), (sql.OPEN, []), (sql.COMMON, [])):
        ask(statement, *given)
    ((common,),) = ask(sql.ONLY_COMMON)
    ask(sql.LESS_COMMON)
    ask(sql.REACHERS, list(asked.excluded), list(asked.trusted), list(asked.company), approved)
    ask(sql.GRAVEST, MOST_ROWS)
    ((holding, perhaps, nameless, gaps),) = ask(sql.STORES, protected)
    return Reachers(
        stores=(holding, perhaps),
        nameless=nameless,
        gaps=gaps,
        common=common,
        sides={(side, access, best): count for side, access, best, count in ask(sql.SIDES)},
        totals=_made(Total, _TOTAL, ask(sql.TOTALS)),
        employed=_made(Employed, _EMPLOYED, ask(sql.EMPLOYED)),
        gravest=_gravest(ask, protected),
    )


_TOTAL = ("side", "rank", "standing", "principals", "used", "unused")
_EMPLOYED = (
    *("employer", "country", "rank", "certain", "conditional", "unknown", "covered"),
    *("undetermined", "by_path", "unused", "unheard"),
)
_GRAVE = (
    *("id", "name", "kind", "account", "person_name", "employer", "country", "covered", "audited"),
    *("rank", "used", "path", "through", "statements", "ways", "keys"),
)


def _gravest(ask: Ask, protected: list[str]) -> tuple[Reacher, ...]:
    rights: dict[str, list[Right]] = {}
    stores: dict[str, int] = {}
    for row in ask(sql.REACHED, protected):
        id_, access, certain, conditional, unknown, nowhere, unused = row
        if access == "*":
            stores[id_] = certain
            continue
        right = Right(
            access=access,
            certain=certain,
            conditional=conditional,
            unknown=unknown,
            elsewhere=nowhere > 0,
            unused=unused,
        )
        rights.setdefault(id_, []).append(right)
    return tuple(
        Reacher(
            **named(_GRAVE, row), rights=tuple(rights.get(row[0], ())), stores=stores.get(row[0], 0)
        )
        for row in ask(sql.GRAVE)
    )


def _made(shape: type[_T], names: tuple[str, ...], rows: list[tuple[Json, ...]]) -> tuple[_T, ...]:
    return tuple(shape(**named(names, row)) for row in rows)


def named(names: tuple[str, ...], row: tuple[Json, ...]) -> dict[str, Json]:
    """Return the cells of a row by their names; lists become tuples."""
    cells = (tuple(cell) if isinstance(cell, list) else cell for cell in row)
    return dict(zip(names, cells, strict=True))
