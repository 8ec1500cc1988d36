"""Counts over the fact tables that the report shows besides the results."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from auditor.columns import columns
from auditor.model import Json
from auditor.report import inventory_sql as sql
from auditor.report.fact_tables import Ask, open_facts
from auditor.report.novelties import News, take_news
from auditor.report.permissions import Permissions, take_permissions
from auditor.report.prevention import Prevention, take_prevention
from auditor.report.testimony import Testimony, take_testimony
from auditor.tables import Statement

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoresAt:
    """Stores in one region; ``country`` and ``region`` are None where not known."""

    provider: str
    region: str | None
    country: str | None
    protected: int
    possible: int  # no rule names their class, so they may hold protected data
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessorsAt:
    """Processors of one kind in one region that handle, or may handle, protected data.

    Attributes:
        country, region: None where not known.
        accounts: number of accounts that they are in.
        possible: no rule names their class, so they may handle protected data.
    """

    region: str | None
    country: str | None
    service: str
    kind: str
    accounts: int
    protected: int
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsBetween:
    """Ways out of stores and processors of protected data, from one region to one end.

    Protected data is what they have, or may have.

    Of one flow, or of several in a row; ``mechanism`` then names each, joined by arrows.

    Attributes:
        end_account: 'inside' or 'outside' the boundary, '*' for anybody, None if not known.
    """

    region: str | None
    country: str | None
    end_region: str | None
    end_country: str | None
    end_account: str | None
    mechanism: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """Open coverage gaps that share their service, outcome, reason and permission."""

    provider: str
    service: str
    outcome: str
    reason: str
    permission: str
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    compartments: tuple[str, ...]
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsOf:
    """Open gaps of one account that ended alike.

    Attributes:
        account: '' when not even that was known.
        name: None where not known.
        planned: collections that were planned in the account, complete ones included.
    """

    provider: str
    account: str
    name: str | None
    outcome: str
    services: int
    regions: int
    units: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGroup:
    """Collections in one region that are not complete and yet no gap, and ended alike.

    Attributes:
        region: '' for what has none.
        closed_by: witnesses who agree that nothing is there; '' if it never was a gap.
        services: their names.
        reason, reasons: one of the reasons, and how many there are.
        accounts: number of them.
    """

    provider: str
    region: str
    outcome: str
    closed_by: str
    services: tuple[str, ...]
    reason: str
    reasons: int
    accounts: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Everything that the report counts in the fact tables.

    Attributes:
        accounts: (provider, account, name or None, stores in it).
        paths: like ``flows``, but over any number of flows to where they end.
        classes: (data class or None where not known, stores of it).
        statements: the columns of the table, as read.
        outcomes: (outcome, units, answers kept, answers that refused).
        closed: what was not collected, and is no gap.
        unknowns: (table, columns, reason, permission, rows), the most frequent first; what was not
            collected at all is in ``gaps``.
    """

    stores: tuple[StoresAt, ...]
    processors: tuple[ProcessorsAt, ...]
    flows: tuple[FlowsBetween, ...]
    paths: tuple[FlowsBetween, ...]
    accounts: tuple[tuple[str, str, str | None, int], ...]
    regions: tuple[tuple[str, str, str | None, int], ...]
    classes: tuple[tuple[str | None, int], ...]
    statements: tuple[dict[str, Json], ...]
    outcomes: tuple[tuple[str, int, int, int], ...]
    gaps: tuple[GapGroup, ...]
    gaps_of: tuple[GapsOf, ...]
    closed: tuple[ClosedGroup, ...]
    unknowns: tuple[tuple[str, tuple[str, ...], str, str, int], ...]
    prevention: Prevention
    permissions: Permissions
    testimony: Testimony
    news: News


def take_inventory(facts: Path, boundary: tuple[str, ...], protected: tuple[str, ...]) -> Inventory:
    """Count what the report shows; a table without a file counts as empty.

    Args:
        facts: folder of ``<table>.parquet``.
        boundary: accounts inside the boundary; empty if the audit names none.
        protected: data classes that count as protected.

    Raises:
        ReportError: a table cannot be read.
    """
    with open_facts(facts) as ask:
        return _count(ask, list(boundary), list(protected))


def _count(ask: Ask, boundary: list[str], protected: list[str]) -> Inventory:
    def rows(shape: type[_T], names: tuple[str, ...], query: str, *given: Json) -> tuple[_T, ...]:
        return tuple(shape(**dict(zip(names, row, strict=True))) for row in ask(query, *given))

    names = [column.name for column in columns(Statement)]
    listed = ", ".join(f'"{name}"' for name in names)
    return Inventory(
        stores=rows(StoresAt, sql.STORE, sql.STORES, protected, protected),
        processors=rows(ProcessorsAt, sql.PROCESSOR, sql.PROCESSORS, protected, protected),
        flows=rows(FlowsBetween, sql.FLOW, sql.FLOWS, boundary, boundary, protected),
        paths=rows(FlowsBetween, sql.FLOW, sql.PATHS, boundary, boundary, protected),
        accounts=tuple((p, a, n, c) for p, a, n, c in ask(sql.ACCOUNTS)),
        regions=tuple((p, r, c, n) for p, r, c, n in ask(sql.REGIONS)),
        classes=tuple((name, count) for name, count in ask(sql.CLASSES)),
        statements=tuple(
            dict(zip(names, row, strict=True))
            for row in ask(f"SELECT {listed} FROM statements ORDER BY id")  # noqa: S608
        ),
        outcomes=tuple((o, u, a, r) for o, u, a, r in ask(sql.OUTCOMES)),
        gaps=tuple(_gap(row) for row in ask(sql.GAPS)),
        gaps_of=rows(GapsOf, sql.GAPS_OF, sql.GAPS_BY_ACCOUNT),
        closed=rows(ClosedGroup, sql.CLOSED_GROUP, sql.CLOSED),
        unknowns=tuple((t, tuple(c), r, p, n) for t, c, r, p, n in ask(sql.UNKNOWNS)),
        prevention=take_prevention(ask),
        permissions=take_permissions(ask, protected),
        testimony=take_testimony(ask),
        news=take_news(ask),
    )


def _gap(row: tuple[Json, ...]) -> GapGroup:
    provider, service, outcome, reason, permission, accounts, regions, compartments, units = row
    return GapGroup(
        provider=provider,
        service=service,
        outcome=outcome,
        reason=reason,
        permission=permission,
        accounts=tuple(accounts),
        regions=tuple(regions),
        compartments=tuple(compartments),
        units=units,
    )
