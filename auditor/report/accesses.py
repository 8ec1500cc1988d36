"""Who did reach protected data, as far as logs show, and what the logs do not show."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Json
from auditor.report import accesses_sql as sql
from auditor.report.fact_tables import Ask
from auditor.report.reachers import MOST_ROWS, Question, named

_HOUR = 3600  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One log source that was read; hours are hours of one account and region each.

    Attributes:
        places: accounts and regions.
        first, last: moments from and until which it was to tell.
        whole, broken: hours known to be whole, and known not to be; of the others nobody can tell.
        vouched: hours in which digests that the provider signed name every file.
    """

    provider: str
    source: str
    kind: str
    places: int
    first: str
    last: str
    hours: int
    whole: int
    broken: int
    vouched: int
    files: int
    events: int
    malformed: int
    doubled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What logs do not show, for one reason.

    Attributes:
        source: log; '' for places of which no log tells.
        places: accounts and regions.
        hours: None where nobody can count them.
        first: moment at which it begins; None likewise.
    """

    source: str
    reason: str
    places: int
    hours: int | None
    first: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Accesses to protected data, and sign-ins, from one country by people of one employer.

    Attributes:
        country: None where not known; ``origin`` then says what the address is.
        people: different principals at the start of chains of roles.
    """

    country: str | None
    origin: str
    employer: str | None
    people: int
    events: int
    errors: int
    first: str
    last: str
    abroad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Accesses alike in who, how and whence.

    Attributes:
        behind: principal at the start of the chain of roles, as far as known.
        called: its name.
        principal: principal that acted in the end.
        store: the first of ``stores`` different ones; None where there is none.
        samples: ids of the first and the last event.
    """

    behind: str | None
    called: str | None
    employer: str | None
    principal: str | None
    access: str
    country: str | None
    countries: tuple[str, ...]
    origin: str
    network: str
    store: str | None
    stores: int
    addresses: tuple[str, ...]
    events: int
    errors: int
    first: str
    last: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """The first of the accesses of one sort; ``total`` counts all of its rows."""

    rows: tuple[Deed, ...]
    total: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accesses:
    """Everything that the report says of who did reach protected data.

    Attributes:
        rows: accesses in the table.
        events: events in them.
        concerned: events about protected data, about what may be, or of sign-ins.
        perhaps: of those, about what may be protected data.
        abroad, worked_abroad: of those, from outside the approved countries, and how many of
            these the provider let pass.
        nowhere: of those, from an address that nobody can place.
        unjudged: of those, how many succeeded of which nobody can tell whether a right gives it.
        unfactored: successful sign-ins of which logs do not tell the second factor.
        silent: accounts and regions of which no log tells.
    """

    logs: tuple[Log, ...]
    missing: tuple[Missing, ...]
    silent: int
    rows: int
    events: int
    concerned: int
    perhaps: int
    abroad: int
    worked_abroad: int
    nowhere: int
    unjudged: int
    unfactored: int
    origins: tuple[Origin, ...]
    foreign: Deeds
    unexplained: Deeds
    emergency: Deeds
    one_factor: Deeds


_COUNTS = (
    *("rows", "events", "concerned", "perhaps", "abroad", "worked_abroad", "nowhere"),
    *("unjudged", "unfactored"),
)


def take_accesses(ask: Ask, asked: Question) -> Accesses:
    """Count what logs show.

    Args:
        ask: answers a query over the fact tables.
    """
    approved = None if asked.approved is None else sorted(asked.approved)
    ask(sql.ACTS, list(asked.protected), approved)
    (whole,) = ask(sql.WHOLE)
    missing = tuple(_missing(row) for row in ask(sql.MISSING))
    return Accesses(
        **named(_COUNTS, whole),
        logs=tuple(_log(row) for row in ask(sql.RECORDED)),
        missing=missing,
        silent=sum(each.places for each in missing if not each.source),
        origins=tuple(Origin(**named(sql.ORIGIN, row)) for row in ask(sql.ORIGINS)),
        foreign=_deeds(ask(sql.FOREIGN)),
        unexplained=_deeds(ask(sql.UNEXPLAINED)),
        emergency=_deeds(ask(sql.EMERGENCY, list(asked.emergency))),
        one_factor=_deeds(ask(sql.ONE_FACTOR)),
    )


def _log(row: tuple[Json, ...]) -> Log:
    found = named(sql.RECORD, row)
    spans = {name: found[name] // _HOUR for name in ("hours", "whole", "broken", "vouched")}
    return Log(**{**found, **spans})


def _missing(row: tuple[Json, ...]) -> Missing:
    source, reason, places, seconds, first = row
    hours = None if seconds is None else seconds // _HOUR
    return Missing(source=source, reason=reason, places=places, hours=hours, first=first)


def _deeds(rows: Sequence[tuple[Json, ...]]) -> Deeds:
    at = sql.DEED.index("events")
    shown = tuple(Deed(**named(sql.DEED, row)) for row in rows[:MOST_ROWS])
    return Deeds(rows=shown, total=len(rows), events=sum(row[at] for row in rows))
